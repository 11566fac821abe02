"""What becomes of the approvals of somebody who leaves: others decide, and others stand for what was submitted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from guanxi.capabilities.approvals import store, telling
from guanxi.capabilities.approvals.asking import passed_on
from guanxi.capabilities.approvals.store import OPEN
from guanxi.capabilities.flows import people
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook

LEFT = "left"


def count(ctx: Context, member: UUID) -> int:
    """How many approvals wait for a member's decision, or were submitted by them and are not over."""
    ((found,),) = ctx.run(
        "SELECT count(*) FROM sys_approval a WHERE a.state IN ('pending', 'returned') AND (a.submitter = $1 OR EXISTS"
        " (SELECT 1 FROM sys_approval_task t WHERE t.approval = a.id AND t.assignee = $1 AND t.kind <> 'cc'"
        " AND t.state IN ('open', 'queued')))",
        [member],
    )
    return int(found)


def hand_on(ctx: Context, member: UUID, to: UUID, only: Collection[str] | None = None) -> list[str]:
    """Have somebody else decide what a member has not, and stand for what they submitted and is not over.

    The ids of the approvals; of those that are named ``only`` where they are.
    """
    moved: dict[str, None] = {}
    concerned = {one.approval for one in store.tasks_of(ctx, member) if only is None or str(one.approval) in only}
    held = {id_: store.get(ctx, id_, lock=True) for id_ in sorted(concerned)}
    # Read again behind the locks: some of it may have been decided meanwhile.
    for one in [each for each in store.tasks_of(ctx, member) if each.approval in held]:
        asked = [each.assignee for each in store.tasks(ctx, one.approval, one.node) if each.state in OPEN]
        approval = held[one.approval]
        state = one.state
        made = passed_on(ctx, one, to)
        made.state = state
        store.keep_tasks(ctx, [one] if to in asked else [one, made])
        more: Any = {"to": str(to), "for": str(member)}
        store.note(ctx, approval.id, "transfer", member=ctx.author, task=one.id, node=one.node, more=more)
        if made.state == "open" and to not in asked:
            telling.asked(ctx, approval, [made])
        moved[str(approval.id)] = None
    rows = ctx.run(
        "UPDATE sys_approval SET submitter = $2 WHERE submitter = $1 AND state IN ('pending', 'returned')"
        " AND ($3::uuid[] IS NULL OR id = ANY($3)) RETURNING id",
        [member, to, None if only is None else [UUID(one) for one in only]],
    )
    return [*moved, *(str(id_) for (id_,) in rows if str(id_) not in moved)]


@hook("member", "after", fields={"status"}, ops=("update", "delete"))
def nobody_waits_for_who_left(ctx: Context, batch: list[Write]) -> None:
    """What nobody else was given goes to the superior of whoever leaves, or to those who look after automation."""
    for write in batch:
        if (write.op == "delete" or write.new.get("status") == LEFT) and count(ctx, write.id):
            above = people.superior_of(ctx, write.id)
            others = [above] if above else [one for one in people.administrators(ctx) if one != write.id]
            if others:
                hand_on(ctx, write.id, others[0])
