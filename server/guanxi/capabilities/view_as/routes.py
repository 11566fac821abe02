"""Looking with somebody else's eyes over HTTP; for the screens, which mark it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from guanxi.capabilities.identity.authenticate import authenticate_as_oneself
from guanxi.capabilities.view_as import looking
from guanxi.engine.context import work
from guanxi.engine.http.queries import only, text_of
from guanxi.engine.http.request import origin_of, request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.infra.errors import NotFound
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.languages import language_of
from guanxi.infra.http.responses import json_response
from guanxi.infra.http.shapes import Id, Instant


class ViewAsRequest(TypedDict):
    """As whom, and why; the reason is kept in the audit log."""

    member: Id
    reason: str


class ViewAs(TypedDict):
    """As whom the session looks from now on, and until when at the latest."""

    member: Id
    until: Instant


class ViewAsEnd(TypedDict):
    """Whether there was anything to end."""

    ended: bool


def begin_view_as(request: HttpRequest, workspace: str) -> HttpResponse:
    """See the workspace as a member does, read only, for an hour at most."""
    body = json_object(request)
    only(body, ("member", "reason"))
    with request_work(request, workspace) as ctx:
        look = looking.begin(ctx, request, uuid_of(body.get("member"), "member"), text_of(body, "reason") or "")
        return json_response({"member": look.member, "until": look.until})


def end_view_as(request: HttpRequest, workspace: str) -> HttpResponse:
    """See the workspace with one's own eyes again."""
    place, themselves = authenticate_as_oneself(request, workspace)
    with work(place, themselves, via="ui", language=language_of(request), origin=origin_of(request, themselves)) as ctx:
        if not looking.end(ctx, request):
            raise NotFound("view_as.nothing_to_end")
        return json_response({"ended": True})


ROUTES = (
    Route("POST", "view-as", begin_view_as, "identity", ViewAs, body=ViewAsRequest),
    Route("DELETE", "view-as", end_view_as, "identity", ViewAsEnd),
)
