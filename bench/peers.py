"""What is measured of 100,000 opportunities to stand beside the figures of other products, and the table of both."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import build, cases
from bench.measure import Floor, Result, Results, Session, body, result, timed
from bench.report import machine
from bench.world import Size

SCALE = 0.1
BETTER = 5
"""So many times faster than the fastest of the others is the aim."""


@dataclass(frozen=True)
class Peers:
    """The fastest and the slowest of the others: milliseconds at the median, or rows per second."""

    best: float
    worst: float
    is_rate: bool = False

    @property
    def aim(self) -> float:
        """What we mean to reach."""
        return self.best * BETTER if self.is_rate else self.best / BETTER


PEERS = {
    "create": Peers(32, 91), "list": Peers(23, 183), "list by a related field": Peers(21, 547),
    "search": Peers(35, 670), "record": Peers(33, 496), "update": Peers(25, 112), "import": Peers(200, 73, is_rate=True),
}  # fmt: skip
COLUMNS = cases.LIST["select"]


def measured() -> Iterator[tuple[str, str, Any]]:
    """Names, people and cases: all as an administrator, who sees every row."""
    for name, case in (
        ("list", list_), ("list by a related field", related), ("search", search), ("record", record),
        ("update", cases.update), ("create", cases.create), ("import", cases.import_rows),
    ):  # fmt: skip
        yield name, build.ADMINISTRATOR, case


def list_(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """The first page, latest first."""
    asked = {"select": COLUMNS, "sort": [{"field": "updated_at", "dir": "desc"}], "limit": 50}
    return [_queried("list", session, floor, actor, rounds, size, asked)]


def related(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """The first page of those whose company is of one level, latest first."""
    where = {"field": "company.level", "op": "eq", "value": "A"}
    asked = {"select": COLUMNS, "where": where, "sort": [{"field": "updated_at", "dir": "desc"}], "limit": 50}
    return [_queried("list by a related field", session, floor, actor, rounds, size, asked)]


def _queried(
    name: str, session: Session, floor: Floor, actor: str, rounds: int, size: Size, asked: dict[str, Any]
) -> Result:
    from guanxi.engine.http.queries import query_of
    from guanxi.engine.records import reads

    times = timed(rounds, lambda _: session.send("POST", "/records/opportunity/query", asked))
    bare = floor.measure(rounds, lambda ctx: reads.page(ctx, "opportunity", query_of(asked)))
    return result(name, actor, size.opportunities, times, bare)


def search(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """Two Chinese characters over all objects."""
    (found,) = cases.search(session, floor, actor, rounds, size)
    found.name = "search"
    return [found]


def record(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """One record with all its fields."""
    from guanxi.engine.records import reads

    asked = {"select": ["name"], "limit": 100}
    rows = body(session.send("POST", "/records/opportunity/query", asked))["rows"]
    times = timed(rounds, lambda n: session.send("GET", f"/records/opportunity/{rows[n % len(rows)]['id']}"))
    bare = floor.measure(rounds, lambda ctx: reads.get(ctx, "opportunity", UUID(rows[0]["id"])))
    return [result("record", actor, size.opportunities, times, bare)]


def table(results: Results) -> str:
    """The table in Markdown."""
    lines = [
        "| what | others | aim | measured | of it bare SQL | times faster than the fastest |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for one in results.found:
        peers = PEERS[one.name]
        bare = f"{one.floor:.1f} ms" if one.floor else ""
        if peers.is_rate:
            rate = one.rate or 0
            others, aim, ours = (
                f"{peers.worst:g}-{peers.best:g} rows/s",
                f"{peers.aim:,.0f} rows/s",
                f"{rate:,.0f} rows/s",
            )
            times = rate / peers.best
        else:
            others, aim, ours = f"{peers.best:g}-{peers.worst:g} ms", f"{peers.aim:.1f} ms", f"{one.p50:.1f} ms"
            times = peers.best / one.p50
        lines.append(f"| {one.name} | {others} | {aim} | {ours} | {bare} | {times:.1f} |")
    return "\n".join(lines)


def write(results: Results, size: Size, folder: Path, load: float) -> None:
    """Write ``benchmarks-100k.md`` and ``benchmarks-100k.json``."""
    at = datetime.now(UTC).replace(microsecond=0).isoformat()
    head = (
        f"# Beside others\n\nWritten by `make bench-peers` at {at} on {machine()}; when the run began, {load:.1f}"
        f" processes wanted the processor. {size.opportunities:,} opportunities, {size.companies:,} companies,"
        f" {size.activities:,} activities; one client, an administrator who sees every row; medians of whole HTTP requests."
        " The others are other CRMs with as many rows and one client: the median of the fastest and of the slowest of"
        " them. Their figures come from other runs, so a factor counts, and a few percent do not. The aim is"
        f" {BETTER} times the fastest.\n\n"
    )
    (folder / "benchmarks-100k.md").write_text(head + table(results) + "\n", encoding="utf-8")
    data = {
        "at": at, "machine": machine(), "load": load, "size": asdict(size),
        "results": [{**asdict(one), "others": asdict(PEERS[one.name])} for one in results.found],
    }  # fmt: skip
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    (folder / "benchmarks-100k.json").write_text(text, encoding="utf-8")


def busy() -> float:
    """How many processes wanted the processor in the last minute."""
    return os.getloadavg()[0]
