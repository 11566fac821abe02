"""What people decide of runs that do not go on: try the step again, leave it out, end the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.effects import clean, json_text
from guanxi.capabilities.flows.hooks import not_lent
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.live import live, version_of
from guanxi.capabilities.flows.runs import ENDED, Run, Token
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.audit.kinds import kind
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound

MOST_AT_ONCE = 1000
LONGEST_DATA = 100_000
EDITED = kind("flow_data_edited", "settings").key


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


@dataclass(frozen=True)
class EditData:
    """The run, and everything that it remembers from now on."""

    run: UUID
    data: Mapping[str, Any]


class MendedRuns(TypedDict):
    """How many runs it was done to."""

    runs: int


@action("flows.retry_run", params=OfRuns, permission="automation")
def retry_run(ctx: Context, params: OfRuns) -> MendedRuns:
    """Try the steps again at which runs failed."""
    return {"runs": _each(ctx, params.runs, partial(_again, ctx))}


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


@action("flows.edit_data", params=EditData, permission="automation")
def edit_data(ctx: Context, params: EditData) -> MendedRuns:
    """Change what a failed run remembers, and try the steps again at which it failed.

    It acts with the flow's rights on what is written here, so only those may who could publish the flow; and only for a
    record that they may see, since otherwise they are not told what they would replace. What was there before is kept in
    the run's record.
    """
    held = runs.take(ctx, [params.run])
    run = held[0] if held else None
    if run is None:
        raise NotFound("flows.no_such_run", {"id": str(params.run)})
    version, flow = version_of(ctx, run.version), live(ctx).flows.get(run.flow)
    if refused := not_lent(ctx, version.run_as if version else None, flow.owner if flow else None):
        raise NotAllowed(refused.code)
    if run.record is not None and run.record not in reads.visible(ctx, run.object or "", [run.record]):
        raise NotAllowed("flows.data_hidden")
    if not isinstance(params.data, Mapping) or len(json_text(params.data)) > LONGEST_DATA:
        raise Invalid([FieldError("data", "flows.bad_data", {"limit": LONGEST_DATA})])
    failed = [one for one in run.live if one.state == "failed"]
    if run.state != "failed" or not failed:
        raise Conflict("flows.not_failed")
    data = clean(params.data)
    changed = sorted(name for name in {*data, *run.data} if data.get(name) != run.data.get(name))
    run.note(failed[0], "edited", None, {
        "member": str(ctx.author) if ctx.author else None, "fields": changed,
        "before": {name: run.data.get(name) for name in changed},
    })  # fmt: skip
    run.data = dict(data)
    for token in failed:
        _again(ctx, run, token)
    keep(ctx, [run])
    note(ctx, EDITED, object="flow", record=run.flow, details={"run": str(run.id), "fields": changed})
    wake(ctx)
    return {"runs": 1}


def _again(ctx: Context, run: Run, token: Token) -> None:
    if token.state == "failed":
        run.note(token, "again")
        token.state, token.wake_at, token.attempts, token.error, token.is_changed = "ready", ctx.now, 0, None, True
        run.error = None


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
