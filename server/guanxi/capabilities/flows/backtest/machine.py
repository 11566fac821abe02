"""Runs that are only thought of: tokens move as they do in real ones, each run at a time of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from uuid import UUID

from guanxi.capabilities.flows.backtest.starts import Start
from guanxi.capabilities.flows.definition import Node
from guanxi.capabilities.flows.foresight import BEGINNING, Foresight, PastRun
from guanxi.capabilities.flows.interpreter import Interpreter
from guanxi.capabilities.flows.kinds.base import AGAIN, Deed, Outcome, StepKind
from guanxi.capabilities.flows.live import Flow, Version
from guanxi.capabilities.flows.matching import actor_of
from guanxi.capabilities.flows.runs import Run, Token
from guanxi.engine.context import Context

STEPS = 500
"""Steps of one run that are thought through."""


class Foreseer(Interpreter):
    """Thinks runs through up to an instant, or to their end without one."""

    most_steps = STEPS

    def __init__(
        self,
        ctx: Context,
        version: Version,
        flow: Flow,
        runs: Sequence[PastRun],
        loads: dict[str, Counter[UUID]],
        *,
        until: datetime | None,
        closely: bool = False,
    ) -> None:
        numbers = count(1)
        super().__init__(ctx, version, flow, runs, lambda wanted: [next(numbers) for _ in range(wanted)])
        self._flow, self._past, self._until, self._closely = flow, runs, until, closely
        self._loads = loads
        self._deeds: dict[int, Sequence[Deed]] = {}
        for run in runs:
            start = version.definition.start
            if start is not None:
                run.tokens.append(Token(next(numbers), start, wake_at=run.clock, entered_at=run.clock))

    def go(self) -> None:
        """Move every run on, its earliest token first, until nothing is left or its time has not come."""
        going: list[PastRun] = list(self._past)
        while going:
            groups: dict[tuple[str, bool], list[tuple[Run, Token]]] = {}
            still = []
            for run in going:
                token = min((one for one in run.live if self._goes_on(one)), key=_when, default=None)
                if token is not None and token.wake_at is not None:
                    run.clock = max(run.clock, token.wake_at)
                    groups.setdefault((token.node, token.state == "ready"), []).append((run, token))
                    still.append(run)
            for (node, is_ready), held in groups.items():
                if is_ready:
                    self._visit(node, held)
                    continue
                for run, token in held:
                    if token.port == AGAIN:
                        token.state = "ready"
                    else:
                        self._leave(run, token, token.port)
            going = still

    def _goes_on(self, token: Token) -> bool:
        due = token.state in ("ready", "waiting") and token.wake_at is not None
        return due and (self._until is None or token.wake_at <= self._until)  # type: ignore[operator]

    def _now(self, run: Run) -> datetime:
        return run.clock if isinstance(run, PastRun) else super()._now(run)

    def _do(self, kind: StepKind, node: Node, held: Sequence[tuple[Run, Token]]) -> Sequence[Outcome]:
        loads = self._loads.setdefault(node.id, Counter())
        batch = Foresight(self._ctx, self._flow, self._version, node, held, loads, self._closely)
        found = kind.foresee(batch)
        for (run, _), one in zip(held, found, strict=True):
            if isinstance(run, PastRun):
                run.deeds.extend((len(run.made), deed) for deed in one.deeds)
        return [one.outcome for one in found]


def begin(flow: Flow, version: Version, start: Start, number: int) -> PastRun:
    """A run to be thought of."""
    actor, _ = actor_of(flow, start.starter)
    line = start.line
    return PastRun(
        UUID(int=number), flow.id, version.id, line.obj.key if line else None, line.record if line else None, "running",
        actor, start.starter, (flow.id,), {"trigger": start.trigger}, {}, 0, None, start.at, line=line, clock=start.at,
    )  # fmt: skip


def _when(token: Token) -> tuple[datetime, int]:
    return token.wake_at or BEGINNING, token.id
