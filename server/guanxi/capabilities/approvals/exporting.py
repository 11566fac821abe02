"""Exports that are held: which flow wants to be asked before records leave as a file, and the file once it has allowed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from guanxi.capabilities.approvals import store
from guanxi.capabilities.approvals.held import ALLOWED, Held
from guanxi.capabilities.approvals.shapes import HeldExport
from guanxi.capabilities.approvals.store import Approval
from guanxi.capabilities.flows.live import live
from guanxi.capabilities.flows.triggers.base import TriggerKind, trigger_kind
from guanxi.engine.context import Context
from guanxi.engine.http.queries import query_of
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object, label_text
from guanxi.engine.records import counts, reads
from guanxi.engine.transfer import exports
from guanxi.engine.transfer.exports import Export, before_export
from guanxi.infra.errors import BadRequest, Conflict, NotAllowed

NEEDED = "approvals.export_needed"
OPEN_FOR = timedelta(days=7)
"""How long the file can be fetched once it is approved."""


@trigger_kind
class BeforeExport(TriggerKind):
    """Records leave as a file only once that is approved."""

    key = "approval.export"
    label = words("导出前审批", "Before an export")
    help = words("导出记录要先通过审批", "Exporting records waits for approval")
    icon = "rubber-stamp"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``rows``: more than how many records; any number without it."""
        return (
            Setting("rows", "whole", words("超过多少条", "More records than"),
                    words("不填则任何导出都要审批", "Left empty, every export is held"), min=0, max=1_000_000),
        )  # fmt: skip


@before_export
def exports_wait_for_approval(ctx: Context, obj: Object, query: reads.Query) -> None:
    """Refuse an export that a flow wants to be asked about first."""
    allowed = ctx.approved
    if allowed is None or ctx.actor.is_system:
        return
    watches = [one for one in live(ctx).by_kind.get((obj.key, BeforeExport.key), ()) if one[0].is_on]
    left = [one for one in watches if one[0].id not in allowed]
    if not left:
        return
    count = counts.count(ctx, obj.key, query.where, query.search).value
    for flow, trigger in left:
        rows = trigger.settings.get("rows")
        if rows is None or count > rows:
            raise Conflict(
                NEEDED, {"flow": str(flow.id), "name": flow.name, "op": "export", "object": obj.key, "row": 0}
            )


def tried(ctx: Context, held: Held) -> str:
    """Refuse an export that would be refused now; what its approval is called."""
    obj = ctx.object(held.object)
    exports.ask(ctx, obj, _query(held.values), str(held.values.get("format")))
    return label_text(obj.plural, ctx.language)


def file_of(ctx: Context, id_: UUID) -> tuple[str, Export]:
    """The object and the file of an approved export, for whoever submitted it, with what they may read now."""
    one = store.get(ctx, id_)
    if one.submitter is None or one.submitter != ctx.actor.member_id or one.op != "export" or one.object is None:
        raise store.absent(id_)
    if one.state != "approved":
        raise Conflict("approvals.not_approved", {"id": str(id_)})
    if one.ended_at is None or one.ended_at < ctx.now - OPEN_FOR:
        raise NotAllowed("approvals.export_over", {"days": OPEN_FOR.days})
    allowed = frozenset([one.flow, *(UUID(flow) for flow in store.data_of_run(ctx, one.run).get(ALLOWED, ()))])
    values = one.pending or {}
    made = exports.export(replace(ctx, approved=allowed), one.object, _query(values), str(values.get("format")))
    return one.object, made


def told(ctx: Context, one: Approval) -> HeldExport | None:
    """What would be exported, for those who take part; fields by what they are called."""
    obj = ctx.snapshot.objects.get(one.object or "")
    if one.op != "export" or obj is None:
        return None
    values = one.pending or {}
    select = [str(key) for key in values.get("select") or ()]
    return {
        "format": str(values.get("format")), "where": values.get("where"), "search": values.get("search"),
        "fields": [obj.fields[key].label.get(ctx.language, key) if key in obj.fields else key for key in select],
    }  # fmt: skip


def _query(values: Mapping[str, Any]) -> reads.Query:
    if values.get("cursor") or values.get("expand"):
        raise BadRequest("approvals.bad_request")
    return query_of({name: value for name, value in values.items() if name != "format"})
