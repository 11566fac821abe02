"""Told of every change, what concerns an open opportunity's chances has it foretold anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from guanxi.areas.sales.gates import OBJECT
from guanxi.areas.sales.probability import history, model, scores
from guanxi.areas.sales.probability.scores import FIELDS
from guanxi.engine.context import Context
from guanxi.engine.feed.consumers import Change, consumer
from guanxi.engine.records.changes import ASIDE, COMPUTED


def _foretells(ctx: Context) -> Collection[str]:
    return {OBJECT, *history.activities(ctx)} if OBJECT in ctx.snapshot.objects and model.in_use(ctx) else ()


@consumer("sales.probability", listens=_foretells)
def chances_changed(ctx: Context, changes: Sequence[Change]) -> None:
    """Foretell the opportunities that were written, and those that an activity was, or no longer is, about."""
    kept = model.kept(ctx).model
    if kept is None:
        return
    found: set[UUID] = set()
    by_object: dict[str, list[Change]] = {}
    activities = history.activities(ctx)
    for change in changes:
        if change.op in ASIDE or (change.op == "delete" and change.object == OBJECT):
            continue
        if change.object == OBJECT and not (change.via == COMPUTED and change.diff.keys() <= set(FIELDS)):
            found.add(change.record)
        elif change.object in activities:
            by_object.setdefault(change.object, []).append(change)
    for key, mine in by_object.items():
        found |= history.about(ctx, key, [one.record for one in mine])
        found |= {was for one in mine if (was := _opportunity((one.diff.get("about") or [None])[0]))}
    if found:
        scores.foretell(ctx, kept, sorted(found))


def _opportunity(about: object) -> UUID | None:
    """The opportunity that an activity was about, as the log keeps it."""
    return UUID(str(about["id"])) if isinstance(about, dict) and about.get("object") == OBJECT else None
