"""Making the statements of a batch: part after part as a job, with the rights that its asker has at that moment.

A part and the place behind it are one transaction, so a batch that is killed goes on where its last committed part
ended, and every company has one statement in it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from django.db import OperationalError

from guanxi.areas.billing import accounts, telling, workbook
from guanxi.areas.billing.errors import StatementRun
from guanxi.areas.billing.printing.data import StatementPress
from guanxi.areas.billing.shapes import Statement
from guanxi.areas.billing.statements import packing, store
from guanxi.areas.billing.statements.store import Made, Stored
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.acting import acting_or_told, order_of
from guanxi.engine.context import CatalogMoved, Context, Workspace, work
from guanxi.engine.records import reads
from guanxi.engine.records.titles import titles
from guanxi.infra.errors import Refusal
from guanxi.infra.i18n import sentence
from guanxi.infra.jobs import enqueue, job
from guanxi.infra.jobs.nightly import nightly
from guanxi.infra.storage import store as files
from guanxi.kit.ids import uuid7

PART = 100
"""Companies that are done in one transaction."""
KEPT = timedelta(days=7)
"""How long a batch and its file can be fetched."""
_DOCUMENTS = ("invoice", "payment", "payment_allocation")
_AWAY = (psycopg.OperationalError, OperationalError)
log = logging.getLogger("guanxi.statements")


def begin(ctx: Context, begins: str | None, ends: str | None, kind: str, language: str) -> Stored:
    """Queue statements of all companies that the caller sees with a movement in a period.

    Invalid for no period; StatementRun while another batch of the caller is made, or where nothing moved.
    """
    first, last = telling.period(ctx, begins, ends)
    for one in _DOCUMENTS:
        accounts.refuse_unless_whole(ctx, one)
    if any(one.state in store.GOING_ON and ctx.now - one.updated_at < store.DEAD for one in store.own(ctx)):
        raise StatementRun("busy")
    found = accounts.moved(ctx, first, last)
    if not found:
        raise StatementRun("nobody")
    called = titles(ctx, {("company", one) for one in found})
    found.sort(key=lambda one: (called.get(("company", one), ""), one))
    id_ = uuid7()
    asks = {"begins": first.isoformat(), "ends": last.isoformat(), "kind": kind, "language": language}
    store.add(ctx, id_, asks, found)
    _queue(ctx, id_)
    return store.get(ctx, id_)


def cancel(ctx: Context, id_: UUID) -> Stored:
    """Have a batch end behind the part it is at; StatementRun for one that has ended."""
    if store.get(ctx, id_, lock=True).state not in store.GOING_ON:
        raise StatementRun("not_running")
    store.stop(ctx, id_)
    return store.get(ctx, id_)


def resume(ctx: Context, id_: UUID) -> Stored:
    """Go on with a batch that was cancelled or failed, where it was; StatementRun for any other."""
    if store.get(ctx, id_, lock=True).state not in ("cancelled", "failed"):
        raise StatementRun("not_stopped")
    store.say(ctx, id_, "waiting")
    _queue(ctx, id_)
    return store.get(ctx, id_)


def fetched(ctx: Context, id_: UUID) -> Stored:
    """A batch whose file the caller may have: it is done, and every company in it is one that the caller still sees."""
    one = store.get(ctx, id_)
    if one.state != "done" or one.sha256 is None:
        raise StatementRun("not_done")
    for key in _DOCUMENTS:
        accounts.refuse_unless_whole(ctx, key)
    inside = [its.company for its in store.made(ctx, id_) if its.file]
    gone = set(inside) - reads.visible(ctx, "company", inside)
    if gone - (set(inside) - reads.visible(ctx.as_system(), "company", inside)):
        raise StatementRun("rights_changed")
    return one


@job("billing.statements", attempts=3, at_once=1)
def run_job(payload: Mapping[str, Any]) -> None:
    """Make the statements of a batch; payload: workspace, who asked, run, language."""
    id_ = UUID(payload["run"])
    found = acting_or_told(payload, lambda place, refusal: _fail(place, id_, refusal.code, refusal.params))
    if found is None:
        return
    open_work = partial(work, *found, via="job", language=payload["language"])
    try:
        while _goes_on(open_work, id_):
            pass
        _clear(open_work, id_)
    except Refusal as refusal:
        _fail(found[0], id_, refusal.code, refusal.params)
    except _AWAY:
        raise
    except Exception:
        log.exception("statements %s failed", id_)
        _fail(found[0], id_, "billing.run_failed", {})


def _goes_on(open_work: Any, id_: UUID) -> bool:
    try:
        with open_work() as ctx:
            return step(ctx, id_)
    except CatalogMoved:  # somebody changed an object meanwhile
        return True


def step(ctx: Context, id_: UUID, most: int = PART) -> bool:
    """One transaction's worth of a batch; False when nothing is left to do."""
    # Two workers may hold the job for a moment after one was thought dead: the second finds the row taken.
    one = store.get(ctx, id_, lock=True)
    if one.state not in store.GOING_ON:
        return False
    if one.stop:
        store.say(ctx, id_, "cancelled")
        return False
    some = store.companies(ctx, id_, one.done, most)
    if some:
        made, contents = _made(ctx, one, some)
        store.keep(ctx, id_, made, packing.part(contents, one.created_at) if contents else None)
        return True
    every = store.made(ctx, id_)
    called = {key[1]: title for key, title in titles(ctx, {("company", its.company) for its in every}).items()}
    language = one.asks["language"]
    name = f"{sentence('billing.run_file', {}, language)} {one.asks['begins']}_{one.asks['ends']}.xlsx"
    kept = packing.archive(store.parts(ctx, id_), packing.overview(every, called, language), name, one.created_at)
    store.finish(ctx, id_, kept.name, kept.size)
    return False


def _made(ctx: Context, one: Stored, some: Sequence[tuple[int, UUID]]) -> tuple[list[Made], dict[str, bytes]]:
    language, kind = one.asks["language"], one.asks["kind"]
    told = telling.statements(ctx, [company for _, company in some], *one.period)
    made, contents = [], {}
    with StatementPress(ctx, language, one.created_at) as press:
        for place, company in some:
            statement = told.get(company)
            if statement is None:
                made.append(Made(place, company, None, None))
                continue
            name = packing.file_name(place, statement["company"]["title"] or "", kind)
            contents[name] = press.pdf(statement) if kind == "pdf" else workbook.workbook(statement, language)
            made.append(Made(place, company, name, _balances(statement)))
    return made, contents


def _balances(statement: Statement) -> list[dict[str, str]]:
    return [
        {
            "currency": one["currency"], "opening": one["opening"], "charged": one["charged"], "paid": one["paid"],
            "closing": one["closing"],
        }
        for one in statement["accounts"]
    ]  # fmt: skip


def _clear(open_work: Any, id_: UUID) -> None:
    """Throw the parts of a batch away that is done; one that may be gone on with keeps them."""
    with open_work() as ctx:
        if store.get(ctx, id_).state != "done":
            return
        parts = store.parts(ctx, id_)
        store.forget_parts(ctx, id_)
    for part in parts:
        files.forget(part)


def _fail(workspace: Workspace, id_: UUID, code: str, params: Mapping[str, Any]) -> None:
    with work(workspace, SYSTEM, via="job") as ctx:
        store.say(ctx, id_, "failed", {"code": code, "params": dict(params)})


def _queue(ctx: Context, id_: UUID) -> None:
    enqueue(
        "billing.statements",
        {"workspace": ctx.workspace.id, **order_of(ctx.actor), "run": str(id_), "language": ctx.language},
    )


@nightly("billing.statements")
def forget_everywhere() -> None:
    """Batches that nobody asked about for a week are thrown away, in every workspace."""
    for row in WorkspaceRow.objects.order_by("pk"):
        try:
            with work(engine_workspace(row), SYSTEM, via="job") as ctx:
                over = store.forget_before(ctx, datetime.now(UTC) - KEPT)
            for one in over:
                files.forget(one)
        except Exception:
            log.exception("old statements of %s could not be thrown away", row.slug)
