"""What people decide of runs that do not go on: try the step again, leave it out, end the run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.runs import ENDED, Run, Token
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.context import Context

MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class OfRuns:
    """The runs; others than those that are meant are left as they are."""

    runs: Sequence[UUID]


@dataclass(frozen=True)
class SkipStep:
    """The run, the token that failed or waits, and the port to leave through; the usual one when it is left out."""

    run: UUID
    token: int
    port: str = "out"


class MendedRuns(TypedDict):
    """How many runs it was done to."""

    runs: int


@action("flows.retry_run", params=OfRuns, permission="automation")
def retry_run(ctx: Context, params: OfRuns) -> MendedRuns:
    """Try the steps again at which runs failed."""

    def again(run: Run, token: Token) -> None:
        if token.state == "failed":
            run.note(token, "again")
            token.state, token.wake_at, token.attempts, token.error, token.is_changed = "ready", ctx.now, 0, None, True
            run.error = None

    return {"runs": _each(ctx, params.runs, again)}


@action("flows.skip_step", params=SkipStep, permission="automation")
def skip_step(ctx: Context, params: SkipStep) -> MendedRuns:
    """Leave out the step at which a run failed or waits, and go on behind it."""

    def skip(run: Run, token: Token) -> None:
        if token.id == params.token and token.state in ("failed", "waiting"):
            run.note(token, "skipped", params.port)
            token.state, token.wake_at, token.port, token.is_changed = "waiting", ctx.now, params.port, True
            token.error = run.error = None

    return {"runs": _each(ctx, [params.run], skip)}


@action("flows.cancel_runs", params=OfRuns, permission="automation")
def cancel_runs(ctx: Context, params: OfRuns) -> MendedRuns:
    """End runs where they stand; what they have done stays done."""

    def cancel(run: Run, token: Token) -> None:
        run.note(token, "cancelled")
        run.state, token.is_gone = "cancelled", True

    return {"runs": _each(ctx, params.runs, cancel)}


def _each(ctx: Context, ids: Sequence[UUID], change: Callable[[Run, Token], None]) -> int:
    held = [run for run in runs.take(ctx, sorted(set(ids))[:MOST_AT_ONCE]) if run.state not in ENDED]
    touched = []
    for run in held:
        for token in run.live:
            change(run, token)
        if run.made:
            touched.append(run)
    keep(ctx, touched)
    wake(ctx)
    return len(touched)
