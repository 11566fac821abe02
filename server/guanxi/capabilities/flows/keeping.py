"""Writing runs back: what became of their tokens, their record, their state; and telling the runs that wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from guanxi.capabilities.flows import crowding, traces
from guanxi.capabilities.flows.live import live
from guanxi.capabilities.flows.runs import ENDED, Run, Step, Token
from guanxi.engine.context import Context


def keep(ctx: Context, runs: Sequence[Run]) -> None:
    """Write what changed of runs in hand."""
    _delete(ctx, [one for run in runs for one in run.tokens if one.is_gone and not one.is_new])
    _insert(ctx, [(run, one) for run in runs for one in run.live if one.is_new])
    _update(ctx, [one for run in runs for one in run.live if one.is_changed and not one.is_new])
    _steps(ctx, runs)
    for run in runs:
        run.state = state_of(run)
        run.error = next((one.error for one in reversed(run.live) if one.state == "failed"), None)
    ctx.run(
        "UPDATE sys_run r SET state = v.state, data = v.data, steps = v.steps, error = v.error,"
        " ended_at = CASE WHEN v.ended THEN $2 END FROM json_to_recordset($1::text::json)"
        " AS v(id uuid, state text, data jsonb, steps int, error jsonb, ended boolean) WHERE r.id = v.id",
        [
            _json([
                {
                    "id": run.id, "state": run.state, "data": run.data, "steps": run.steps, "error": run.error or None,
                    "ended": run.state in ENDED,
                }
                for run in runs
            ]),
            ctx.now,
        ],
    )  # fmt: skip
    _wake_parents(ctx, [run for run in runs if run.state in ENDED and run.parent is not None])
    _let_in(
        ctx, [run for run in runs if run.state in ENDED and not any(crowding.is_queued(one.corr) for one in run.tokens)]
    )


def _let_in(ctx: Context, runs: Sequence[Run]) -> None:
    """Others of their flows that wait for their turn go on."""
    flows = live(ctx).flows if runs else {}
    limits = {
        id_: flow.version.definition.at_once
        for id_ in {run.flow for run in runs}
        if (flow := flows.get(id_)) is not None and flow.version is not None and flow.version.definition.at_once
    }
    crowding.ended(ctx, limits, [(run.flow, run.record) for run in runs])


def state_of(run: Run) -> str:
    """What a run is, by its tokens; one that was ended by somebody stays so."""
    if run.state in ENDED:
        return run.state
    tokens = run.live
    if not tokens:
        return "done"
    if any(one.state == "failed" for one in tokens):
        return "failed"
    return "running" if any(one.state == "ready" for one in tokens) else "waiting"


def _wake_parents(ctx: Context, runs: Sequence[Run]) -> None:
    """A run that was begun by another tells it the end: the token that waits goes on."""
    if runs:
        ctx.run(
            "UPDATE sys_token SET wake_at = $2 WHERE id = ANY($1::bigint[]) AND state = 'waiting'",
            [[run.parent for run in runs], ctx.now],
        )


def _delete(ctx: Context, tokens: Sequence[Token]) -> None:
    if tokens:
        ctx.run("DELETE FROM sys_token WHERE id = ANY($1::bigint[])", [[one.id for one in tokens]])


def _insert(ctx: Context, made: Sequence[tuple[Run, Token]]) -> None:
    if made:
        tokens = [token for _, token in made]
        ctx.run(
            "INSERT INTO sys_token (id, run, node, state, wake_at, corr, port, forks, item, attempts, error, entered_at)"
            " SELECT v.id, v.run, v.node, v.state, v.wake_at, v.corr, v.port, v.forks::bigint[], v.item::jsonb,"
            " v.attempts, v.error::jsonb, v.entered_at FROM unnest($1::bigint[], $12::uuid[], $2::text[], $3::text[],"
            " $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[],"
            " $11::timestamptz[]) AS v(id, run, node, state, wake_at, corr, port, forks, item, attempts, error, entered_at)",
            [*_columns(tokens), [run.id for run, _ in made]],
        )


def _update(ctx: Context, tokens: Sequence[Token]) -> None:
    if tokens:
        ctx.run(
            "UPDATE sys_token t SET node = v.node, state = v.state, wake_at = v.wake_at, corr = v.corr, port = v.port,"
            " forks = v.forks::bigint[], item = v.item::jsonb, attempts = v.attempts, error = v.error::jsonb,"
            " entered_at = v.entered_at FROM unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::text[],"
            " $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::timestamptz[])"
            " AS v(id, node, state, wake_at, corr, port, forks, item, attempts, error, entered_at) WHERE t.id = v.id",
            _columns(tokens),
        )


def _columns(tokens: Sequence[Token]) -> list[list[Any]]:
    return [
        [one.id for one in tokens], [one.node for one in tokens], [one.state for one in tokens],
        [one.wake_at for one in tokens], [one.corr for one in tokens], [one.port for one in tokens],
        ["{" + ",".join(map(str, one.forks)) + "}" for one in tokens],
        [_json(one.item) if one.item else None for one in tokens], [one.attempts for one in tokens],
        [_json(one.error) if one.error else None for one in tokens], [one.entered_at for one in tokens],
    ]  # fmt: skip


def _steps(ctx: Context, runs: Sequence[Run]) -> None:
    rows: list[dict[str, Any]] = []
    for run in runs:
        for step in run.made:
            run.steps += 1
            rows.append({
                "run": run.id, "number": run.steps, "token": step.token, "node": step.node, "outcome": step.outcome,
                "port": step.port, "note": _note(step),
            })  # fmt: skip
        run.made = []
    if rows:
        ctx.run(
            "INSERT INTO sys_run_step (run, number, token, node, outcome, port, at, note)"
            " SELECT v.run, v.number, v.token, v.node, v.outcome, v.port, $2, v.note FROM json_to_recordset($1::text::json)"
            " AS v(run uuid, number int, token bigint, node text, outcome text, port text, note jsonb)",
            [_json(rows), ctx.now],
        )


def _note(step: Step) -> dict[str, Any] | None:
    seen = traces.kept(step.given, step.gave, step.item)
    return {**step.note, **({traces.NAME: seen} if seen else {})} or None


def _json(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()
