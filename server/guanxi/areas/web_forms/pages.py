"""All that a stranger reaches: the page of a form, sending it, and the script that puts it into another site."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from guanxi.areas.web_forms import state
from guanxi.areas.web_forms.asked import questions, texts
from guanxi.areas.web_forms.taking_in import PLACES, UTM, Given, Submission, form_of, take_in
from guanxi.areas.web_forms.tokens import workspace_of
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Origin, work
from guanxi.infra.errors import Invalid, LimitReached
from guanxi.infra.http.addresses import client_address, neighbourhood
from guanxi.infra.http.languages import language_of
from guanxi.infra.http.limits import BUCKETS
from guanxi.infra.i18n import sentence

LANGUAGES = ("zh-CN", "en")
LARGEST = 64 * 1024
LOOKS_A_MINUTE = 120
"""Pages drawn for one address, and wrong addresses tried."""
SENT_A_MINUTE = 10
"""Submissions of one form from one address."""
SENT_OF_FORM = 300
"""Submissions of one form from everywhere."""
TRAP = "fax_number"
"""A field that people do not see: whoever fills it in is a program."""
WORDS = ("submit", "thanks", "sent_title", "choose", "leave_empty")


@csrf_exempt
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a form, or what came of sending it."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    language = _language(request)
    place = neighbourhood(client_address(request))
    try:
        BUCKETS.take(f"web form {place}", LOOKS_A_MINUTE)
        if request.method == "POST":
            _within_limits(request, place, token)
        row = _row(token)
        if row is None:
            return _gone(request, language)
        label = {"web_form": token}
        with work(row, SYSTEM, via="system", language=language, label=label, origin=_origin(request)) as ctx:
            found = form_of(ctx, token)
            if found is None:
                return _gone(request, language)
            if request.method == "POST":
                return _sent(request, ctx, *found, token, language)
            return _drawn(request, ctx, found[1], token, language, places=_places(request.GET, request))
    except Invalid as refused:
        # Nothing was kept; the page is drawn once more by a unit of work of its own.
        return _again(request, token, language, refused)
    except LimitReached as refused:
        return _said(request, language, sentence(refused.code, refused.params, language), 429)


def embed(request: HttpRequest, token: str) -> HttpResponse:
    """A script that puts the form where it stands, with the campaign of the page around it."""
    BUCKETS.take(f"web form {neighbourhood(client_address(request))}", LOOKS_A_MINUTE)
    row = _row(token)
    found = None
    if row is not None and request.method == "GET":
        with work(row, SYSTEM, via="system") as ctx:
            found = form_of(ctx, token)
    script = "" if found is None else _SCRIPT.replace("TOKEN", json.dumps(token))
    answer = HttpResponse(script, status=200 if found else 404, content_type="text/javascript; charset=utf-8")
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def drawn_draft(request: HttpRequest, ctx: Context, form: Mapping[str, Any], language: str) -> str:
    """The page of a form as it would be, for whoever designs it."""
    answer = _drawn(request, ctx, form, "", language, places={}, draft=True)
    return answer.content.decode()


def _row(token: str) -> Any:
    """The workspace that a token names; None for a token that is none."""
    number = workspace_of(token)
    row = WorkspaceRow.objects.filter(pk=number).first() if number is not None else None
    return engine_workspace(row) if row is not None else None


def _within_limits(request: HttpRequest, place: str, token: str) -> None:
    BUCKETS.take(f"web form sent {place} {token[:60]}", SENT_A_MINUTE)
    BUCKETS.take(f"web form sent {token[:60]}", SENT_OF_FORM)
    if int(request.headers.get("Content-Length") or 0) > LARGEST or len(request.body) > LARGEST:
        raise LimitReached("request.too_large", {"limit": LARGEST})


def _sent(
    request: HttpRequest, ctx: Context, id_: UUID, form: Mapping[str, Any], token: str, language: str
) -> HttpResponse:
    drawn = state.read(token, request.POST.get("state", ""))
    if request.POST.get(TRAP):
        return _thanked(request, form, language)
    places, given = _places(request.POST, None), _given(request)
    if drawn is None or state.is_too_quick(drawn):
        code = "web_forms.expired" if drawn is None else "web_forms.too_quick"
        said = sentence(code, {}, language)
        return _drawn(request, ctx, form, token, language, places=places, given=given, general=said, status=409)
    missing = {
        one.key: sentence("web_forms.answer_needed", {}, language)
        for one in questions(ctx, form, language)
        if one.required and not any(text.strip() for text in given.get(one.key, ()))
    }
    if missing:
        return _drawn(request, ctx, form, token, language, places=places, given=given, wrong=missing, status=422)
    take_in(ctx, id_, form, Submission(drawn.key, given, places, language))
    return _thanked(request, form, language)


def _again(request: HttpRequest, token: str, language: str, refused: Invalid) -> HttpResponse:
    row = _row(token)
    with work(row, SYSTEM, via="system", language=language) as ctx:
        found = form_of(ctx, token)
        if found is None:
            return _gone(request, language)
        asked = {one.key for one in questions(ctx, found[1], language)}
        wrong = {error.field: _told(error, language) for error in refused.fields if error.field in asked}
        general = "" if wrong else sentence("web_forms.not_taken", {}, language)
        places, given = _places(request.POST, None), _given(request)
        return _drawn(
            request,
            ctx,
            found[1],
            token,
            language,
            places=places,
            given=given,
            wrong=wrong,
            general=general,
            status=422,
        )


def _told(error: Any, language: str) -> str:
    """What is wrong with an answer, as long as it is about the answer alone and nothing else that is there."""
    if str(error.code).startswith("fields."):
        return sentence(error.code, error.params, language)
    return sentence("web_forms.answer_refused", {}, language)


def _drawn(
    request: HttpRequest, ctx: Context, form: Mapping[str, Any], token: str, language: str, *,
    places: Mapping[str, str], given: Given | None = None, wrong: Mapping[str, str] | None = None,
    general: str = "", status: int = 200, draft: bool = False,
) -> HttpResponse:  # fmt: skip
    words = {key: sentence(f"web_forms.page_{key}", {}, language) for key in WORDS}
    told = {
        "texts": texts(form, language, words), "questions": questions(ctx, form, language, given, wrong),
        "state": "" if draft else _state(request, token), "places": places, "general": general, "trap": TRAP, "words": words,
        "draft": draft,
    }  # fmt: skip
    return _page(request, form, language, told, status)


def _state(request: HttpRequest, token: str) -> str:
    """That of the page as it was drawn first, as long as it holds: whoever mends an answer has waited already."""
    before = request.POST.get("state", "")
    return before if state.read(token, before) is not None else state.draw(token)


def _thanked(request: HttpRequest, form: Mapping[str, Any], language: str) -> HttpResponse:
    words = {key: sentence(f"web_forms.page_{key}", {}, language) for key in WORDS}
    return _page(request, form, language, {"texts": texts(form, language, words), "words": words, "sent": True}, 200)


def _gone(request: HttpRequest, language: str) -> HttpResponse:
    return _said(request, language, sentence("web_forms.gone", {}, language), 404)


def _said(request: HttpRequest, language: str, said: str, status: int) -> HttpResponse:
    return _page(request, {}, language, {"said": said}, status)


def _page(
    request: HttpRequest, form: Mapping[str, Any], language: str, told: dict[str, Any], status: int
) -> HttpResponse:
    nonce = secrets.token_urlsafe(16)
    shared = {"language": language, "nonce": nonce, "color": str(form.get("color") or "#2563eb")}
    answer = render(request, "web-form.html", {**shared, **told}, status=status)
    around = " ".join(["'self'", *str(form.get("origins") or "").split()])
    answer["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; form-action 'self';"
        f" base-uri 'none'; frame-ancestors {around}"
    )
    answer["Referrer-Policy"] = "strict-origin-when-cross-origin"
    answer["X-Robots-Tag"] = "noindex"
    answer.frames_by_policy = answer.xframe_options_exempt = True  # type: ignore[attr-defined]
    return answer


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang")
    return asked if asked in LANGUAGES else language_of(request)


def _given(request: HttpRequest) -> dict[str, tuple[str, ...]]:
    """The answers, without what a database cannot hold."""
    return {
        key.removeprefix("q."): tuple(text.replace("\0", "")[:20_000] for text in values[:50])
        for key, values in request.POST.lists()
        if key.startswith("q.")
    }


def _places(found: Any, request: HttpRequest | None) -> dict[str, str]:
    """Where the visitor came from, as the page around the form or the address says."""
    said = {key: str(found.get(key) or "").replace("\0", "") for key in (*UTM, *PLACES)}
    if request is not None:
        said["referrer"] = said["referrer"] or request.headers.get("Referer", "")
    return {key: value[: 500 if key in PLACES else 200] for key, value in said.items() if value}


def _origin(request: HttpRequest) -> Origin:
    address = client_address(request)
    return Origin(
        address=str(address) if address else None, agent=(request.headers.get("User-Agent") or "")[:300] or None
    )


_SCRIPT = """(function () {
  var me = document.currentScript, token = TOKEN;
  if (!me) return;
  var from = new URL(me.src).origin, to = new URL(from + "/f/" + token);
  new URLSearchParams(location.search).forEach(function (value, key) {
    if (key.indexOf("utm_") === 0) to.searchParams.set(key, value);
  });
  to.searchParams.set("page_url", location.origin + location.pathname);
  if (document.referrer) to.searchParams.set("referrer", document.referrer);
  if (me.dataset.lang) to.searchParams.set("lang", me.dataset.lang);
  var frame = document.createElement("iframe");
  frame.src = to.href;
  frame.title = me.dataset.title || "Form";
  frame.style.cssText = "width:100%;border:0;min-height:320px";
  me.parentNode.insertBefore(frame, me);
  window.addEventListener("message", function (event) {
    if (event.source === frame.contentWindow && event.origin === from && event.data && event.data.guanxiForm)
      frame.style.height = Number(event.data.guanxiForm) + "px";
  });
})();
"""

urlpatterns = [path("f/<str:token>", page), path("f/<str:token>/embed.js", embed)]
