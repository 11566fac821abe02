"""Who acts: the identity and rights that every read and write of the engine is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal
from uuid import UUID

Scope = Literal["none", "own", "department", "tree", "all"]
SCOPES: tuple[Scope, ...] = ("none", "own", "department", "tree", "all")
Verb = Literal["read", "edit", "delete"]


def wider(a: Scope, b: Scope) -> Scope:
    """The more permissive of two scopes."""
    return a if SCOPES.index(a) >= SCOPES.index(b) else b


@dataclass(frozen=True, slots=True)
class ObjectRights:
    """What a person may do with the records of one object, and with whose records."""

    create: bool = False
    read: Scope = "none"
    edit: Scope = "none"
    delete: Scope = "none"
    imports: bool = False
    exports: bool = False

    def merged(self, other: ObjectRights) -> ObjectRights:
        """Rights of somebody who holds both roles: the more permissive of each."""
        return ObjectRights(
            create=self.create or other.create,
            read=wider(self.read, other.read),
            edit=wider(self.edit, other.edit),
            delete=wider(self.delete, other.delete),
            imports=self.imports or other.imports,
            exports=self.exports or other.exports,
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ObjectRights:
        """Rights as a role's permissions write them; what is not named is refused."""
        return cls(
            create=bool(data.get("create", False)),
            read=data.get("read", "none"),
            edit=data.get("edit", "none"),
            delete=data.get("delete", "none"),
            imports=bool(data.get("import", False)),
            exports=bool(data.get("export", False)),
        )

    def to_json(self) -> dict[str, Any]:
        """The same shape as in a role's permissions."""
        return {
            "create": self.create,
            "read": self.read,
            "edit": self.edit,
            "delete": self.delete,
            "import": self.imports,
            "export": self.exports,
        }


NO_RIGHTS = ObjectRights()
ALL_RIGHTS = ObjectRights(True, "all", "all", "all", True, True)


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of a workspace with merged rights, or the system itself.

    ``department_members`` and ``tree_members`` hold the ids of the members of the actor's own department, and of
    that department with all below it; both contain the actor. ``department_path`` is the own department and those above
    it: what is shared with one of them is shared with the actor. ``objects`` maps object keys to rights, ``"*"``
    standing for every object that is not named.
    """

    member_id: UUID | None
    account_id: int | None
    name: str
    objects: Mapping[str, ObjectRights] = field(default_factory=lambda: MappingProxyType({}))
    system_rights: frozenset[str] = frozenset()
    department_id: UUID | None = None
    department_path: tuple[UUID, ...] = ()
    department_members: tuple[UUID, ...] = ()
    tree_members: tuple[UUID, ...] = ()
    roles: tuple[str, ...] = ()
    is_system: bool = False

    def rights(self, object_key: str) -> ObjectRights:
        """Rights on one object; an object that no role names falls back to ``"*"``."""
        if self.is_system:
            return ALL_RIGHTS
        return self.objects.get(object_key) or self.objects.get("*") or NO_RIGHTS

    def may(self, system_right: str) -> bool:
        """Whether the actor holds a right over the workspace itself, such as ``members`` or ``configure``."""
        return self.is_system or system_right in self.system_rights

    def owners(self, scope: Scope) -> tuple[UUID, ...]:
        """Member ids whose records the scope covers (empty for ``none``; not meaningful for ``all``)."""
        if scope == "own":
            return (self.member_id,) if self.member_id else ()
        if scope == "department":
            return self.department_members
        if scope == "tree":
            return self.tree_members
        return ()


SYSTEM = Actor(member_id=None, account_id=None, name="system", is_system=True)
"""The product itself, used by installation, migrations and jobs that act for nobody; always spelled out."""
