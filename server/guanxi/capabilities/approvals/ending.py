"""The end of an approval's run: what was held is written with the submitter's rights, or it is told why it cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from guanxi.capabilities.approvals import showing, store, submitting, telling
from guanxi.capabilities.approvals.held import ALLOWED, Held, held_by
from guanxi.capabilities.approvals.kinds import CHOSEN, DECISIONS
from guanxi.capabilities.approvals.showing import WAS
from guanxi.capabilities.approvals.store import Approval
from guanxi.capabilities.flows.definition import Definition
from guanxi.capabilities.flows.endings import at_end
from guanxi.capabilities.flows.live import live, version_of
from guanxi.capabilities.flows.runs import Run
from guanxi.engine.acting import acting
from guanxi.engine.context import Context
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import Conflict, Invalid, Refusal

KEPT = (CHOSEN,)
"""What the approval by another flow takes over of what the run remembers."""


@at_end(store.runs_with_one)
def decide_approvals(ctx: Context, ended: Sequence[Run]) -> None:
    """A run that has come to its end approves, unless a rejection was the last word at one of its nodes."""
    by_id = {run.id: run for run in ended if run.state == "done"}
    for id_, approval in store.of_runs(ctx, list(by_id)).items():
        if approval.state != "pending":
            continue
        version = version_of(ctx, by_id[id_].version)
        if version is not None and is_rejected(version.definition, by_id[id_].data.get(DECISIONS, {})):
            store.set_state(ctx, approval, "rejected")
            telling.ended(ctx, approval)
        else:
            _accept(ctx, approval, by_id[id_])


def is_rejected(definition: Definition, decided: Mapping[str, str]) -> bool:
    """Whether somewhere it was rejected, and nobody who was asked because of that has approved."""
    for id_, decision in decided.items():
        node = definition.nodes.get(id_)
        if decision != "rejected" or node is None:
            continue
        way = node.next.get("rejected")
        behind = {way, *definition.after(way)} if way is not None and way in definition.nodes else set()
        if not any(decided.get(one) == "approved" for one in behind):
            return True
    return False


def _accept(ctx: Context, approval: Approval, run: Run) -> None:
    held, further = held_by(approval), None
    was = showing.as_it_is(ctx, approval)
    try:
        with savepoint():
            further = _write(ctx, approval, run, held) if held else None
    except Refusal as refusal:
        first = refusal.fields[0] if isinstance(refusal, Invalid) and refusal.fields else refusal
        store.set_state(ctx, approval, "failed", {"code": first.code, "params": first.params})
        store.note(ctx, approval.id, "fail", more={"code": first.code, "params": first.params})
        telling.ended(ctx, approval)
        return
    store.set_state(ctx, approval, "approved")
    if further is not None:
        store.note(ctx, approval.id, "hand_on", more={"flow": str(further), WAS: was})
        return
    store.note(ctx, approval.id, "finish", more={WAS: was} if was else None)
    telling.ended(ctx, approval)


def _write(ctx: Context, approval: Approval, run: Run, held: Held) -> UUID | None:
    """Write what was held, unless another flow wants to be asked about it as it is now: that one is, and returned."""
    if approval.submitter is None:
        return None
    _, submitter = acting(ctx.workspace.id, approval.submitter)
    allowed = submitting.allowed_by(approval, run.data)
    theirs = replace(ctx, actor=submitter, on_behalf_of=None, approved=allowed)
    try:
        with savepoint():
            approval.record = submitting.written(theirs, held) or approval.record
            return None
    except Conflict as refusal:
        id_ = submitting.holder(refusal, held)
        flow = live(ctx).flows.get(id_) if id_ else None
        if flow is None:
            raise
    data = {**{name: run.data[name] for name in KEPT if name in run.data}, ALLOWED: [str(one) for one in allowed]}
    submitting.begin(ctx, flow, held, approval.title, submitter=approval.submitter, data=data)
    return flow.id
