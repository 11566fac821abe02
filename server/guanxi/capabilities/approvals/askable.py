"""Who may be given a task by people: whoever can sign in, has not submitted it themselves, and is not asked there already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from guanxi.capabilities.approvals import store
from guanxi.capabilities.approvals.store import OPEN, Approval, Task
from guanxi.capabilities.flows import people
from guanxi.capabilities.identity import sign_in_of_members
from guanxi.engine.context import Context
from guanxi.infra.errors import BadRequest


def check(ctx: Context, ids: Sequence[UUID]) -> None:
    """Refuse people who could never decide: they have left, or cannot sign in."""
    gone = [one for one in ids if not people.works_here(ctx, one)]
    if gone:
        raise BadRequest("approvals.not_here", {"member": str(gone[0])})
    shut = sorted(sign_in_of_members.shut_out(ctx).intersection(ids))
    if shut:
        raise BadRequest("approvals.no_sign_in", {"member": str(shut[0])})


def check_at(ctx: Context, approval: Approval, task: Task, ids: Sequence[UUID]) -> None:
    """Refuse people who cannot be given a task beside or instead of one that there is."""
    if not ids:
        raise BadRequest("approvals.nobody")
    check(ctx, ids)
    if approval.submitter in ids:
        raise BadRequest("approvals.not_the_submitter")
    if _asked(store.tasks(ctx, approval.id, task.node), task).intersection(ids):
        raise BadRequest("approvals.asked_already")


def left_out(ctx: Context, approval: Approval, tasks: Collection[Task]) -> list[str]:
    """Those whom pickers do not offer at any node: the submitter, and who works here and cannot sign in."""
    if approval.state != "pending" or not any(one.state in OPEN for one in tasks):
        return []
    return shut_to(ctx, approval.submitter)


def shut_to(ctx: Context, submitter: UUID | None) -> list[str]:
    """Those who never decide what somebody submits: they themselves, and who works here and cannot sign in."""
    return [str(one) for one in sorted({*([submitter] if submitter else []), *sign_in_of_members.shut_out(ctx)})]


def _asked(tasks: Sequence[Task], task: Task) -> set[UUID]:
    """Who is asked in the round of a task at its node and has not decided."""
    return {one.assignee for one in tasks if one.round == task.round and one.kind != "cc" and one.state in OPEN}
