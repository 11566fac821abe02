"""Measures of automation: how soon effects follow changes, how much is done at once, what waiting costs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psutil

from bench import build
from bench.backtest import backtest
from bench.cases import LIST
from bench.flows import Ground, ground, rule
from bench.measure import Floor, Result, Session, result
from bench.world import Size

IDLE = {
    "time": {"amount": 3, "unit": "days"},
    "where": {"where": {"field": "amount", "op": "gt", "value": 1_000_000}},
}
"""The amount is above 1,000,000, and nobody has updated the opportunity for three days."""
WITHIN_MS = 3000
"""How long a sweep may take, whatever it finds."""

Case = Callable[[Session, Floor, str, int, Size], list[Result]]


def cases(actor: str) -> Iterator[tuple[str, Case]]:
    """Names and cases for one actor; automation acts for nobody, and is measured once."""
    if actor == "manager":
        yield "sweep of idle opportunities", sweep
        yield "back-test of 30 days", backtest
        yield "automation, event to effect", reaction
        yield "automation, bulk edit", bulk_edit
        yield "automation, bulk edit of which each rule matches a tenth", bulk_edit_of_all
        yield "automation, waiting runs", waiting_runs
        yield "automation, timers", timers


def sweep(_session: Session, _floor: Floor, _actor: str, rounds: int, size: Size) -> list[Result]:
    """A sweep of the last minutes, as it is done every minute, and one of all that was due before."""
    from guanxi.app.areas import registry
    from guanxi.capabilities.flows.definition import Trigger
    from guanxi.capabilities.flows.triggers.base import time_triggers
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    registry()
    kind, trigger = time_triggers()["record.idle"], Trigger("bench", "record.idle", IDLE)
    workspace = engine_workspace(Workspace.objects.get(slug=build.SLUG))

    def once(back: timedelta | None) -> tuple[float, int]:
        with work(workspace, SYSTEM, via="system", kept=False) as ctx:
            obj: Any = ctx.snapshot.object("opportunity")
            begin = time.perf_counter()
            since = ctx.now - back if back else None
            count = sum(len(part) for part in kind.due(ctx, obj, trigger, since, ctx.now))
            return (time.perf_counter() - begin) * 1000, count

    found = []
    for name, back, times in (("a minute", timedelta(minutes=6), rounds), ("everything", None, 3)):
        taken = sorted(once(back) for _ in range(max(times, 1)))
        p50, p95 = taken[len(taken) // 2][0], taken[int(len(taken) * 0.95)][0]
        note = f"{taken[0][1]:,} of {size.opportunities:,} were due; at most {WITHIN_MS} ms"
        found.append(Result(f"sweep of idle opportunities, {name}", "system", taken[0][1], p50, p95, note=note))
    return found


RULES = 100
CHANGES_A_SECOND = 200
BULK = 100_000
BULK_RULES = 20
DONE = {"next_step": {"value": "已自动处理"}}


def reaction(_session: Session, _floor: Floor, _actor: str, rounds: int, size: Size) -> list[Result]:
    """200 changes a second, each of which sets off one of 100 rules: from the commit until its effect is there."""
    from guanxi.engine.records import writes

    seconds = max(5, min(30, rounds // 4))
    at_once = CHANGES_A_SECOND // 20
    with ground(CHANGES_A_SECOND * seconds) as on:
        on.publish([
            rule({"field": "probability", "op": "eq", "value": n}, DONE, ["probability"]) for n in range(RULES)
        ])  # fmt: skip
        written: dict[UUID, float] = {}
        watch = _Watch(on)
        watch.start()
        begun = time.perf_counter()
        for turn in range(seconds * 20):
            some = on.records[turn * at_once : (turn + 1) * at_once]
            with on.work() as ctx:
                changes = [
                    writes.Change(one, {"probability": (turn * at_once + n) % RULES}) for n, one in enumerate(some)
                ]
                writes.update(ctx, "opportunity", changes)
            written.update(dict.fromkeys(some, time.perf_counter()))
            time.sleep(max(0.0, begun + (turn + 1) / 20 - time.perf_counter()))
        reached = len(written) / (time.perf_counter() - begun)
        watch.wait(len(written), 60)
        times = [(watch.seen[one] - at) * 1000 for one, at in written.items() if one in watch.seen]
        missing = len(written) - len(times)
    found = result(f"event to effect, {RULES} rules", "system", len(written), times)
    found.note = f"{reached:,.0f} changes/s for {seconds} s, {missing} without effect; at most 1000 ms"
    return [found]


class _Watch(threading.Thread):
    """Notes when the effect on each record can be seen, to a twentieth of a second."""

    def __init__(self, on: Ground) -> None:
        super().__init__(daemon=True)
        self.on, self.seen, self.done = on, dict[UUID, float](), threading.Event()

    def run(self) -> None:
        """Until told to stop."""
        from bench import clean

        asked = "SELECT record FROM sys_run WHERE ended_at >= %s AND state = 'done'"
        with clean.connected() as own:
            back = own.execute("SELECT now()").fetchone()
            since: Any = back[0] if back else None
            while not self.done.wait(0.05):
                rows = own.execute(asked, [since - timedelta(seconds=5)]).fetchall()
                at = time.perf_counter()
                for (record,) in rows:
                    self.seen.setdefault(record, at)
                since += timedelta(seconds=time.perf_counter() - at + 0.05)

    def wait(self, count: int, seconds: float) -> None:
        """Until so many were seen, or so many seconds have passed."""
        until = time.monotonic() + seconds
        while len(self.seen) < count and time.monotonic() < until:
            time.sleep(0.05)
        self.done.set()
        self.join()


def bulk_edit(_session: Session, _floor: Floor, _actor: str, rounds: int, size: Size) -> list[Result]:
    """A field of 100,000 records is set while 20 rules each match another half of a percent: 10,000 records change
    once more; meanwhile somebody reads a list.
    """
    rules = [
        rule({"or": [{"field": "number", "op": "ends_with", "value": f"{n * 5 + m:03d}"} for m in range(5)]},
             DONE, ["type"])
        for n in range(BULK_RULES)
    ]  # fmt: skip
    return _edited("", rules, 5 * BULK_RULES, size)


def bulk_edit_of_all(_session: Session, _floor: Floor, _actor: str, rounds: int, size: Size) -> list[Result]:
    """The same while each of the rules matches a tenth: every record is changed by two of them, 200,000 runs."""
    rules = [
        rule({"field": "number", "op": "ends_with", "value": str(n % 10)},
             {"next_step": {"value": f"已自动处理{n}"}}, ["type"])
        for n in range(BULK_RULES)
    ]  # fmt: skip
    return _edited(", each rule a tenth", rules, 100 * BULK_RULES, size)


def _edited(name: str, rules: list[dict[str, Any]], of_thousand: int, size: Size) -> list[Result]:
    """How long an edit takes until all of its effects are done, of which a thousand records have so many."""
    from guanxi.engine.records import writes

    count = min(BULK, size.opportunities)
    wanted = (count // 1000 or 1) * of_thousand
    with ground(count) as on:
        on.publish(rules)
        reader = _Reader()
        reader.start()
        begun = time.perf_counter()
        for start in range(0, count, 2000):
            with on.work() as ctx:
                some = on.records[start : start + 2000]
                writes.update(ctx, "opportunity", [writes.Change(one, {"type": "renewal"}) for one in some])
        edited = time.perf_counter() - begun
        while (done := on.ask("SELECT count(*) FROM sys_run WHERE state = 'done'")[0][0]) < wanted:
            if time.perf_counter() - begun > 600:
                break
            time.sleep(0.5)
        taken = time.perf_counter() - begun
        reader.done.set()
        reader.join()
    whole = Result(f"bulk edit{name} until its effects are done", "system", count, taken * 1000, taken * 1000)
    whole.note = f"{done:,} of {wanted:,} effects, the edit alone {edited:.0f} s, together {taken:.0f} s; at most 120 s"
    print(f"  {whole.note}")
    return [whole, result(f"list page during the bulk edit{name}", "salesperson", size.opportunities, reader.times)]


class _Reader(threading.Thread):
    """Somebody who reads a list five times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.session, self.times, self.done = Session(build.SALESPERSON), list[float](), threading.Event()

    def run(self) -> None:
        """Until told to stop."""
        while not self.done.wait(0.2):
            begun = time.perf_counter()
            self.session.send("POST", "/records/opportunity/query", LIST)
            self.times.append((time.perf_counter() - begun) * 1000)


WAIT = {
    "object": "opportunity",
    "triggers": [{"id": "t1", "kind": "manual", "settings": {}}],
    "start": "n1",
    "nodes": [
        {"id": "n1", "kind": "wait", "settings": {"time": {"amount": 30, "unit": "days"}}, "next": {"out": "n2"}},
        {"id": "n2", "kind": "record.update", "settings": {"values": DONE}, "next": {}},
    ],
}


def _let_wait(on: Ground, flow: UUID, count: int) -> None:
    """So many runs of a flow that wait for a day a month from now."""
    on.ask(
        "INSERT INTO sys_run (id, flow, version, object, record, state, path, key, cause, steps, started_at)"
        " SELECT uuidv7(), v.flow, v.id, 'opportunity', (%s::uuid[])[1 + n %% %s], 'waiting', ARRAY[v.flow], 'bench ' || n,"
        " '{}', 1, now() FROM sys_flow_version v, generate_series(1, %s) n WHERE v.flow = %s",
        on.records, len(on.records), count, flow,
    )  # fmt: skip
    on.ask(
        "INSERT INTO sys_token (run, node, state, wake_at, port, entered_at)"
        " SELECT id, 'n1', 'waiting', now() + interval '30 days', 'out', now() FROM sys_run WHERE flow = %s",
        flow,
    )
    on.ask("ANALYZE sys_run, sys_token")


def waiting_runs(_session: Session, _floor: Floor, _actor: str, rounds: int, size: Size) -> list[Result]:
    """What the worker's processor time is while nothing happens, without and with 100,000 runs that wait."""
    with ground(100) as on:
        (flow,) = on.publish([WAIT])
        worker = next(one for one in psutil.process_iter() if _is_worker(one))
        before = _busy(worker, rounds)
        _let_wait(on, flow, 100_000)
        time.sleep(2)
        after = _busy(worker, rounds)
    found = Result("worker with 100,000 waiting runs, ms of processor a second", "system", 100_000, after, after)
    found.note = f"{after:.1f} ms a second, without them {before:.1f} ms"
    return [found]


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "guanxi.app.worker" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def _busy(process: psutil.Process, rounds: int) -> float:
    """Milliseconds of processor time that a process takes a second."""
    seconds = max(5, min(30, rounds // 2))
    begun = process.cpu_times()
    time.sleep(seconds)
    ended = process.cpu_times()
    return (ended.user + ended.system - begun.user - begun.system) * 1000 / seconds


def timers(_session: Session, _floor: Floor, _actor: str, rounds: int, size: Size) -> list[Result]:
    """1,000,000 runs wait; the times of 10,000 of them come within one minute: how late each goes on."""
    count, due = size.opportunities, min(10_000, size.opportunities // 100)
    with ground(due) as on:
        (flow,) = on.publish([WAIT])
        _let_wait(on, flow, count)
        on.ask(
            "UPDATE sys_token t SET wake_at = now() + interval '5 seconds' + interval '1 minute' * v.n / %s"
            " FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM sys_token LIMIT %s) v WHERE t.id = v.id",
            due, due,
        )  # fmt: skip
        times = {row[0]: row[1] for row in on.ask("SELECT run, wake_at FROM sys_token ORDER BY wake_at LIMIT %s", due)}
        with on.work() as ctx:
            from guanxi.capabilities.flows.waking import wake

            wake(ctx)
        seen: dict[UUID, datetime] = {}
        until = time.monotonic() + 150
        while len(seen) < due and time.monotonic() < until:
            time.sleep(0.2)
            for run, at in on.ask(
                "SELECT id, clock_timestamp() FROM sys_run WHERE ended_at IS NOT NULL AND flow = %s", flow
            ):
                seen.setdefault(run, at)
        late = [(seen[run] - at).total_seconds() * 1000 for run, at in times.items() if run in seen]
        over = sum(at > max(times.values()) for at in seen.values())
    found = result(f"timers that go on, of {count:,}", "system", due, late)
    found.note = (
        f"{len(late):,} of {due:,} went on, {over:,} of them after the minute, the latest {max(late):,.0f} ms late"
    )
    return [found]
