"""Moving runs that go on to the version that is published now, by a map of steps that somebody has looked at.

A run moves whole or not at all: when every place where it stands has a step to go on at. Steps may only be exchanged for
steps of the same kind, since what a run waits for there stays what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from typing_extensions import TypedDict

from guanxi.capabilities.flows.definition import Definition, Node
from guanxi.capabilities.flows.hooks import not_lent, not_lent_to_run
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.capabilities.flows.live import Version, live, version_of
from guanxi.capabilities.flows.shapes import FlowMigration, MigratedNode, RunsOfVersion
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.audit.kinds import kind
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound

MOVED = kind("flow_runs_moved", "settings").key


@dataclass(frozen=True)
class MoveRuns:
    """The flow, the version whose runs are moved, and for each of its steps the one of the version now published at
    which they go on. Runs that stand at a step without one stay with their version.
    """

    flow: UUID
    version: int
    steps: Mapping[str, str]


class MovedRuns(TypedDict):
    """How many runs go on with the version now published, and how many stay with theirs."""

    moved: int
    left: int


def plan(ctx: Context, flow: UUID, number: int | None) -> FlowMigration:
    """Runs that go on with older versions, and where those of one of them (the oldest without ``number``) stand."""
    reads.get(ctx, "flow", flow, ["name"])
    current = _current(ctx, flow)
    rows = ctx.run(
        "SELECT v.number, count(*) FROM sys_run r JOIN sys_flow_version v ON v.id = r.version"
        " WHERE r.flow = $1 AND r.ended_at IS NULL AND v.number <> $2 GROUP BY v.number ORDER BY v.number",
        [flow, current.number],
    )
    versions: list[RunsOfVersion] = [{"number": one, "runs": count} for one, count in rows]
    chosen = number if number is not None else next((one for one, _ in rows), None)
    nodes: list[MigratedNode] = []
    if chosen is not None:
        version = _numbered(ctx, flow, chosen)
        counted = dict(
            ctx.run(
                "SELECT t.node, count(*) FROM sys_token t JOIN sys_run r ON r.id = t.run"
                " WHERE r.flow = $1 AND r.version = $2 AND r.ended_at IS NULL GROUP BY t.node",
                [flow, version.id],
            )
        )
        nodes = [_planned(version.definition, current.definition, id_, counted.get(id_, 0)) for id_ in counted]
    return {
        "current": current.number, "definition": _definition(ctx, current), "versions": versions, "version": chosen,
        "from_definition": _definition(ctx, _numbered(ctx, flow, chosen)) if chosen is not None else None,
        "nodes": sorted(nodes, key=lambda one: one["node"]),
    }  # fmt: skip


@action("flows.move_runs", params=MoveRuns, permission="automation")
def move_runs(ctx: Context, params: MoveRuns) -> MovedRuns:
    """Have runs of an older version go on with the one that is published now, where the map has a step for each place."""
    found = reads.native(ctx, "flow", [params.flow], ["owner"]).get(params.flow)
    if found is None:
        raise NotFound("records.not_found", {"object": "flow", "id": str(params.flow)})
    old, new = _numbered(ctx, params.flow, params.version), _current(ctx, params.flow)
    if refused := not_lent(ctx, new.run_as, found["owner"]) or _not_lent(ctx, params.flow, old):
        raise NotAllowed(refused.code)
    if old.id == new.id:
        raise Conflict("flows.version_is_current")
    errors = [
        FieldError(f"steps.{one}", "flows.cannot_move", {"node": str(one)[:40], "to": str(to)[:40]})
        for one, to in params.steps.items()
        if to not in _choices(old.definition, new.definition, one)
    ]
    if errors:
        raise Invalid(errors)
    steps = [list(params.steps), list(params.steps.values())]
    held = [
        id_
        for (id_,) in ctx.run(
            "SELECT r.id FROM sys_run r WHERE r.flow = $1 AND r.version = $2 AND r.ended_at IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM sys_token t WHERE t.run = r.id AND t.node <> ALL($3::text[])) ORDER BY r.id FOR UPDATE",
            [params.flow, old.id, steps[0]],
        )
    ]
    # Whoever had one of them in hand may have moved it on meanwhile: what counts is where it stands now.
    held = [
        id_
        for (id_,) in ctx.run(
            "SELECT r.id FROM sys_run r WHERE r.id = ANY($1::uuid[]) AND r.ended_at IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM sys_token t WHERE t.run = r.id AND t.node <> ALL($2::text[]))",
            [held, steps[0]],
        )
    ]
    told = orjson.dumps({"from": old.number, "to": new.number, "member": str(ctx.author) if ctx.author else None})
    ctx.run(
        "WITH moved AS (UPDATE sys_run SET version = $2, steps = steps + 1 WHERE id = ANY($1::uuid[]) RETURNING id, steps),"
        " stood AS (SELECT DISTINCT ON (run) run, id, node FROM sys_token WHERE run = ANY($1::uuid[]) ORDER BY run, id)"
        " INSERT INTO sys_run_step (run, number, token, node, outcome, at, note)"
        " SELECT m.id, m.steps, s.id, s.node, 'moved', $3, $4::text::jsonb FROM moved m JOIN stood s ON s.run = m.id",
        [held, new.id, ctx.now, told.decode()],
    )
    ctx.run(
        "UPDATE sys_token t SET node = m.target FROM unnest($2::text[], $3::text[]) AS m(node, target)"
        " WHERE t.run = ANY($1::uuid[]) AND t.node = m.node AND m.node <> m.target",
        [held, *steps],
    )
    ((left,),) = ctx.run(
        "SELECT count(*) FROM sys_run WHERE flow = $1 AND version = $2 AND ended_at IS NULL", [params.flow, old.id]
    )
    details = {"from": old.number, "to": new.number, "moved": len(held), "left": left, "steps": dict(params.steps)}
    note(ctx, MOVED, object="flow", record=params.flow, details=details)
    wake(ctx)
    return {"moved": len(held), "left": left}


def _not_lent(ctx: Context, flow: UUID, version: Version) -> FieldError | None:
    """Why somebody must not have the runs of a version do other steps than those they began with."""
    actors = ctx.run(
        "SELECT DISTINCT actor FROM sys_run WHERE flow = $1 AND version = $2 AND ended_at IS NULL", [flow, version.id]
    )
    return next((refused for (actor,) in actors if (refused := not_lent_to_run(ctx, actor))), None)


def _planned(old: Definition, new: Definition, id_: str, tokens: int) -> MigratedNode:
    choices = _choices(old, new, id_)
    return {
        "node": id_, "tokens": tokens, "choices": choices,
        "suggested": id_ if id_ in choices else choices[0] if len(choices) == 1 else None,
    }  # fmt: skip


def _choices(old: Definition, new: Definition, id_: str) -> list[str]:
    """Steps at which what stands at a step may go on."""
    node = old.nodes.get(id_)
    if node is None:
        return []
    return [one.id for one in new.nodes.values() if _goes_on(node, one)]


def _goes_on(node: Node, other: Node) -> bool:
    known = step_kinds().get(node.kind)
    return other.kind == node.kind and (other.id == node.id or (known is not None and known.moves))


def _current(ctx: Context, flow: UUID) -> Version:
    found = live(ctx).flows.get(flow)
    if found is None or found.version is None:
        raise Conflict("flows.publish_first")
    return found.version


def _numbered(ctx: Context, flow: UUID, number: int) -> Version:
    rows = ctx.run("SELECT id FROM sys_flow_version WHERE flow = $1 AND number = $2", [flow, number])
    found = version_of(ctx, rows[0][0]) if rows else None
    if found is None:
        raise NotFound("flows.no_such_version", {"version": number})
    return found


def _definition(ctx: Context, version: Version) -> Any:
    ((found,),) = ctx.run("SELECT definition FROM sys_flow_version WHERE id = $1", [version.id])
    return found
