"""Asking people at a node: who they are, in which order, what is decided without them, and what becomes of the late."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.capabilities.approvals import store, tally, telling
from guanxi.capabilities.approvals.held import image_of
from guanxi.capabilities.approvals.rules import Asked, asked
from guanxi.capabilities.approvals.store import Approval, Task
from guanxi.capabilities.flows import people
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.kinds.logic import later
from guanxi.capabilities.flows.live import Version
from guanxi.capabilities.flows.people import Subject
from guanxi.capabilities.flows.runs import Run
from guanxi.engine.context import Context
from guanxi.engine.records.titles import titles
from guanxi.kit.ids import uuid7


def begin(ctx: Context, version: Version, run: Run) -> Approval:
    """The approval of a run that was not submitted but set off by what happened; nothing is held."""
    title = ""
    if run.object and run.record:
        title = titles(ctx.as_system(), {(run.object, run.record)}).get((run.object, run.record), "")
    made = Approval(
        uuid7(),
        run.id,
        run.flow,
        run.object,
        run.record,
        "after",
        None,
        "pending",
        run.starter,
        title,
        ctx.now,
        None,
        None,
    )
    store.add(ctx, made)
    store.note(ctx, made.id, "start", member=run.starter)
    return made


def ask(batch: Batch, approval: Approval, chosen: Sequence[UUID] = ()) -> str | None:
    """Make the tasks of a node; what is decided at once, if anything is. ``chosen``: by the submitter, for this node."""
    ctx, settings, node = batch.ctx, batch.settings, batch.node.id
    before = store.tasks(ctx, approval.id)
    who = who_is_asked(
        ctx,
        settings,
        replace(subject_of(ctx, approval), chosen=chosen),
        {one.assignee for one in before if one.state == "approved" and one.acted_by is not None},
    )
    if who.decided is not None:
        kind: Any = "auto_approve" if who.decided == "approved" else "auto_reject"
        store.note(ctx, approval.id, kind, node=node, more={"why": "empty"})
        return who.decided
    turn = max((one.round for one in before if one.node == node), default=0) + 1
    in_turn = settings.get("mode") == "in_turn"
    made = [
        store.new_task(
            ctx, approval.id, node, one, round=turn, position=place if in_turn else 0, due_at=due(batch),
            state="open" if place == 0 or not in_turn else "queued",
        )
        for place, one in enumerate(who.people)
    ]  # fmt: skip
    for one, why in who.passed:
        made.append(
            store.new_task(ctx, approval.id, node, one, round=turn, state="approved", acted_at=ctx.now, position=-1)
        )
        store.note(
            ctx, approval.id, "repeat" if why == "repeat" else "auto_approve", member=one, node=node, more={"why": why}
        )
    store.keep_tasks(ctx, made)
    telling.asked(ctx, approval, [one for one in made if one.state == "open"])
    return tally.verdict(settings.get("mode") or "any", made, settings.get("percent") or 50)


def who_is_asked(ctx: Context, settings: Mapping[str, Any], subject: Subject, earlier: Collection[UUID]) -> Asked:
    """The people of a node after its special cases; ``earlier`` have approved before."""
    empty = settings.get("empty") or "administrator"
    named = settings.get("instead") if empty == "members" else None
    return asked(
        people.resolve(ctx, settings["people"], subject),
        subject.starter,
        earlier,
        empty=empty,
        itself=settings.get("itself") or "ask",
        repeat=settings.get("repeat") or "ask",
        instead=people.resolve(ctx, named, subject) if named else people.administrators(ctx),
        superior=lambda one: people.superior_of(ctx, one),
    )


def subject_of(ctx: Context, approval: Approval) -> Subject:
    """Whom and what an approval is about, as people are found by it."""
    obj = ctx.snapshot.objects.get(approval.object or "")
    if obj is None:
        return Subject(approval.object, approval.record, {}, approval.submitter)
    image = image_of(ctx, obj, approval.record, approval.pending or {}, approval.submitter)
    return Subject(obj.key, approval.record, image.values, approval.submitter)


def copy(batch: Batch, approval: Approval) -> None:
    """Tell people of the approval."""
    ctx = batch.ctx
    found = people.resolve(ctx, batch.settings["people"], subject_of(ctx, approval))
    made = [store.new_task(ctx, approval.id, batch.node.id, one, kind="cc") for one in dict.fromkeys(found)]
    store.keep_tasks(ctx, made)
    for one in made:
        store.note(ctx, approval.id, "cc", member=one.assignee, node=batch.node.id)
    telling.copied(ctx, approval, made)


def due(batch: Batch) -> datetime | None:
    """When those who are asked now are late."""
    limit = batch.settings.get("limit")
    return later(batch.ctx, limit) if limit else None


def late(batch: Batch, approval: Approval, tasks: Sequence[Task]) -> str | None:
    """What becomes of tasks whose time is over: reminded, passed on, or decided."""
    ctx, node = batch.ctx, batch.node.id
    what = batch.settings.get("late") or "remind"
    waiting = [one for one in tasks if one.state == "open" and one.due_at is not None and one.due_at <= ctx.now]
    if not waiting:
        return None
    if what in ("approve", "reject"):
        decided: Any = "approved" if what == "approve" else "rejected"
        for one in tasks:
            one.state, one.acted_at = decided if one in waiting else "cancelled", ctx.now
        store.keep_tasks(ctx, tasks)
        store.note(
            ctx, approval.id, "auto_approve" if what == "approve" else "auto_reject", node=node, more={"why": "late"}
        )
        return decided
    made: list[Task] = []
    for one in waiting:
        one.due_at = due(batch)
        above = people.superior_of(ctx, one.assignee) if what == "superior" else None
        if above is None:
            store.note(ctx, approval.id, "remind", member=one.assignee, task=one.id, node=node)
            continue
        made.append(passed_on(ctx, one, above))
        store.note(ctx, approval.id, "escalate", member=one.assignee, task=one.id, node=node, more={"to": str(above)})
    store.keep_tasks(ctx, [*waiting, *made])
    telling.asked(ctx, approval, [*(one for one in waiting if one.state == "open"), *made])
    return None


def passed_on(ctx: Context, one: Task, to: UUID) -> Task:
    """The task of somebody who takes over from another, whose own is closed."""
    one.state, one.acted_at = "transferred", ctx.now
    return store.new_task(
        ctx, one.approval, one.node, to, round=one.round, position=one.position, kind=one.kind, weight=one.weight,
        due_at=one.due_at,
    )  # fmt: skip
