"""Working off what is due: runs of one actor together, in one unit of work, those of one version and one chain of
causes as one batch of it with a change set of its own.

What a unit of work writes and where its tokens stand afterwards is one transaction: after a crash both are there or
neither is. Two workers never hold one run.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
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
from guanxi.engine.records import changes
from guanxi.infra.errors import NotFound
from guanxi.kit.ids import uuid7

log = logging.getLogger("guanxi.flows")


def work_off(workspace: Workspace) -> int:
    """Do everything that is due now; how many runs were moved on."""
    moved, more = 0, True
    while more:
        with work(workspace, SYSTEM, via="system") as ctx:
            flows = live(ctx)
            parts = [] if flows.stopped else runs.due(ctx, flows.idle)
        done = sum(_part(workspace, *part) for part in parts)
        moved, more = moved + done, done > 0
    return moved


def _part(workspace: Workspace, member: UUID | None, ids: Sequence[UUID]) -> int:
    actor = _actor(workspace, member)
    with work(workspace, actor or SYSTEM, via="flow") as ctx:
        # Not waited for: what a crash of the database takes back is taken back whole, and done again. Whatever leaves the
        # house does so behind a commit that is waited for, and with it for all that were before.
        ctx.run("SET LOCAL synchronous_commit = off")
        flows = live(ctx)
        claimed = [] if flows.stopped else runs.claim(ctx, ids, member, flows.idle)
        if claimed:
            _advance(ctx, claimed, allowed=actor is not None)
    return len(claimed)


def _advance(ctx: Context, held: Sequence[Run], *, allowed: bool) -> None:
    """Move runs of one actor on and write them back.

    Without ``allowed`` there is nobody any more with whose rights they could go on: they fail.
    """
    alike: dict[tuple[UUID, tuple[UUID, ...]], list[Run]] = {}
    for run in held:
        alike.setdefault((run.version, tuple(run.path)), []).append(run)
    batches: list[tuple[Context, list[Run]]] = []
    for (version_id, path), mine in alike.items():
        version = version_of(ctx, version_id)
        if version is None:
            continue
        flow = live(ctx).flows.get(version.flow)
        own = replace(ctx, label=label(flow, version, path), change_set=uuid7(), counts={}, at_end=[])
        batches.append((own, mine))
        if allowed:
            Interpreter(own, version, flow, mine, partial(runs.new_ids, own)).go()
        else:
            _without_actor(mine)
    keep(ctx, [run for _, mine in batches for run in mine])
    endings.call(ctx, [(own, [run for run in mine if run.state in ENDED]) for own, mine in batches])
    changes.close(ctx, [own for own, _ in batches])


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
