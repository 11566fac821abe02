"""Submitting: a change is tried, kept aside and given to those who decide; what it would be like is told before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.capabilities.approvals import askable, exporting, rehearsal, store
from guanxi.capabilities.approvals.held import ALLOWED, Held, Op
from guanxi.capabilities.approvals.holding import nothing_pending
from guanxi.capabilities.approvals.kinds import CHOSEN, is_chosen, place_of
from guanxi.capabilities.approvals.store import Approval
from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.live import Flow, live
from guanxi.capabilities.flows.matching import actor_of
from guanxi.capabilities.flows.runs import Begin
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.engine.records.titles import titles
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import BadRequest, Conflict, NotFound
from guanxi.infra.http.shapes import Id
from guanxi.kit.ids import uuid7

LONGEST_KEY = 100


class _TakenBack(Exception):
    """Ends a trial: nothing of it is kept."""


@dataclass(frozen=True)
class SubmitChange:
    """The change that has to be approved, as it would be written, and the flow that asked for it.

    ``chosen`` names people by `{flow}/{node}`, for nodes at which the submitter says who decides. What is submitted twice under one ``key`` is one approval.
    """

    flow: UUID
    object: str
    op: Op
    record: UUID | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    comment: str | None = None
    chosen: Mapping[str, Sequence[UUID]] = field(default_factory=dict)
    key: str | None = None

    @property
    def held(self) -> Held:
        """The change."""
        return Held(self.object, self.op, self.record, self.values)


class SubmittedChange(TypedDict):
    """The approval that was begun."""

    approval: Id


@action("approvals.submit", params=SubmitChange)
def submit(ctx: Context, params: SubmitChange) -> SubmittedChange:
    """Give a change to those who decide about it. It is refused now if it could not be written as it is.

    Every flow that wants to be asked about it is, one after the other, beginning with the one named.
    """
    if len(params.key or "") > LONGEST_KEY:
        raise BadRequest("approvals.long_key", {"limit": LONGEST_KEY})
    if params.record is not None:
        ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [f"approval {params.record}"])
    key = f"approval {ctx.author} {params.key}" if params.key else None
    known = store.of_key(ctx, key) if key else None
    if known is None:
        flow_is_on(ctx, params.flow)
        if params.record is not None:
            nothing_pending(ctx, params.object, [params.record])
        title, asked = needed(ctx, params.held)
        flow = wanted(asked, params.flow)
        chosen = _chosen(ctx, [flow, *(one for one in asked if one is not flow)], params)
        known = begin(ctx, flow, params.held, title, key=key, comment=params.comment, data={CHOSEN: chosen})
    return {"approval": str(known)}


def begin(
    ctx: Context,
    flow: Flow,
    held: Held,
    title: str,
    *,
    submitter: UUID | None = None,
    key: str | None = None,
    comment: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> UUID:
    """Begin an approval of a flow; the one that there is where the key is known. ``submitter`` is the actor if not told."""
    submitter = submitter or ctx.author
    actor, error = actor_of(flow, submitter)
    if error is not None:
        raise Conflict(error["code"], error["params"])
    approval = uuid7()
    key = key or f"approval {approval}"
    begun = runs.begin(
        ctx,
        [
            Begin(
                flow, key, {"kind": "approval.before", "approval": str(approval), "op": held.op}, held.object,
                held.record, submitter, actor=actor, data=data or {},
            )
        ],
    )  # fmt: skip
    if not begun:
        known = store.of_key(ctx, key)
        if known is None:
            raise AssertionError
        return known
    made = Approval(
        approval, begun[0], flow.id, held.object, held.record, held.op, dict(held.values), "pending", submitter, title,
        ctx.now, None, None,
    )  # fmt: skip
    store.add(ctx, made)
    store.note(ctx, approval, "start", member=submitter, comment=comment)
    wake(ctx)
    return approval


def flow_is_on(ctx: Context, id_: UUID) -> None:
    """Refuse a flow that there is none of, or that was switched off."""
    flow = live(ctx).flows.get(id_)
    if flow is None or not flow.is_on:
        raise NotFound("approvals.no_such_flow", {"flow": str(id_)})


def wanted(asked: Sequence[Flow], named: UUID) -> Flow:
    """The flow that was named, which must be one that wants to be asked about the change."""
    found = next((one for one in asked if one.id == named), None)
    if found is not None:
        return found
    if asked:
        raise Conflict("approvals.other_flow", {"flow": str(asked[0].id), "name": asked[0].name})
    raise Conflict("approvals.not_needed", {"flow": str(named)})


def needed(ctx: Context, held: Held, allowed: frozenset[UUID] = frozenset()) -> tuple[str, list[Flow]]:
    """Try a change and take it back: the title of what it is about, and the flows that want to be asked beside those that
    have allowed it, in the order in which they are. Refused as the write itself would be.
    """
    asked: list[UUID] = []
    while True:
        try:
            title = _tried(replace(ctx, approved=allowed.union(asked)), held)
            return title, [live(ctx).flows[one] for one in asked]
        except Conflict as refusal:
            flow = holder(refusal, held)
            if flow is None or flow in asked:
                raise
            asked.append(flow)


def holder(refusal: Conflict, held: Held) -> UUID | None:
    """The flow that holds the change, where that is why it was refused."""
    if refusal.code not in ("approvals.needed", exporting.NEEDED) or refusal.params["object"] != held.object:
        return None
    return UUID(refusal.params["flow"])


def written(ctx: Context, held: Held) -> UUID | None:
    """Write a change with the context's rights; the record that there is afterwards. An export is fetched later."""
    if held.op == "export":
        exporting.tried(ctx, held)
        return None
    if held.op == "create":
        return writes.create(ctx, held.object, [held.values])[0]
    if held.record is None:
        raise BadRequest("approvals.record_missing")
    if held.op == "delete":
        writes.delete(ctx, held.object, [held.record])
        return None
    writes.update(ctx, held.object, [writes.Change(held.record, held.values)])
    return held.record


def _tried(ctx: Context, held: Held) -> str:
    if held.op == "export":
        return exporting.tried(ctx, held)
    title = "" if held.record is None else title_of(ctx, held.object, held.record)
    try:
        with savepoint():
            made = written(replace(ctx, rehearsal=True), held)
            title = title or title_of(ctx, held.object, made)
            raise _TakenBack
    except _TakenBack:
        return title


def title_of(ctx: Context, object_key: str, record: UUID | None) -> str:
    """What a record is called, as far as the actor may see it."""
    return "" if record is None else titles(ctx, {(object_key, record)}).get((object_key, record), "")


def allowed_by(approval: Approval, data: Mapping[str, Any]) -> frozenset[UUID]:
    """The flows that have allowed what is held once this approval ends well, by what its run remembers."""
    return frozenset([approval.flow, *(UUID(one) for one in data.get(ALLOWED, ()))])


def _chosen(ctx: Context, flows: Sequence[Flow], params: SubmitChange) -> dict[str, list[str]]:
    """Whom the submitter has chosen, by place; refused where somebody has to be chosen and is not, or cannot be."""
    found: dict[str, list[str]] = {}
    for step in rehearsal.way(ctx, flows, params.held) if any(_asks(one) for one in flows) else ():
        if not step["choose"]:
            continue
        place = place_of(UUID(step["flow"]["id"]), step["node"])
        ids = params.chosen.get(place, ())
        if not ids:
            raise BadRequest("approvals.choose_people", {"step": step["label"]})
        if ctx.author in ids:
            raise BadRequest("approvals.not_yourself", {"step": step["label"]})
        askable.check(ctx, ids)
        found[place] = [str(one) for one in ids]
    return found


def _asks(flow: Flow) -> bool:
    return flow.version is not None and any(is_chosen(one) for one in flow.version.definition.nodes.values())
