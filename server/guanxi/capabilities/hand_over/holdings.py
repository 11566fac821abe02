"""What a person may hold, as the catalog tells it: records they own, and those that name them as responsible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.capabilities.hand_over.open_records import open_filter
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.kinds.person import TARGET
from guanxi.engine.objects.fields.settings import HAND_OVER
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.records import reads, transfers

OWNER = "owner"
MANAGER = "member.manager"
"""The part whose holders stand above each other."""
HEAD = "department.head"
LEADING = (HEAD, MANAGER)
"""Parts of which nothing stays with somebody who leaves: nobody is led by who is gone."""


@dataclass(frozen=True)
class Part:
    """One field of one object by which people hold its records."""

    obj: Object
    field: Field

    @property
    def key(self) -> str:
        """``company.owner``."""
        return f"{self.obj.key}.{self.field.key}"

    @property
    def is_owner(self) -> bool:
        """Whether it is the owner of records that it tells."""
        return self.field.key == OWNER

    @property
    def follows(self) -> bool:
        """Whether the records only follow others, such as the history of stages, and go where those go."""
        return self.is_owner and self.obj.inherit is not None and all(one.read_only for one in self.obj.stored)

    def of(self, giver: UUID, *, only_open: bool = False) -> dict[str, Any]:
        """The filter of what a person holds."""
        held = {"field": self.field.key, "op": "eq", "value": str(giver)}
        still_open = open_filter(self.obj.key) if only_open else None
        return {"and": [held, still_open]} if still_open else held


def parts(snapshot: Snapshot) -> list[Part]:
    """Every part, owners of what others inherit access from first."""
    owned = [Part(obj, obj.fields[OWNER]) for obj in _from_above(snapshot) if obj.has_owner]
    named = [Part(obj, one) for obj in _naming(snapshot) for one in obj.fields.values() if _holds(one)]
    return [*owned, *named]


def _naming(snapshot: Snapshot) -> list[Object]:
    """Objects that can have fields which name a person."""
    return [obj for obj in snapshot.objects.values() if any(kind.trait == "ref" for kind in obj.kinds)]


def parents_of(obj: Object) -> Sequence[str]:
    """Keys of the objects whose records may stand above records of this one."""
    if obj.inherit is None:
        return ()
    field = obj.fields[obj.inherit]
    return [str(key) for key in field.settings.get("targets") or [field.target]]


def held(ctx: Context, part: Part, giver: UUID, *, only_open: bool) -> list[UUID]:
    """The records of a part that the actor may hand over: all for who manages members, else those they stand above."""
    if not may_take(ctx, part):
        return []
    ids = reads.ids(ctx.as_system(), part.obj.key, part.of(giver, only_open=only_open))
    if ctx.actor.may("members"):
        return ids
    reached = transfers.standing(ctx, part.obj, ids)
    return [one for one in ids if one in reached]


def may_take(ctx: Context, part: Part) -> bool:
    """Whether the actor may hand over anything of a part at all."""
    if ctx.actor.may("members"):
        return True
    rights = ctx.actor.rights(part.obj.key)
    return (
        rights.reads and rights.allows("edit") and rights.transfer and ctx.guard().level(part.obj, part.field) == "edit"
    )


def matching(ctx: Context, part: Part, giver: UUID, where: Mapping[str, Any]) -> set[UUID]:
    """Of what a person holds, the records that a filter keeps, as far as the actor reads them."""
    if not ctx.actor.rights(part.obj.key).reads:
        return set()
    return set(reads.ids(ctx, part.obj.key, {"and": [part.of(giver), where]}))


def _holds(field: Field) -> bool:
    if field.system or field.read_only or not field.columns or field.kind.trait != "ref" or field.target != TARGET:
        return False
    return bool(field.settings.get(HAND_OVER.name, field.kind.key == "person"))


def _from_above(snapshot: Snapshot) -> Iterator[Object]:
    """Objects, each behind those that it inherits access from."""
    done: set[str] = set()

    def visit(obj: Object) -> Iterator[Object]:
        if obj.key in done:
            return
        done.add(obj.key)
        for key in parents_of(obj):
            if key in snapshot.objects:
                yield from visit(snapshot.objects[key])
        yield obj

    for obj in snapshot.objects.values():
        yield from visit(obj)
