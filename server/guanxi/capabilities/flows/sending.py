"""Sending effects: claimed in a commit, sent in a few threads outside of any transaction, answered in another commit.

One lane is a thread that sends some effects to one receiver. A receiver has two lanes at most, all together have four,
so one that hangs holds up none but itself. What a process has claimed and not answered when it dies is claimed again
when its lease is over, and sent with the same key.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from guanxi.capabilities.flows import answering, secrets
from guanxi.capabilities.flows.effects import Effect, Refused, Result, TryLater, effect_kinds
from guanxi.capabilities.flows.live import live
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work

log = logging.getLogger("guanxi.flows")

LANES = 4
LANES_OF_A_HOST = 2
IN_A_LANE = 25
LANE_SECONDS = 5.0
"""A lane begins no further effect after so long."""
LEASE = timedelta(seconds=30)
"""So long what is being sent is left alone by others; it is renewed while the process lives."""
PATIENCE_SECONDS = 0.25
"""So long a round waits for answers before it goes on with what else there is to do."""
SOON = timedelta(seconds=0.2)


class _Desk:
    """The lanes of one workspace in this process."""

    def __init__(self) -> None:
        self.answers: queue.Queue[tuple[Effect, Result | None]] = queue.Queue()
        """Each effect that was in a lane, with None for one that was not tried."""
        self.out: dict[UUID, Effect] = {}
        self.lanes: Counter[str] = Counter()
        self.renewed = 0.0
        self._lock = threading.Lock()

    def start(self, effects: Sequence[Effect]) -> None:
        """Send some effects to one receiver."""
        host = effects[0].host
        self._count(host, 1)
        self.out.update({one.id: one for one in effects})
        threading.Thread(target=self._run, args=(host, effects), name=f"effects {host}", daemon=True).start()

    def _run(self, host: str, effects: Sequence[Effect]) -> None:
        from django.db import connection

        left = list(effects)
        try:
            begun = time.monotonic()
            for result in effect_kinds()[left[0].kind].send(effects):
                one = left.pop(0)
                self.answers.put((one, result))
                if time.monotonic() - begun > LANE_SECONDS or (isinstance(result, TryLater) and result.hangs):
                    break
        except Exception as error:
            log.exception("sending to %s broke", host)
            if left:
                params = {"error": f"{type(error).__name__}: {error}"[:300]}
                self.answers.put((left.pop(0), Refused("flows.broken", params)))
        finally:
            self._count(host, -1)
            for one in left:
                self.answers.put((one, None))
            connection.close()

    def _count(self, host: str, lanes: int) -> None:
        with self._lock:
            self.lanes[host] += lanes

    def arrived(self, seconds: float) -> list[tuple[Effect, Result | None]]:
        """Answers that are there, or that come within some seconds."""
        found = []
        try:
            if self.out:
                found.append(self.answers.get(timeout=seconds))
            while True:
                found.append(self.answers.get_nowait())
        except queue.Empty:
            return found


_desks: dict[str, _Desk] = {}


def send_due(workspace: Workspace) -> int:
    """Send what is due and take down what was answered; how many effects were answered."""
    desk = _desks.setdefault(workspace.schema, _Desk())
    _renew(workspace, desk)
    _start(workspace, desk)
    found = desk.arrived(PATIENCE_SECONDS)
    try:
        answering.take_down(workspace, found)
    except answering.LOST:
        for pair in found:
            desk.answers.put(pair)
        raise
    for one, _ in found:
        desk.out.pop(one.id, None)
    return len(found)


def look_again(workspace: Workspace, due: datetime | None, now: datetime) -> datetime | None:
    """When the workspace is to be looked at again: soon while something is being sent, otherwise when it is due."""
    desk = _desks.get(workspace.schema)
    if desk is None or not desk.out:
        return due
    soon = now + SOON
    return soon if due is None or due <= now else min(due, soon)


def _start(workspace: Workspace, desk: _Desk) -> None:
    more = True
    while more:
        free = LANES - sum(desk.lanes.values())
        if free <= 0:
            return
        with work(workspace, SYSTEM, via="system") as ctx:
            flows = live(ctx)
            claimed = [] if flows.stopped else _claim(ctx, desk, free, list(flows.idle))
        for effects in claimed:
            desk.start(effects)
        more = bool(claimed)


def _claim(ctx: Context, desk: _Desk, free: int, idle: Sequence[UUID]) -> list[list[Effect]]:
    """Lanes full of effects that are due, for receivers that have a lane left; noted as being sent."""
    busy = [host for host, count in desk.lanes.items() if count >= LANES_OF_A_HOST]
    rows = ctx.run(
        "SELECT e.id, e.key, e.kind, e.payload, e.attempts + 1, e.run, e.host,"
        " e.token IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sys_token t WHERE t.id = e.token AND t.corr = e.corr)"
        " FROM sys_effect e LEFT JOIN sys_run r ON r.id = e.run WHERE e.next_at <= $1 AND e.host <> ALL($2::text[])"
        " AND (r.flow IS NULL OR r.flow <> ALL($3::uuid[])) AND e.id <> ALL($4::uuid[])"
        " ORDER BY e.next_at LIMIT 100 FOR UPDATE OF e SKIP LOCKED",
        [ctx.now, busy, list(idle), list(desk.out)],
    )
    gone = [row[0] for row in rows if row[-1]]
    if gone:
        ctx.run(
            "UPDATE sys_effect SET state = 'cancelled', next_at = NULL, updated_at = $2 WHERE id = ANY($1::uuid[])",
            [gone, ctx.now],
        )
    lanes = _lanes([Effect(*row[:-1]) for row in rows if not row[-1]], desk.lanes, free)
    taken = [one.id for lane in lanes for one in lane]
    if taken:
        ctx.run(
            "UPDATE sys_effect SET state = 'sending', attempts = attempts + 1, next_at = $2, updated_at = $3"
            " WHERE id = ANY($1::uuid[])",
            [taken, ctx.now + LEASE, ctx.now],
        )
    return [secrets.with_secrets(ctx, lane) for lane in lanes]


def _lanes(effects: Sequence[Effect], lanes: Counter[str], free: int) -> list[list[Effect]]:
    by_receiver: dict[tuple[str, str], list[Effect]] = {}
    for one in effects:
        by_receiver.setdefault((one.host, one.kind), []).append(one)
    begun = Counter(lanes)
    made: list[list[Effect]] = []
    for (host, _), mine in by_receiver.items():
        for start in range(0, len(mine), IN_A_LANE):
            if len(made) < free and begun[host] < LANES_OF_A_HOST:
                begun[host] += 1
                made.append(mine[start : start + IN_A_LANE])
    return made


def _renew(workspace: Workspace, desk: _Desk) -> None:
    now = time.monotonic()
    if not desk.out or now - desk.renewed < LEASE.total_seconds() / 3:
        return
    desk.renewed = now
    with work(workspace, SYSTEM, via="system") as ctx:
        ctx.run(
            "UPDATE sys_effect SET next_at = $2 WHERE id = ANY($1::uuid[]) AND state = 'sending'",
            [list(desk.out), ctx.now + LEASE],
        )
