"""The one access predicate. Lists, single records, search, relations, counts, groups, history and exports compile it.

A record of an object with owners is reached when its owner lies in the actor's scope, when the owner of the record
that it inherits access from does (``via_owner``), or when it, or that record, is shared with the actor. Records that
the object calls private are their owner's alone, unless they are shared. The form
``owner = ANY(ids) OR id = ANY(ARRAY(SELECT ...))`` is the one without a bad case: each arm has its own index.
A share opens single records within what a role may do at all: who may edit nothing edits no shared record either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import Actor, Scope, Verb
from guanxi.engine.objects.fields.base import ParseEnv
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.infra.errors import BadRequest


@dataclass(frozen=True)
class AccessGuard:
    """The guard of one actor for one verb. Reading is what relations, search and aggregates are guarded with."""

    snapshot: Snapshot
    actor: Actor
    env: ParseEnv
    verb: Verb = "read"
    by_shares: bool = True
    """False asks what the actor's own rights reach, whatever is shared with them."""
    _owner_lists: dict[str, list[UUID]] = field(default_factory=dict)

    def rows(self, obj: Object, alias: str, bind: Bind) -> str:
        """SQL that is true for the rows of the object which the actor may reach with this verb."""
        if self.actor.is_system:
            return "TRUE"
        reached = self._reached(obj, alias, bind)
        if not obj.private or not obj.has_owner or reached == "FALSE":
            return reached
        private = compile_filter(Source(self.snapshot, obj, self, bind, self.env, alias), obj.private)
        mine = [self._owned(obj, alias, bind, "own")]
        if self.by_shares:
            mine.extend(self._shared(obj, alias, bind))
        return f"({reached} AND (({private}) IS NOT TRUE OR {' OR '.join(mine)}))"

    def _reached(self, obj: Object, alias: str, bind: Bind) -> str:
        """What the actor's rights, shares and the object itself open, private records not left out yet."""
        rights = self.actor.rights(obj.key)
        scope = getattr(rights, self.verb)
        if scope == "all" or (scope != "none" and not obj.has_owner):
            return "TRUE"
        if rights.read == "none" or scope == "none":
            return "FALSE"
        arms = [self._owned(obj, alias, bind, scope)]
        if self.by_shares:
            arms.extend(self._shared(obj, alias, bind))
        if self.verb == "read" and obj.read_also:
            inner = Source(self.snapshot, obj, self, bind, self.env, alias)
            arms.append(compile_filter(inner, obj.read_also))
        return "(" + " OR ".join(arms) + ")"

    def field(self, obj: Object, field_: Field) -> None:
        """Every field of a readable object may be read; rights by field join here."""

    def _owned(self, obj: Object, alias: str, bind: Bind, scope: Scope) -> str:
        owners = bind(self._owners(scope), "uuid[]")
        own = f"{alias}.owner = ANY({owners})"
        return f"{own} OR {alias}.via_owner = ANY({owners})" if obj.inherit else own

    def _owners(self, scope: Scope) -> list[UUID]:
        # One list per guard, so that a statement with several joins sends it once.
        return self._owner_lists.setdefault(scope, list(self.actor.owners(scope)))

    def _shared(self, obj: Object, alias: str, bind: Bind) -> list[str]:
        if self.verb == "delete" or self.actor.member_id is None:  # a share never lets anyone delete
            return []
        arms = [f"{alias}.id = ANY(ARRAY({self._shares(obj.key, bind)}))"]
        if obj.inherit:
            field = obj.fields[obj.inherit]
            targets = field.settings.get("targets") or [field.target]
            arms += [f'{alias}."{field.key}" = ANY(ARRAY({self._shares(str(target), bind)}))' for target in targets]
        return arms

    def _shares(self, object_key: str, bind: Bind) -> str:
        levels = "" if self.verb == "read" else " AND s.level = 'edit'"
        mine = granted_to(self.actor, bind, "s")
        return f"SELECT s.record FROM sys_share s WHERE {mine} AND s.object = '{object_key}'{levels}"


def granted_to(actor: Actor, bind: Bind, alias: str) -> str:
    """SQL that is true for the shares that open something to the actor: as a member, or in a department or below it."""
    mine = f"{alias}.member = {bind(actor.member_id, 'uuid')}"
    if not actor.department_path:
        return mine
    return f"({mine} OR {alias}.department = ANY({bind(list(actor.department_path), 'uuid[]')}))"


def check_own_fields(tree: Any) -> None:
    """Refuse a filter of who may read an object that leads to other records: whether those may be read would be asked
    on the way, without end where they lead back. BadRequest names the path or the relation.
    """
    if not isinstance(tree, Mapping):
        return
    for word in ("and", "or"):
        for part in tree.get(word) or ():
            check_own_fields(part)
    check_own_fields(tree.get("not"))
    if "has" in tree:
        raise BadRequest("design.access_relation", {"relation": str(tree["has"])})
    if "." in str(tree.get("field", "")):
        raise BadRequest("design.access_path", {"field": str(tree["field"])})
