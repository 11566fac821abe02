"""What the designer reads: objects and fields in every state, what rests on them, templates, the log of changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from guanxi.engine.design import log, permits, reads
from guanxi.engine.http.request import int_of, request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.responses import json_response
from guanxi.infra.http.shapes import Id

MAX_CHANGES = 200


class ObjectTemplates(TypedDict):
    """Objects to begin with."""

    templates: list[reads.ObjectTemplate]


class ConfigurationChange(TypedDict):
    """One change of the configuration, as the log has it."""

    id: Id
    at: str
    actor: dict[str, Any] | None
    via: str
    label: dict[str, Any] | None
    changes: list[dict[str, Any]]
    can_roll_back: bool
    undoes: str | None
    undone_by: str | None
    version: int


class ConfigurationChanges(TypedDict):
    """Changes, latest first."""

    changes: list[ConfigurationChange]


def objects(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every object as the designer shows it, archived ones included."""
    with request_work(request, workspace) as ctx:
        return json_response(reads.objects(ctx))


def one_object(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002 - the word of the API
    """One object with its fields and components in every state."""
    with request_work(request, workspace) as ctx:
        return json_response(reads.one_object(ctx, object))


def usage(request: HttpRequest, workspace: str) -> HttpResponse:
    """What rests on an object, or on one of its fields."""
    named, field = request.GET.get("object", ""), request.GET.get("field")
    with request_work(request, workspace) as ctx:
        return json_response(reads.used(ctx, named, field))


def templates(request: HttpRequest, workspace: str) -> HttpResponse:
    """Objects to begin with."""
    with request_work(request, workspace) as ctx:
        return json_response({"templates": reads.offered(ctx)})


def changes(request: HttpRequest, workspace: str) -> HttpResponse:
    """The log of configuration, latest first."""
    limit = int_of(request.GET.get("limit"), "limit", 50)
    if not 1 <= limit <= MAX_CHANGES:
        raise BadRequest("query.bad_limit", {"limit": MAX_CHANGES})
    before, about = request.GET.get("before"), request.GET.get("about")
    with request_work(request, workspace) as ctx:
        of = uuid_of(about) if about else None
        draft = permits.permit_log(ctx, of)
        found = log.listed(ctx, limit, uuid_of(before) if before else None, of)
        found = [one for one in found if draft is None or permits.is_permitted(draft, one["changes"])]
    return json_response({"changes": found})


class UsageParameters(TypedDict, total=False):
    """What the question is about: an object, or one of its fields."""

    object: str
    field: str


class ChangesParameters(TypedDict, total=False):
    """How many changes, those before one, those of one object, field or component."""

    limit: int
    before: str
    about: str


ROUTES: tuple[Route, ...] = (
    Route("GET", "design/objects", objects, "design", reads.DesignedObjects),
    Route("GET", "design/objects/<str:object>", one_object, "design", reads.DesignedWhole),
    Route("GET", "design/usage", usage, "design", reads.DesignUsage, query=UsageParameters),
    Route("GET", "design/templates", templates, "design", ObjectTemplates),
    Route("GET", "design/changes", changes, "design", ConfigurationChanges, query=ChangesParameters),
)
