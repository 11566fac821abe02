"""Accepting a lead in time, and what becomes of those that nobody accepts."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.areas.pools.api import PoolUnknown, ReleaseRecords, release_records
from guanxi.areas.sales.assigning import giving
from guanxi.areas.sales.assigning.candidates import CLOSED
from guanxi.areas.sales.assigning.giving import AWAITS, EXPIRE
from guanxi.areas.sales.assigning.models import HISTORY, Rule
from guanxi.areas.sales.grading.models import LEAD
from guanxi.capabilities.flows.people import superior_of
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.titles import titles
from guanxi.engine.records.writes import Change
from guanxi.infra.i18n import sentence
from guanxi.infra.jobs import job
from guanxi.infra.jobs.regular import regular

log = logging.getLogger("guanxi.sales")
AT_ONCE = 500
_FIELDS = ("lead", "member", "rule", "round")


def waiting(ctx: Context, lead: UUID) -> tuple[UUID, dict[str, Any]] | None:
    """The assignment of a lead that is still to be accepted."""
    system = ctx.as_system()
    where = {"and": [
        {"field": "lead", "op": "eq", "value": str(lead)}, {"field": "state", "op": "eq", "value": "waiting"},
    ]}  # fmt: skip
    rows = reads.native(system, HISTORY, reads.ids(system, HISTORY, where), ("member", "due_at"))
    return next(iter(rows.items()), None)


def answer(ctx: Context, ones: Sequence[UUID], state: str) -> None:
    """Note what became of assignments."""
    values = {"state": state, "answered_at": ctx.now.isoformat()}
    writes.update(ctx.as_system(), HISTORY, [Change(one, values) for one in ones])


@job(EXPIRE)
def expire_job(payload: Mapping[str, Any]) -> None:
    """Give what was not accepted in time to others; payload: workspace. Safe to repeat."""
    row = WorkspaceRow.objects.filter(pk=payload["workspace"]).first()
    if row is not None:
        expire(engine_workspace(row))


@regular("sales.assignments")
def look_everywhere() -> None:
    """What was not accepted in time, and what waits for somebody to be there, in every workspace."""
    for row in WorkspaceRow.objects.order_by("pk"):
        try:
            expire(engine_workspace(row))
            assign_waiting(engine_workspace(row))
        except Exception:
            log.exception("the leads of %s could not be assigned", row.slug)


def expire(workspace: Workspace, now: Any = None) -> int:
    """Have everything that is due given to somebody else; how many assignments ended."""
    count, more = 0, True
    while more:
        with work(workspace, SYSTEM, via="job", now=now, label={"assigned": True}) as ctx:
            ended = _part(ctx) if HISTORY in ctx.snapshot.objects else 0
        count, more = count + ended, ended > 0
    return count


def assign_waiting(workspace: Workspace, now: Any = None) -> int:
    """Try once more to assign what waits for somebody to be there; how many leads were given."""
    with work(workspace, SYSTEM, via="job", now=now, label={"assigned": True}) as ctx:
        if AWAITS not in ctx.snapshot.object(LEAD).fields:
            return 0
        where = {"field": AWAITS, "op": "eq", "value": True}
        query = reads.Query(select=("name",), where=where, limit=reads.MAX_LIMIT)
        leads = [UUID(row["id"]) for row in reads.page(ctx, LEAD, query).rows]
        return len(giving.assign(ctx, leads).given) if leads else 0


def _part(ctx: Context) -> int:
    where = {"and": [
        {"field": "state", "op": "eq", "value": "waiting"},
        {"field": "due_at", "op": "lte", "value": ctx.now.isoformat()},
    ]}  # fmt: skip
    query = reads.Query(select=("lead",), where=where, limit=reads.MAX_LIMIT)
    found = {UUID(row["id"]): UUID(row["lead"]["id"]) for row in reads.page(ctx, HISTORY, query).rows}
    if not found:
        return 0
    # Leads first, as whoever accepts or edits one does; whoever was faster is seen after the lock.
    leads = locking.lock(ctx, ctx.snapshot.object(LEAD), sorted(set(found.values())), "edit", ())
    kept = locking.lock(ctx, ctx.snapshot.object(HISTORY), sorted(found), "edit", ())
    due = {id_: row for id_, row in kept.items() if row["state"] == "waiting"}
    idle = {id_: row for id_, row in due.items() if _is_idle(leads[row["lead"]], row)}
    answer(
        ctx,
        [id_ for id_, row in due.items() if id_ not in idle and leads[row["lead"]]["owner"] == row["member"]],
        "accepted",
    )
    answer(
        ctx,
        [id_ for id_, row in due.items() if id_ not in idle and leads[row["lead"]]["owner"] != row["member"]],
        "replaced",
    )
    answer(ctx, list(idle), "expired")
    if idle:
        _pass_on(ctx, {row["lead"]: row for row in idle.values()}, leads)
    return len(due)


def _is_idle(lead: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether nothing came of an assignment: the lead is open and still theirs."""
    return lead["owner"] == row["member"] and lead["status"] not in CLOSED


def _pass_on(ctx: Context, last: Mapping[UUID, Mapping[str, Any]], leads: Mapping[UUID, dict[str, Any]]) -> None:
    """To somebody who was not asked yet; when all were, to where the rule says."""
    rows = {lead: leads[lead] for lead in last}
    asked = _asked(ctx, {lead: row["round"] or 1 for lead, row in last.items()})
    given, over = giving.again(ctx, rows, {lead: row["rule"] for lead, row in last.items()}, asked)
    giving.keep(ctx, rows, given, "expired")
    for lead, rule in over.items():
        _end(ctx, lead, rule, last[lead])


def _asked(ctx: Context, rounds: Mapping[UUID, int]) -> dict[UUID, set[UUID]]:
    """Who was given each lead in its present round."""
    where = {"field": "lead", "op": "in", "value": [str(one) for one in rounds]}
    found: dict[UUID, set[UUID]] = {lead: set() for lead in rounds}
    for row in reads.native(ctx, HISTORY, reads.ids(ctx, HISTORY, where), ("lead", "member", "round")).values():
        if row["round"] == rounds[row["lead"]] and row["member"]:
            found[row["lead"]].add(row["member"])
    return found


def _end(ctx: Context, lead: UUID, rule: Rule | None, last: Mapping[str, Any]) -> None:
    """Into the pool or to the superior of whoever was asked last; it stays where there is neither."""
    if rule is not None and rule.otherwise == "pool":
        try:
            release_records(
                ctx, ReleaseRecords(LEAD, [lead], rule.pool, sentence("sales.nobody_accepted", {}, ctx.language))
            )
        except PoolUnknown:
            pass
        else:
            _note(ctx, lead, None, rule, last, "pooled")
            return
    superior = superior_of(ctx, last["member"])
    if superior is not None:
        writes.update(ctx, LEAD, [Change(lead, {"owner": str(superior)})])
        _note(ctx, lead, superior, rule, last, "given")


def _note(
    ctx: Context, lead: UUID, member: UUID | None, rule: Rule | None, last: Mapping[str, Any], state: str
) -> None:
    name = titles(ctx, {("member", member)}).get(("member", member), "") if member else ""
    code = "sales.assigned_to" if member else "sales.assigned_pooled"
    writes.create(ctx, HISTORY, [{
        "name": sentence(code, {"member": name}, ctx.language), "lead": str(lead),
        "member": str(member) if member else None, "rule": str(rule.id) if rule else None, "state": state,
        "at": ctx.now.isoformat(), "round": last["round"],
        "reasons": {"rule": rule.name if rule else None, "why": "nobody_accepted"},
    }])  # fmt: skip
    if member:
        giving.tell_one(ctx, member, lead, "sales.told_nobody_accepted")
