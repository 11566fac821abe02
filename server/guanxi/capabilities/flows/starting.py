"""Flows that somebody asks for: a person with a button on the record, a program, another system by a web hook."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.definition import Trigger
from guanxi.capabilities.flows.live import Flow, live
from guanxi.capabilities.flows.matching import actor_of
from guanxi.capabilities.flows.questions import answered
from guanxi.capabilities.flows.runs import Begin
from guanxi.capabilities.flows.triggers.asked import BY_BUTTON, BY_HOOK, BY_PROGRAM
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import BadRequest, Conflict, NotAllowed, NotFound
from guanxi.infra.http.shapes import Id
from guanxi.kit.ids import uuid7

MOST_RECORDS = 1_000
FORM = "form"
"""Under what a run remembers the answers that it was started with."""
LONGEST_KEY = 200


@dataclass(frozen=True)
class StartFlow:
    """The flow, and the records of one object that it is started for; none for a flow that is about none.

    ``answers`` by name are those to the questions that the trigger asks.
    """

    flow: UUID
    object: str | None = None
    records: Sequence[UUID] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)


class StartedFlow(TypedDict):
    """The runs that were begun, in the order of the records."""

    runs: list[Id]


@dataclass(frozen=True)
class RenewHook:
    """The flow, and the trigger whose address is made anew."""

    flow: UUID
    trigger: str


class RenewedHook(TypedDict):
    """The path of the address, which is told this once; the one before answers no more."""

    path: str


@action("flows.start", params=StartFlow)
def start(ctx: Context, params: StartFlow) -> StartedFlow:
    """Start a flow for records that the caller may edit. NotFound for a flow that cannot be started like this by them."""
    kinds = (BY_BUTTON,) if ctx.via == "ui" else (BY_PROGRAM, BY_BUTTON)
    flow = live(ctx).flows.get(params.flow)
    trigger = next((one for one in _triggers(flow, kinds) if may_start(ctx, one)), None)
    if flow is None or flow.version is None or trigger is None:
        raise NotFound("flows.not_for_you", {"flow": str(params.flow)})
    about = flow.version.definition.object
    if about is None:
        if not (ctx.actor.may("automation") or trigger.settings.get("roles")):
            raise NotAllowed("flows.right_needed")
        records: Sequence[UUID | None] = [None]
    else:
        records = _records(ctx, params, about)
    actor, error = actor_of(flow, ctx.author)
    if error:
        raise Conflict(error["code"], error["params"])
    questions = trigger.settings.get("questions") or ()
    answers = answered(questions, params.answers)
    asked = [
        Begin(
            flow=flow,
            key=f"{flow.id} {trigger.id} {record or '-'} {uuid7()}",
            cause={"trigger": trigger.id, "kind": trigger.kind},
            data={FORM: answers} if questions else {},
            object=about if record else None,
            record=record,
            starter=ctx.author,
            actor=actor,
            paced=False,
        )
        for record in records
    ]
    begun = runs.begin(ctx, asked)
    wake(ctx)
    return {"runs": [str(one) for one in begun]}


def _records(ctx: Context, params: StartFlow, about: str) -> list[UUID]:
    """The records, which the caller may all edit."""
    records = list(dict.fromkeys(params.records))
    if params.object != about:
        raise BadRequest("flows.another_object", {"object": about})
    if not 1 <= len(records) <= MOST_RECORDS:
        raise BadRequest("flows.how_many_records", {"limit": MOST_RECORDS})
    obj = ctx.object(about)
    seen, editable = reads.visible(ctx, obj.key, records), reads.visible(ctx, obj.key, records, "edit")
    for one in records:
        if one not in seen:
            raise NotFound("records.not_found", {"object": obj.key, "id": str(one)})
        if one not in editable:
            raise NotAllowed("records.edit_not_allowed", {"object": obj.key, "id": str(one)})
    return records


def may_start(ctx: Context, trigger: Trigger) -> bool:
    """Whether the actor has one of the trigger's roles, where it names some."""
    keys = [one.strip() for one in str(trigger.settings.get("roles") or "").split(",") if one.strip()]
    if not keys or ctx.actor.is_system:
        return True
    wanted = reads.ids(ctx.as_system(), "role", {"field": "key", "op": "in", "value": keys})
    return not set(wanted).isdisjoint(ctx.actor.role_ids)


def buttons(ctx: Context, object_key: str) -> list[dict[str, Any]]:
    """The flows that the actor may start on records of an object."""
    return [
        {
            "flow": str(flow.id), "name": flow.name, "label": dict(one.settings.get("label") or {}),
            "questions": list(one.settings.get("questions") or ()),
        }
        for flow in live(ctx).flows.values()
        for one in _triggers(flow, (BY_BUTTON,))[:1]
        if flow.version is not None and flow.version.definition.object == object_key and may_start(ctx, one)
    ]  # fmt: skip


def _triggers(flow: Flow | None, kinds: Sequence[str]) -> list[Trigger]:
    if flow is None or not flow.is_on or flow.version is None:
        return []
    return [one for one in flow.version.definition.triggers if one.kind in kinds]


@action("flows.renew_hook", params=RenewHook, permission="automation")
def renew_hook(ctx: Context, params: RenewHook) -> RenewedHook:
    """Make the address of a web hook, or another one in its place."""
    flow = live(ctx).flows.get(params.flow)
    if all(one.id != params.trigger for one in _triggers(flow, (BY_HOOK,))):
        raise Conflict("flows.publish_hook_first")
    token = secrets.token_urlsafe(32)
    ctx.run(
        "INSERT INTO sys_flow_hook (flow, trigger, hash, made_at, made_by) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (flow, trigger) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at,"
        " made_by = excluded.made_by",
        [params.flow, params.trigger, hashed(token), ctx.now, ctx.author],
    )
    return {"path": f"/hooks/{ctx.workspace.slug}.{token}"}


def hashed(token: str) -> str:
    """What is kept of a token: it is long and random, so that nobody finds it by trying."""
    return hashlib.sha256(token.encode()).hexdigest()


def call_hook(ctx: Context, token: str, body: Any, key: str | None) -> UUID | None:
    """Begin the run that a call asks for; None when the same call was made before. NotFound for a wrong token, and the
    same for a flow that is not switched on.
    """
    rows = ctx.run("SELECT flow, trigger FROM sys_flow_hook WHERE hash = $1", [hashed(token)])
    flow = live(ctx).flows.get(rows[0][0]) if rows else None
    trigger = next((one for one in _triggers(flow, (BY_HOOK,)) if one.id == rows[0][1]), None)
    if flow is None or trigger is None:
        raise NotFound("flows.no_such_hook")
    actor, error = actor_of(flow, None)
    data: Mapping[str, Any] = {"body": body}
    asked = Begin(
        flow=flow,
        key=f"{flow.id} {trigger.id} hook {key[:LONGEST_KEY] if key else uuid7()}",
        cause={"trigger": trigger.id, "kind": BY_HOOK},
        data=data,
        actor=actor,
        error=error,
    )
    begun = runs.begin(ctx, [asked])
    wake(ctx)
    return begun[0] if begun else None
