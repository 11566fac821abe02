"""Runs that wait for their record hear of its changes: told by the consumer that sets flows off."""

from __future__ import annotations

from collections.abc import Sequence

from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.conditions import NOT_ASKABLE
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.kinds.base import AGAIN, step_kinds
from guanxi.capabilities.flows.kinds.waiting import WaitsForRecord, corr_of
from guanxi.capabilities.flows.live import version_of
from guanxi.capabilities.flows.runs import Run, Token
from guanxi.engine.context import Context
from guanxi.engine.feed import Change
from guanxi.engine.feed.moments import Moment, moments
from guanxi.engine.objects.model import Object


def hear(ctx: Context, changes: Sequence[Change]) -> None:
    """Have tokens go on that waited for one of the changes."""
    changed = {corr_of(change.record): change for change in changes}
    rows = ctx.run("SELECT DISTINCT run FROM sys_token WHERE corr = ANY($1::text[])", [list(changed)])
    if not rows:
        return
    # Whoever has one of the runs in hand is waited for: what it writes of a token is there before this is.
    held = runs.take(ctx, sorted(id_ for (id_,) in rows))
    waited_for = {token.corr for run in held for token in run.live if token.corr in changed}
    around = {
        key: moments(ctx, obj, [one for one in changes if one.object == key and corr_of(one.record) in waited_for])
        for key, obj in ctx.snapshot.objects.items()
        if any(changed[corr].object == key for corr in waited_for if corr)
    }
    for run in held:
        for token in run.live:
            if token.corr in waited_for and (key := changed[token.corr].object) in around:
                _hear(ctx, run, token, ctx.snapshot.object(key), around[key])
    keep(ctx, [run for run in held if any(token.is_changed for token in run.tokens)])


def _hear(ctx: Context, run: Run, token: Token, obj: Object, around: Sequence[Moment]) -> None:
    version = version_of(ctx, run.version)
    node = version.definition.nodes.get(token.node) if version else None
    kind = step_kinds().get(node.kind) if node else None
    mine = [one for one in around if corr_of(one.change.record) == token.corr]
    if node is None or not isinstance(kind, WaitsForRecord) or not mine:
        return
    try:
        port = next((one for one in kind.hears(ctx, obj, node.settings, mine) if one is not None), None)
    except NOT_ASKABLE:
        port = AGAIN  # asked once more it fails where everybody sees it, and holds up no other run
    if port is not None:
        token.state, token.port, token.wake_at, token.is_changed = "waiting", port, ctx.now, True
