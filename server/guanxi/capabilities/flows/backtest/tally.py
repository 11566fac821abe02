"""What comes of many runs that were thought through: figures, load, and the latest of them one by one."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import worked
from guanxi.capabilities.flows.foresight import PastRun
from guanxi.capabilities.flows.keeping import state_of
from guanxi.capabilities.flows.kinds.base import Deed
from guanxi.capabilities.flows.told import instant, instant_or_none
from guanxi.engine.context import Context
from guanxi.kit import clock

KEPT = 500
"""Runs that are told one by one."""
LINES = 60
"""Lines of the way of each."""
NAMED = 50
VISITS = frozenset({"done", "wait", "fork", "join", "stop", "error", "failed"})


class Tally:
    """Counts runs, and keeps the latest ones whose records whoever asks may see."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.starts = 0
        self.foreign = 0
        self.records: Counter[UUID] = Counter()
        self.triggers: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.nodes: dict[str, Counter[str]] = {}
        self.deeds: Counter[tuple[str, str | None]] = Counter()
        self.people: dict[UUID, Counter[str]] = {}
        self.outside = 0
        self.days: dict[str, Counter[str]] = {}
        self.hours: Counter[datetime] = Counter()
        self._latest: list[tuple[datetime, int, Mapping[str, Any]]] = []

    def begun(self, trigger: str, at: datetime, record: UUID | None, *, seen: bool) -> None:
        """A run would have begun."""
        self.starts += 1
        self.triggers[trigger] += 1
        self.foreign += record is not None and not seen
        if record is not None:
            self.records[record] += 1
        self._day(at)["starts"] += 1
        self.hours[at.replace(minute=0, second=0, microsecond=0)] += 1

    def ended(self, run: PastRun, *, seen: bool) -> None:
        """What a run would have done."""
        state = ended_as(run)
        self.ends[state] += 1
        for line in run.made:
            node = self.nodes.setdefault(line.node, Counter())
            if line.outcome in VISITS:
                node["came"] += 1
            node[line.outcome] += 1
            if line.port is not None:
                node[f"port:{line.port}"] += 1
        for token in run.live:
            if token.state != "failed":
                self.nodes.setdefault(token.node, Counter())["waits"] += 1
        for place, deed in run.deeds:
            self._did(run.times[place] if place < len(run.times) else run.clock, deed)
        if seen:
            self._keep(run, state)

    def _did(self, at: datetime, deed: Deed) -> None:
        count = max(len(deed.to) + deed.outside, 1)
        self.deeds[deed.what, deed.object] += count
        self._day(at)[deed.what] += count
        self.outside += deed.outside if deed.what == "mail" else 0
        for one in deed.to:
            self.people.setdefault(one, Counter())[deed.what] += 1

    def _day(self, at: datetime) -> Counter[str]:
        return self.days.setdefault(str(clock.today(self._ctx.env.time_zone, at)), Counter())

    def _keep(self, run: PastRun, state: str) -> None:
        key = (run.started_at, run.id.int)
        if len(self._latest) >= KEPT and key < self._latest[0][:2]:
            return
        one = (*key, way_of(run, state))
        if len(self._latest) < KEPT:
            heapq.heappush(self._latest, one)
        else:
            heapq.heappushpop(self._latest, one)

    def to_json(self, seen: Collection[UUID]) -> dict[str, Any]:
        """All of it; ``seen`` are records that may be named."""
        return {
            "starts": self.starts,
            "foreign": self.foreign,
            "records": len(self.records),
            "triggers": dict(self.triggers),
            "ends": dict(self.ends),
            "nodes": {node: dict(ones) for node, ones in self.nodes.items()},
            "deeds": [[what, key, count] for (what, key), count in self.deeds.most_common()],
            "people": [
                [str(one), dict(counts)]
                for one, counts in sorted(self.people.items(), key=lambda one: -one[1].total())[:NAMED]
            ],
            "outside": self.outside,
            "days": {day: dict(self.days[day]) for day in sorted(self.days)},
            "peak": [[instant(at), count] for at, count in self.hours.most_common(1)],
            "often": [[str(one), n] for one, n in self.records.most_common(NAMED) if n > 1 and one in seen][:10],
            "runs": [one for *_, one in sorted(self._latest, key=lambda one: one[:2], reverse=True)],
        }


def ended_as(run: PastRun) -> str:
    """How a run stands at the end: ``done``, ``waiting``, ``failed``."""
    return state_of(run) if any(not one.is_gone for one in run.tokens) else "done"


def way_of(run: PastRun, state: str) -> dict[str, Any]:
    """One run as it is told: when, about what, and line by line what it would have done."""
    by_line: dict[int, list[Deed]] = {}
    for place, deed in run.deeds:
        by_line.setdefault(place, []).append(deed)
    return {
        "at": instant(run.started_at),
        "trigger": run.cause.get("trigger"),
        "record": str(run.record) if run.record else None,
        "state": state,
        "more": max(len(run.made) - LINES, 0),
        "way": [
            {
                "node": line.node, "outcome": line.outcome, "port": line.port, "at": instant(at),
                "error": line.note.get("error"), "until": instant_or_none(line.note.get("until")),
                "unseen": line.note.get("unseen", 0), "deeds": [_deed(one) for one in by_line.get(place, ())],
            }
            for place, (line, at) in enumerate(zip(run.made[:LINES], run.times[:LINES], strict=True))
        ],
    }  # fmt: skip


def _deed(deed: Deed) -> dict[str, Any]:
    return {
        "what": deed.what, "object": deed.object, "record": str(deed.record) if deed.record else None,
        "to": [str(one) for one in _few(deed.to)], "people": len(deed.to), "outside": deed.outside,
        "values": worked.plain(deed.values),
    }  # fmt: skip


def _few(people: Sequence[UUID]) -> Sequence[UUID]:
    return people[:10]
