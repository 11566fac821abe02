"""Changes that are held: which flow wants to be asked before a write, and records that must not be touched meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from guanxi.capabilities.flows.conditions import NOT_ASKABLE, problems
from guanxi.capabilities.flows.definition import Problem, Trigger
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.flows.live import Flow, live
from guanxi.capabilities.flows.triggers.base import TriggerKind, trigger_kind
from guanxi.capabilities.flows.triggers.changes import Created, Deleted, Updated
from guanxi.engine.context import Context
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Source
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.rules import judge
from guanxi.engine.records.rules.draft import asks_forms
from guanxi.engine.records.rules.images import Image, evaluate
from guanxi.infra.errors import Conflict

OPS = (
    ("create", words("新建", "Creating")),
    ("update", words("修改", "Changing")),
    ("delete", words("删除", "Deleting")),
)


@trigger_kind
class Before(TriggerKind):
    """A change holds only once it is approved."""

    key = "approval.before"
    label = words("生效前审批", "Before a change holds")
    help = words("符合条件的新建、修改或删除要先通过审批", "Creating, changing or deleting waits for approval")
    icon = "rubber-stamp"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``op``, for changes the ``fields``, and the condition on the record as it would be."""
        return (
            Setting("op", "choice", words("操作", "What is done"), required=True, default="update", choices=OPS),
            Setting("fields", "fields", words("字段", "Fields"), words("只在修改这些字段时", "Only when one of these changes")),
            Setting("where", "condition", words("条件", "Condition"), words("修改后的记录满足", "The record as it would be")),
        )  # fmt: skip

    def in_the_log(self, trigger: Trigger) -> Trigger:
        """Changes that were made and would have been held."""
        settings = trigger.settings
        kind = {"create": Created, "delete": Deleted}.get(str(settings.get("op")), Updated)
        return Trigger(trigger.id, kind.key, {name: settings.get(name) for name in ("fields", "where")})

    def check(self, place: Place) -> Iterator[Problem]:
        """Fields exist, the condition is understood."""
        obj = place.object
        if obj is None:
            return
        for key in place.settings.get("fields") or ():
            if key not in obj.fields:
                yield place.problem("flows.unknown_field", "fields", field=str(key)[:40])
        if place.settings.get("where") is not None:
            yield from problems(place, obj, place.settings["where"], "where")


def holding(ctx: Context, obj: Object, writes: Sequence[Write]) -> list[tuple[Write, Flow, Trigger]]:
    """The writes that a flow wants to be asked about first, each with the first such flow.

    Flows that have allowed it are left out, and the flow that writes: it is not asked about what it does itself.
    """
    done = {*(ctx.approved or ()), _writer(ctx)}
    known = live(ctx).by_kind.get((obj.key, Before.key), ())
    watches = [one for one in known if one[0].is_on and one[0].id not in done]
    concerned = [one for one in writes if any(_concerns(trigger, one) for _, trigger in watches)]
    if not concerned:
        return []
    images = [_image(ctx, obj, one) for one in concerned]
    rows = evaluate(ctx, obj, images, lambda source: [_asked(source, flow, trigger) for flow, trigger in watches])
    found = []
    for write, row in zip(concerned, rows, strict=True):
        for (flow, trigger), held in zip(watches, row, strict=True):
            if held and _concerns(trigger, write):
                found.append((write, flow, trigger))
                break
    return found


def _asked(source: Source, flow: Flow, trigger: Trigger) -> str:
    """SQL for what a flow asks; Conflict that names it when that is of something which is gone: nothing goes past it."""
    try:
        return compile_condition(source, trigger.settings.get("where"))
    except NOT_ASKABLE:
        raise Conflict("approvals.not_askable", {"flow": str(flow.id), "name": flow.name}) from None


@asks_forms
def forms_tell_what_has_to_be_approved(ctx: Context, obj: Object) -> bool:
    """A form says so while it is filled in, before somebody saves it."""
    watches = live(ctx).by_kind.get((obj.key, Before.key), ())
    return any(flow.is_on and trigger.settings.get("op") != "delete" for flow, trigger in watches)


@hook("*", "before")
def changes_wait_for_approval(ctx: Context, batch: list[Write]) -> None:
    """Refuse what has to be approved first, and what touches a record that is being decided about.

    What the product does by itself is not held; what flows write is, with whatever rights they act.
    """
    if ctx.lenient or ctx.approved is None or (ctx.actor.is_system and ctx.via != "flow"):
        return
    if (batch[0].object, Before.key) not in live(ctx).by_kind:
        return
    obj = ctx.snapshot.object(batch[0].object)
    for write, flow, _ in holding(ctx, obj, batch):
        raise Conflict(
            "approvals.needed",
            {"flow": str(flow.id), "name": flow.name, "op": write.op, "object": obj.key, "row": write.row},
        )
    if not ctx.approved and not ctx.actor.is_system:
        nothing_pending(ctx, obj.key, [one.id for one in batch if one.op in ("update", "delete")])


def nothing_pending(ctx: Context, object_key: str, records: Sequence[UUID]) -> None:
    """Refuse records that somebody else than the flow that writes is being asked about."""
    busy = (
        ctx.run(
            "SELECT record, title FROM sys_approval WHERE record = ANY($1::uuid[]) AND object = $2 AND op <> 'after'"
            " AND state IN ('pending', 'returned') AND flow IS DISTINCT FROM $3 LIMIT 1",
            [list(records), object_key, _writer(ctx)],
        )
        if records
        else []
    )
    if busy:
        raise Conflict("approvals.being_decided", {"title": busy[0][1], "id": str(busy[0][0])})


def _writer(ctx: Context) -> UUID | None:
    """The flow that writes, where one does."""
    told = (ctx.label or {}).get("flow") if ctx.via == "flow" else None
    return UUID(told) if told else None


def _concerns(trigger: Trigger, write: Write) -> bool:
    fields = trigger.settings.get("fields")
    return trigger.settings.get("op") == write.op and (
        write.op != "update" or not fields or not write.changed.isdisjoint(fields)
    )


def _image(ctx: Context, obj: Object, write: Write) -> Image:
    return judge.before(write) if write.op == "delete" else judge.after(ctx, obj, write)
