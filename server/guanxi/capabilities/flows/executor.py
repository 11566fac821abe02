"""Working off what is due: runs of one version, one actor and one chain of causes together, in one unit of work.

What a batch of steps writes and where its tokens stand afterwards is one transaction: after a crash both are there or
neither is. Two workers never hold one run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from guanxi.capabilities.flows import endings, runs
from guanxi.capabilities.flows.interpreter import Interpreter
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.live import Flow, Version, live, version_of
from guanxi.capabilities.flows.runs import ENDED, Run
from guanxi.engine.access.actor import SYSTEM, Actor
from guanxi.engine.acting import acting
from guanxi.engine.context import Context, Workspace, work
from guanxi.infra.errors import NotFound

log = logging.getLogger("guanxi.flows")


def work_off(workspace: Workspace) -> int:
    """Do everything that is due now; how many runs were moved on."""
    moved, more = 0, True
    while more:
        with work(workspace, SYSTEM, via="system") as ctx:
            flows = live(ctx)
            groups = [] if flows.stopped else runs.due(ctx, flows.idle)
        done = sum(_group(workspace, *group) for group in groups)
        moved, more = moved + done, done > 0
    return moved


def _group(workspace: Workspace, version: UUID, member: UUID | None, path: Sequence[UUID]) -> int:
    actor = _actor(workspace, member)
    with work(workspace, actor or SYSTEM, via="flow") as ctx:
        # Not waited for: what a crash of the database takes back is taken back whole, and done again. Whatever leaves the
        # house does so behind a commit that is waited for, and with it for all that were before.
        ctx.run("SET LOCAL synchronous_commit = off")
        claimed = runs.claim(ctx, version, member, path)
        if claimed:
            advance(ctx, claimed, version, allowed=actor is not None)
    return len(claimed)


def advance(
    ctx: Context,
    held: Sequence[Run],
    version_id: UUID,
    *,
    allowed: bool = True,
    first: Callable[[Interpreter], None] | None = None,
) -> None:
    """Move runs of one version on and write them back; ``first`` is done before, such as a decision that was waited for.

    Without ``allowed`` there is nobody any more with whose rights they could go on: they fail.
    """
    version = version_of(ctx, version_id)
    if version is None:
        return
    flow = live(ctx).flows.get(version.flow)
    ctx.label = label(flow, version, held[0].path)
    machine = Interpreter(ctx, version, flow, held, partial(runs.new_ids, ctx))
    if not allowed:
        _without_actor(held)
    else:
        if first is not None:
            first(machine)
        machine.go()
    keep(ctx, held)
    endings.call(ctx, [run for run in held if run.state in ENDED])


def label(flow: Flow | None, version: Version, path: Sequence[UUID]) -> dict[str, object]:
    """How the change set of a batch names its flow, and the chain of flows that set it off."""
    return {
        "flow": str(version.flow), "name": flow.name if flow else "", "version": version.number,
        "path": [str(one) for one in path],
    }  # fmt: skip


def _actor(workspace: Workspace, member: UUID | None) -> Actor | None:
    if member is None:
        return SYSTEM
    try:
        return acting(workspace.id, member)[1]
    except NotFound:
        return None


def _without_actor(held: Sequence[Run]) -> None:
    for run in held:
        run.error = {"code": "flows.no_actor", "params": {}}
        for token in run.live:
            if token.wake_at is not None:
                token.state, token.wake_at, token.error, token.is_changed = "failed", None, run.error, True
                run.note(token, "failed", None, {"error": run.error})
