"""The change that an approval is about, and the record as it would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from guanxi.capabilities.approvals import store
from guanxi.capabilities.approvals.store import Approval
from guanxi.capabilities.flows.batch import imagined
from guanxi.capabilities.flows.runs import Run
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Object
from guanxi.engine.records import locking
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.rules import judge
from guanxi.engine.records.rules.images import Image
from guanxi.engine.records.values import with_defaults

Op = Literal["create", "update", "delete", "export"]
NOBODY_YET = UUID(int=0)
"""Stands for the id of a record that is not there yet."""
ALLOWED = "allowed"
"""Where a run remembers which flows have allowed the change before, as it is."""


@dataclass(frozen=True)
class Held:
    """A change that is not written yet."""

    object: str
    op: Op
    record: UUID | None
    values: Mapping[str, Any]


def held_by(approval: Approval) -> Held | None:
    """The change that an approval holds; None where it holds nothing."""
    if approval.pending is None or approval.object is None:
        return None
    op: Any = "update" if approval.op == "after" else approval.op
    return Held(approval.object, op, approval.record, approval.pending)


def image_of(
    ctx: Context, obj: Object, record: UUID | None, pending: Mapping[str, Any], submitter: UUID | None
) -> Image:
    """The record as it would be; values that the fields do not take any more are left out."""
    new: dict[str, Any] = {}
    for key, value in pending.items():
        field = obj.fields.get(key)
        if field is not None:
            with suppress(BadValue):
                new[key] = None if value is None else field.kind.parse(field, value, ctx.env)
    if record is None:
        new.setdefault("owner", submitter)
        with_defaults(ctx, obj, new)
        return judge.after(ctx, obj, Write("create", NOBODY_YET, None, new, object=obj.key))
    old = dict(locking.stored(ctx, obj, [record]).get(record, {}))
    return judge.after(ctx, obj, Write("update", record, old, new, object=obj.key))


@imagined
def records_as_they_would_be(ctx: Context, runs: Sequence[Run]) -> dict[UUID, tuple[Object, Image]]:
    """What the runs of approvals are about, for steps that ask it: the record with the change that is held."""
    found = {}
    for id_, one in store.of_runs(ctx, [run.id for run in runs if run.cause.get("kind") == "approval.before"]).items():
        obj = ctx.snapshot.objects.get(one.object or "")
        if obj is not None:
            found[id_] = obj, image_of(ctx, obj, one.record, one.pending or {}, one.submitter)
    return found
