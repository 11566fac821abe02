"""Submitting: a change is tried, kept aside and given to those who decide; what it would be like is told before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.capabilities.approvals import store
from guanxi.capabilities.approvals.store import Approval
from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.live import Flow, live
from guanxi.capabilities.flows.matching import actor_of
from guanxi.capabilities.flows.runs import Begin
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.engine.records.titles import titles
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import BadRequest, Conflict, NotFound
from guanxi.infra.http.shapes import Id
from guanxi.kit.ids import uuid7

Op = Literal["create", "update", "delete"]


class _TakenBack(Exception):
    """Ends a trial: nothing of it is kept."""


@dataclass(frozen=True)
class SubmitChange:
    """The change that has to be approved, as it would be written; ``chosen`` names people for nodes that ask for it."""

    flow: UUID
    object: str
    op: Op
    record: UUID | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    comment: str | None = None
    chosen: Mapping[str, Sequence[UUID]] = field(default_factory=dict)


class SubmittedChange(TypedDict):
    """The approval that was begun."""

    approval: Id


@action("approvals.submit", params=SubmitChange)
def submit(ctx: Context, params: SubmitChange) -> SubmittedChange:
    """Give a change to those who decide about it. It is refused now if it could not be written as it is."""
    flow = flow_of(ctx, params.flow, params.object)
    title = tried(ctx, params.op, params.object, params.record, params.values)
    if params.record is not None:
        _nothing_pending(ctx, params.object, params.record)
    actor, error = actor_of(flow, ctx.author)
    if error is not None:
        raise Conflict(error["code"], error["params"])
    approval = uuid7()
    (run,) = runs.begin(
        ctx,
        [
            Begin(
                flow, f"approval {approval}", {"kind": "approval.before", "approval": str(approval), "op": params.op},
                params.object, params.record, ctx.author, actor=actor,
                data={"pending": dict(params.values), "chosen": {k: [str(one) for one in v] for k, v in params.chosen.items()}},
            )
        ],
    )  # fmt: skip
    made = Approval(
        approval, run, flow.id, params.object, params.record, params.op, dict(params.values), "pending", ctx.author, title,
        ctx.now, None, None,
    )  # fmt: skip
    store.add(ctx, made)
    store.note(ctx, approval, "start", member=ctx.author, comment=params.comment)
    wake(ctx)
    return {"approval": str(approval)}


def flow_of(ctx: Context, id_: UUID, object_key: str) -> Flow:
    """The flow that is to be asked; NotFound when it is none that is on for this object."""
    flow = live(ctx).flows.get(id_)
    if flow is None or not flow.is_on or flow.version is None or flow.version.definition.object != object_key:
        raise NotFound("approvals.no_such_flow", {"flow": str(id_)})
    return flow


def written(ctx: Context, op: str, object_key: str, record: UUID | None, values: Mapping[str, Any]) -> UUID | None:
    """Write a change as somebody who has been allowed to; the record that there is afterwards."""
    allowed = replace(ctx, approved=True)
    if op == "create":
        return writes.create(allowed, object_key, [values])[0]
    if record is None:
        raise BadRequest("approvals.record_missing")
    if op == "delete":
        writes.delete(allowed, object_key, [record])
        return None
    writes.update(allowed, object_key, [writes.Change(record, values)])
    return record


def tried(ctx: Context, op: str, object_key: str, record: UUID | None, values: Mapping[str, Any]) -> str:
    """Try a change and take it back; the title of the record it is about. Refused as the write itself would be."""
    title = "" if record is None else title_of(ctx, object_key, record)
    try:
        with savepoint():
            made = written(replace(ctx, rehearsal=True), op, object_key, record, values)
            title = title or title_of(ctx, object_key, made)
            raise _TakenBack
    except _TakenBack:
        return title


def title_of(ctx: Context, object_key: str, record: UUID | None) -> str:
    """What a record is called, as far as the actor may see it."""
    return "" if record is None else titles(ctx, {(object_key, record)}).get((object_key, record), "")


def _nothing_pending(ctx: Context, object_key: str, record: UUID) -> None:
    ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [f"approval {record}"])
    if any(
        one.state in ("pending", "returned") and one.op != "after" for one in store.of_record(ctx, object_key, record)
    ):
        raise Conflict("approvals.being_decided", {"title": "", "id": str(record)})
