"""Who is told of changes: functions by name, called with what was committed, in batches and in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.records.changes import COMPUTED, Diff


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the change log as consumers are told it.

    ``op`` is ``create``, ``update``, ``delete``, ``restore``, ``share`` or ``reveal``; ``diff`` holds
    ``{field: [old, new]}`` in the form in which the log keeps values; ``label`` is the label of the change set, by which
    one knows the verb or the flow that wrote it.
    """

    seq: int
    at: datetime
    change_set: UUID
    actor: UUID | None
    via: str
    object: str
    record: UUID
    op: str
    rev: int
    diff: Diff
    label: Mapping[str, Any] | None = None

    def alters(self, fields: Collection[str]) -> bool:
        """Whether one of these fields was changed; of none, whether anything was, by somebody and not by computation."""
        return not self.diff.keys().isdisjoint(fields) if fields else self.via != COMPUTED


Handler = Callable[[Context, Sequence[Change]], None]
Listens = Callable[[Context], bool | Collection[str]]
"""True for all changes, False for none, or the keys of the objects whose changes are told."""


@dataclass(frozen=True, slots=True)
class Consumer:
    """Somebody who is told of changes.

    The handler is called with the system's rights in the transaction that moves the consumer's place, so what it writes
    is written once. What it does outside of the database it may do again after a crash: that must be harmless.
    """

    name: str
    handler: Handler
    batch: int
    listens: Listens = lambda _: True
    """Whether it listens for now, or to changes of which objects: what happens otherwise is passed over."""


_consumers: dict[str, Consumer] = {}


def consumer(name: str, *, batch: int = 1000, listens: Listens = lambda _: True) -> Callable[[Handler], Handler]:
    """Register the decorated function as the consumer ``name``; ``batch`` is the most it is told at once.

    While it does not listen, changes are passed over: a workspace whose flows are none need not read a large import, nor
    need whoever looks at leads read one of opportunities.
    """

    def attach(handler: Handler) -> Handler:
        known = _consumers.get(name)
        if known is not None and known.handler is not handler:
            raise ValueError(f"the consumer {name!r} is registered twice")
        _consumers[name] = Consumer(name, handler, batch, listens)
        return handler

    return attach


def consumers() -> Mapping[str, Consumer]:
    """Every registered consumer by its name."""
    return _consumers
