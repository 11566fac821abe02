"""Records through a stretch of the past: every change of it, and the record as it was at any moment between them.

A value at a moment is the old value of the first later change of its field, or what is stored now. Nothing is worked out
before it is asked for. Related records, stored computed values and what was thrown away for good are not in the log.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import Any
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.engine.feed.consumers import Change
from guanxi.engine.feed.moments import Moment
from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.objects.model import Object
from guanxi.engine.records import locking
from guanxi.engine.records.changes import ASIDE
from guanxi.engine.records.rules.images import Image

_NO_LINKS: Mapping[str, Sequence[UUID]] = {}
PART = 5_000
"""Changes that are read at once."""


@dataclass(frozen=True, slots=True)
class PastImage(Image):
    """A record as it was at an instant."""

    at: datetime | None = None


@dataclass
class Timeline:
    """One record with its changes since an instant, the first one first; ``stored`` is what is stored now."""

    obj: Object
    record: UUID
    stored: Mapping[str, Any]
    changes: Sequence[Change]
    env: ParseEnv
    in_bin: bool = False
    """Whether the record is in the bin, as far as no change tells."""
    written_before: datetime | None = None
    """When the record was written the last time before the first change, if that is known."""
    _touching: dict[str, list[int]] = field(default_factory=dict)

    @cached_property
    def instants(self) -> list[datetime]:
        """When each change was, never before the one in front of it."""
        return list(accumulate((one.at for one in self.changes), max))

    def place_at(self, instant: datetime) -> int:
        """How many of the changes had been made at an instant."""
        return bisect_right(self.instants, instant)

    def is_there(self, place: int) -> bool:
        """Whether the record was there, and not in the bin, after so many changes."""
        if place:
            return self.changes[place - 1].op != "delete"
        return self.changes[0].op not in ("create", "restore") if self.changes else not self.in_bin

    def written_at(self, place: int) -> datetime | None:
        """When the record had been written last after so many changes; None when nobody knows."""
        if place:
            return self.changes[place - 1].at
        if self.changes:
            return self.written_before
        known: datetime | None = self.stored.get("updated_at")
        return known

    def image(self, place: int, at: datetime | None = None) -> PastImage:
        """The record after so many changes."""
        values = Values(self, place)
        if not self._linked:
            return PastImage(self.record, values, _NO_LINKS, at)
        links = {key: tuple(values[key] or ()) for key in self._linked if self.touching(key)[-1] >= place}
        return PastImage(self.record, values, links, at)

    def value(self, place: int, key: str) -> Any:
        """One field's native value after so many changes."""
        return Values(self, place)[key]

    def moment(self, place: int) -> Moment:
        """A change with the record before and after it, as ``moments`` gives it."""
        change = self.changes[place]
        before = None if change.op in ("create", "restore") else self.image(place, change.at)
        return Moment(change, before, None if change.op == "delete" else self.image(place + 1, change.at))

    def touching(self, key: str) -> list[int]:
        """Which of the changes changed a field."""
        found = self._touching.get(key)
        if found is None:
            found = self._touching[key] = [n for n, one in enumerate(self.changes) if key in one.diff]
        return found

    @cached_property
    def _linked(self) -> list[str]:
        """Fields with many references that were changed at all."""
        changed = {key for one in self.changes for key in one.diff}
        return [key for key in changed if (one := self.obj.fields.get(key)) and one.kind.trait == "refs"]


_MOVING = frozenset({"updated_at", "updated_by", "rev", "deleted_at"})
"""Columns that every change moves."""


class Values(Mapping[str, Any]):
    """The native values of a record after so many changes."""

    __slots__ = ("_line", "_place")

    def __init__(self, line: Timeline, place: int) -> None:
        self._line, self._place = line, place

    def __getitem__(self, key: str) -> Any:
        line, place = self._line, self._place
        if key == "updated_at":
            return line.written_at(place)
        if key in ("updated_by", "rev") and line.changes:
            if place:
                change = line.changes[place - 1]
                return change.actor if key == "updated_by" else change.rev
            return None if key == "updated_by" else line.changes[0].rev - 1
        touching = line.touching(key)
        later = bisect_left(touching, place)
        if later == len(touching):
            return line.stored.get(key)
        old = line.changes[touching[later]].diff[key][0]
        one = line.obj.fields.get(key)
        if old is None or one is None:
            return None
        try:
            return one.kind.parse(one, old, line.env)
        except BadValue:  # from when the field was of another kind, or had an option that is gone
            return None

    def same(self, keys: Sequence[str]) -> tuple[Any, ...] | None:
        """What is equal for moments of a record between which none of some columns changed; None where nobody knows."""
        line, place = self._line, self._place
        if not line.changes:
            return ()
        if not _MOVING.isdisjoint(keys):
            return None
        return tuple(bisect_left(line.touching(key), place) for key in keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._line.stored)

    def __len__(self) -> int:
        return len(self._line.stored)


def count(ctx: Context, obj: Object, since: datetime) -> int:
    """How many changes of an object's records there are since an instant."""
    ((found,),) = ctx.run(f"SELECT count(*) FROM sys_change c WHERE {_WHICH}", [obj.key, since, list(ASIDE)])
    return int(found)


def timelines(ctx: Context, obj: Object, since: datetime) -> Iterator[tuple[int, list[Timeline]]]:
    """Part by part how many changes it has, and the records of an object that were changed since an instant, each whole.

    Records that are not stored any more are left out. The unit of work must see one state of the database only.
    """
    ctx.run(
        "DECLARE past NO SCROLL CURSOR FOR SELECT c.seq, c.at, c.change_set, c.actor, c.via, c.object, c.record, c.op,"
        " c.rev, c.diff::text, s.label FROM sys_change c LEFT JOIN sys_change_set s ON s.id = c.change_set AND s.label ? 'path'"
        f" WHERE {_WHICH} ORDER BY c.record, c.seq",
        [obj.key, since, list(ASIDE)],
    )
    rest: list[Change] = []
    while True:
        read = [
            Change(*[*row[:9], orjson.loads(row[9]), row[10]]) for row in ctx.run(f"FETCH FORWARD {PART} FROM past")
        ]  # fmt: skip
        held = [*rest, *read]
        # The last record may go on in the next part.
        end = (
            len(held)
            if not read
            else next((n for n in range(len(held), 0, -1) if held[n - 1].record != held[-1].record), 0)
        )
        rest = held[end:]
        if end:
            yield end, _lines(ctx, obj, held[:end])
        if not read:
            ctx.run("CLOSE past")
            return


def of_records(ctx: Context, obj: Object, ids: Sequence[UUID]) -> dict[UUID, Timeline]:
    """Records as they are now, without anything of their past."""
    stored = locking.stored(ctx, obj, ids)
    bins = _in_bin(ctx, obj, list(stored))
    return {one: Timeline(obj, one, row, (), ctx.env, one in bins) for one, row in stored.items()}


_WHICH = "c.object = $1 AND c.at >= $2 AND c.op <> ALL($3::text[])"


def _lines(ctx: Context, obj: Object, changes: Sequence[Change]) -> list[Timeline]:
    by_record: dict[UUID, list[Change]] = {}
    for one in changes:
        by_record.setdefault(one.record, []).append(one)
    stored = locking.stored(ctx, obj, list(by_record))
    earlier = dict(
        ctx.run(
            "SELECT w.record, l.at FROM unnest($1::uuid[], $2::bigint[]) AS w(record, seq) CROSS JOIN LATERAL"
            " (SELECT c.at FROM sys_change c WHERE c.record = w.record AND c.seq < w.seq AND c.op <> ALL($3::text[])"
            " ORDER BY c.seq DESC LIMIT 1) AS l",
            [
                [one for one, mine in by_record.items() if mine[0].op != "create"],
                [mine[0].seq for mine in by_record.values() if mine[0].op != "create"],
                list(ASIDE),
            ],
        )
    )
    return [
        Timeline(obj, one, stored[one], mine, ctx.env, written_before=earlier.get(one))
        for one, mine in by_record.items()
        if one in stored
    ]


def _in_bin(ctx: Context, obj: Object, ids: Sequence[UUID]) -> set[UUID]:
    rows = ctx.run(f'SELECT id FROM "{obj.table}" WHERE id = ANY($1::uuid[]) AND deleted_at IS NOT NULL', [list(ids)])
    return {one for (one,) in rows}
