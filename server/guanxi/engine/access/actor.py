"""Who acts: the identity and rights that every read and write of the engine is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal
from uuid import UUID

from guanxi.engine.access.reach import ALL, NOBODY, Reach, Scope
from guanxi.engine.objects.levels import EVERY_FIELD, FieldLevels, Level

Verb = Literal["read", "edit", "delete"]
SWITCHES = ("create", "restore", "import", "export", "bulk", "share", "transfer", "configure")
"""What is allowed or not, as permissions name it."""
_GIVEN = frozenset({"restore", "bulk", "share", "transfer"})
"""Switches that stand where permissions do not name them: the reach to edit or to delete decides."""


@dataclass(frozen=True, slots=True)
class ObjectRights:
    """What a person may do with the records of one object, with which records, and with which of their fields."""

    create: bool = False
    read: Reach = NOBODY
    edit: Reach = NOBODY
    delete: Reach = NOBODY
    restore: bool = False
    imports: bool = False
    exports: bool = False
    bulk: bool = False
    share: bool = False
    transfer: bool = False
    configure: bool = False
    fields: FieldLevels = EVERY_FIELD

    @property
    def reads(self) -> bool:
        """Whether any record at all may be read: without it the object does not exist for the person."""
        return not self.read.is_none

    def allows(self, right: str) -> bool:
        """Whether a switch is on, or a reach reaches anything: ``create``, ``edit``, ``exports``."""
        value: bool | Reach = getattr(self, right)
        return not value.is_none if isinstance(value, Reach) else value

    def merged(self, other: ObjectRights) -> ObjectRights:
        """Rights of somebody who holds both roles: the more permissive of each.

        What a role says of fields counts only where it opens the object at all.
        """
        if not self.reads or not other.reads:
            fields = (self if self.reads else other).fields
        else:
            fields = self.fields.merged(other.fields)
        return ObjectRights(
            create=self.create or other.create,
            read=self.read.merged(other.read),
            edit=self.edit.merged(other.edit),
            delete=self.delete.merged(other.delete),
            restore=self.restore or other.restore,
            imports=self.imports or other.imports,
            exports=self.exports or other.exports,
            bulk=self.bulk or other.bulk,
            share=self.share or other.share,
            transfer=self.transfer or other.transfer,
            configure=self.configure or other.configure,
            fields=fields,
        )

    def for_program(self, *, read: bool, write: bool) -> ObjectRights:
        """What is left of the rights to a program that was allowed to read, or to write, or neither."""
        if not read:
            return NO_RIGHTS
        if write:
            return replace(self, configure=False)
        return ObjectRights(read=self.read, exports=self.exports, fields=self.fields)

    def only_looking(self) -> ObjectRights:
        """What is left of the rights to somebody who looks with the person's eyes: what may be opened, and no change."""
        return ObjectRights(read=self.read, configure=self.configure, fields=self.fields)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ObjectRights:
        """Rights as a role's permissions write them, which were checked when they were written."""
        switches = {name: bool(data.get(name, name in _GIVEN)) for name in SWITCHES}
        return cls(
            read=Reach.from_json(data.get("read", "none")),
            edit=Reach.from_json(data.get("edit", "none")),
            delete=Reach.from_json(data.get("delete", "none")),
            imports=switches.pop("import"),
            exports=switches.pop("export"),
            fields=FieldLevels.from_json(data.get("fields") or {}, data.get("types") or {}),
            **switches,
        )

    def to_json(self) -> dict[str, Any]:
        """What may be done, in the shape of a role's permissions; levels of fields are told with the fields."""
        return {
            "create": self.create,
            "read": self.read.to_json(),
            "edit": self.edit.to_json(),
            "delete": self.delete.to_json(),
            "restore": self.restore,
            "import": self.imports,
            "export": self.exports,
            "bulk": self.bulk,
            "share": self.share,
            "transfer": self.transfer,
            "configure": self.configure,
        }


NO_RIGHTS = ObjectRights()
ALL_RIGHTS = ObjectRights(True, ALL, ALL, ALL, True, True, True, True, True, True, True)


@dataclass(frozen=True, slots=True)
class Rule:
    """An access rule as far as it concerns one actor: which records it opens or leaves, at which level."""

    id: UUID
    name: str
    where: Mapping[str, Any]
    level: Literal["read", "edit"] = "read"
    until: datetime | None = None
    """When it ends, if it does."""


POOL = "pool"
"""The field of a record that lies in a pool: it has no owner, and the pool's members see of it what the pool shows."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool as far as it concerns one actor, who is among its members or administers it."""

    id: UUID
    name: str
    hides: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))
    """How far the actor reaches into fields of what lies in the pool; whatever is not named is as roles say."""
    administers: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of a workspace with merged rights, or the system itself.

    ``department_members`` and ``tree_members`` hold the ids of the members of the actor's own departments, and of
    those departments with all below them; both contain the actor. ``department_path`` is the own departments and those
    above them: what is shared with one of them is shared with the actor. ``objects`` maps object keys to rights, ``"*"``
    standing for every object that is not named.
    """

    member_id: UUID | None
    account_id: int | None
    name: str
    objects: Mapping[str, ObjectRights] = field(default_factory=lambda: MappingProxyType({}))
    system_rights: frozenset[str] = frozenset()
    department_id: UUID | None = None
    """The department of the main position."""
    departments: tuple[UUID, ...] = ()
    """Those of all positions that are held today."""
    department_path: tuple[UUID, ...] = ()
    department_members: tuple[UUID, ...] = ()
    tree_members: tuple[UUID, ...] = ()
    chosen_members: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Members of the departments that a reach names, and of all below each."""
    delegators: tuple[UUID, ...] = ()
    """Members who today let the actor stand in for them: what is theirs counts as the actor's own."""
    roles: tuple[str, ...] = ()
    role_ids: tuple[UUID, ...] = ()
    opens: Mapping[str, tuple[Rule, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Access rules that open records to the actor, by object."""
    restricts: Mapping[str, tuple[Rule, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Access rules that leave the actor only some records, by object."""
    pools: Mapping[str, tuple[Pool, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Pools whose records the actor may see, by object."""
    scopes: frozenset[str] | None = None
    """What a program that acts for the member was allowed: ``company:read``, ``*:write``; None for the member."""
    key: str | None = None
    """The name of the key or the program that acts for the member."""
    key_id: UUID | None = None
    """Its id, which outlives its name."""
    read_only: bool = False
    """True while somebody looks at the workspace with the member's eyes: nothing may be written."""
    is_system: bool = False

    def rights(self, object_key: str) -> ObjectRights:
        """Rights on one object; an object that no role names falls back to ``"*"``."""
        if self.is_system:
            return ALL_RIGHTS
        rights = self.objects.get(object_key) or self.objects.get("*") or NO_RIGHTS
        if self.scopes is None:
            return rights
        return rights.for_program(read=self.in_scope(object_key), write=self.in_scope(object_key, write=True))

    def offers(self, object_key: str) -> ObjectRights:
        """The rights on one object as screens and programs are told them, who offer nothing that would be refused."""
        rights = self.rights(object_key)
        return rights.only_looking() if self.read_only else rights

    def in_scope(self, object_key: str, *, write: bool = False) -> bool:
        """Whether what is about an object is open to the program that acts, to read or to write; always to the member."""
        if self.scopes is None:
            return True
        modes = ("write",) if write else ("read", "write")
        return not self.scopes.isdisjoint(f"{key}:{mode}" for key in (object_key, "*") for mode in modes)

    @property
    def writes_something(self) -> bool:
        """Whether the program that acts was allowed to write any object; always true of the member."""
        return self.scopes is None or any(scope.endswith(":write") for scope in self.scopes)

    def may(self, system_right: str) -> bool:
        """Whether the actor holds a right over the workspace itself, such as ``members`` or ``configure``."""
        return self.is_system or system_right in self.system_rights

    def configures(self, object_key: str | None = None) -> bool:
        """Whether the actor may shape an object, or without a name any object at all."""
        if self.may("configure"):
            return True
        named = self.objects if object_key is None else (object_key,)
        return any(self.rights(key).configure for key in named)

    def owners(self, scope: Scope) -> tuple[UUID, ...]:
        """Member ids whose records the scope covers (empty for ``none``; not meaningful for ``all``)."""
        if scope == "own":
            return (self.member_id, *self.delegators) if self.member_id else ()
        if scope == "department":
            return (*self.department_members, *self.delegators)
        if scope == "tree":
            return (*self.tree_members, *self.delegators)
        return ()

    def owners_within(self, reach: Reach) -> tuple[UUID, ...]:
        """Member ids whose records a reach covers, as far as owners tell: its scope and its departments."""
        if not reach.departments:
            return self.owners(reach.scope)
        chosen = (self.chosen_members.get(one, ()) for one in reach.departments)
        return tuple({*self.owners(reach.scope), *(member for members in chosen for member in members)})

    def seen_by(self, looker: Actor) -> Actor:
        """The actor as somebody else looks at the workspace with their eyes: the same rights, and nothing written."""
        return replace(self, read_only=True, key=None, key_id=None, account_id=looker.account_id)


SYSTEM = Actor(member_id=None, account_id=None, name="system", is_system=True)
"""The product itself, used by installation, migrations and jobs that act for nobody; always spelled out."""
