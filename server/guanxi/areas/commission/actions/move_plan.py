"""A version of a plan comes into use, ends, or is followed by the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.commission.errors import NotADraft, WrongState, refused, wrong
from guanxi.areas.commission.plans import FIELDS, PLAN
from guanxi.areas.commission.rules.definition import read
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import Invalid
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class OfPlan:
    """The version."""

    plan: UUID


@dataclass(frozen=True)
class EndPlan:
    """The version, and its last day."""

    plan: UUID
    day: date


class MovedPlan(TypedDict):
    """The version, and its state by now."""

    plan: Id
    status: str


@action("commission.activate_plan", params=OfPlan, permission="commission_plan.edit")
def activate_plan(ctx: Context, params: OfPlan) -> MovedPlan:
    """Bring a draft into use; the version before it ends on the day before.

    Invalid names what is wrong with the rules, with nobody whom it is for, and with days that lie before those of the
    version before it; NotADraft the second time.
    """
    row = _held(ctx, params.plan)
    if row["status"] != "draft":
        raise NotADraft
    if problems := read(row["definition"]).problems:
        raise Invalid(refused(problems))
    if not (row["members"] or row["departments"] or row["roles"]):
        raise wrong("members", "nobody")
    changes = []
    for one, other in _family(ctx, params.plan, row).items():
        if one == params.plan or other["status"] == "draft":
            continue
        if other["valid_from"] >= row["valid_from"]:
            raise wrong("valid_from", "before_earlier", number=other["number"], day=other["valid_from"].isoformat())
        if other["valid_to"] is None or other["valid_to"] >= row["valid_from"]:
            changes.append(Change(one, {"valid_to": row["valid_from"] - timedelta(days=1)}))
    writes.update(ctx.as_system(), PLAN, [*changes, Change(params.plan, {"status": "active"})])
    return {"plan": str(params.plan), "status": "active"}


@action("commission.end_plan", params=EndPlan, permission="commission_plan.edit")
def end_plan(ctx: Context, params: EndPlan) -> MovedPlan:
    """End a version in use; Invalid for a day before its first, WrongState for a draft."""
    row = _held(ctx, params.plan)
    if row["status"] != "active":
        raise WrongState("plan_not_active")
    if params.day < row["valid_from"]:
        raise wrong("day", "ends_early")
    writes.update(ctx.as_system(), PLAN, [Change(params.plan, {"status": "ended", "valid_to": params.day})])
    return {"plan": str(params.plan), "status": "ended"}


@action("commission.new_version", params=OfPlan, permission="commission_plan.create")
def new_version(ctx: Context, params: OfPlan) -> MovedPlan:
    """A draft that says what a version says, to be changed and brought into use; WrongState for a draft, or beside one."""
    row = _held(ctx, params.plan)
    family = _family(ctx, params.plan, row)
    if any(one["status"] == "draft" for one in family.values()):
        raise WrongState("draft_there")
    latest = max(one["number"] or 1 for one in family.values())
    same = {key: row[key] for key in ("name", "members", "departments", "roles", "definition")}
    begins = max(ctx.today, row["valid_from"] + timedelta(days=1))
    (made,) = writes.create(ctx.as_system(), PLAN, [{
        **same, "first": row["first"] or params.plan, "number": latest + 1, "valid_from": begins, "owner": ctx.author,
    }])  # fmt: skip
    return {"plan": str(made), "status": "draft"}


def _held(ctx: Context, plan: UUID) -> dict[str, Any]:
    locking.lock(ctx, ctx.object(PLAN), [plan], "edit", ())
    return reads.native(ctx.as_system(), PLAN, [plan], FIELDS)[plan]


def _family(ctx: Context, plan: UUID, row: dict[str, Any]) -> dict[UUID, dict[str, Any]]:
    first = row["first"] or plan
    system = ctx.as_system()
    others = reads.ids(system, PLAN, {"field": "first", "op": "eq", "value": str(first)})
    return reads.native(system, PLAN, [first, *others], FIELDS)
