"""The organisation as it would be after changes: they are written for real, looked at, and taken back.

So a rehearsed change is refused exactly when saving it would be, and every consequence that hooks have is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from guanxi.capabilities.access_explained.people import People, people
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import NotAllowed
from guanxi.kit.ids import uuid7

OBJECTS = ("role", "access_rule", "member", "department", "position", "delegation")
"""What decides about access and may be tried."""


@dataclass(frozen=True)
class Change:
    """One record as it would be written: new without an id; ``members`` of a role are all who would hold it."""

    object: str
    id: UUID | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    delete: bool = False
    members: Sequence[UUID] | None = None


class _Seen(Exception):
    """Takes back what was rehearsed."""


def rehearsed(ctx: Context, changes: Sequence[Change]) -> People:
    """The people after the changes. Refused as saving them would be; nothing is kept either way."""
    if not (ctx.actor.may("roles") or ctx.actor.may("members")):
        raise NotAllowed("access.simulate_not_allowed")
    # A unit of work within this one, so that nothing of it is left.
    inner = replace(ctx, change_set=uuid7(), counts={}, at_end=[], rehearsal=True)
    after: list[People] = []
    try:
        with savepoint():
            for change in changes:
                _write(inner, change)
            after.append(people(inner))
            raise _Seen
    except _Seen:
        return after[0]


def _write(ctx: Context, change: Change) -> None:
    id_ = change.id
    if change.delete and id_ is not None:
        writes.delete(ctx, change.object, [id_])
        return
    if id_ is None:
        (id_,) = writes.create(ctx, change.object, [change.values])
    elif change.values:
        writes.update(ctx, change.object, [writes.Change(id_, change.values)])
    if change.members is not None:
        _give(ctx, id_, set(change.members))


def _give(ctx: Context, role: UUID, wanted: set[UUID]) -> None:
    """Let exactly these members hold the role."""
    where = {"field": "roles", "op": "has_any", "value": [str(role)]}
    holders = set(reads.ids(ctx.as_system(), "member", where))
    concerned = list(wanted ^ holders)
    held = reads.native(ctx.as_system(), "member", concerned, ("roles",)) if concerned else {}
    made = []
    for member in concerned:
        own = [one for one in (held.get(member) or {}).get("roles") or () if one != role]
        made.append(writes.Change(member, {"roles": [*own, role] if member in wanted else own}))
    if made:
        writes.update(ctx, "member", made)
