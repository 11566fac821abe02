"""Taking down what became of effects that were sent, and waking the tokens that wait for them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from django.db import InterfaceError, OperationalError

from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.effects import Answered, Effect, Refused, Result, clean, json_text
from guanxi.capabilities.flows.interpreter import Interpreter
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.kinds.base import Fail
from guanxi.capabilities.flows.live import live, version_of
from guanxi.capabilities.flows.runs import ENDED, Run, Token
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import CatalogMoved, Context, Workspace, work

log = logging.getLogger("guanxi.flows")

BACK_OFF = (10.0, 30.0, 120.0, 600.0, 1800.0, 7200.0, 21_600.0)
"""Seconds after each attempt that may be repeated; the attempt after the last one is the last."""
LONGEST_PAUSE = 21_600.0
UNTRIED_PAUSE = timedelta(seconds=1)
LOST = (psycopg.OperationalError, psycopg.InterfaceError, OperationalError, InterfaceError)
"""The database is away: what was answered is taken down once it is back."""
Found = Sequence[tuple[Effect, Result | None]]


def take_down(workspace: Workspace, found: Found) -> None:
    """Keep results, and let the runs that wait for them go on; one that cannot be kept is taken for a failure."""
    if not found:
        return
    try:
        with work(workspace, SYSTEM, via="flow") as ctx:
            _take_down(ctx, found)
    except CatalogMoved:
        take_down(workspace, found)
    except LOST:
        raise
    except Exception as error:
        if len(found) > 1:
            for one in found:
                take_down(workspace, [one])
            return
        ((effect, result),) = found
        log.exception("the answer to effect %s could not be kept", effect.id)
        if not isinstance(result, Refused):
            take_down(
                workspace, [(effect, Refused("flows.broken", {"error": f"{type(error).__name__}: {error}"[:300]}))]
            )


def _take_down(ctx: Context, found: Found) -> None:
    # The runs first: whoever answers another effect of the same token waits here, and sees what was answered before.
    held = {run.id: run for run in runs.take(ctx, sorted({one.run for one, _ in found if one.run is not None}))}
    states = [_state(ctx.now, one, result) for one, result in found]
    rows = ctx.run(
        "UPDATE sys_effect e SET state = v.state, next_at = v.next_at, attempts = v.attempts, answer = v.answer::jsonb,"
        " error = v.error::jsonb, updated_at = $8 FROM unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[],"
        " $5::int[], $6::text[], $7::text[]) AS v(id, attempt, state, next_at, attempts, answer, error)"
        " WHERE e.id = v.id AND e.attempts = v.attempt AND e.state = 'sending' RETURNING e.id, e.corr, e.token, e.state",
        [
            [one.id for one, _ in found], [one.attempt for one, _ in found], [state for state, *_ in states],
            [next_at for _, next_at, *_ in states], [attempts for _, _, attempts, *_ in states],
            [answer for *_, answer, _ in states], [error for *_, error in states], ctx.now,
        ],
    )  # fmt: skip
    told = {id_ for id_, _, _, state in rows if state in ("done", "failed")}
    data = {one.id: result.data for one, result in found if isinstance(result, Answered)}
    corrs = sorted({corr for id_, corr, token, _ in rows if token is not None and id_ in told})
    if corrs:
        _wake(ctx, held, corrs, data)


def _state(
    now: datetime, effect: Effect, result: Result | None
) -> tuple[str, datetime | None, int, str | None, str | None]:
    """State, when it is tried again, attempts, answer and error of an effect after an attempt."""
    if result is None:
        return "waiting", now + UNTRIED_PAUSE, effect.attempt - 1, None, None
    if isinstance(result, Answered):
        return "done", None, effect.attempt, json_text(result.answer), None
    error = json_text({"code": result.code, "params": result.params})
    if isinstance(result, Refused) or effect.attempt > len(BACK_OFF):
        return "failed", None, effect.attempt, None, error
    pause = max(BACK_OFF[effect.attempt - 1], min(result.seconds or 0.0, LONGEST_PAUSE))
    return "waiting", now + timedelta(seconds=pause), effect.attempt, None, error


def _wake(ctx: Context, held: Mapping[UUID, Run], corrs: Sequence[str], data: Mapping[UUID, Any]) -> None:
    """Let tokens go on of whose effects none is still to be answered."""
    groups: dict[tuple[UUID, int, str], list[tuple[Any, ...]]] = {}
    for run, token, corr, *rest in ctx.run(
        "SELECT run, token, corr, id, state, error, payload ->> 'remember', answer FROM sys_effect"
        " WHERE corr = ANY($1::text[]) AND token IS NOT NULL AND run IS NOT NULL ORDER BY created_at, id",
        [list(corrs)],
    ):
        groups.setdefault((run, token, corr), []).append(tuple(rest))
    touched: dict[UUID, Run] = {}
    for (run_id, token_id, corr), effects in groups.items():
        run = held.get(run_id)
        if run is None or run.state in ENDED or any(state in ("waiting", "sending") for _, state, *_ in effects):
            continue
        token = next(
            (one for one in run.live if one.id == token_id and one.state == "waiting" and one.corr == corr), None
        )
        if token is not None:
            _answer(ctx, run, token, effects, data)
            touched[run.id] = run
    keep(ctx, list(touched.values()))


def _answer(ctx: Context, run: Run, token: Token, effects: Sequence[tuple[Any, ...]], data: Mapping[UUID, Any]) -> None:
    error = next((error for _, state, error, *_ in effects if state == "failed"), None)
    if error is not None:
        _fail(ctx, run, token, Fail(error["code"], error["params"]))
        return
    gave = {remember: clean(data.get(id_, answer)) for id_, _, _, remember, answer in effects if remember}
    run.data.update(gave)
    run.note(token, "sent", None, {"effects": len(effects)}, gave)
    token.wake_at, token.corr, token.is_changed = ctx.now, None, True


def _fail(ctx: Context, run: Run, token: Token, fail: Fail) -> None:
    version = version_of(ctx, run.version)
    if version is not None:
        flow = live(ctx).flows.get(version.flow)
        Interpreter(ctx, version, flow, [run], partial(runs.new_ids, ctx)).fail(run, token, fail)
