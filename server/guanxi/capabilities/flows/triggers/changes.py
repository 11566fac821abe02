"""Triggers that changes of records set off: made, changed, deleted, come into a filter or gone out of it."""

from __future__ import annotations

from collections.abc import Iterator

from guanxi.capabilities.flows.conditions import problems
from guanxi.capabilities.flows.definition import Problem, Trigger
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.flows.triggers.base import ChangeTrigger, trigger_kind
from guanxi.engine.feed import Change
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.query.build import Source

WHERE = Setting(
    "where",
    "condition",
    words("条件", "Condition"),
    words("变更之后，记录满足什么条件", "What holds of the record after the change"),
)
BEFORE = Setting(
    "before", "condition", words("变更前的条件", "Condition before"),
    words("变更之前，记录满足什么条件", "What held of the record before the change"),
)  # fmt: skip
FIELDS = Setting(
    "fields", "fields", words("字段", "Fields"),
    words(
        "只在这些字段变化时触发；不选则任何字段，系统算出的变化（如评级）不算",
        "Only when one of these changes; none chosen means any, except what is worked out, such as a grade",
    ),
)  # fmt: skip


NEVER = {"formula": "FALSE"}
"""What a trigger asks whose view is not known."""


class _Record(ChangeTrigger):
    """What they have in common: a condition on the record after the change, and on the one before."""

    ops: frozenset[str]

    def settings_schema(self) -> tuple[Setting, ...]:
        """The condition."""
        return (WHERE,)

    def check(self, place: Place) -> Iterator[Problem]:
        """Conditions are understood, fields exist."""
        obj = place.object
        if obj is None:
            return
        for name in ("where", "before"):
            if place.settings.get(name) is not None:
                yield from problems(place, obj, place.settings[name], name)
        for key in place.settings.get("fields") or ():
            if key not in obj.fields:
                yield place.problem("flows.unknown_field", "fields", field=str(key)[:40])

    def concerns(self, trigger: Trigger, change: Change) -> bool:
        """Changes of the right sort, of the right fields."""
        return change.op in self.ops and (change.op != "update" or self.minds(trigger, change))

    def minds(self, trigger: Trigger, change: Change) -> bool:
        """Whether an update is of a sort that is asked about."""
        return change.alters(trigger.settings.get("fields") or ())

    def asks(self, trigger: Trigger, *, after: bool) -> bool:
        """As the settings say."""
        return trigger.settings.get("where" if after else "before") is not None

    def before(self, trigger: Trigger, source: Source) -> str | None:
        """The condition before."""
        when = trigger.settings.get("before")
        return None if when is None else compile_condition(source, when)

    def after(self, trigger: Trigger, source: Source) -> str | None:
        """The condition after."""
        when = trigger.settings.get("where")
        return None if when is None else compile_condition(source, when)


@trigger_kind
class Created(_Record):
    """A record is made."""

    key = "record.created"
    label = words("新建记录时", "A record is created")
    help = words("包括导入和接口创建的记录", "By people, imports and programs alike")
    icon = "plus"
    ops = frozenset({"create"})


@trigger_kind
class Updated(_Record):
    """A record is changed."""

    key = "record.updated"
    label = words("记录变更时", "A record is changed")
    help = words("可限定字段，以及变更前后的条件", "Of chosen fields, with conditions before and after")
    icon = "pencil"
    ops = frozenset({"update"})

    def settings_schema(self) -> tuple[Setting, ...]:
        """Fields, and both conditions."""
        return (FIELDS, BEFORE, WHERE)


@trigger_kind
class Saved(_Record):
    """A record is made or changed."""

    key = "record.saved"
    label = words("新建或变更记录时", "A record is created or changed")
    help = words("每次保存都检查条件", "The condition is asked at every save")
    icon = "device-floppy"
    ops = frozenset({"create", "update"})

    def settings_schema(self) -> tuple[Setting, ...]:
        """Fields, and the condition."""
        return (FIELDS, WHERE)


@trigger_kind
class Deleted(_Record):
    """A record is deleted."""

    key = "record.deleted"
    label = words("删除记录时", "A record is deleted")
    help = words(
        "移入回收站时；条件针对删除前的记录", "Put into the bin; the condition is asked of the record as it was"
    )
    icon = "trash"
    ops = frozenset({"delete"})

    def asks(self, trigger: Trigger, *, after: bool) -> bool:
        """Of the record as it was, for there is none after."""
        return not after and trigger.settings.get("where") is not None

    def before(self, trigger: Trigger, source: Source) -> str | None:
        """The condition."""
        return super().after(trigger, source)

    def after(self, trigger: Trigger, source: Source) -> str | None:
        """Nothing is left to be asked."""
        return None


class _Filter(_Record):
    """Triggers of a filter that records come into or go out of."""

    def settings_schema(self) -> tuple[Setting, ...]:
        """The filter, or a shared view that has one."""
        return (
            Setting("where", "condition", words("条件", "Condition")),
            Setting(
                "view", "text", words("或共享视图", "Or a shared view"),
                words("以视图的条件触发；修改视图后按新条件", "Its condition is asked; changing the view changes what is asked"),
                of="view", max=36,
            ),
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """One of both is given."""
        if (place.settings.get("where") is None) == (place.settings.get("view") is None):
            yield place.problem("flows.view_or_condition", "where")
        yield from super().check(place)

    def minds(self, trigger: Trigger, change: Change) -> bool:
        """Every update, for also what is worked out may make it hold."""
        return True

    def holds(self, trigger: Trigger, source: Source) -> str:
        """SQL for the filter."""
        return compile_condition(source, trigger.settings.get("where") or NEVER)

    def after(self, trigger: Trigger, source: Source) -> str | None:
        """The filter."""
        return self.holds(trigger, source)


@trigger_kind
class Entered(_Filter):
    """A record comes to fulfil a condition."""

    key = "record.entered"
    label = words("开始满足条件时", "A condition begins to hold")
    help = words("此前不满足、现在满足；新建即满足也算", "It did not hold before and does now; new records count")
    icon = "login-2"
    ops = frozenset({"create", "update", "restore"})

    def asks(self, trigger: Trigger, *, after: bool) -> bool:
        """That it holds afterwards; a record that was not there before did not fulfil it."""
        return after

    def before(self, trigger: Trigger, source: Source) -> str | None:
        """That it did not hold."""
        return f"NOT {self.holds(trigger, source)}"


@trigger_kind
class Left(_Filter):
    """A record ceases to fulfil a condition."""

    key = "record.left"
    label = words("不再满足条件时", "A condition ceases to hold")
    help = words("此前满足、现在不满足；删除也算", "It held before and does not now; deleted records count")
    icon = "logout-2"
    ops = frozenset({"update", "delete"})

    def asks(self, trigger: Trigger, *, after: bool) -> bool:
        """That it held before."""
        return not after

    def before(self, trigger: Trigger, source: Source) -> str | None:
        """That it held."""
        return self.holds(trigger, source)

    def after(self, trigger: Trigger, source: Source) -> str | None:
        """That it does not hold any more."""
        return f"NOT {self.holds(trigger, source)}"
