"""Hooks: functions that areas attach to the writes of an object, standard and custom alike.

``before`` hooks see the list of writes with parsed values and may change them; ``after`` hooks run in the same
transaction once the rows are written. Both get whole lists, so that no rule needs a query per row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

if TYPE_CHECKING:
    from guanxi.engine.context import Context

Op = Literal["create", "update", "delete", "restore"]
Phase = Literal["before", "after"]


@dataclass
class Write:
    """One write on its way. ``new`` holds the values being set (native); ``old`` the whole record before, or None."""

    op: Op
    id: UUID
    old: dict[str, Any] | None
    new: dict[str, Any] = field(default_factory=dict)
    row: int = 0
    """Place in the caller's list, for errors."""
    rev: int = 0
    at: Any = None
    """The instant it is told to have happened at, for records brought in with their past; None means now."""
    object: str = ""
    """Key of the record's object; settled before any hook runs."""
    asked: frozenset[str] = frozenset()
    """Fields that the caller sets to something new; what hooks add is not among them."""
    along: bool = False
    """It is deleted because the record that it belongs to is."""

    @property
    def changed(self) -> set[str]:
        """Keys of the fields being set."""
        return set(self.new)

    def value(self, key: str) -> Any:
        """The value after this write."""
        if key in self.new:
            return self.new[key]
        return (self.old or {}).get(key)


HookFunction = Callable[["Context", list[Write]], None]


@dataclass(frozen=True, slots=True)
class _Hook:
    phase: Phase
    function: HookFunction
    fields: frozenset[str]
    ops: frozenset[str]


_hooks: dict[str, list[_Hook]] = {}


def hook(
    object_key: str,
    phase: Phase,
    *,
    fields: Iterable[str] = (),
    ops: Iterable[Op] = ("create", "update", "delete", "restore"),
) -> Callable[[HookFunction], HookFunction]:
    """Attach a function to the writes of an object (``"*"``: of every object; it sets no field that a write leaves out).

    With ``fields`` an update reaches the hook only when it sets one of them; creations always do.
    """

    def attach(function: HookFunction) -> HookFunction:
        _hooks.setdefault(object_key, []).append(_Hook(phase, function, frozenset(fields), frozenset(ops)))
        return function

    return attach


def concerned(object_key: str, keys: AbstractSet[str]) -> bool:
    """Whether an update of these fields reaches a ``before`` hook of the object, which may then set others.

    Hooks of every object know no object's fields: they check the values being set, or complete them in place.
    """
    return any(
        one.phase == "before" and "update" in one.ops and (not one.fields or one.fields & keys)
        for one in _hooks.get(object_key, ())
    )


def run(ctx: Context, phase: Phase, object_key: str, batch: list[Write]) -> None:
    """Call the hooks of an object in the order of their registration."""
    for write in batch:
        write.object = object_key
    for one in [*_hooks.get(object_key, ()), *_hooks.get("*", ())]:
        if one.phase != phase:
            continue
        mine = [
            w for w in batch
            if w.op in one.ops and (w.op != "update" or not one.fields or one.fields & w.new.keys())
        ]  # fmt: skip
        if mine:
            one.function(ctx, mine)
