"""What days bring about: contracts begin, end and are to be renewed; instalments fall due and are invoiced."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from guanxi.areas.contracts import invoicing, moving, plans
from guanxi.areas.contracts.rules import plan, states
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.capabilities.notifications.telling import Notice, languages_of, notify
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import Refusal
from guanxi.infra.i18n import DEFAULT_LANGUAGE, sentence
from guanxi.infra.jobs.regular import regular

log = logging.getLogger("guanxi.contracts")
_MOST = 500
"""Instalments that one round invoices in a workspace; the next one goes on."""
_MORNING = time(9)


def look_after(workspace: Workspace) -> None:
    """All that is due in a workspace by now; safe to repeat."""
    with work(workspace, SYSTEM, via="job") as ctx:
        _move_on(ctx)
        _remind(ctx)
        _fall_due(ctx)
    for instalment in _to_invoice(workspace):
        try:
            with work(workspace, SYSTEM, via="job") as ctx:
                _invoice(ctx, instalment)
        except Refusal as refusal:
            log.info("the instalment %s is not invoiced: %s", instalment, refusal.code)


@regular("contracts.look_after")
def look_after_everywhere() -> None:
    """In every workspace; one that fails holds up none of the others."""
    for row in WorkspaceRow.objects.order_by("pk"):
        try:
            look_after(engine_workspace(row))
        except Exception:
            log.exception("the contracts of %s could not be looked after", row.slug)


def _move_on(ctx: Context) -> None:
    """Contracts whose first day has come hold, and those whose last day has passed have ended."""
    rows = _held(ctx, {"and": [
        {"field": "status", "op": "in", "value": sorted(states.LIVE)},
        {"or": [
            {"and": [{"field": "status", "op": "eq", "value": states.SIGNED},
                     {"field": "starts_on", "op": "lte", "value": ctx.today.isoformat()}]},
            {"field": "ends_on", "op": "lt", "value": ctx.today.isoformat()},
        ]},
    ]})  # fmt: skip
    changes = []
    for one, row in rows.items():
        stage = states.in_time(row["starts_on"], row["ends_on"], ctx.today)
        if row["status"] in states.LIVE and stage != row["status"]:
            changes.append(Change(one, {"status": stage}))
    writes.update(ctx, "contract", changes)


def _remind(ctx: Context) -> None:
    """Owners of contracts that end soon are told, once for each end, and have a task for it."""
    rows = _held(ctx, {"and": [
        {"field": "status", "op": "in", "value": sorted(states.LIVE)},
        {"field": "ends_on", "op": "gte", "value": ctx.today.isoformat()},
        {"field": "remind_days", "op": "gt", "value": 0},
    ]})  # fmt: skip
    due = {
        one: row
        for one, row in rows.items()
        if states.to_be_reminded(row["ends_on"], row["remind_days"], row["reminded_for"], ctx.today)
    }
    if not due:
        return
    owners = languages_of(ctx, [row["owner"] for row in due.values() if row["owner"]])
    notices, tasks = [], []
    for one, row in due.items():
        params = {"name": moving.called(row), "day": row["ends_on"].isoformat()}
        subject = sentence("contracts.task_renew", params, owners.get(row["owner"], DEFAULT_LANGUAGE))[:200]
        at = datetime.combine(row["ends_on"], _MORNING, ctx.env.time_zone)
        tasks.append({
            "subject": subject, "about": {"object": "contract", "id": str(one)}, "due_at": at.isoformat(),
            "owner": str(row["owner"]) if row["owner"] else None,
        })  # fmt: skip
        if row["owner"]:
            title = sentence("contracts.told_ending", params, owners[row["owner"]])
            notices.append(Notice(row["owner"], "contract", title, None, "contract", one))
    writes.create(ctx, "task", tasks)
    notify(ctx, notices)
    writes.update(
        ctx, "contract", [Change(one, {"reminded_for": row["ends_on"].isoformat()}) for one, row in due.items()]
    )


def _fall_due(ctx: Context) -> None:
    """Instalments of contracts that hold, whose day has come."""
    where = {"and": [
        {"field": "status", "op": "eq", "value": "planned"},
        {"field": "due_on", "op": "lte", "value": ctx.today.isoformat()},
        {"field": "contract.status", "op": "in", "value": sorted(states.AGREED)},
    ]}  # fmt: skip
    rows = plans.read(ctx, reads.ids(ctx, "contract_instalment", where))
    changes = [
        Change(one, {"status": plan.state(row["due_on"], ctx.today, row["amount"].amount, row["amount"].amount * 0)})
        for one, row in rows.items()
    ]
    writes.update(ctx, "contract_instalment", changes)


def _to_invoice(workspace: Workspace) -> Sequence[UUID]:
    with work(workspace, SYSTEM, via="job") as ctx:
        where = {"and": [
            {"field": "status", "op": "eq", "value": "due"}, {"field": "invoice", "op": "is_empty"},
            {"field": "contract.status", "op": "in", "value": sorted(states.AGREED)},
        ]}  # fmt: skip
        return reads.ids(ctx, "contract_instalment", where, limit=_MOST)


def _invoice(ctx: Context, instalment: UUID) -> None:
    """Make the draft of an instalment that is due, and tell the owner of the contract."""
    row = plans.read(ctx, [instalment]).get(instalment)
    if row is None:
        return
    contract = moving.held(ctx, row["contract"])
    if plans.read(ctx, [instalment])[instalment]["invoice"] is not None:
        return
    owner = contract["owner"]
    languages = languages_of(ctx, [owner] if owner else [])
    made, number = invoicing.invoice(ctx, contract, instalment)
    for member, language in languages.items():
        params = {"name": row["name"], "contract": moving.called(contract), "number": number}
        notify(
            ctx, [Notice(member, "contract", sentence("contracts.told_due", params, language), None, "invoice", made)]
        )


def _held(ctx: Context, where: Any) -> dict[UUID, dict[str, Any]]:
    ids = reads.ids(ctx, "contract", where)
    return locking.lock(ctx, ctx.snapshot.object("contract"), sorted(ids), "edit", ()) if ids else {}
