"""Rules of flows: who may write them, that what is switched on makes sense, and that everybody hears of it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from guanxi.capabilities.flows import saved_filters
from guanxi.capabilities.flows.definition import read
from guanxi.capabilities.flows.live import ACTIVE, OWNER, SYSTEM_ACTOR, flows_changed, live
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid, NotAllowed

_DECIDES = frozenset({"definition", "run_as", "owner", "state", "own_effects"})
"""Fields that decide what is done, and with whose rights; what a flow is called is nobody's right."""


@hook("flow", "before")
def only_who_manages_automation(ctx: Context, batch: list[Write]) -> None:
    """What happens by itself is decided by those who manage automation; whoever lends it all rights has them all."""
    if not ctx.actor.may("automation"):
        raise NotAllowed("flows.right_needed")
    errors = []
    for write in batch:
        if write.op in ("create", "update") and write.changed & _DECIDES:
            refused = not_lent(ctx, write.value("run_as"), write.value("owner"))
            errors += [replace(refused, row=write.row)] if refused else []
    if errors:
        raise Invalid(errors)


def not_lent(ctx: Context, run_as: str | None, owner: UUID | None) -> FieldError | None:
    """Why somebody must not say what a flow does that acts with these rights: they would act with more than their own."""
    if ctx.actor.is_system:
        return None
    if run_as == SYSTEM_ACTOR and not lends_all_rights(ctx):
        return FieldError("run_as", "flows.system_needs_rights")
    if run_as != SYSTEM_ACTOR and owner not in (None, ctx.author) and not ctx.actor.may("roles"):
        return FieldError("owner", "flows.owner_lends_rights")
    return None


def not_lent_to_run(ctx: Context, actor: UUID | None) -> FieldError | None:
    """Why somebody must not say what a run does: it keeps the rights that it began with, those of ``actor`` (None: of the
    system), whoever its flow belongs to by now.
    """
    return not_lent(ctx, SYSTEM_ACTOR if actor is None else OWNER, actor)


def lends_all_rights(ctx: Context) -> bool:
    """Whether somebody may have flows act with all rights."""
    return ctx.actor.may("roles") and ctx.actor.may("configure")


@hook("flow", "before", ops=("create", "update"))
def only_what_is_published_is_on(ctx: Context, batch: list[Write]) -> None:
    """The object is that of the definition; a flow that was never published stays a draft."""
    errors = []
    for write in batch:
        if "definition" in write.changed:
            write.new["object"] = read(write.new["definition"])[0].object
        elif "object" in write.changed and write.op == "create" and write.value("definition") is None:
            write.new["definition"] = {"object": write.new["object"], "triggers": [], "nodes": [], "start": None}
        if write.value("state") == ACTIVE and write.value("number") is None:
            errors.append(FieldError("state", "flows.publish_first", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("flow", "after")
def everybody_hears_of_it(ctx: Context, batch: list[Write]) -> None:
    """From the commit on."""
    flows_changed(ctx)


@hook("view", "before", fields={"scope", "object"}, ops=("update", "delete"))
def no_flow_loses_its_view(ctx: Context, batch: list[Write]) -> None:
    """A view that sets off a flow that is on stays a shared one."""
    used = {
        view: flow.name
        for flow in live(ctx).flows.values()
        if flow.is_on and flow.version is not None
        for one in flow.version.definition.triggers
        if (view := saved_filters.view_of(one))
    }
    errors = [
        FieldError("scope", "flows.view_in_use", {"flow": used[str(write.id)]}, write.row)
        for write in batch
        if str(write.id) in used and (write.op == "delete" or write.value("scope") != saved_filters.SHARED)
    ]
    if errors:
        raise Invalid(errors)


@hook("view", "after", fields={"config", "scope"}, ops=("update",))
def flows_follow_their_view(ctx: Context, batch: list[Write]) -> None:
    """From the commit on."""
    flows_changed(ctx)
