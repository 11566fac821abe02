"""Locks on the records whose stored computed values a write may change, taken in one order by everybody.

The values of a record may be worked out of those of others, which are worked out of others again: the deals of a branch,
the branches of a group. A write of a deal ends up in the group, and so does one of the branch. All of them therefore
lock the topmost object first, one object after the other, and the records of an object in the order of their ids; no two
writers can then wait for each other. Objects that stand above each other have no topmost one: their records are locked
together with those being written, in the order of their keys.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.computed.feeds import Feed
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind
from guanxi.infra.database.cursor import savepoint

TRIES = 20
"""How often the records above are looked up anew because somebody gave them to others in the meantime."""

_PLACE = re.compile(r"@(\d+)@")


class _Moved(Exception):
    """While this writer waited, others were put above its records."""


class Line:
    """Everything that stands above some records of an object, found over the feeds that their write concerns."""

    def __init__(
        self,
        ctx: Context,
        obj: Object,
        ids: Sequence[UUID],
        feeds: Iterable[Feed],
        given: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """``given`` are values being set, whose parents count too."""
        self._ctx = ctx
        self._obj = obj
        self._arrays: list[list[UUID]] = []
        self._own = self._ids(ids)
        self._sets: dict[str, dict[str, None]] = {}
        """By object: places of given ids, and SQL of others."""
        self._can_move = bool(ids)
        """False while all that counts is given: what stands above it is then what was given."""
        self._climb(feeds, given)
        if self._sets and self._own and ctx.snapshot.feeds.is_entangled(obj.key):
            self.with_own()

    def with_own(self) -> Line:
        """Lock the records themselves too."""
        self._sets.setdefault(self._obj.key, {})[self._own] = None
        return self

    def lock(self) -> None:
        """Lock them, topmost object first.

        When somebody put others above the records meanwhile, the locks are given back and taken anew. Should that never
        end, what others put there is locked when it is worked out, and two writers may wait for each other after all.
        """
        order = self._ctx.snapshot.feeds.order
        keys = sorted(self._sets, key=lambda key: order[key])
        if not self._can_move:
            self._take(keys, None)
            return
        wanted: dict[str, set[UUID]] | None = None
        for _ in range(TRIES):
            try:
                with savepoint():
                    taken = self._take(keys, wanted)
                    before, wanted = wanted, self._read(keys)
                    if wanted != before and any(wanted[key] - taken[key] for key in keys):
                        raise _Moved
            except _Moved:
                continue
            return

    def _take(self, keys: Sequence[str], wanted: Mapping[str, set[UUID]] | None) -> dict[str, set[UUID]]:
        """Lock what stands above the records now, or what was found to do so."""
        taken = {}
        for key in keys:
            table = self._ctx.snapshot.object(key).table
            if wanted is None:
                rows = self._run(
                    f'SELECT p.id FROM "{table}" p WHERE p.id IN ({self._union(key)}) ORDER BY p.id FOR NO KEY UPDATE'
                )
            else:
                rows = self._ctx.run(
                    f'SELECT id FROM "{table}" WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
                    [list(wanted[key])],
                )
            taken[key] = {record for (record,) in rows}
        return taken

    def _read(self, keys: Sequence[str]) -> dict[str, set[UUID]]:
        found: dict[str, set[UUID]] = {key: set() for key in keys}
        parts = [f"SELECT '{key}', one.id FROM ({self._union(key)}) one(id) WHERE one.id IS NOT NULL" for key in keys]
        for key, record in self._run(" UNION ".join(parts)):
            found[key].add(record)
        return found

    def _climb(self, feeds: Iterable[Feed], given: Sequence[Mapping[str, Any]]) -> None:
        """Go from feed to feed; the set of parents is told by the set of the children below them."""
        waiting: list[tuple[Feed, str]] = []
        new: dict[tuple[str, str, str], str] = {}
        for feed in feeds:
            way = (feed.parent.key, feed.by.key, feed.link)
            if way not in new:
                new[way] = self._ids({one for each in given for one in _given(feed, each.get(feed.by.key))})
            if new[way]:
                waiting.append((feed, new[way]))
            if self._own:
                waiting.append((feed, _parents(feed, self._own)))
        seen: set[tuple[str, str, str]] = set()
        while waiting:
            feed, parents = waiting.pop()
            place = (feed.parent.key, feed.field.key, parents)
            if place in seen:
                continue
            seen.add(place)
            self._sets.setdefault(feed.parent.key, {})[parents] = None
            for higher in self._ctx.snapshot.feeds.by_child.get(feed.parent.key, ()):
                if feed.field.key in higher.watched:
                    self._can_move = True
                    waiting.append((higher, _parents(higher, parents)))

    def _ids(self, ids: Collection[UUID]) -> str:
        """The place of given ids; "" when there are none."""
        if not ids:
            return ""
        self._arrays.append(list(ids))
        return f"@{len(self._arrays) - 1}@"

    def _union(self, key: str) -> str:
        return " UNION ALL ".join(f"SELECT unnest({one})" if _PLACE.fullmatch(one) else one for one in self._sets[key])

    def _run(self, text: str) -> list[tuple[Any, ...]]:
        """Run a statement with the arrays that it has places for."""
        bind = Bind()
        statement = _PLACE.sub(lambda place: bind(self._arrays[int(place[1])], "uuid[]"), text)
        return self._ctx.run(statement, bind.values)


def _parents(feed: Feed, children: str) -> str:
    """SQL of the parents over a feed's relation of given records, or of those whose ids an SQL text gives."""
    among = f"= ANY({children})" if _PLACE.fullmatch(children) else f"IN ({children})"
    if feed.link in ("ref", "about"):
        mine = f" AND c.\"{feed.by.key}__object\" = '{feed.parent.key}'" if feed.link == "about" else ""
        return f'SELECT c."{feed.by.key}" FROM "{feed.child.table}" c WHERE c.id {among}{mine}'
    here, there = ("source", "target") if feed.link == "refs" else ("target", "source")
    return f'SELECT l.{there} FROM "{feed.links}" l WHERE l.{here} {among}'


def _given(feed: Feed, value: Any) -> Sequence[UUID]:
    """The parents that a child is given to by the value of its own field."""
    if feed.link == "own_refs":
        return ()
    if feed.link == "refs":
        return tuple(value or ())
    one = referred(feed, value)
    return () if one is None else (one,)


def referred(feed: Feed, value: Any) -> UUID | None:
    """The parent that the value of a child's reference names."""
    if value is None or feed.link == "ref":
        return value
    return value.id if value.object == feed.parent.key else None
