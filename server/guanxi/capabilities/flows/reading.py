"""Runs as those who look after automation read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows.publishing import said
from guanxi.capabilities.flows.shapes import FlowRun, FlowRunDetails, FlowVersion, RunProblem, RunStep, RunToken
from guanxi.capabilities.flows.told import instant, instant_or_none, named, named_or_none
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.titles import titles
from guanxi.infra.errors import BadRequest, NotFound

MOST = 200


def page(
    ctx: Context,
    *,
    flow: UUID | None = None,
    state: str | None = None,
    record: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[list[FlowRun], str | None]:
    """Runs, the latest first, and where the next ones begin; those that began from ``since`` on and before ``until``."""
    if not 1 <= limit <= MOST:
        raise BadRequest("query.bad_limit", {"limit": MOST})
    at, after = _mark(cursor)
    rows = ctx.run(
        "SELECT r.id, r.flow, v.number, r.state, r.object, r.record, r.starter, r.started_at, r.ended_at, r.steps, r.error"
        " FROM sys_run r JOIN sys_flow_version v ON v.id = r.version"
        " WHERE ($1::uuid IS NULL OR r.flow = $1) AND ($2::text IS NULL OR r.state = $2)"
        " AND ($3::uuid IS NULL OR r.record = $3)"
        " AND ($4::timestamptz IS NULL OR (r.started_at, r.id) < ($4, $5::uuid))"
        " AND ($7::timestamptz IS NULL OR r.started_at >= $7) AND ($8::timestamptz IS NULL OR r.started_at < $8)"
        " ORDER BY r.started_at DESC, r.id DESC LIMIT $6::int",
        [flow, state, record, at, after, limit + 1, since, until],
    )
    shown = rows[:limit]
    following = f"{shown[-1][7].isoformat()}~{shown[-1][0]}" if len(rows) > limit else None
    return _runs(ctx, shown), following


def details(ctx: Context, id_: UUID) -> FlowRunDetails:
    """One run with its way; NotFound when there is none."""
    rows = ctx.run(
        "SELECT r.id, r.flow, v.number, r.state, r.object, r.record, r.starter, r.started_at, r.ended_at, r.steps, r.error,"
        " v.definition, r.cause, r.data"
        " FROM sys_run r JOIN sys_flow_version v ON v.id = r.version WHERE r.id = $1",
        [id_],
    )
    if not rows:
        raise NotFound("flows.no_such_run", {"id": str(id_)})
    (run,) = _runs(ctx, [rows[0][:11]])
    definition, cause, data = rows[0][11:]
    is_seen = rows[0][5] is None or run["record"] is not None
    steps = ctx.run(
        "SELECT number, node, outcome, port, at, note FROM sys_run_step WHERE run = $1 ORDER BY number LIMIT 2000",
        [id_],
    )
    tokens = ctx.run(
        "SELECT id, node, state, entered_at, wake_at, attempts, error FROM sys_token WHERE run = $1 ORDER BY id", [id_]
    )
    return {
        **run,
        "definition": definition,
        "cause": cause,
        "data": data if is_seen else None,
        "record_of_steps": [_step(ctx, row, told=is_seen) for row in steps],
        "tokens": [_token(ctx, row) for row in tokens],
    }


def versions(ctx: Context, flow: UUID) -> list[FlowVersion]:
    """The published versions of a flow that the actor may see, the last one first."""
    reads.get(ctx, "flow", flow, ["name"])
    rows = ctx.run(
        "SELECT id, number, note, run_as, published_at, published_by, definition FROM sys_flow_version"
        " WHERE flow = $1 ORDER BY number DESC LIMIT 200",
        [flow],
    )
    found = titles(ctx, {("member", row[5]) for row in rows if row[5]})
    return [
        {
            "id": str(id_), "number": number, "note": note, "run_as": run_as, "published_at": instant(at),
            "published_by": named_or_none(found, "member", by), "definition": definition,
        }
        for id_, number, note, run_as, at, by, definition in rows
    ]  # fmt: skip


def _runs(ctx: Context, rows: Sequence[Sequence[Any]]) -> list[FlowRun]:
    wanted = {("flow", row[1]) for row in rows} | {("member", row[6]) for row in rows if row[6]}
    wanted |= {(row[4], row[5]) for row in rows if row[5] and row[4] in ctx.snapshot.objects}
    found = titles(ctx, wanted)
    return [
        {
            "id": str(id_), "flow": named(found, "flow", flow), "version": number, "state": state,
            "object": object_key,
            "record": named_or_none(found, object_key, record) if (object_key, record) in found else None,
            "starter": named_or_none(found, "member", starter), "started_at": instant(started), "ended_at": instant_or_none(ended),
            "steps": steps, "error": _problem(ctx, error),
        }
        for id_, flow, number, state, object_key, record, starter, started, ended, steps, error in rows
    ]  # fmt: skip


def _step(ctx: Context, row: Sequence[Any], *, told: bool) -> RunStep:
    number, node, outcome, port, at, note = row
    note = dict(note or {})
    error = note.pop("error", None)
    return {
        "number": number, "node": node, "outcome": outcome, "port": port, "at": instant(at),
        "note": note if told else {}, "error": _problem(ctx, error),
    }  # fmt: skip


def _token(ctx: Context, row: Sequence[Any]) -> RunToken:
    id_, node, state, since, wake_at, attempts, error = row
    return {
        "id": id_, "node": node, "state": state, "since": instant(since), "wake_at": instant_or_none(wake_at),
        "attempts": attempts, "error": _problem(ctx, error),
    }  # fmt: skip


def _problem(ctx: Context, error: Mapping[str, Any] | None) -> RunProblem | None:
    if not error:
        return None
    return {"code": error["code"], "message": said(ctx.language, error["code"], error.get("params") or {})}


def _mark(cursor: str | None) -> tuple[datetime | None, UUID | None]:
    if not cursor:
        return None, None
    try:
        at, _, id_ = cursor.partition("~")
        return datetime.fromisoformat(at), UUID(id_)
    except ValueError:
        raise BadRequest("query.bad_cursor") from None
