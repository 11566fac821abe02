"""Grading models and rules make sense, are kept by those who configure, and hold for all leads soon after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guanxi.areas.sales.errors import GradingRightNeeded
from guanxi.areas.sales.grading import regrading
from guanxi.areas.sales.grading.models import LEAD, MODEL, link_of
from guanxi.areas.sales.grading.scoring import env_of
from guanxi.areas.sales.rules.grading import problems_of_model
from guanxi.engine.context import Context
from guanxi.engine.objects.query.build import Bind, Everything, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import BadRequest, FieldError, Invalid

_PARTS = ("fit_a", "fit_b", "engagement_a", "engagement_b", "fit_weight", "engagement_weight", "matrix")


@hook("grading_model", "before")
@hook("grading_rule", "before")
def only_who_configures(ctx: Context, batch: list[Write]) -> None:
    """They decide which leads come first, for everybody."""
    if not ctx.actor.may("configure"):
        raise GradingRightNeeded


@hook("grading_model", "before", ops=("create", "update"))
def models_make_sense(ctx: Context, batch: list[Write]) -> None:
    """A begins above B, something weighs, and the matrix has a grade for every pair."""
    errors = []
    for write in batch:
        if write.new.get("matrix"):
            write.new["matrix"] = str(write.new["matrix"]).upper()
        values = {key: write.value(key) for key in _PARTS}
        errors += [FieldError(field, code, {}, write.row) for field, code in problems_of_model(values)]
    if errors:
        raise Invalid(errors)


@hook("grading_rule", "before", ops=("create", "update"))
def rules_make_sense(ctx: Context, batch: list[Write]) -> None:
    """The event can be about a lead, the condition is understood, and fit asks of the lead alone."""
    errors: list[FieldError] = []
    for write in batch:
        errors += problems_of_rule(ctx, write.value("axis"), write.value("event"), write.value("where"), write.row)
        if not write.value("points"):
            errors.append(FieldError("points", "sales.grade_points", {}, write.row))
    if errors:
        raise Invalid(errors)


def problems_of_rule(ctx: Context, axis: Any, event: Any, where: Any, row: int = 0) -> Iterator[FieldError]:
    """What is wrong with a rule's event and condition."""
    if event and link_of(ctx.snapshot, str(event)) is None:
        yield FieldError("event", "sales.grade_event_unknown", {"event": str(event)[:40]}, row)
        return
    if axis == "fit" and event:
        yield FieldError("event", "sales.grade_fit_of_lead", {}, row)
    if where is None:
        if not event:
            yield FieldError("where", "sales.grade_condition_needed", {}, row)
        return
    obj = ctx.snapshot.object(str(event) if event else LEAD)
    try:
        compile_filter(Source(ctx.snapshot, obj, Everything(), Bind(), env_of(ctx), "t"), where)
    except BadRequest as bad:
        yield FieldError("where", bad.code, bad.params, row)


@hook("grading_model", "after", fields={"active"}, ops=("create", "update", "restore"))
def one_model_is_active(ctx: Context, batch: list[Write]) -> None:
    """The one that is switched on takes the place of the other."""
    chosen = [write.id for write in batch if write.value("active")]
    if not chosen:
        return
    system = ctx.as_system()
    others = [
        id_ for id_ in reads.ids(system, MODEL, {"field": "active", "op": "eq", "value": True}) if id_ != chosen[-1]
    ]  # fmt: skip
    writes.update(system, MODEL, [Change(id_, {"active": False}) for id_ in others])


@hook("grading_model", "after")
@hook("grading_rule", "after")
def leads_are_graded_anew(ctx: Context, batch: list[Write]) -> None:
    """By a job, from the first one on."""
    regrading.ask(ctx)
