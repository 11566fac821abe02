"""What a deletion would take along, asked by screens before they delete."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from guanxi.engine.http.queries import only
from guanxi.engine.http.request import request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.engine.http.shapes.catalog import Label
from guanxi.engine.records import deletions
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response
from guanxi.infra.http.shapes import Id

MAX_IDS = 1000


class DeletionRequest(TypedDict):
    """Records that are to be deleted."""

    ids: list[Id]


class DeletionEffect(TypedDict):
    """Records that refer to them: the deletion is refused, or they are cleared or deleted along.

    An object that the caller may not read is not named.
    """

    object: str | None
    label: Label | None
    field: str | None
    rule: Literal["restrict", "clear", "cascade"]
    count: int


class DeletionEffects(TypedDict):
    """Everything that the deletion would do besides; ``refused`` when something forbids it."""

    refused: bool
    effects: list[DeletionEffect]


def deletion(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002 - the word of the API
    """What deleting records would do to those that refer to them; nothing is deleted."""
    body = json_object(request)
    only(body, ("ids",))
    ids = body.get("ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= MAX_IDS:
        raise BadRequest("request.bad_parameter", {"name": "ids", "reason": f"1 - {MAX_IDS}"})
    with request_work(request, workspace) as ctx:
        found = deletions.effects(ctx, object, [uuid_of(one) for one in ids])
        known = {o.key for o in ctx.snapshot.objects.values() if ctx.actor.rights(o.key).reads}
        told = [
            {
                "object": one.object.key if one.object.key in known else None,
                "label": dict(one.object.plural) if one.object.key in known else None,
                "field": one.field.key if one.object.key in known else None,
                "rule": one.rule,
                "count": one.count,
            }
            for one in found
        ]
    return json_response({"refused": any(one.rule == "restrict" for one in found), "effects": told})


ROUTES = (
    Route(
        "POST", "records/<slug:object>/deletion", deletion, answer=DeletionEffects, body=DeletionRequest,
        reads=True,
    ),
)  # fmt: skip
