"""Asking for a back-test, and the job that does it; trying a draft on one record at once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from django.db import OperationalError

from guanxi.capabilities.flows import saved_filters
from guanxi.capabilities.flows.backtest import allowed, store
from guanxi.capabilities.flows.backtest.running import Asked, Backtest, closely
from guanxi.capabilities.flows.backtest.store import Stored
from guanxi.capabilities.flows.definition import Definition, read
from guanxi.capabilities.flows.live import Flow, live
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.acting import acting_or_told, order_of
from guanxi.engine.context import CatalogMoved, Context, Workspace, work
from guanxi.engine.feed import timelines
from guanxi.engine.records import reads
from guanxi.infra.database.beside import beside
from guanxi.infra.errors import BadRequest, Conflict, NotFound, Refusal
from guanxi.infra.jobs import enqueue, job
from guanxi.kit.ids import uuid7

LONGEST = 90
TOLD_SECONDS = 1.0
TRIES = 5
_AWAY = (psycopg.OperationalError, OperationalError)
log = logging.getLogger("guanxi.flows")


class _Cancelled(Exception):
    """Somebody wants it to end."""


def begin(ctx: Context, flow: UUID, days: Any, definition: Any = None, version: Any = None) -> Stored:
    """Queue a back-test of a definition, of a published version, or of the draft as it is kept.

    Conflict while another one of the actor's of this flow is at work.
    """
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST:
        raise BadRequest("flows.past_days", {"limit": LONGEST})
    data = definition if definition is not None else _kept(ctx, flow, version)
    named(ctx, flow)
    allowed.check(ctx, data, read(data)[0])
    if any(one.state in store.GOING_ON and ctx.now - one.updated_at < store.DEAD for one in store.of_flow(ctx, flow)):
        raise Conflict("flows.past_running")
    id_ = uuid7()
    store.add(ctx, id_, flow, {"days": days, "version": version, "definition": data})
    payload = {"workspace": ctx.workspace.id, **order_of(ctx.actor), "backtest": str(id_), "language": ctx.language}
    enqueue("flows.backtest", payload)
    return store.get(ctx, id_)


def cancel(ctx: Context, id_: UUID) -> Stored:
    """Have one end; one that has ended stays as it is."""
    store.get(ctx, id_)
    store.stop(ctx, id_)
    return store.get(ctx, id_)


def try_out(ctx: Context, flow: UUID, definition: Any, record: UUID | None) -> dict[str, Any]:
    """What a run of a draft would do about a record that the actor may see, as it is now; nothing is done."""
    found = named(ctx, flow)
    told = read(definition)[0]
    allowed.check(ctx, definition, told)
    if told.object is not None and (record is None or record not in reads.visible(ctx, told.object, [record])):
        raise NotFound("records.not_found", {"object": told.object, "id": str(record)})
    ctx.run("SET TRANSACTION READ ONLY")
    return closely(ctx, Asked(found, _resolved(ctx, told), 1), record if told.object is not None else None)


def named(ctx: Context, flow: UUID) -> Flow:
    """The flow as the actor may see it, published or not."""
    row = reads.native(ctx, "flow", [flow], ["name", "owner", "own_effects", "state"]).get(flow)
    if row is None:
        raise NotFound("records.not_found", {"object": "flow", "id": str(flow)})
    known = live(ctx).flows.get(flow)
    version = known.version if known else None
    return Flow(flow, row["name"], row["owner"], row["state"], version, bool(row["own_effects"]))


@job("flows.backtest", attempts=3, at_once=1)
def run_job(payload: Mapping[str, Any]) -> None:
    """Do a back-test; payload as of ``begin``. One that fails says why."""
    id_ = UUID(payload["backtest"])
    found = acting_or_told(payload, lambda place, refusal: _say(place, id_, refusal))
    if found is None:
        return
    workspace, actor = found
    open_work = partial(work, workspace, actor, via="job", language=payload["language"])
    for _ in range(TRIES):
        try:
            _run(open_work, workspace, id_)
        except CatalogMoved:  # somebody changed the object meanwhile
            continue
        except _Cancelled:
            with open_work() as ctx:
                store.end(ctx, id_, "cancelled")
        except Refusal as refusal:
            _say(workspace, id_, refusal)
        except _AWAY:
            raise
        except Exception:
            log.exception("back-test %s failed", id_)
            _say(workspace, id_, None)
        return
    _say(workspace, id_, None)


def _run(open_work: Any, workspace: Workspace, id_: UUID) -> None:
    with open_work() as ctx:
        one = store.get(ctx, id_)
        if one.state not in store.GOING_ON:
            return
    state = {"done": 0, "total": 0, "goes_on": True}

    def tell() -> None:
        with open_work() as beside_it:
            state["goes_on"] = store.at_work(beside_it, id_, state["done"], state["total"])

    def look(done: int) -> None:
        state["done"] = done
        if not state["goes_on"]:
            raise _Cancelled

    tell()
    with open_work(still=True) as ctx, beside(tell, TOLD_SECONDS):
        definition = read(one.asks["definition"])[0]
        allowed.check(ctx, one.asks["definition"], definition)
        flow = named(ctx, one.flow)
        obj = ctx.snapshot.objects.get(definition.object or "")
        days = one.asks["days"]
        state["total"] = timelines.count(ctx, obj, ctx.now - timedelta(days=days)) if obj is not None else 0
        result = Backtest(ctx, Asked(flow, _resolved(ctx, definition), days), look).run()
    with open_work() as ctx:
        store.end(ctx, id_, "done", result)


def _say(workspace: Workspace, id_: UUID, refusal: Refusal | None) -> None:
    error = (
        {"code": refusal.code, "params": dict(refusal.params)}
        if refusal
        else {"code": "flows.past_failed", "params": {}}
    )
    with work(workspace, SYSTEM, via="job") as ctx:
        store.end(ctx, id_, "failed", error=error)


def _resolved(ctx: Context, definition: Definition) -> Definition:
    """With what shared views ask in their place."""
    return saved_filters.resolved(definition, saved_filters.filters(ctx, definition.triggers))


def _kept(ctx: Context, flow: UUID, version: Any) -> Any:
    if version is None:
        row = reads.native(ctx, "flow", [flow], ["definition"]).get(flow)
        return row["definition"] if row else None
    rows = ctx.run(
        "SELECT definition FROM sys_flow_version WHERE flow = $1 AND number = $2::int",
        [flow, version if isinstance(version, int) else -1],
    )
    if not rows:
        raise NotFound("flows.no_such_version", {"version": str(version)[:20]})
    return rows[0][0]
