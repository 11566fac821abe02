"""What those who are asked may do: approve, reject, pass on, have others asked, send back; and the submitter: withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.capabilities.approvals import store, tally, telling
from guanxi.capabilities.approvals.held import ALLOWED, held_by
from guanxi.capabilities.approvals.kinds import DECISIONS, corr, decisions, ends
from guanxi.capabilities.approvals.store import OPEN, Approval, NoteKind, Task
from guanxi.capabilities.approvals.submitting import needed
from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.definition import Node
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.capabilities.flows.live import Version, version_of
from guanxi.capabilities.flows.runs import Run, Token
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.acting import acting
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.infra.errors import BadRequest, Conflict, FieldError, Invalid, NotAllowed, NotFound
from guanxi.infra.http.shapes import Id


class ApprovalNow(TypedDict):
    """How the approval stands after it."""

    approval: Id
    state: str


@dataclass(frozen=True)
class DecideTask:
    """The decision; ``values`` are changes of the fields that the node lets one edit."""

    task: UUID
    decision: Literal["approve", "reject"]
    comment: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Hand:
    """An approval in hand: locked with its run, the task that is acted on, the node it is at."""

    ctx: Context
    approval: Approval
    run: Run
    version: Version
    task: Task

    @property
    def node(self) -> Node:
        """The node."""
        return self.version.definition.nodes[self.task.node]

    @property
    def token(self) -> Token:
        """The token that waits for the node's people."""
        wanted = corr(self.approval.id, self.task.node)
        return next(one for one in self.run.live if one.corr == wanted)

    def siblings(self) -> list[Task]:
        """The tasks of this round at the node."""
        ones = store.tasks(self.ctx, self.approval.id, self.task.node)
        return [one for one in ones if one.round == self.task.round and one.kind != "cc"]

    def go_on(self, port: str) -> None:
        """Have the token leave; the rest is done with the rights of the flow's actor, by whoever works off what is due.

        A rejection that leads nowhere is the end, whatever else is still being decided about.
        """
        token = self.token
        if ends(self.node, port):
            for other in self.run.live:
                other.is_gone = other is not token
        token.wake_at, token.port, token.is_changed = self.ctx.now, port, True
        self.run.data[DECISIONS] = decisions(self.run, self.task.node, port)
        keep(self.ctx, [self.run])
        wake(self.ctx)


@action("approvals.decide", params=DecideTask)
def decide(ctx: Context, params: DecideTask) -> ApprovalNow:
    """Approve or reject, for oneself or for somebody one stands in for."""
    hand = in_hand(ctx, params.task)
    if params.decision == "reject" and "rejected" not in ports_of(hand.node):
        raise BadRequest("approvals.cannot_reject")
    _edit(hand, params.values)
    mine = hand.task
    mine.state = "approved" if params.decision == "approve" else "rejected"
    _acted(ctx, mine, params.comment)
    store.keep_tasks(ctx, [mine])
    noted(hand, params.decision, params.comment)
    settle(hand)
    return now(hand.approval)


def settle(hand: Hand) -> None:
    """Open the tasks whose turn has come, or decide the node if that is enough."""
    ctx, settings = hand.ctx, hand.node.settings
    mode = settings.get("mode") or "any"
    ones = hand.siblings()
    found = tally.verdict(mode, ones, settings.get("percent") or 50)
    if found is None:
        turn = tally.opened(mode, ones)
        for one in turn:
            one.state, one.created_at = "open", ctx.now
        store.keep_tasks(ctx, turn)
        telling.asked(ctx, hand.approval, turn)
        return
    left = [one for one in ones if one.state in OPEN]
    for one in left:
        one.state, one.acted_at = "cancelled", ctx.now
    store.keep_tasks(ctx, left)
    hand.go_on(found)


def in_hand(ctx: Context, task_id: UUID) -> Hand:
    """The task with its approval, locked; refused for those who are not asked, and when it is decided already."""
    task = store.task(ctx, task_id)
    hand = locked(ctx, task.approval, task)
    # Read again behind the lock: somebody else may have decided meanwhile.
    hand.task = store.task(ctx, task_id)
    if hand.task.assignee not in {ctx.actor.member_id, *ctx.actor.delegators}:
        raise NotFound("approvals.no_such_task", {"id": str(task_id)})
    if hand.task.assignee != ctx.actor.member_id and hand.approval.submitter == ctx.actor.member_id:
        raise NotAllowed("approvals.not_the_submitter")  # nobody stands in for those who judge what they submitted
    if hand.task.state != "open" or hand.approval.state != "pending":
        raise Conflict("approvals.decided_already", {"id": str(task_id)})
    return hand


def locked(ctx: Context, approval_id: UUID, task: Task | None = None) -> Hand:
    """An approval with its run, locked."""
    approval = store.get(ctx, approval_id, lock=True)
    if not ctx.actor.in_scope(approval.object or "*", write=True):
        raise NotAllowed("approvals.not_for_programs")
    (run,) = runs.take(ctx, [approval.run])
    version = version_of(ctx, run.version)
    if version is None:
        raise store.absent(approval_id)
    return Hand(ctx, approval, run, version, task)  # type: ignore[arg-type]


def _edit(hand: Hand, values: Mapping[str, Any]) -> None:
    """Take the changes of a decider into what is held."""
    rights = hand.node.settings.get("rights") or {}
    refused = [FieldError(key, "approvals.field_not_editable") for key in values if rights.get(key) != "edit"]
    if refused:
        raise Invalid(refused)
    if values:
        change_held(hand, values)
        store.set_state(hand.ctx, hand.approval, hand.approval.state)
        keep(hand.ctx, [hand.run])


def change_held(hand: Hand, values: Mapping[str, Any]) -> None:
    """Change what is held, tried with its submitter's rights; what other flows have allowed was something else."""
    approval = hand.approval
    approval.pending = {**(approval.pending or {}), **values}
    if values:
        hand.run.data.pop(ALLOWED, None)
    held = held_by(approval)
    if held is not None and approval.submitter is not None:
        _, submitter = acting(hand.ctx.workspace.id, approval.submitter)
        needed(replace(hand.ctx, actor=submitter), held, frozenset([approval.flow]))


def noted(hand: Hand, kind: NoteKind, said: str | None, more: Mapping[str, Any] | None = None) -> None:
    """Write what the actor did into the history, and for whom where it was somebody else's to do."""
    ctx, task = hand.ctx, hand.task
    whose = _for(ctx, task) if task else None
    store.note(
        ctx, hand.approval.id, kind, member=ctx.author, task=task.id if task else None, node=task.node if task else None,
        comment=said, more={**(more or {}), **(whose or {})} or None,
    )  # fmt: skip


def now(approval: Approval) -> ApprovalNow:
    """How the approval stands."""
    return {"approval": str(approval.id), "state": approval.state}


def _acted(ctx: Context, task: Task, comment: str | None) -> None:
    task.acted_at, task.acted_by, task.comment = ctx.now, ctx.author, comment


def _for(ctx: Context, task: Task) -> Mapping[str, Any] | None:
    """Whose task it was, where somebody else has acted."""
    return None if task.assignee == ctx.author else {"for": str(task.assignee)}


def ports_of(node: Node) -> Sequence[str]:
    """The decisions that a node knows."""
    return step_kinds()[node.kind].ports(node.settings)
