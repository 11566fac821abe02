"""Told of every change, what concerns a lead's grade has it graded anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from guanxi.areas.sales.grading import grades
from guanxi.areas.sales.grading.grades import leads_of
from guanxi.areas.sales.grading.models import LEAD, active_model, link_of
from guanxi.areas.sales.grading.scoring import FIELDS
from guanxi.engine.context import Context
from guanxi.engine.feed.consumers import Change, consumer
from guanxi.engine.records.changes import ASIDE


def _graded(ctx: Context) -> Collection[str]:
    model = active_model(ctx)
    return {LEAD, *(rule.event for rule in model.rules if rule.event)} if model else ()


@consumer("sales.grades", listens=_graded)
def grade_changed(ctx: Context, changes: Sequence[Change]) -> None:
    """Grade the leads that were written, and those that an event was, or no longer is, about."""
    model = active_model(ctx)
    if model is None:
        return
    leads: set[UUID] = set()
    by_event: dict[str, list[Change]] = {}
    events = {rule.event for rule in model.rules if rule.event}
    for change in changes:
        if change.op in ASIDE:
            continue
        if change.object == LEAD and change.op != "delete" and not change.diff.keys() <= set(FIELDS):
            leads.add(change.record)
        elif change.object in events:
            by_event.setdefault(change.object, []).append(change)
    for event, mine in by_event.items():
        leads |= _about(ctx, event, mine)
    if leads:
        grades.grade(ctx, model, sorted(leads))


def _about(ctx: Context, event: str, changes: Sequence[Change]) -> set[UUID]:
    """The leads that events are about now, were about when they were deleted, or were about before."""
    link = link_of(ctx.snapshot, event)
    if link is None:
        return set()
    key, is_about = link.key, link.kind.trait == "about"
    found = leads_of(ctx, ctx.snapshot.object(event), link, [one.record for one in changes])
    for change in changes:
        before = (change.diff.get(key) or [None])[0]
        if is_about and isinstance(before, dict) and before.get("object") == LEAD:
            found.add(UUID(str(before["id"])))
        elif before and not is_about:
            found.add(UUID(str(before)))
    return found
