"""An opportunity always stands in a stage of its pipeline, and what follows from the stage follows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from guanxi.areas.sales import gates, queries
from guanxi.areas.sales.rules import stages
from guanxi.areas.sales.rules.stages import Funnel, NotPlaced, Stage
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.rules import choices
from guanxi.infra.errors import FieldError, Invalid

_PLACED_BY = frozenset({"stage", "pipeline", "probability", "closed_on", "status"})
_ON_SCREEN = frozenset({"ui", "api"})


@hook("opportunity", "before", fields=_PLACED_BY, ops=("create", "update"))
def stand_in_a_stage(ctx: Context, batch: list[Write]) -> None:
    """Fill pipeline and stage, refuse what does not fit, and keep status, probability and dates with the stage."""
    funnel = queries.funnel(ctx)
    types = choices.types(ctx.snapshot.object("opportunity"))
    errors: list[FieldError] = []
    moves: list[gates.Move] = []
    for write in batch:
        before, given = write.old or {}, dict(write.new)
        if emptied := _emptied(ctx, write):
            errors.append(FieldError(emptied, "fields.required", row=write.row))
            continue
        try:
            stage = _place(funnel, write, types)
        except NotPlaced as refused:
            errors.append(FieldError(refused.field, refused.code, row=write.row))
            continue
        write.new["pipeline"], write.new["stage"] = stage.pipeline, stage.id
        if before.get("stage") != stage.id:
            moment = _moment(ctx, write)
            write.new.update(stages.outcome(stage, write.new, before, _today(ctx, moment)))
            write.new.setdefault("stage_since", moment)
            write.new["rots_at"] = stages.rots_at(stage, write.new["stage_since"])
            left = funnel.stage(before.get("stage"))
            if stage.category not in stages.CLOSED or (left and left.category not in stages.CLOSED):
                write.new["decided_from"] = left.id if left and stage.category in stages.CLOSED else None
            if _reason_missing(ctx, stage, write):
                errors.append(FieldError("loss_reason", "sales.loss_reason_required", row=write.row))
            moves.append(gates.Move(write, left, stage))
        else:
            write.new["status"] = stage.category
            if stage.category not in stages.CLOSED:
                write.new["closed_on"] = None
            if "probability" in given and given["probability"] is None:
                write.new["probability"] = stage.probability
        if ctx.undoes is None:
            write.new.update(stages.source(stage, given, write.new, ctx.author, _moment(ctx, write)))
    errors += gates.judge(ctx, funnel, moves)
    if errors:
        raise Invalid(errors)


@hook("opportunity", "after", fields={"stage"}, ops=("update",))
def write_stage_history(ctx: Context, batch: list[Write]) -> None:
    """One stage_change for each step, of the opportunity's owner; an undo takes the steps of its change set away."""
    if ctx.undoes is not None:
        return
    funnel = queries.funnel(ctx)
    rows: list[dict[str, Any]] = []
    for write in batch:
        before = write.old or {}
        left, entered = funnel.stage(before.get("stage")), funnel.stage(write.new["stage"])
        moment = _moment(ctx, write)
        since = before.get("stage_since") or before.get("created_at") or moment
        rows.append(
            {
                "name": f"{left.name if left else '—'} → {entered.name if entered else '—'}",
                "opportunity": write.id,
                "from_stage": before.get("stage"),
                "to_stage": write.new["stage"],
                "entered_at": moment,
                "days": stages.days_between(since, moment),
                "owner": write.value("owner"),
                "created_at": moment,
            }
        )
    writes.create(ctx.as_system(), "stage_change", rows)


def _place(funnel: Funnel, write: Write, types: Mapping[str, choices.Type]) -> Stage:
    """A new pipeline without a stage begins at its first; a new stage brings its pipeline; otherwise all stays.

    What is told nothing of begins in a pipeline that is open to records of its type.
    """
    new, before = write.new, write.old or {}
    if new.get("stage") is not None:
        return funnel.place(new.get("pipeline"), new["stage"])
    if new.get("pipeline") is not None and new["pipeline"] != before.get("pipeline"):
        return funnel.place(new["pipeline"], None)
    own = types.get(write.value("record_type") or "")
    return funnel.place(before.get("pipeline"), before.get("stage"), own.records.get("pipeline") if own else None)


def _emptied(ctx: Context, write: Write) -> str | None:
    """The place that a person's change takes away without naming another: an opportunity always has one."""
    if write.old is None or ctx.via not in _ON_SCREEN or ctx.undoes is not None:
        return None
    named = any(write.new.get(key) is not None for key in ("stage", "pipeline"))
    return None if named else next((key for key in ("stage", "pipeline") if key in write.new), None)


def _reason_missing(ctx: Context, stage: Stage, write: Write) -> bool:
    return (
        stage.category == stages.LOST
        and stage.requires_loss_reason
        and ctx.via in _ON_SCREEN
        and ctx.undoes is None
        and write.value("loss_reason") is None
    )


def _moment(ctx: Context, write: Write) -> datetime:
    """When the write says that it happened: records brought in with their past say so."""
    return write.new.get("updated_at") or write.at or ctx.now


def _today(ctx: Context, moment: datetime) -> Any:
    return moment.astimezone(ctx.env.time_zone).date()
