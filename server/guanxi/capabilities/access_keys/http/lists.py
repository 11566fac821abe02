"""The lists of keys, apps and permissions, and the calls of each."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from guanxi.capabilities.access_keys import deciding, told
from guanxi.capabilities.access_keys.actions import revoke_grant, revoke_key
from guanxi.capabilities.access_keys.models import AccessKey, App, Call, Grant
from guanxi.capabilities.access_keys.shapes import Apps, Grants, KeyCalls, Keys
from guanxi.engine.context import Context
from guanxi.engine.http.request import int_of, request_work
from guanxi.engine.http.route import Route
from guanxi.infra.http.responses import json_response

PAGE = 50
MOST = 1000
EVERYBODY = "everybody"
_Row = TypeVar("_Row", AccessKey, Grant)


class WhoseKeys(TypedDict, total=False):
    """`of=everybody` lists the whole workspace's, for who is in charge of security."""

    of: str


class OlderCalls(TypedDict, total=False):
    """`before` is the `next` of the page before."""

    before: int


def read_keys(request: HttpRequest, workspace: str) -> HttpResponse:
    """The caller's own keys, or everybody's, and the roles that the caller can bind a key to."""
    with request_work(request, workspace) as ctx:
        found = _whose(ctx, request, AccessKey.objects.filter(workspace_id=ctx.workspace.id))
        shown = told.keys(ctx, list(found.order_by("-created_at")[:MOST]))
        return json_response({"keys": shown, "roles": told.own_roles(ctx)})


def read_key_calls(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the address's word
    """The latest calls of a key, newest first."""
    with request_work(request, workspace) as ctx:
        deciding.person(ctx)
        return _calls(request, Call.objects.filter(key=revoke_key.find(ctx, id)))


def read_apps(request: HttpRequest, workspace: str) -> HttpResponse:
    """The apps of the workspace, by name."""
    with request_work(request, workspace) as ctx:
        deciding.in_charge(ctx)
        found = App.objects.filter(workspace_id=ctx.workspace.id).annotate(members=told.OPEN).select_related("client")
        shown = [told.app(one) for one in found.order_by("name", "pk")[:MOST]]
        return json_response({"apps": shown, "issuer": settings.PUBLIC_URL})


def read_grants(request: HttpRequest, workspace: str) -> HttpResponse:
    """What the caller, or everybody, allowed apps to do."""
    with request_work(request, workspace) as ctx:
        open_ones = Grant.objects.filter(app__workspace_id=ctx.workspace.id, revoked_at=None)
        found = _whose(ctx, request, open_ones).select_related("app").order_by("-created_at")
        return json_response({"grants": told.grants(ctx, list(found[:MOST]))})


def read_grant_calls(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the address's word
    """The latest calls that an app made for a member, newest first."""
    with request_work(request, workspace) as ctx:
        deciding.person(ctx)
        return _calls(request, Call.objects.filter(grant=revoke_grant.find(ctx, id)))


def _whose(ctx: Context, request: HttpRequest, rows: QuerySet[_Row]) -> QuerySet[_Row]:
    deciding.person(ctx)
    if request.GET.get("of") != EVERYBODY:
        return rows.filter(member_id=ctx.actor.member_id)
    deciding.in_charge(ctx)
    return rows


def _calls(request: HttpRequest, rows: QuerySet[Call]) -> HttpResponse:
    before = int_of(request.GET.get("before"), "before", 0)
    if before:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = str(page[PAGE - 1].pk) if len(page) > PAGE else None
    return json_response({"calls": [told.call(one) for one in page[:PAGE]], "next": more})


ROUTES = (
    Route("GET", "access-keys", read_keys, "access_keys", Keys, query=WhoseKeys),
    Route("GET", "access-keys/<uuid:id>/calls", read_key_calls, "access_keys", KeyCalls, query=OlderCalls),
    Route("GET", "apps", read_apps, "access_keys", Apps),
    Route("GET", "app-grants", read_grants, "access_keys", Grants, query=WhoseKeys),
    Route("GET", "app-grants/<uuid:id>/calls", read_grant_calls, "access_keys", KeyCalls, query=OlderCalls),
)
