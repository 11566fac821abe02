"""Puts drafts into a workspace through the engine's write path, each by its owner and at its own time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.numbers import plain
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.packs.sample.draft import Draft, Ref

T = TypeVar("T")
A_MOMENT = timedelta(seconds=30)
"""Between a record and what could only be filled in once others existed; an update at the very time of the record
would count as one without a time of its own."""


class Writer:
    """Writes drafts and remembers what their references became."""

    def __init__(self, ctx: Context, members: Mapping[str, UUID]) -> None:
        self.ctx = ctx
        self.members = members
        self.ids: dict[str, UUID] = {**_stages(ctx), **_taxes(ctx), **_roles(ctx)}
        self.ids |= {f"member:{key}": member for key, member in members.items()}

    def write(self, drafts: Iterable[Draft]) -> None:
        """Create all records, object by object in the order in which they first appear."""
        by_object: dict[str, list[Draft]] = {}
        for draft in drafts:
            by_object.setdefault(draft.object, []).append(draft)
        for object_key, mine in by_object.items():
            self._create(object_key, mine)

    def carry_on(self, drafts: Iterable[Draft]) -> None:
        """What became of the records since: all first steps, then all second ones."""
        by_object: dict[str, list[Draft]] = {}
        for draft in drafts:
            if draft.steps:
                by_object.setdefault(draft.object, []).append(draft)
        for object_key, mine in by_object.items():
            for place in range(max(len(draft.steps) for draft in mine)):
                steps = [(draft, draft.steps[place]) for draft in mine if len(draft.steps) > place]
                self._update(object_key, [(draft, step.at, step.values) for draft, step in steps])

    def _create(self, object_key: str, drafts: list[Draft]) -> None:
        """References among the records themselves (a group and its subsidiaries) are filled in once all exist."""
        own = {draft.name for draft in drafts}
        has_owner = self.ctx.snapshot.object(object_key).has_owner
        waiting: list[tuple[Draft, datetime, dict[str, Any]]] = []
        for owner, mine in _by_owner(drafts, lambda draft: draft):
            rows = []
            for draft in mine:
                inner = {k: v for k, v in draft.values.items() if isinstance(v, Ref) and v.name in own}
                if inner:
                    waiting.append((draft, draft.at + A_MOMENT, inner))
                row = self._resolved({k: v for k, v in draft.values.items() if k not in inner})
                rows.append({**row, "created_at": draft.at, **({"owner": self.members[owner]} if has_owner else {})})
            made = writes.create(self._as(owner), object_key, rows)
            self.ids.update(zip((draft.name for draft in mine), made, strict=True))
        self._update(object_key, waiting)

    def _update(self, object_key: str, steps: list[tuple[Draft, datetime, dict[str, Any]]]) -> None:
        for owner, mine in _by_owner(steps, lambda step: step[0]):
            changes = [
                Change(self.ids[draft.name], {**self._resolved(values), "updated_at": at}) for draft, at, values in mine
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


def _by_owner(items: Iterable[T], draft: Callable[[T], Draft]) -> Iterator[tuple[str, list[T]]]:
    by_owner: dict[str, list[T]] = {}
    for item in items:
        by_owner.setdefault(draft(item).owner, []).append(item)
    yield from by_owner.items()


def _stages(ctx: Context) -> dict[str, UUID]:
    """The stages of the default pipeline in order, as `stage:1`, `stage:2` ..."""
    where = {"field": "pipeline.is_default", "op": "eq", "value": True}
    rows = reads.native(ctx, "stage", reads.ids(ctx, "stage", where), ("position",))
    in_order = sorted(rows, key=lambda stage: rows[stage]["position"])
    return {f"stage:{place}": stage for place, stage in enumerate(in_order, start=1)}


def _taxes(ctx: Context) -> dict[str, UUID]:
    """The rates of tax that a new workspace has, as `tax:13`, `tax:6` ..."""
    rows = reads.native(ctx, "tax_rate", reads.ids(ctx, "tax_rate", None), ("percent",))
    return {f"tax:{plain(row['percent'])}": tax for tax, row in rows.items()}


def _roles(ctx: Context) -> dict[str, UUID]:
    """The shipped roles, as `role:salesperson` ..."""
    rows = reads.native(ctx, "role", reads.ids(ctx, "role", None), ("key",))
    return {f"role:{row['key']}": role for role, row in rows.items()}
