"""Sending an approval back, to a node that it has passed or to its submitter, who submits it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.capabilities.approvals import store, telling
from guanxi.capabilities.approvals.deciding import ApprovalNow, Hand, change_held, in_hand, noted, now
from guanxi.capabilities.approvals.kinds import DECISIONS, corr
from guanxi.capabilities.approvals.moving import own
from guanxi.capabilities.approvals.store import OPEN, Task
from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.definition import Definition
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.runs import Token
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.infra.errors import BadRequest, Conflict

START = "start"
"""Where an approval is sent back to when it is its submitter who has to do something."""
RESUBMIT = "resubmit"


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
    definition = hand.version.definition
    if params.to != START and params.to not in passed(definition, store.tasks(ctx, hand.approval.id), hand.task.node):
        raise BadRequest("approvals.not_passed", {"node": params.to[:40]})
    hand.task.state, hand.task.acted_at, hand.task.acted_by, hand.task.comment = (
        "returned", ctx.now, ctx.author, params.comment,
    )  # fmt: skip
    token = hand.token
    _cut_off(hand, token, params.to)
    noted(hand, "return", params.comment, {"to": params.to})
    token.is_changed = True
    if params.to == START:
        token.corr, token.wake_at = f"{RESUBMIT}:{hand.approval.id}", None
        store.set_state(ctx, hand.approval, "returned")
        telling.returned(ctx, hand.approval)
    else:
        token.node, token.state, token.wake_at, token.corr = params.to, "ready", ctx.now, None
        again = {params.to, *definition.after(params.to)}
        decided = hand.run.data.get(DECISIONS, {})
        hand.run.data[DECISIONS] = {node: one for node, one in decided.items() if node not in again}
    hand.run.note(token, "returned", None, {"to": params.to})
    keep(ctx, [hand.run])
    wake(ctx)
    return now(hand.approval)


def passed(definition: Definition, tasks: Sequence[Task], node: str) -> list[str]:
    """The nodes on the way to a node at which somebody has approved: where it can be sent back to."""
    decided = dict.fromkeys(one.node for one in tasks if one.state == "approved" and one.acted_by is not None)
    return [one for one in decided if one != node and one in definition.nodes and node in definition.after(one)]


def _cut_off(hand: Hand, token: Token, to: str) -> None:
    """End whatever runs beside the token that begins again from where it is sent to, and take its tasks back.

    Ways that were parted from behind that place begin again with it; those that were parted before go on.
    """
    ctx, definition = hand.ctx, hand.version.definition
    splits = runs.split_at(ctx, hand.run.id, token.forks)
    left = 0 if to == START else len(token.forks)
    for place, fork in enumerate(token.forks if to != START else ()):
        split = splits.get(fork)
        if split is None or split == to or split in definition.after(to):
            left = place
            break
    dropped = set(token.forks[left:])
    for one in hand.run.live:
        if one is not token and (to == START or one.id in dropped or dropped.intersection(one.forks)):
            one.is_gone = True
    token.forks = token.forks[:left]
    going = {one.corr for one in hand.run.live if one is not token}
    taken = [
        one
        for one in store.tasks(ctx, hand.approval.id)
        if one.state in OPEN and one.id != hand.task.id and corr(hand.approval.id, one.node) not in going
    ]
    for one in taken:
        one.state, one.acted_at = "cancelled", ctx.now
    store.keep_tasks(ctx, [hand.task, *taken])


@dataclass(frozen=True)
class ResubmitApproval:
    """The approval that was sent back, and the change as it is now."""

    approval: UUID
    values: Mapping[str, Any] = field(default_factory=dict)
    comment: str | None = None


@action("approvals.resubmit", params=ResubmitApproval)
def resubmit(ctx: Context, params: ResubmitApproval) -> ApprovalNow:
    """Give an approval that was sent back to those who decide again, from the first step on."""
    hand = own(ctx, params.approval)
    if hand.approval.state != "returned":
        raise Conflict("approvals.not_returned", {"id": str(params.approval)})
    if hand.approval.pending is not None:
        change_held(hand, params.values)
    store.set_state(ctx, hand.approval, "pending")
    noted(hand, "resubmit", params.comment)
    (token,) = hand.run.live
    start = hand.version.definition.start or token.node
    token.node, token.state, token.wake_at, token.corr, token.is_changed = start, "ready", ctx.now, None, True
    hand.run.data[DECISIONS] = {}
    hand.run.note(token, "resubmitted")
    keep(ctx, [hand.run])
    wake(ctx)
    return now(hand.approval)
