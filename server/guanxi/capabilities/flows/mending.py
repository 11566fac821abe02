"""What people decide of runs that do not go on: try the step again, leave it out, end the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.effects import clean, json_text
from guanxi.capabilities.flows.hooks import not_lent_to_run
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.capabilities.flows.live import version_of
from guanxi.capabilities.flows.runs import ENDED, Run, Token
from guanxi.capabilities.flows.sight import Sight
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
RETRIED = kind("flow_step_retried", "settings").key
SKIPPED = kind("flow_step_skipped", "settings").key


@dataclass(frozen=True)
class OfRuns:
    """The runs; others than those that are meant are left as they are."""

    runs: Sequence[UUID]


@dataclass(frozen=True)
class OfStep:
    """The run, and the token that failed; other steps of it that failed are left as they are."""

    run: UUID
    token: int


@dataclass(frozen=True)
class SkipStep:
    """The run, the token that failed or waits, and the port to leave through; the usual one when it is left out."""

    run: UUID
    token: int
    port: str = "out"


@dataclass(frozen=True)
class EditData:
    """The run, and everything that it remembers from now on; ``token`` is the one that goes on with it, all that failed
    when it is left out.
    """

    run: UUID
    data: Mapping[str, Any]
    token: int | None = None


class MendedRuns(TypedDict):
    """How many runs it was done to."""

    runs: int


@action("flows.retry_run", params=OfRuns, permission="automation")
def retry_run(ctx: Context, params: OfRuns) -> MendedRuns:
    """Try the steps again at which runs failed. Only those may who could lend the rights that each of them began with."""

    def again(run: Run, token: Token) -> None:
        if token.state == "failed":
            _must_lend(ctx, run)
        _again(ctx, run, token)

    return {"runs": _each(ctx, params.runs, again)}


@action("flows.retry_step", params=OfStep, permission="automation")
def retry_step(ctx: Context, params: OfStep) -> MendedRuns:
    """Try one step again at which a run failed; what failed beside it stays as it is."""
    run, token = _step(ctx, params.run, params.token, "failed")
    _must_lend(ctx, run)
    _again(ctx, run, token)
    return _mended(ctx, run, token, RETRIED)


@action("flows.skip_step", params=SkipStep, permission="automation")
def skip_step(ctx: Context, params: SkipStep) -> MendedRuns:
    """Leave out the step at which a run failed or waits, and go on behind it; others of the run stay where they are.

    What people decide is never left out: it is decided, given to others, or its run is cancelled.
    """
    run, token = _step(ctx, params.run, params.token, "failed", "waiting")
    _must_lend(ctx, run)
    version = version_of(ctx, run.version)
    node = version.definition.nodes.get(token.node) if version else None
    kind = step_kinds().get(node.kind) if node else None
    if kind is not None and not kind.can_be_skipped:
        raise Conflict("flows.not_skipped")
    run.note(token, "skipped", params.port, _by(ctx))
    token.state, token.wake_at, token.port, token.is_changed = "waiting", ctx.now, params.port, True
    token.error = None
    return _mended(ctx, run, token, SKIPPED)


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

    It acts on what is written here with the rights that it began with, so only those may who could lend them; and only for
    a record that they may see, since otherwise they are not told what they would replace. What they are not told of what it
    remembers stays as it is. What was there before is kept in the run's record.
    """
    held = runs.take(ctx, [params.run])
    run = held[0] if held else None
    if run is None:
        raise NotFound("flows.no_such_run", {"id": str(params.run)})
    _must_lend(ctx, run)
    if run.record is not None and run.record not in reads.visible(ctx, run.object or "", [run.record]):
        raise NotAllowed("flows.data_hidden")
    if not isinstance(params.data, Mapping) or len(json_text(params.data)) > LONGEST_DATA:
        raise Invalid([FieldError("data", "flows.bad_data", {"limit": LONGEST_DATA})])
    failed = [one for one in run.live if one.state == "failed" and params.token in (None, one.id)]
    if run.state != "failed" or not failed:
        raise Conflict("flows.not_failed" if params.token is None else "flows.step_moved_on")
    version = version_of(ctx, run.version)
    hidden = Sight(ctx, version.definition).hidden if version else frozenset()
    data = {name: value for name, value in clean(params.data).items() if name not in hidden}
    data |= {name: value for name, value in run.data.items() if name in hidden}
    changed = sorted(name for name in {*data, *run.data} if data.get(name) != run.data.get(name))
    run.note(failed[0], "edited", None, {
        **_by(ctx), "fields": changed,
        "before": {name: run.data.get(name) for name in changed},
    })  # fmt: skip
    run.data = data
    for token in failed:
        _again(ctx, run, token)
    keep(ctx, [run])
    note(ctx, EDITED, object="flow", record=run.flow, details={"run": str(run.id), "fields": changed})
    wake(ctx)
    return {"runs": 1}


def _again(ctx: Context, run: Run, token: Token) -> None:
    if token.state == "failed":
        run.note(token, "again", None, _by(ctx))
        token.state, token.wake_at, token.attempts, token.error, token.is_changed = "ready", ctx.now, 0, None, True


def _must_lend(ctx: Context, run: Run) -> None:
    """Refuse whoever has less than the rights that a run acts with: they would act with more than their own."""
    if refused := not_lent_to_run(ctx, run.actor):
        raise NotAllowed(refused.code)


def _by(ctx: Context) -> dict[str, Any]:
    return {"member": str(ctx.author) if ctx.author else None}


def _step(ctx: Context, run_id: UUID, token_id: int, *states: str) -> tuple[Run, Token]:
    """A run in hand with one of its tokens, which is in one of some states."""
    held = runs.take(ctx, [run_id])
    if not held:
        raise NotFound("flows.no_such_run", {"id": str(run_id)})
    found = [one for one in held[0].live if one.id == token_id and one.state in states]
    if not found or held[0].state in ENDED:
        raise Conflict("flows.step_moved_on")
    return held[0], found[0]


def _mended(ctx: Context, run: Run, token: Token, deed: str) -> MendedRuns:
    keep(ctx, [run])
    note(ctx, deed, object="flow", record=run.flow, details={"run": str(run.id), "step": token.node})
    wake(ctx)
    return {"runs": 1}


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
