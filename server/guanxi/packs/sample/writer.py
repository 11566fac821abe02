"""Puts drafts into a workspace through the engine's write path, each by its owner and at its own time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.packs.sample.draft import Draft, Ref


class Writer:
    """Writes drafts and remembers what their references became."""

    def __init__(self, ctx: Context, members: Mapping[str, UUID]) -> None:
        self.ctx = ctx
        self.members = members
        self.ids: dict[str, UUID] = _stages(ctx)

    def write(self, drafts: Iterable[Draft]) -> None:
        """Create all records, then what happened to them since, step after step, in one statement per owner and kind.

        References among records of one object (a group and its subsidiaries) are filled in once all of them exist.
        """
        for _, group in groupby(drafts, key=lambda draft: draft.object):
            self._write_object(list(group))

    def _write_object(self, drafts: list[Draft]) -> None:
        own = {draft.name for draft in drafts}
        waiting: list[tuple[Draft, dict[str, Any]]] = []
        for owner, mine in _by_owner(drafts):
            rows = []
            for draft in mine:
                inner = {k: v for k, v in draft.values.items() if isinstance(v, Ref) and v.name in own}
                if inner:
                    waiting.append((draft, inner))
                values = {k: v for k, v in draft.values.items() if k not in inner}
                rows.append({**self._resolved(values), "owner": self.members[owner], "created_at": draft.at})
            obj = self.ctx.snapshot.object(mine[0].object)
            if not obj.has_owner:
                rows = [{k: v for k, v in row.items() if k != "owner"} for row in rows]
            made = writes.create(self._as(owner), obj.key, rows)
            self.ids.update(zip((draft.name for draft in mine), made, strict=True))
        for draft, inner in waiting:
            change = Change(self.ids[draft.name], {**self._resolved(inner), "updated_at": draft.at})
            writes.update(self._as(draft.owner), draft.object, [change])

    def carry_on(self, drafts: Iterable[Draft]) -> None:
        """What became of the records: all first steps, then all second ones."""
        stepping = sorted((d for d in drafts if d.steps), key=lambda d: d.object)
        for object_key, group in groupby(stepping, key=lambda d: d.object):
            mine = list(group)
            for place in range(max(len(d.steps) for d in mine)):
                for owner, drafts_of_owner in _by_owner([d for d in mine if len(d.steps) > place]):
                    changes = [
                        Change(
                            self.ids[d.name],
                            {**self._resolved(d.steps[place].values), "updated_at": d.steps[place].at},
                        )
                        for d in drafts_of_owner
                    ]
                    writes.update(self._as(owner), object_key, changes)

    def _as(self, owner: str) -> Context:
        """The system, writing for a member: the change log names the member."""
        return replace(self.ctx, actor=SYSTEM, on_behalf_of=self.members[owner])

    def _resolved(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {key: self._value(value) for key, value in values.items()}

    def _value(self, value: Any) -> Any:
        if isinstance(value, Ref):
            return self.ids[value.name]
        if isinstance(value, list):
            return [self._value(one) for one in value]
        if isinstance(value, dict):
            return {key: self._value(one) for key, one in value.items()}
        return value


def _by_owner(drafts: Iterable[Draft]) -> Iterator[tuple[str, list[Draft]]]:
    for owner, group in groupby(sorted(drafts, key=lambda d: d.owner), key=lambda d: d.owner):
        yield owner, list(group)


def _stages(ctx: Context) -> dict[str, UUID]:
    """The stages of the default pipeline in order, as `stage:1`, `stage:2` ..."""
    where = {"field": "pipeline.is_default", "op": "eq", "value": True}
    rows = reads.native(ctx, "stage", reads.ids(ctx, "stage", where), ("position",))
    in_order = sorted(rows, key=lambda stage: rows[stage]["position"])
    return {f"stage:{place}": stage for place, stage in enumerate(in_order, start=1)}
