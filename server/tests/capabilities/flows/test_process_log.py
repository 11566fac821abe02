"""A log of a help desk replayed as runs of a flow: every case is a run that hears what happens to its record, and goes
through the step of that activity. What the runs did is what the log says, case by case and in the same order.

The few cases below have the activities of a published log (an Italian help desk's, at 4TU.ResearchData). With
`GUANXI_PROCESS_LOG=<file>.csv[.gz]`, columns ``case_id`` and ``concept:name``, the whole log is replayed.
"""

import csv
import gzip
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import writes
from tests.capabilities.flows.conftest import Automation

Log = Mapping[str, Sequence[str]]
AT_ONCE = 1_000
END = "end of the case"
SEVERAL = ("Assign seriousness", "Take in charge ticket", "Resolve ticket", "Closed")
SAMPLE: Log = {
    "1": SEVERAL,
    "2": ("Assign seriousness", "Take in charge ticket", "Wait", "Wait", "Resolve ticket", "Closed"),
    "3": ("Insert ticket", "Assign seriousness", "Take in charge ticket", "Resolve ticket", "Take in charge ticket",
          "Resolve ticket", "Closed"),
    "4": ("Assign seriousness", "Take in charge ticket", "Create SW anomaly", "Resolve SW anomaly", "Resolve ticket"),
    "5": ("Assign seriousness", "Require upgrade", "Take in charge ticket", "Take in charge ticket", "Closed"),
    "6": ("Take in charge ticket",),
    "7": ("Assign seriousness", "Schedule intervention", "VERIFIED", "RESOLVED", "INVALID", "DUPLICATE", "Closed"),
    **{f"more {n}": SEVERAL for n in range(30)},
}  # fmt: skip


def read(path: Path) -> Log:
    """The activities of each case, in the order of the file."""
    cases: dict[str, list[str]] = {}
    with gzip.open(path, "rt", newline="") if path.suffix == ".gz" else path.open(newline="") as file:
        for row in csv.DictReader(file):
            cases.setdefault(row["case_id"], []).append(row["concept:name"])
    return cases


def definition(activities: Sequence[str]) -> dict[str, Any]:
    """Hears of its record, does the step of the activity, and hears again until the case is at its end."""
    named = {f"a{n}": activity for n, activity in enumerate(activities)} | {"end": END}
    branches = [
        {"port": port, "label": activity, "when": {"where": said(activity)}} for port, activity in named.items()
    ]
    steps = [
        {"id": port, "kind": "set", "settings": {"values": {"last": {"value": activity}}}, "next": {"out": "hear"}}
        for port, activity in named.items()
        if port != "end"
    ]
    return {
        "object": "company",
        "triggers": [{"id": "t1", "kind": "record.created", "settings": {}}],
        "start": "hear",
        "nodes": [
            {
                "id": "hear", "kind": "wait_for", "settings": {"for": "changed", "fields": ["description"]},
                "next": {"out": "which"},
            },
            {
                "id": "which", "kind": "branch", "settings": {"branches": branches},
                "next": {port: port for port in named},
            },
            *steps,
            {"id": "end", "kind": "stop", "settings": {}, "next": {}},
        ],
    }  # fmt: skip


def said(activity: str) -> dict[str, Any]:
    """That the record's text names the activity; a number before it tells one time from another."""
    return {"field": "description", "op": "ends_with", "value": f": {activity}"}


def replay(automation: Automation, log: Log) -> dict[str, list[str]]:
    """Let the log happen, the first event of every case, then the second; what the run of each case did."""
    activities = sorted({one for events in log.values() for one in events})
    flow = automation.flow(definition(activities))
    cases, records = list(log), []
    for start in range(0, len(cases), AT_ONCE):
        with work(automation.workspace, SYSTEM, via="system") as ctx:
            records += writes.create(ctx, "company", [{"name": one} for one in cases[start : start + AT_ONCE]])
    automation.round()
    for place, happened in enumerate(zip_longest(*((*log[one], END) for one in cases))):
        changes = [
            writes.Change(record, {"description": f"{place}: {activity}"})
            for record, activity in zip(records, happened, strict=True)
            if activity is not None
        ]
        for start in range(0, len(changes), AT_ONCE):
            with work(automation.workspace, SYSTEM, via="system") as ctx:
                writes.update(ctx, "company", changes[start : start + AT_ONCE])
        automation.round()
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        states = ctx.run("SELECT state, count(*) FROM sys_run WHERE flow = $1::uuid GROUP BY state", [flow])
        rows = ctx.run(
            "SELECT r.record, s.node FROM sys_run_step s JOIN sys_run r ON r.id = s.run WHERE r.flow = $1::uuid"
            " AND s.outcome = 'done' AND s.node ~ '^a[0-9]+$' ORDER BY s.run, s.number",
            [flow],
        )
    assert states == [("done", len(cases))]
    case_of = dict(zip(records, cases, strict=True))
    done: dict[str, list[str]] = {case: [] for case in cases}
    for record, node in rows:
        done[case_of[record]].append(activities[int(node[1:])])
    return done


def check(automation: Automation, log: Log) -> None:
    """Replay, and hold what was done against the log."""
    done = replay(automation, log)
    counts = Counter(one for events in done.values() for one in events)
    assert counts == Counter(one for events in log.values() for one in events)
    assert done == {case: list(events) for case, events in log.items()}


def test_every_case_of_a_log_goes_the_way_it_went(automation: Automation) -> None:
    check(automation, SAMPLE)


@pytest.mark.slow
def test_every_case_of_the_whole_log_goes_the_way_it_went(automation: Automation) -> None:
    path = os.environ.get("GUANXI_PROCESS_LOG")
    if not path:
        pytest.skip("GUANXI_PROCESS_LOG names no file")
    check(automation, read(Path(path)))
