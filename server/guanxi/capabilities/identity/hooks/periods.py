"""From and to: what holds of anything that lasts from one day to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write
from guanxi.infra.errors import FieldError, Invalid


def refuse_backwards(batch: Iterable[Write]) -> None:
    """Invalid for everything that would end before it begins."""
    errors = []
    for write in batch:
        begins, ends = write.value("begins_on"), write.value("ends_on")
        if begins is not None and ends is not None and ends < begins:
            errors.append(FieldError("ends_on", "identity.ends_before_begin", row=write.row))
    if errors:
        raise Invalid(errors)


def rows_that_overlap(
    ctx: Context, object_key: str, batch: Iterable[Write], keys: Sequence[str]
) -> list[tuple[int, date | None]]:
    """Places in the caller's list whose record lasts while another one with the same ``keys`` does, and until when
    that one lasts. For use after the rows are written; ``keys`` name references, the first of them a member."""
    system = ctx.as_system()
    mine = {write.id: write.row for write in batch if write.op != "delete"}
    fields = (*keys, "begins_on", "ends_on")
    written = reads.native(system, object_key, list(mine), fields)
    members = sorted({str(row[keys[0]]) for row in written.values()})
    if not members:
        return []
    near = reads.ids(system, object_key, {"field": keys[0], "op": "in", "value": members})
    rows = reads.native(system, object_key, near, fields)
    found = []
    for id_, one in written.items():
        for other_id, other in rows.items():
            if other_id != id_ and all(one[key] == other[key] for key in keys) and _meet(one, other):
                found.append((mine[id_], other["ends_on"]))
                break
    return found


def _meet(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _begins(one) <= _ends(other) and _begins(other) <= _ends(one)


def _begins(row: Mapping[str, Any]) -> date:
    return row["begins_on"] or date.min


def _ends(row: Mapping[str, Any]) -> date:
    return row["ends_on"] or date.max


def members_named(ctx: Context, ids: Iterable[UUID | None], fields: Sequence[str]) -> dict[UUID, dict[str, Any]]:
    """Fields of the members, whoever asks."""
    wanted = list({one for one in ids if one is not None})
    return reads.native(ctx.as_system(), "member", wanted, fields) if wanted else {}
