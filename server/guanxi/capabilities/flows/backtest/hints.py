"""What cannot be known of the past, or was taken for granted: said beside the figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from guanxi.capabilities.flows.definition import Definition, Trigger
from guanxi.capabilities.flows.live import Flow
from guanxi.capabilities.flows.triggers.base import trigger_kinds
from guanxi.engine.context import Context
from guanxi.engine.objects.components.conditions import condition_paths


def of(
    ctx: Context,
    flow: Flow,
    definition: Definition,
    since: datetime,
    *,
    unknown: Sequence[Trigger],
    gone: int,
    left_out: bool,
    not_thought: int,
    deeds: Collection[str],
) -> Iterator[dict[str, Any]]:
    """Codes with what they say."""
    for trigger in unknown:
        kind = trigger_kinds().get(trigger.kind)
        label = dict(kind.label) if kind else trigger.kind
        yield _hint("unasked", trigger=label)
    if not ctx.run("SELECT FROM sys_change WHERE at < $1 LIMIT 1", [since]):
        ((begun,),) = ctx.run("SELECT min(at) FROM sys_change")
        yield _hint("log_begins", day=str((begun or ctx.now).astimezone(ctx.env.time_zone).date()))
    if gone:
        yield _hint("gone", count=gone)
    if left_out:
        yield _hint("left_out")
    if not_thought > 0:
        yield _hint("not_thought", count=not_thought)
    if _looks_further(ctx, definition):
        yield _hint("related")
    itself = ctx.run(
        "SELECT count(*) FROM sys_run WHERE flow = $1 AND started_at >= $2", [flow.id, since]
    )[0][0]  # fmt: skip
    if itself:
        yield _hint("itself", count=itself)
    kinds = {node.kind for node in definition.nodes.values()}
    for name, holds in (
        ("answers", bool(kinds & {"http", "action", "form"})),
        ("approvals", "approval" in deeds),
        ("loads", "assign" in kinds),
        ("entries", "loop" in kinds),
        ("steps", "step" in deeds),
    ):
        if holds:
            yield _hint(name)


def _looks_further(ctx: Context, definition: Definition) -> bool:
    """Whether a condition asks for what the log does not have: other records, or values worked out and stored."""
    obj = ctx.snapshot.objects.get(definition.object or "")
    settings = [one.settings for one in definition.triggers] + [one.settings for one in definition.nodes.values()]
    for path in (path for one in settings for path in _paths(one)):
        field = obj.fields.get(path) if obj is not None else None
        if "." in path or (field is not None and field.kind.computed):
            return True
    return False


def _paths(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from condition_paths({name: one for name, one in value.items() if name in ("where", "formula")})
        for one in value.values():
            yield from _paths(one)
    elif isinstance(value, list):
        for one in value:
            yield from _paths(one)


def _hint(name: str, **params: Any) -> dict[str, Any]:
    return {"code": f"flows.past_{name}", "params": params}
