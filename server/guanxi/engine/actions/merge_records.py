"""Make one record of several that mean the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.engine.actions.registry import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, merging, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import BadRequest, FieldError, Invalid
from guanxi.infra.http.shapes import Id

MOST = 10
"""Records that are made one at once."""


@dataclass(frozen=True)
class MergeRecords:
    """The record that stays, and the others, which go into the recycle bin.

    ``take`` names for a field the record whose value is kept; without it the record that stays keeps its own, and empty
    ones are filled from the others. ``keep`` names relations as ``object.field`` that are not moved and go with the others.
    """

    object: str
    record: UUID
    others: list[UUID]
    take: Mapping[str, UUID] = field(default_factory=dict)
    keep: list[str] = field(default_factory=list)


class MovedRelation(TypedDict):
    """How many records refer to the one that stays instead; `left` could not be moved and went with the others."""

    object: str
    field: str
    count: int
    left: int


class MergedRecords(TypedDict):
    """The record that stays, and what was moved to it, as far as the caller may read the objects of it."""

    record: Id
    moved: list[MovedRelation]


@action(merging.ACTION, params=MergeRecords)
def merge_records(ctx: Context, params: MergeRecords) -> MergedRecords:
    """Move everything that refers to the other records to the one that stays, with chosen values, files and shares.

    Whoever merges may edit all of them and delete the others. One change set, which can be undone: the others come back
    with what was theirs.
    """
    obj = ctx.object(params.object)
    others = [one for one in dict.fromkeys(params.others) if one != params.record]
    if not others:
        raise BadRequest("records.nothing_to_merge")
    if len(others) >= MOST:
        raise BadRequest("records.too_many_to_merge", {"limit": MOST})
    ctx.label = {"action": merging.ACTION, "object": obj.key, "record": str(params.record)}
    locking.lock(ctx, obj, sorted([params.record, *others]), "edit", ())
    locking.lock(ctx, obj, sorted(others), "delete", ())
    _check_take(ctx, params, others)
    values = merging.values(ctx, obj, params.record, others, params.take)
    moved = merging.move(ctx, obj, params.record, others, params.keep)
    merging.share(ctx, obj, params.record, others)
    # A value that no two records may have is free once the others are gone.
    writes.delete(ctx, obj.key, others)
    if values:
        writes.update(ctx, obj.key, [Change(params.record, values)])
    return {
        "record": str(params.record),
        "moved": [
            {"object": one.object, "field": one.field, "count": one.count, "left": one.left}
            for one in moved
            if ctx.actor.rights(one.object).reads
        ],
    }


def _check_take(ctx: Context, params: MergeRecords, others: list[UUID]) -> None:
    known = {one.key for one in merging.fields(ctx, ctx.object(params.object))}
    errors = [FieldError(key, "records.cannot_be_taken") for key in params.take if key not in known]
    among = {params.record, *others}
    errors += [FieldError(key, "records.not_merged") for key, one in params.take.items() if one not in among]
    if errors:
        raise Invalid(errors)
