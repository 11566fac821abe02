"""Whether a flow would begin with a record as it is: the triggers whose condition does not hold for it."""

from __future__ import annotations

from guanxi.capabilities.flows.definition import Definition, Trigger
from guanxi.capabilities.flows.judging import judge
from guanxi.capabilities.flows.triggers.base import change_triggers, time_triggers
from guanxi.engine.context import Context
from guanxi.engine.feed.timelines import PastImage
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Source


def unmet(ctx: Context, obj: Object, definition: Definition, image: PastImage) -> list[str]:
    """Ids of the triggers that ask something of the record which is not true of it.

    What changed and what time it is are not asked: a test run is about a record, and about no change of it.
    """
    asking: list[str] = []

    def wanted(source: Source) -> list[str]:
        found = [(one.id, sql) for one in definition.triggers if (sql := _condition(one, source)) is not None]
        asking[:] = [id_ for id_, _ in found]
        return [sql for _, sql in found]

    (held,) = judge(ctx, obj, [image], wanted)
    return [id_ for id_, holds in zip(asking, held, strict=False) if not holds]


def _condition(trigger: Trigger, source: Source) -> str | None:
    """SQL for what a trigger asks of the record; None where it asks nothing."""
    kind = change_triggers().get(trigger.kind)
    if kind is not None:
        return kind.after(trigger, source)
    when = trigger.settings.get("where") if trigger.kind in time_triggers() else None
    return None if when is None else compile_condition(source, when)
