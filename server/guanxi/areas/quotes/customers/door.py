"""The addresses of the customer's page: /api/offers/{token}, outside of every workspace's addresses and sessions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from guanxi.areas.quotes.customers import answering, telling
from guanxi.areas.quotes.customers.links import hashed, opened
from guanxi.areas.quotes.errors import NoSuchLink
from guanxi.areas.quotes.printing.data import printed
from guanxi.areas.quotes.printing.routes import answer
from guanxi.engine.http.request import int_of, uuid_of
from guanxi.infra.errors import LimitReached
from guanxi.infra.http.addresses import client_address
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.languages import language_of
from guanxi.infra.http.limits import BUCKETS
from guanxi.infra.http.responses import json_response

CALLS_A_MINUTE = 120
"""Of one address from one caller; and of wrong addresses."""
LARGEST = 512 * 1024
MOST_CHOSEN = 1000
View = Callable[[HttpRequest, str], HttpResponse]


def _door(method: str) -> Callable[[View], Callable[..., HttpResponse]]:
    def wrap(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def opens(request: HttpRequest, token: str) -> HttpResponse:
            if request.method != method:
                return HttpResponseNotAllowed([method])
            caller = client_address(request)
            BUCKETS.take(f"offer {caller} {hashed(token)[:16]}", CALLS_A_MINUTE)
            if int(request.headers.get("Content-Length") or 0) > LARGEST:
                raise LimitReached("request.too_large", {"limit": LARGEST})
            try:
                response = view(request, token)
            except NoSuchLink:
                BUCKETS.take(f"offer {caller} wrong", CALLS_A_MINUTE)
                raise
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex"
            return response

        return opens

    return wrap


@_door("GET")
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The quote."""
    with opened(token, language_of(request)) as one:
        return json_response(telling.offered(one))


@_door("GET")
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """The quote as PDF."""
    language = language_of(request)
    with opened(token, language) as one:
        return answer(printed(one.ctx, one.quote, language))


@_door("POST")
def look(request: HttpRequest, token: str) -> HttpResponse:
    """A view begins, or has lasted so many seconds by now."""
    body = json_object(request)
    with opened(token, language_of(request)) as one:
        if body.get("view"):
            answering.stayed(one, uuid_of(body["view"], "view"), int_of(body.get("seconds"), "seconds", 0))
            return json_response({"view": str(body["view"])})
        return json_response({"view": str(answering.looked(one))})


@_door("POST")
def write(request: HttpRequest, token: str) -> HttpResponse:
    """A question or remark."""
    body = json_object(request)
    with opened(token, language_of(request)) as one:
        answering.wrote(one, _text(body, "text"), _text(body, "name"))
        return json_response(telling.offered(one))


@_door("POST")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The offer is taken."""
    body = json_object(request)
    chosen = [uuid_of(one, "chosen") for one in list(body.get("chosen") or [])[:MOST_CHOSEN]]
    with opened(token, language_of(request), hold=True) as one:
        version = int_of(body.get("version"), "version", 0)
        answering.accept(one, version, chosen, _text(body, "name"), _text(body, "signature") or None)
    return _again(request, token)


@_door("POST")
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """The offer is not taken, and why."""
    body = json_object(request)
    with opened(token, language_of(request), hold=True) as one:
        version = int_of(body.get("version"), "version", 0)
        answering.decline(one, version, _text(body, "name"), _text(body, "reason"))
    return _again(request, token)


def _again(request: HttpRequest, token: str) -> HttpResponse:
    with opened(token, language_of(request)) as one:
        return json_response(telling.offered(one))


def _text(body: dict[str, Any], key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""


_OFFER = "api/offers/<str:token>"
urlpatterns = [
    path(_OFFER, show),
    path(f"{_OFFER}/pdf", paper),
    path(f"{_OFFER}/views", look),
    path(f"{_OFFER}/remarks", write),
    path(f"{_OFFER}/acceptance", accept),
    path(f"{_OFFER}/refusal", decline),
]
