"""Runs as those who look after automation read them."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import traces
from guanxi.capabilities.flows.definition import read
from guanxi.capabilities.flows.hooks import not_lent_to_run
from guanxi.capabilities.flows.publishing import said
from guanxi.capabilities.flows.shapes import FlowRun, FlowRunDetails, FlowVersion, RunProblem, RunStep, RunToken
from guanxi.capabilities.flows.sight import Sight, items_in_sight
from guanxi.capabilities.flows.told import instant, instant_or_none, named, named_or_none
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.titles import titles
from guanxi.infra.errors import BadRequest, NotFound

MOST = 200
_NO_VALUES = ("field", "object", "flow", "host", "secret", "action", "kind", "port")
"""Parameters of sentences that name things, and never hold what a record does."""


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
        " v.definition, r.cause, r.data, r.actor"
        " FROM sys_run r JOIN sys_flow_version v ON v.id = r.version WHERE r.id = $1",
        [id_],
    )
    if not rows:
        raise NotFound("flows.no_such_run", {"id": str(id_)})
    (run,) = _runs(ctx, [rows[0][:11]])
    definition, cause, data, actor = rows[0][11:]
    is_seen = rows[0][5] is None or run["record"] is not None
    steps = ctx.run(
        "SELECT number, node, outcome, port, at, note FROM sys_run_step WHERE run = $1 ORDER BY number LIMIT 2000",
        [id_],
    )
    tokens = ctx.run(
        # What a token sends away and was not taken yet is tried by itself: it is told as the token's own tries.
        "SELECT t.id, t.node, t.state, t.entered_at, coalesce(t.wake_at, e.next_at), coalesce(e.attempts, t.attempts),"
        " coalesce(t.error, e.error) FROM sys_token t LEFT JOIN LATERAL (SELECT next_at, attempts, error FROM sys_effect"
        "  WHERE run = t.run AND token = t.id AND state = 'waiting' AND attempts > 0 ORDER BY next_at LIMIT 1) e"
        "  ON t.state = 'waiting' WHERE t.run = $1 ORDER BY t.id",
        [id_],
    )
    sight = Sight(ctx, read(definition)[0])
    items = items_in_sight(ctx, [(row[5] or {}).get(traces.NAME) for row in steps])
    return {
        **run,
        "may_mend": not_lent_to_run(ctx, actor) is None,
        "definition": definition,
        "cause": cause,
        "data": sight.remembered(data) if is_seen else None,
        "hidden": sorted(sight.hidden & data.keys()) if is_seen else [],
        "record_of_steps": [_step(ctx, row, sight if is_seen else None, items) for row in steps],
        "tokens": [_token(ctx, row, told=is_seen and sight.tells_all_of(row[1])) for row in tokens],
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
            "steps": steps, "error": _problem(ctx, error, told=_tells_all(ctx, found, object_key, record)),
        }
        for id_, flow, number, state, object_key, record, starter, started, ended, steps, error in rows
    ]  # fmt: skip


def _step(ctx: Context, row: Sequence[Any], sight: Sight | None, items: Collection[tuple[str, str]]) -> RunStep:
    number, node, outcome, port, at, note = row
    note = dict(note or {})
    error, kept = note.pop("error", None), note.get(traces.NAME)
    item = (kept or {}).get("item")
    is_told = item is None or (item["object"], item["record"]) in items
    whole = sight is not None and is_told and sight.tells_all_of(node)
    return {
        "number": number, "node": node, "outcome": outcome, "port": port, "at": instant(at),
        "note": sight.note(note) if sight else {}, "seen": sight.seen(node, kept, item=is_told) if sight else None,
        "error": _problem(ctx, error, told=whole),
    }  # fmt: skip


def _token(ctx: Context, row: Sequence[Any], *, told: bool) -> RunToken:
    id_, node, state, since, wake_at, attempts, error = row
    return {
        "id": id_, "node": node, "state": state, "since": instant(since), "wake_at": instant_or_none(wake_at),
        "attempts": attempts, "error": _problem(ctx, error, told=told),
    }  # fmt: skip


def _tells_all(ctx: Context, found: Container[tuple[str, UUID]], object_key: str | None, record: UUID | None) -> bool:
    """Whether the actor may know whatever a run is about."""
    obj = ctx.snapshot.objects.get(object_key or "")
    return record is None or (obj is not None and (obj.key, record) in found and ctx.guard().reads_all_of(obj))


def _problem(ctx: Context, error: Mapping[str, Any] | None, *, told: bool) -> RunProblem | None:
    """What went wrong; without ``told`` the values that the sentence names are left out of it."""
    if not error:
        return None
    params = error.get("params") or {}
    if not told:
        params = {
            name: "…" if isinstance(value, str) and name not in _NO_VALUES else value for name, value in params.items()
        }
    return {"code": error["code"], "message": said(ctx.language, error["code"], params)}


def _mark(cursor: str | None) -> tuple[datetime | None, UUID | None]:
    if not cursor:
        return None, None
    try:
        at, _, id_ = cursor.partition("~")
        return datetime.fromisoformat(at), UUID(id_)
    except ValueError:
        raise BadRequest("query.bad_cursor") from None
