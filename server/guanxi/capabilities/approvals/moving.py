"""Passing a task on, having others asked, sending back, taking back, urging, commenting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from guanxi.capabilities.approvals import asking, store, telling
from guanxi.capabilities.approvals.deciding import ApprovalNow, Hand, change_held, in_hand, locked
from guanxi.capabilities.approvals.kinds import DECISIONS
from guanxi.capabilities.approvals.store import OPEN, Approval, Task
from guanxi.capabilities.flows import people
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.infra.errors import BadRequest, Conflict, LimitReached, NotAllowed

URGE_EVERY = timedelta(minutes=30)
START = "start"
"""Where an approval is sent back to when it is its submitter who has to do something."""
RESUBMIT = "resubmit"


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
    _askable(hand, [params.to])
    made = asking.passed_on(ctx, hand.task, params.to)
    hand.task.acted_by, hand.task.comment = ctx.author, params.comment
    store.keep_tasks(ctx, [hand.task, made])
    _note(hand, "transfer", params.comment, {"to": str(params.to)})
    telling.asked(ctx, hand.approval, [made])
    return _now(hand.approval)


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
    _askable(hand, params.people)
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
    kind: Any = f"add_{params.when}"
    _note(hand, kind, params.comment, {"people": [str(one) for one in params.people]})
    telling.asked(ctx, hand.approval, made)
    return _now(hand.approval)


@dataclass(frozen=True)
class ReturnTask:
    """The task, the node that decides again (``start``: the submitter), and why."""

    task: UUID
    to: str
    comment: str


@action("approvals.return", params=ReturnTask)
def send_back(ctx: Context, params: ReturnTask) -> ApprovalNow:
    """Send the approval back to a node that it has passed, whose people decide again, or to its submitter (退回)."""
    hand = in_hand(ctx, params.task)
    passed = {one.node for one in store.tasks(ctx, hand.approval.id) if one.state == "approved"} - {hand.task.node}
    if params.to != START and params.to not in passed:
        raise BadRequest("approvals.not_passed", {"node": params.to[:40]})
    hand.task.state, hand.task.acted_at, hand.task.acted_by, hand.task.comment = (
        "returned", ctx.now, ctx.author, params.comment,
    )  # fmt: skip
    others = [one for one in store.tasks(ctx, hand.approval.id) if one.state in OPEN and one.id != hand.task.id]
    for one in others:
        one.state, one.acted_at = "cancelled", ctx.now
    store.keep_tasks(ctx, [hand.task, *others])
    _note(hand, "return", params.comment, {"to": params.to})
    token = hand.token
    for one in hand.run.live:
        one.is_gone = one is not token  # whatever ran beside it begins again from where it is sent to
    token.forks, token.is_changed = (), True
    if params.to == START:
        token.corr, token.wake_at = f"{RESUBMIT}:{hand.approval.id}", None
        store.set_state(ctx, hand.approval, "returned")
        telling.returned(ctx, hand.approval)
    else:
        token.node, token.state, token.wake_at, token.corr = params.to, "ready", ctx.now, None
    hand.run.note(token, "returned", None, {"to": params.to})
    keep(ctx, [hand.run])
    wake(ctx)
    return _now(hand.approval)


@dataclass(frozen=True)
class ResubmitApproval:
    """The approval that was sent back, and the change as it is now."""

    approval: UUID
    values: Mapping[str, Any] = field(default_factory=dict)
    comment: str | None = None


@action("approvals.resubmit", params=ResubmitApproval)
def resubmit(ctx: Context, params: ResubmitApproval) -> ApprovalNow:
    """Give an approval that was sent back to those who decide again, from the first step on."""
    hand = _own(ctx, params.approval)
    if hand.approval.state != "returned":
        raise Conflict("approvals.not_returned", {"id": str(params.approval)})
    if hand.approval.pending is not None:
        change_held(hand, params.values)
    store.set_state(ctx, hand.approval, "pending")
    _note(hand, "resubmit", params.comment)
    (token,) = hand.run.live
    start = hand.version.definition.start or token.node
    token.node, token.state, token.wake_at, token.corr, token.is_changed = start, "ready", ctx.now, None, True
    hand.run.data[DECISIONS] = {}
    hand.run.note(token, "resubmitted")
    keep(ctx, [hand.run])
    wake(ctx)
    return _now(hand.approval)


@dataclass(frozen=True)
class OfApproval:
    """The approval, and what is said of it."""

    approval: UUID
    comment: str | None = None


@action("approvals.withdraw", params=OfApproval)
def withdraw(ctx: Context, params: OfApproval) -> ApprovalNow:
    """Take back what one has submitted, as long as it is not decided (撤回)."""
    hand = _own(ctx, params.approval)
    if hand.approval.state not in ("pending", "returned"):
        raise Conflict("approvals.decided_already", {"id": str(params.approval)})
    for token in hand.run.live:
        hand.run.note(token, "withdrawn")
        token.is_gone = True
    hand.run.state = "cancelled"
    keep(ctx, [hand.run])
    store.set_state(ctx, hand.approval, "withdrawn")
    _note(hand, "withdraw", params.comment)
    return _now(hand.approval)


@action("approvals.urge", params=OfApproval)
def urge(ctx: Context, params: OfApproval) -> ApprovalNow:
    """Remind those who have not decided (催办), at most every half hour."""
    hand = _own(ctx, params.approval)
    waiting = [one for one in store.tasks(ctx, params.approval) if one.state == "open" and one.kind != "cc"]
    if hand.approval.state != "pending" or not waiting:
        raise Conflict("approvals.decided_already", {"id": str(params.approval)})
    if any(one.urged_at is not None and one.urged_at > ctx.now - URGE_EVERY for one in waiting):
        raise LimitReached("approvals.urged_lately", {"minutes": int(URGE_EVERY.total_seconds() // 60)})
    for one in waiting:
        one.urged_at = ctx.now
    store.keep_tasks(ctx, waiting)
    _note(hand, "urge", params.comment)
    telling.urged(ctx, hand.approval, waiting)
    return _now(hand.approval)


@action("approvals.comment", params=OfApproval)
def comment(ctx: Context, params: OfApproval) -> ApprovalNow:
    """Say something about an approval that one takes part in."""
    approval = store.get(ctx, params.approval)
    if not takes_part(ctx, approval, store.tasks(ctx, approval.id)):
        raise store.absent(params.approval)
    if not (params.comment or "").strip():
        raise BadRequest("approvals.comment_missing")
    store.note(ctx, approval.id, "comment", member=ctx.author, comment=params.comment)
    return _now(approval)


def takes_part(ctx: Context, approval: Approval, tasks: Sequence[Task]) -> bool:
    """Whether the actor submitted the approval, is or was asked, is told of it, or looks after automation."""
    me = {ctx.actor.member_id, *ctx.actor.delegators}
    return approval.submitter in me or any(one.assignee in me for one in tasks) or ctx.actor.may("automation")


def _own(ctx: Context, id_: UUID) -> Hand:
    hand = locked(ctx, id_)
    if hand.approval.submitter not in {ctx.actor.member_id, *ctx.actor.delegators}:
        if not takes_part(ctx, hand.approval, store.tasks(ctx, id_)):
            raise store.absent(id_)
        raise NotAllowed("approvals.submitter_only")
    return hand


def _askable(hand: Hand, ids: Sequence[UUID]) -> None:
    """Refuse people who do not work here, or are asked at this node already."""
    if not ids:
        raise BadRequest("approvals.nobody")
    gone = [one for one in ids if not people.works_here(hand.ctx, one)]
    if gone:
        raise BadRequest("approvals.not_here", {"member": str(gone[0])})
    asked = {one.assignee for one in hand.siblings() if one.state in OPEN}
    if asked.intersection(ids):
        raise BadRequest("approvals.asked_already")


def _note(hand: Hand, kind: Any, said: str | None, more: Mapping[str, Any] | None = None) -> None:
    task = hand.task.id if hand.task else None
    node = hand.task.node if hand.task else None
    store.note(hand.ctx, hand.approval.id, kind, member=hand.ctx.author, task=task, node=node, comment=said, more=more)


def _now(approval: Approval) -> ApprovalNow:
    return {"approval": str(approval.id), "state": approval.state}
