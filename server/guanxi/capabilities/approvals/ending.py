"""The end of an approval's run: what was held is written with the submitter's rights, or it is told why it cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from guanxi.capabilities.approvals import store, submitting, telling
from guanxi.capabilities.approvals.kinds import DECISIONS
from guanxi.capabilities.approvals.store import Approval
from guanxi.capabilities.flows.definition import Definition
from guanxi.capabilities.flows.endings import at_end
from guanxi.capabilities.flows.live import version_of
from guanxi.capabilities.flows.runs import Run
from guanxi.engine.acting import acting
from guanxi.engine.context import Context
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import Invalid, Refusal


@at_end
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
            _accept(ctx, approval)


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


def _accept(ctx: Context, approval: Approval) -> None:
    try:
        with savepoint():
            if approval.pending is not None and approval.object is not None and approval.submitter is not None:
                _, submitter = acting(ctx.workspace.id, approval.submitter)
                theirs = replace(ctx, actor=submitter, on_behalf_of=None)
                made = submitting.written(theirs, approval.op, approval.object, approval.record, approval.pending)
                approval.record = made or approval.record
    except Refusal as refusal:
        first = refusal.fields[0] if isinstance(refusal, Invalid) and refusal.fields else refusal
        store.set_state(ctx, approval, "failed", {"code": first.code, "params": first.params})
        store.note(ctx, approval.id, "fail", more={"code": first.code, "params": first.params})
        telling.ended(ctx, approval)
        return
    store.set_state(ctx, approval, "approved")
    store.note(ctx, approval.id, "finish")
    telling.ended(ctx, approval)
