"""Passing a task on, having others asked, taking back, urging."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from guanxi.capabilities.approvals import askable, asking, store, telling
from guanxi.capabilities.approvals.deciding import ApprovalNow, Hand, in_hand, locked, noted, now, settle
from guanxi.capabilities.approvals.store import OPEN, Approval, Task
from guanxi.capabilities.flows.keeping import keep
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.audit.kinds import kind
from guanxi.engine.context import Context
from guanxi.infra.errors import BadRequest, Conflict, LimitReached, NotAllowed

URGE_EVERY = timedelta(minutes=30)
REASSIGNED = kind("approval_reassigned", "data").key


@dataclass(frozen=True)
class TransferTask:
    """The task, who decides instead, and why."""

    task: UUID
    to: UUID
    comment: str | None = None


@action("approvals.transfer", params=TransferTask)
def transfer(ctx: Context, params: TransferTask) -> ApprovalNow:
    """Give one's task to somebody else, who decides instead (转交)."""
    hand = in_hand(ctx, params.task)
    if params.to == hand.task.assignee:
        raise BadRequest("approvals.transfer_to_self")
    askable.check_at(ctx, hand.approval, hand.task, [params.to])
    made = asking.passed_on(ctx, hand.task, params.to)
    hand.task.acted_by, hand.task.comment = ctx.author, params.comment
    store.keep_tasks(ctx, [hand.task, made])
    noted(hand, "transfer", params.comment, {"to": str(params.to)})
    telling.asked(ctx, hand.approval, [made])
    return now(hand.approval)


@dataclass(frozen=True)
class ReassignTask:
    """Somebody's task, who decides instead, and why."""

    task: UUID
    to: UUID
    comment: str | None = None


@action("approvals.reassign", params=ReassignTask, permission="automation")
def reassign(ctx: Context, params: ReassignTask) -> ApprovalNow:
    """Give somebody's task that is not decided to somebody else (改派): by who looks after automation and did not submit it."""
    task = store.task(ctx, params.task)
    hand = locked(ctx, task.approval, task)
    hand.task = task = store.task(ctx, params.task)
    if hand.approval.submitter in {ctx.actor.member_id, *ctx.actor.delegators}:
        raise NotAllowed("approvals.reassign_own")
    if task.kind == "cc" or task.state not in OPEN or hand.approval.state != "pending":
        raise Conflict("approvals.decided_already", {"id": str(params.task)})
    askable.check_at(ctx, hand.approval, task, [params.to])
    state = task.state
    made = asking.passed_on(ctx, task, params.to)
    made.state, task.acted_by, task.comment = state, ctx.author, params.comment
    store.keep_tasks(ctx, [task, made])
    noted(hand, "transfer", params.comment, {"to": str(params.to)})
    told = {"approval": str(hand.approval.id), "title": hand.approval.title or "—"}
    note(ctx, REASSIGNED, object=hand.approval.object, record=hand.approval.record, details=told)
    if state == "open":
        telling.asked(ctx, hand.approval, [made])
    return now(hand.approval)


@dataclass(frozen=True)
class AddApprovers:
    """The task, who is asked too, and when: before oneself, after, or at the same time."""

    task: UUID
    people: Sequence[UUID]
    when: Literal["before", "after", "with"]
    comment: str | None = None


@action("approvals.add", params=AddApprovers)
def add(ctx: Context, params: AddApprovers) -> ApprovalNow:
    """Have others asked too (加签): before oneself, at the same time, or after, which approves one's own task."""
    hand = in_hand(ctx, params.task)
    askable.check_at(ctx, hand.approval, hand.task, params.people)
    mine = hand.task
    after = params.when == "after"
    made = [
        store.new_task(
            ctx, mine.approval, mine.node, one, round=mine.round, origin=mine.id, due_at=mine.due_at,
            position=mine.position + (1 if after else 0), kind=mine.kind,
        )
        for one in dict.fromkeys(params.people)
    ]  # fmt: skip
    if params.when == "before":
        mine.state, mine.position = "queued", mine.position + 1
    elif after:
        mine.state, mine.acted_at, mine.acted_by, mine.comment = "approved", ctx.now, ctx.author, params.comment
    later = (
        [one for one in hand.siblings() if one.state == "queued" and one.id != mine.id] if params.when != "with" else []
    )
    for one in later:
        one.position += 1
    store.keep_tasks(ctx, [mine, *later, *made])
    said: Any = f"add_{params.when}"
    noted(hand, said, params.comment, {"people": [str(one) for one in params.people]})
    telling.asked(ctx, hand.approval, made)
    if after:
        settle(hand)
    return now(hand.approval)


@dataclass(frozen=True)
class OfApproval:
    """The approval, and what is said of it."""

    approval: UUID
    comment: str | None = None


@action("approvals.withdraw", params=OfApproval)
def withdraw(ctx: Context, params: OfApproval) -> ApprovalNow:
    """Take back what one has submitted, as long as it is not decided (撤回); who looks after automation may do so too."""
    hand = own(ctx, params.approval, keeper=True)
    if hand.approval.state not in ("pending", "returned"):
        raise Conflict("approvals.decided_already", {"id": str(params.approval)})
    for token in hand.run.live:
        hand.run.note(token, "withdrawn")
        token.is_gone = True
    hand.run.state = "cancelled"
    keep(ctx, [hand.run])
    store.set_state(ctx, hand.approval, "withdrawn")
    noted(hand, "withdraw", params.comment)
    return now(hand.approval)


@action("approvals.urge", params=OfApproval)
def urge(ctx: Context, params: OfApproval) -> ApprovalNow:
    """Remind those who have not decided (催办), at most every half hour."""
    hand = own(ctx, params.approval)
    waiting = [one for one in store.tasks(ctx, params.approval) if one.state == "open" and one.kind != "cc"]
    if hand.approval.state != "pending" or not waiting:
        raise Conflict("approvals.decided_already", {"id": str(params.approval)})
    if any(one.urged_at is not None and one.urged_at > ctx.now - URGE_EVERY for one in waiting):
        raise LimitReached("approvals.urged_lately", {"minutes": int(URGE_EVERY.total_seconds() // 60)})
    for one in waiting:
        one.urged_at = ctx.now
    store.keep_tasks(ctx, waiting)
    noted(hand, "urge", params.comment)
    telling.urged(ctx, hand.approval, waiting)
    return now(hand.approval)


def takes_part(ctx: Context, approval: Approval, tasks: Sequence[Task]) -> bool:
    """Whether the actor submitted the approval, is or was asked, is told of it, or looks after automation."""
    me = {ctx.actor.member_id, *ctx.actor.delegators}
    return approval.submitter in me or any(one.assignee in me for one in tasks) or ctx.actor.may("automation")


def own(ctx: Context, id_: UUID, *, keeper: bool = False) -> Hand:
    """An approval that the actor submitted, or somebody they stand in for, locked; with ``keeper`` any approval for who
    looks after automation."""
    hand = locked(ctx, id_)
    mine = hand.approval.submitter in {ctx.actor.member_id, *ctx.actor.delegators}
    if not mine and not (keeper and ctx.actor.may("automation")):
        if not takes_part(ctx, hand.approval, store.tasks(ctx, id_)):
            raise store.absent(id_)
        raise NotAllowed("approvals.submitter_only")
    return hand
