"""Records as they were right before and right after a change, whatever has become of them since.

A record's values at a moment are what is stored now, with the log's later differences taken back one by one. So a rule
that is judged a second after the change, or a month later on the past, sees what was true then. Related records and
stored computed values, which the log does not have, are seen as they are now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.feed.consumers import Change
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Object
from guanxi.engine.records import locking
from guanxi.engine.records.changes import ASIDE, Diff
from guanxi.engine.records.rules.images import Image


@dataclass(frozen=True, slots=True)
class Moment:
    """A change, and the record before it (None: there was none) and after it (None: it is gone)."""

    change: Change
    before: Image | None
    after: Image | None


def moments(ctx: Context, obj: Object, changes: Sequence[Change]) -> list[Moment]:
    """The changes of one object's records, given in the order of their numbers, with the records around each."""
    ids = list({change.record for change in changes})
    now = locking.stored(ctx, obj, ids)
    later = _later(ctx, ids, changes[-1].seq if changes else 0)
    state = {id_: dict(values) for id_, values in now.items()}
    for record, diff in later:
        if record in state:
            _take_back(ctx, obj, state[record], diff)
    found: list[Moment] = []
    for change in reversed(changes):
        values = state.get(change.record)
        if values is None or change.op in ASIDE:
            continue
        after = _image(obj, change.record, values)
        _take_back(ctx, obj, values, change.diff)
        values["rev"] = change.rev - 1
        before = None if change.op in ("create", "restore") else _image(obj, change.record, values)
        found.append(Moment(change, before, None if change.op == "delete" else after))
    return found[::-1]


def _later(ctx: Context, ids: Sequence[UUID], seq: int) -> Iterable[tuple[UUID, Diff]]:
    """What was written to the records after a number, the last first."""
    return [
        (record, diff)
        for record, diff in ctx.run(
            "SELECT record, diff FROM sys_change WHERE record = ANY($1::uuid[]) AND seq > $2 AND op <> ALL($3::text[])"
            " ORDER BY seq DESC",
            [ids, seq, list(ASIDE)],
        )
    ]


def _take_back(ctx: Context, obj: Object, values: dict[str, Any], diff: Diff) -> None:
    for key, (old, _) in diff.items():
        field = obj.fields.get(key)
        if field is None:
            continue
        try:
            values[key] = None if old is None else field.kind.parse(field, old, ctx.env)
        except BadValue:  # from when the field was of another kind, or had an option that is gone
            values[key] = None


def _image(obj: Object, record: UUID, values: Mapping[str, Any]) -> Image:
    links = {
        key: tuple(values[key] or ())
        for key, field in obj.fields.items()
        if field.kind.trait == "refs" and key in values
    }
    return Image(record, dict(values), links)
