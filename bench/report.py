"""Writes what a run reached: a table for people, JSON for programs."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import Result, Results
from bench.world import Size


def show(results: Results, size: Size) -> None:
    """Print the table."""
    print(table(results, size))


def table(results: Results, size: Size) -> str:
    """The table in Markdown."""
    lines = [
        "| what | as | rows | p50 ms | p95 ms | bare SQL p50 ms | ratio | rows/s |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [_line(one) for one in results.found]
    lines += ["", *(f"- {one.name}: {one.note}" for one in results.found if one.note)]
    for kind, peak in sorted(results.memory.items()):
        lines.append(f"- peak memory, {kind}: {peak / 1e6:,.0f} MB")
    return "\n".join(lines)


def _line(one: Result) -> str:
    floor = f"{one.floor:.1f}" if one.floor else ""
    ratio = f"{one.ratio:.1f}" if one.ratio else ""
    rate = f"{one.rate:,.0f}" if one.rate else ""
    return f"| {one.name} | {one.actor} | {one.rows:,} | {one.p50:.1f} | {one.p95:.1f} | {floor} | {ratio} | {rate} |"


def machine() -> str:
    """On what it was measured."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def write(results: Results, size: Size, folder: Path) -> None:
    """Write ``benchmarks.md`` and ``benchmarks.json``."""
    at = datetime.now(UTC).replace(microsecond=0).isoformat()
    head = (
        f"# Benchmarks\n\nWritten by `make bench` at {at} on {machine()}: {size.opportunities:,} opportunities,"
        f" {size.companies:,} companies, {size.contacts:,} contacts, {size.activities:,} activities, 200 members in a"
        " tree of three levels. The salesperson sees 0.5 % of the records, the manager 25 %. Times are of whole HTTP"
        " requests of one client; the bare SQL is the same statements on a plain connection in the same run. Compare"
        " ratios: absolute times are the machine's.\n\n"
    )
    (folder / "benchmarks.md").write_text(head + table(results, size) + "\n", encoding="utf-8")
    data = {
        "at": at,
        "machine": machine(),
        "size": asdict(size),
        "memory": results.memory,
        "results": [{**asdict(one), "ratio": one.ratio} for one in results.found],
    }
    (folder / "benchmarks.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
