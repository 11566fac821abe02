"""Addresses: who sees a record, what somebody may do in sum, what a change would do, presets of roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.access_explained import explain, presets, rights, shapes, simulate, wording
from guanxi.capabilities.access_explained.rehearsal import OBJECTS, Change
from guanxi.engine.http.request import request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response

MOST_CHANGES = 20
_KEYS = {"object", "id", "values", "delete", "members"}


def explain_access(request: HttpRequest, workspace: str, object: str, id: str) -> HttpResponse:  # noqa: A002 - words of the API
    """Who sees a record and why; with ?member= why one person does or does not."""
    member = request.GET.get("member")
    with request_work(request, workspace) as ctx:
        record = uuid_of(id)
        if member is None:
            count, people = explain.everybody(ctx, object, record)
        else:
            people = [explain.one_person(ctx, object, record, uuid_of(member, "member"))]
            count = int(people[0].verdict.reads)
        return json_response(wording.record_access(ctx, count, people))


def simulate_access(request: HttpRequest, workspace: str) -> HttpResponse:
    """What changes of roles, access rules or members would open and close, and to whom; nothing is kept."""
    changes = _changes(json_object(request))
    with request_work(request, workspace, kept=False) as ctx:
        return json_response(wording.simulation(ctx, simulate.simulate(ctx, changes)))


def read_member_rights(request: HttpRequest, workspace: str, member: str) -> HttpResponse:
    """All roles of a member merged, each right with the roles that give it."""
    with request_work(request, workspace) as ctx:
        return json_response(rights.member_rights(ctx, uuid_of(member, "member")))


def read_presets(request: HttpRequest, workspace: str) -> HttpResponse:
    """Permissions that fit common posts, to begin a role with."""
    with request_work(request, workspace) as ctx:
        return json_response(presets.presets(ctx))


def _changes(body: Mapping[str, Any]) -> list[Change]:
    given = body.get("changes")
    if body.keys() != {"changes"} or not isinstance(given, list) or not 1 <= len(given) <= MOST_CHANGES:
        raise BadRequest("request.bad_parameter", {"name": "changes", "reason": f"1-{MOST_CHANGES}"})
    return [_change(one) for one in given]


def _change(one: Any) -> Change:
    if not isinstance(one, dict) or not one.keys() <= _KEYS or one.get("object") not in OBJECTS:
        raise BadRequest("request.bad_parameter", {"name": "changes", "reason": ", ".join(OBJECTS)})
    values, delete, members = one.get("values", {}), one.get("delete", False), one.get("members")
    if not isinstance(values, dict) or not isinstance(delete, bool) or not isinstance(members, list | None):
        raise BadRequest("request.bad_parameter", {"name": "changes", "reason": "values, delete, members"})
    if members is not None and one["object"] != "role":
        raise BadRequest("request.bad_parameter", {"name": "members", "reason": "role"})
    id_: UUID | None = uuid_of(one["id"]) if one.get("id") is not None else None
    if delete and id_ is None:
        raise BadRequest("request.bad_parameter", {"name": "id", "reason": "delete"})
    holders = None if members is None else [uuid_of(member, "members") for member in members]
    return Change(one["object"], id_, values, delete, holders)


ROUTES = (
    Route(
        "GET",
        "records/<slug:object>/<uuid:id>/access",
        explain_access,
        "access",
        shapes.RecordAccess,
        query=shapes.AccessParameters,
    ),
    Route(
        "POST",
        "access/simulate",
        simulate_access,
        "access",
        shapes.Simulation,
        body=shapes.SimulationRequest,
        reads=True,
    ),
    Route("GET", "access/members/<uuid:member>", read_member_rights, "access", shapes.MemberRights),
    Route("GET", "access/presets", read_presets, "access", shapes.RolePresets),
)
