"""Who works on an opportunity reaches it, and what it is split into makes up the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.areas.sales.gates import OBJECT
from guanxi.areas.sales.rules import splits
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, share_moves, shares, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.titles import titles
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid

LINE = "opportunity_member"
_PLACE = ("opportunity", "member")


@hook(LINE, "before", ops=("create", "update"))
def named_after_their_member(ctx: Context, batch: list[Write]) -> None:
    """A line bears the member's name, and stays with its opportunity and its member: another one is another line."""
    errors = []
    for write in batch:
        moved = next((key for key in _PLACE if write.op == "update" and key in write.asked), None)
        if moved and not ctx.actor.is_system and ctx.undoes is None:
            errors.append(FieldError(moved, "sales.member_stays", row=write.row))
        if write.value("split_type") is None and write.value("percent"):
            errors.append(FieldError("split_type", "sales.split_type_needed", row=write.row))
        if _is_brought(ctx, write):
            write.new["shared"] = False
    if errors:
        raise Invalid(errors)
    named = titles(ctx.as_system(), {("member", write.value("member")) for write in batch if write.value("member")})
    for write in batch:
        if "member" in write.new:
            write.new["name"] = named.get(("member", write.value("member")), "—")


@hook(LINE, "after")
def members_reach_their_opportunity(ctx: Context, batch: list[Write]) -> None:
    """Each is named once. Who joins is given the opportunity as by hand, by whoever may share it; who leaves loses that."""
    added = [one for one in batch if one.op in ("create", "restore") or _is_brought(ctx, one)]
    if added:
        _named_once(ctx, added)
    for write in batch:
        if write.along:
            continue
        reaches_otherwise = write.op == "update" and "access" in write.new
        if write.op == "delete" or reaches_otherwise:
            _end(ctx, write.old or {})
        if _is_brought(ctx, write):
            _give(ctx.as_system(), write.id, {**(write.old or {}), **write.new})
        elif write.op in ("create", "restore") or reaches_otherwise:
            _give(ctx, write.id, {**(write.old or {}), **write.new})


@hook(LINE, "after", fields={"split_type", "percent", "opportunity"})
def revenue_makes_up_the_whole(ctx: Context, batch: list[Write]) -> None:
    """Judged when everything is written: lines change one after the other. Rows of an import stand together.

    Where opportunities are made one, the splits of the one that stays hold: those who come over keep theirs only if
    that is the whole. It is seen to at once, so that an undo finds the lines written before the others were deleted.
    """
    if ctx.undoes is not None or ctx.lenient:
        return
    brought: dict[UUID, set[UUID]] = {}
    for write in batch:
        if _is_brought(ctx, write):
            brought.setdefault(write.value("opportunity"), set()).add(write.id)
    for opportunity, lines in brought.items():
        _give_way(ctx, opportunity, lines)
    touched = sorted({one.value("opportunity") for one in batch if not one.along and not _is_brought(ctx, one)})
    if ctx.via == "import":
        _whole(ctx, touched)
    elif touched:
        ctx.at_end.append(lambda ending: _whole(ending, touched))


@hook(OBJECT, "after", fields={"owner"}, ops=("update",))
def former_owners_stay_in_the_team(ctx: Context, batch: list[Write]) -> None:
    """Who hands an opportunity over and is in its team reaches it as the others do."""
    if ctx.undoes is not None:
        return
    left = {one.id: one.old["owner"] for one in batch if one.old and one.old["owner"] != one.new["owner"]}
    former = sorted({str(one) for one in left.values() if one})
    if not former:
        return
    system = ctx.as_system()
    where = {"and": [
        {"field": "opportunity", "op": "in", "value": [str(one) for one in left]},
        {"field": "member", "op": "in", "value": former},
    ]}  # fmt: skip
    for line, row in _lines(system, where).items():
        if left[row["opportunity"]] == row["member"]:
            _give(system, line, row)


def _is_brought(ctx: Context, write: Write) -> bool:
    """Whether the line comes from another opportunity that is made one with this."""
    if write.op != "update" or ctx.undoes is not None or "opportunity" not in write.new:
        return False
    return (write.old or {}).get("opportunity") != write.new["opportunity"]


def _lines(ctx: Context, where: Mapping[str, Any]) -> dict[UUID, dict[str, Any]]:
    keys = ("opportunity", "member", "access", "split_type", "percent", "shared")
    return reads.native(ctx, LINE, reads.ids(ctx, LINE, where), keys)


def _of(ctx: Context, opportunities: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    return _lines(ctx, {"field": "opportunity", "op": "in", "value": [str(one) for one in opportunities]})


def _whole(ctx: Context, opportunities: Sequence[UUID]) -> None:
    system = ctx.as_system()
    there = sorted(reads.visible(system, OBJECT, list(opportunities)))
    rows = _of(system, there)
    errors = []
    for one in there:
        mine = [(row["split_type"], row["percent"]) for row in rows.values() if row["opportunity"] == one]
        total = splits.revenue(mine)
        if total is not None:
            errors.append(FieldError("team", "sales.splits_not_whole", {"total": f"{total.normalize():f}"}))
    if errors:
        raise Invalid(errors)


def _give_way(ctx: Context, opportunity: UUID, brought: set[UUID]) -> None:
    system = ctx.as_system()
    rows = _of(system, [opportunity])
    if splits.revenue([(row["split_type"], row["percent"]) for row in rows.values()]) is None:
        return
    mine = [one for one, row in rows.items() if one in brought and row["split_type"] == splits.REVENUE]
    writes.update(system, LINE, [Change(one, {"split_type": None, "percent": None}) for one in mine])


def _named_once(ctx: Context, added: Sequence[Write]) -> None:
    """Whoever adds to a team at the same time waits, so that none of both misses the other's line."""
    system = ctx.as_system()
    opportunities = sorted({write.value("opportunity") for write in added})
    there = sorted(reads.visible(system, OBJECT, opportunities))
    locking.lock(system, system.object(OBJECT), there, "edit", ())
    named: dict[tuple[UUID, UUID], int] = {}
    for row in _of(system, opportunities).values():
        key = (row["opportunity"], row["member"])
        named[key] = named.get(key, 0) + 1
    errors = [
        FieldError("member", "sales.member_named_twice", row=one.row)
        for one in added
        if named.get((one.value("opportunity"), one.value("member")), 0) > 1
    ]
    if errors:
        raise Invalid(errors)


def _give(ctx: Context, line: UUID, values: Mapping[str, Any]) -> None:
    """Share the opportunity with a member who is not its owner and does not have it shared as far already."""
    system = ctx.as_system()
    opportunity, member, level = values["opportunity"], values["member"], values.get("access") or "read"
    if reads.native(system, OBJECT, [opportunity], ["owner"]).get(opportunity, {}).get("owner") == member:
        return
    held = share_moves.held(ctx, OBJECT, opportunity, member)
    if held is not None and held.level in ("edit", level):
        return
    shares.grant(ctx, OBJECT, opportunity, "member", member, level)
    writes.update(system, LINE, [Change(line, {"shared": True})])


def _end(ctx: Context, line: Mapping[str, Any]) -> None:
    """End the share that the team gave; one that was given by hand stays."""
    opportunity, member = line.get("opportunity"), line.get("member")
    if not line.get("shared") or not isinstance(opportunity, UUID) or not isinstance(member, UUID):
        return
    held = share_moves.held(ctx, OBJECT, opportunity, member)
    if held is not None:
        share_moves.end(ctx.as_system(), [held])
