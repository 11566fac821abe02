"""New leads that nobody said whose they are await assignment, and are assigned soon after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from guanxi.areas.sales.assigning import giving
from guanxi.areas.sales.assigning.acceptance import answer
from guanxi.areas.sales.assigning.candidates import CLOSED
from guanxi.areas.sales.assigning.giving import AWAITS, MOST
from guanxi.areas.sales.assigning.models import HISTORY, has_rules
from guanxi.areas.sales.grading.models import LEAD
from guanxi.engine.context import Context
from guanxi.engine.feed.consumers import Change, consumer
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook

BY_HAND = frozenset({"ui", "undo"})
"""Ways by which a lead is typed in by the person whose it then is."""


@hook(LEAD, "before", ops=("create",))
def await_assignment(ctx: Context, batch: list[Write]) -> None:
    """Leads of imports, forms and programs that name no owner, where rules assign leads."""
    mine = [write for write in batch if "owner" not in write.asked and write.value("status") not in CLOSED]
    if not mine or (ctx.via in BY_HAND and not ctx.actor.is_system) or AWAITS not in ctx.snapshot.object(LEAD).fields:
        return
    if ctx.undoes is None and has_rules(ctx):
        for write in mine:
            write.new[AWAITS] = True


def _assigned(ctx: Context) -> Collection[str]:
    return {LEAD} if has_rules(ctx) else ()


@consumer("sales.assign", batch=MOST, listens=_assigned)
def assign_new(ctx: Context, changes: Sequence[Change]) -> None:
    """Assign what came in and awaits it."""
    made = [one.record for one in changes if one.object == LEAD and one.op == "create" and AWAITS in one.diff]
    if made:
        awaiting = reads.native(ctx, LEAD, made, (AWAITS,))
        giving.assign(ctx, [id_ for id_, row in awaiting.items() if row[AWAITS]])


@hook(LEAD, "after", fields={"owner", "status"}, ops=("update",))
def answered_by_deeds(ctx: Context, batch: list[Write]) -> None:
    """Whoever works on a lead has accepted it; what goes to somebody else need not be accepted any more."""
    changed = {write.id: write for write in batch if write.old and {"owner", "status"} & write.new.keys()}
    if not changed or HISTORY not in ctx.snapshot.objects:
        return
    system = ctx.as_system()
    where = {"and": [
        {"field": "state", "op": "eq", "value": "waiting"},
        {"field": "lead", "op": "in", "value": [str(one) for one in changed]},
    ]}  # fmt: skip
    rows = reads.native(system, HISTORY, reads.ids(system, HISTORY, where), ("lead", "member"))
    gone: list[UUID] = []
    done: list[UUID] = []
    for id_, row in rows.items():
        write = changed[row["lead"]]
        if write.value("owner") != row["member"]:
            gone.append(id_)
        elif "status" in write.new and ctx.author == row["member"]:
            done.append(id_)
    answer(ctx, gone, "replaced")
    answer(ctx, done, "accepted")
