"""What a hand-over may ask for: refused before anything is looked up or written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from guanxi.capabilities.hand_over import holdings
from guanxi.capabilities.hand_over.asked import HandOver
from guanxi.capabilities.hand_over.planning import Item
from guanxi.capabilities.identity.hooks.member_guards import LEFT
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound

RIGHT = "members"


def giver(ctx: Context, member: UUID) -> str:
    """The name of the person who hands over; NotFound when the actor does not see them."""
    if not ctx.actor.rights("member").reads or member not in reads.visible(ctx, "member", [member]):
        raise NotFound("records.not_found", {"object": "member", "id": str(member)})
    return reads.native(ctx.as_system(), "member", [member], ("name",))[member]["name"]


def check(ctx: Context, asked: HandOver) -> None:
    """NotAllowed for what the actor may not hand over, Invalid for receivers and parts that cannot be."""
    if not ctx.actor.may(RIGHT):
        if asked.does_more:
            raise NotAllowed("hand_over.members_right_needed")
        if asked.member in ctx.actor.delegators and ctx.actor.member_id in {one for _, one in asked.receivers()}:
            raise NotAllowed("hand_over.stand_in_keeps_nothing")
        if not any(holdings.may_take(ctx, part) for part in holdings.parts(ctx.snapshot)):
            raise NotAllowed("hand_over.not_allowed")
    errors = [*_parts(ctx, asked), *_receivers(ctx, asked)]
    if asked.leave and asked.keep != "none":
        errors.append(FieldError("keep", "hand_over.leaver_keeps_nothing"))
    if asked.shares == "move" and not asked.rest:
        errors.append(FieldError("rest", "hand_over.receiver_of_shares"))
    if errors:
        raise Invalid(errors)


def still_there(ctx: Context, asked: HandOver) -> None:
    """Conflict when a receiver left while a long run is at work: records are not left with somebody who is gone."""
    for error in _receivers(ctx.as_system(), asked):
        raise Conflict(error.code, error.params)


def still_allowed(ctx: Context, giver: UUID, items: Sequence[Item]) -> None:
    """NotAllowed when the actor may no longer hand over a record that was planned and that the giver still holds."""
    if ctx.actor.may(RIGHT):
        return
    planned: dict[str, set[UUID]] = {}
    for item in items:
        planned.setdefault(item.part, set()).add(item.record)
    for part in holdings.parts(ctx.snapshot):
        mine = planned.get(part.key, set())
        held = mine & set(reads.ids(ctx.as_system(), part.obj.key, part.of(giver))) if mine else mine
        if held - set(holdings.held(ctx, part, giver, only_open=False)):
            raise NotAllowed("hand_over.not_allowed")


def _parts(ctx: Context, asked: HandOver) -> Iterator[FieldError]:
    known = {part.key: part for part in holdings.parts(ctx.snapshot)}
    seen: set[str] = set()
    for place, split in enumerate(asked.splits):
        part = known.get(split.part)
        if part is None or not holdings.may_take(ctx, part):
            yield FieldError(f"splits.{place}.part", "hand_over.part_unknown", {"part": split.part})
        elif split.part in seen:
            yield FieldError(f"splits.{place}.part", "hand_over.part_twice", {"part": split.part})
        seen.add(split.part)


def _receivers(ctx: Context, asked: HandOver) -> Iterator[FieldError]:
    wanted = {one for _, one in asked.receivers()}
    seen = reads.visible(ctx, "member", list(wanted))
    members = reads.native(ctx.as_system(), "member", list(seen), ("name", "status")) if seen else {}
    for where, one in asked.receivers():
        member = members.get(one)
        if member is None:
            yield FieldError(where, "fields.reference_not_found", {"object": "member", "id": str(one)})
        elif one == asked.member:
            yield FieldError(where, "hand_over.receiver_is_giver", {"name": member["name"]})
        elif member["status"] != "active":
            code = "hand_over.receiver_left" if member["status"] == LEFT else "hand_over.receiver_invited"
            yield FieldError(where, code, {"name": member["name"]})
