"""What a kind of trigger is: its settings, and which of the ways starts runs by it: a change, a time, or being asked for. Areas register more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.capabilities.flows.definition import Problem, Trigger
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.flows.registers import Kinds
from guanxi.engine.context import Context
from guanxi.engine.feed import Change
from guanxi.engine.objects.fields.settings import Setting, Words
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Source


class TriggerKind:
    """A kind of trigger. ``about_record`` kinds need a flow with an object."""

    key: ClassVar[str]
    label: ClassVar[Words]
    help: ClassVar[Words]
    icon: ClassVar[str]
    about_record: ClassVar[bool] = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """The settings, from which the form is made."""
        return ()

    def check(self, place: Place) -> Iterator[Problem]:
        """What is wrong with the settings beyond their form."""
        return iter(())

    def in_the_log(self, trigger: Trigger) -> Trigger | None:
        """A trigger of changes that the log of the past can be asked for in place of this one; None: it does not tell."""
        return None


class ChangeTrigger(TriggerKind):
    """A trigger that changes of records set off: asked of each change first, then of the images around it."""

    def concerns(self, trigger: Trigger, change: Change) -> bool:
        """Whether the change may set it off at all, judged by what was done (``op``) and to which fields alone."""
        raise NotImplementedError

    def in_the_log(self, trigger: Trigger) -> Trigger | None:
        """Itself."""
        return trigger

    def asks(self, trigger: Trigger, *, after: bool) -> bool:
        """Whether something is asked of the record after the change, or before it: where there is none, it fails."""
        raise NotImplementedError

    def before(self, trigger: Trigger, source: Source) -> str | None:
        """SQL that must hold of the record before the change; None when nothing is asked of it."""
        return None

    def after(self, trigger: Trigger, source: Source) -> str | None:
        """SQL that must hold of the record after the change; None when nothing is asked of it."""
        return None


class Due(NamedTuple):
    """Something that a time has come for: a record, or None for what is about no record, and when that was."""

    record: UUID | None
    at: datetime


class TimeTrigger(TriggerKind):
    """A trigger that a time sets off: asked now and then what has become due since it was asked last."""

    def due(
        self, ctx: Context, obj: Object | None, trigger: Trigger, since: datetime | None, until: datetime
    ) -> Iterator[Sequence[Due]]:
        """What became due after ``since`` (None: ever) up to ``until``, in parts; read by way of an index."""
        raise NotImplementedError

    def next_at(self, obj: Object | None, trigger: Trigger, asked: datetime, zone: ZoneInfo) -> datetime | None:
        """When to ask again after ``asked``; None for never."""
        raise NotImplementedError


trigger_kinds: Kinds[TriggerKind] = Kinds("trigger")
"""Every kind of trigger by its key, in the order of the palette."""
trigger_kind = trigger_kinds.register


def change_triggers() -> Mapping[str, ChangeTrigger]:
    """Those that changes of records set off."""
    return {key: kind for key, kind in trigger_kinds().items() if isinstance(kind, ChangeTrigger)}


def time_triggers() -> Mapping[str, TimeTrigger]:
    """Those that a time sets off."""
    return {key: kind for key, kind in trigger_kinds().items() if isinstance(kind, TimeTrigger)}
