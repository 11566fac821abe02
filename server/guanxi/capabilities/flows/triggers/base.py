"""What a kind of trigger is: its settings, and which of three ways starts runs by it. Areas register more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, TypeVar

from guanxi.capabilities.flows.definition import Problem, Trigger
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.engine.feed import Change
from guanxi.engine.objects.fields.settings import Setting, Words
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


class ChangeTrigger(TriggerKind):
    """A trigger that changes of records set off: asked of each change first, then of the images around it."""

    def concerns(self, trigger: Trigger, change: Change) -> bool:
        """Whether the change may set it off at all, judged without looking at the record."""
        raise NotImplementedError

    def asks(self, trigger: Trigger, *, after: bool) -> bool:
        """Whether something is asked of the record after the change, or before it: where there is none, it fails."""
        raise NotImplementedError

    def before(self, trigger: Trigger, source: Source) -> str | None:
        """SQL that must hold of the record before the change; None when nothing is asked of it."""
        return None

    def after(self, trigger: Trigger, source: Source) -> str | None:
        """SQL that must hold of the record after the change; None when nothing is asked of it."""
        return None


Kind = TypeVar("Kind", bound=TriggerKind)
_kinds: dict[str, TriggerKind] = {}


def trigger_kind(cls: type[Kind]) -> type[Kind]:
    """Register a kind of trigger; ValueError for a key that another kind has."""
    known = _kinds.get(cls.key)
    if known is not None and type(known) is not cls:
        raise ValueError(f"the trigger kind {cls.key!r} is registered twice")
    _kinds[cls.key] = cls()
    return cls


def trigger_kinds() -> Mapping[str, TriggerKind]:
    """Every kind of trigger by its key, in the order of the palette."""
    return _kinds


def change_triggers() -> Mapping[str, ChangeTrigger]:
    """Those that changes of records set off."""
    return {key: kind for key, kind in _kinds.items() if isinstance(kind, ChangeTrigger)}
