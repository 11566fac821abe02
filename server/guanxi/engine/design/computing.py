"""Stored computed values for records that are there already: worked out after a change of the design, verified on demand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.design.steps import Step, keep, step
from guanxi.engine.objects.computed.rolling import STEP
from guanxi.engine.records import recompute


@step(STEP)
def work_out(ctx: Context, one: Step) -> bool:
    """Work out a field for the next records."""
    obj = ctx.snapshot.objects.get(one.object)
    field = obj.fields.get(one.field) if obj else None
    if obj is None or field is None or not field.kind.computed or field.kind.virtual:
        return False
    after = one.payload.get("after")
    last = recompute.batch(ctx, obj, field, UUID(after) if after else None)
    if last is None:
        return False
    keep(ctx, one, after=str(last))
    return True


class Verification(TypedDict):
    """How many values were looked at, and how many of each field were wrong."""

    values: int
    wrong: dict[str, int]
    repaired: bool


@dataclass(frozen=True)
class Verify:
    """Which object to look at (None: all), and whether to put right what is wrong."""

    object: str | None = None
    repair: bool = False


@action("design.verify_computed", params=Verify, permission="configure")
def verify_computed(ctx: Context, params: Verify) -> Verification:
    """Compare roll-ups and other stored computed values with what they should be, and repair them on demand."""
    if params.object is not None:
        ctx.snapshot.object(params.object)
    found = recompute.verify(ctx, params.object, repair=params.repair)
    return {"values": found.values, "wrong": found.wrong, "repaired": found.repaired}
