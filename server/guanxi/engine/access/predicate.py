"""The one access predicate. Lists, single records, search, relations, counts, groups, history and exports compile it.

A record of an object with owners is reached when its owner lies in the actor's reach, when the owner of the record
that it inherits access from does (``via_owner``), when a filter of a role or an access rule keeps it, when it lies in a
pool that the actor belongs to, or when it, or a record above it, is shared with the actor. Records that the object calls private are their owner's alone, unless they
are shared; what an access rule leaves out is left out always. The form
``owner = ANY(ids) OR id = ANY(ARRAY(SELECT ...))`` is the one without a bad case: each arm has its own index.
A share opens single records within what a role may do at all: who may edit nothing edits no shared record either.

Every way in is an ``Arm`` of its own, so that what explains access to people reads what grants it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from guanxi.engine.access.actor import POOL, SYSTEM, Actor, Pool, Rule, Verb
from guanxi.engine.access.columns import RECORD_TYPE, table_of
from guanxi.engine.access.inputs import inputs_of
from guanxi.engine.access.reach import Reach, Scope
from guanxi.engine.objects.fields.base import ParseEnv
from guanxi.engine.objects.levels import MASKED, FieldLevels, Level, is_read, lower
from guanxi.engine.objects.masks import masked
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.infra.errors import BadRequest

ArmKind = Literal[
    "all", "own", "delegated", "department", "tree", "departments", "inherited", "filter", "rule", "share",
    "share_above", "open", "pool",
]  # fmt: skip
LimitKind = Literal["private", "restriction"]


@dataclass(frozen=True, slots=True)
class Arm:
    """One way in which records are reached: the SQL that is true for them, and what it rests on.

    ``detail`` names the owners (``owners``), the rule (``rule``, ``name``) or the object that is shared (``object``).
    """

    kind: ArmKind
    sql: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """What takes records away however they are reached: the SQL that is true for those that are left."""

    kind: LimitKind
    sql: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AccessGuard:
    """The guard of one actor for one verb. Reading is what relations, search and aggregates are guarded with."""

    snapshot: Snapshot
    actor: Actor
    env: ParseEnv
    verb: Verb = "read"
    by_shares: bool = True
    """False asks what the actor's own rights reach, whatever is shared with them."""
    _owner_lists: dict[Reach | Scope, list[UUID]] = field(default_factory=dict)

    def rows(self, obj: Object, alias: str, bind: Bind) -> str:
        """SQL that is true for the rows of the object which the actor may reach with this verb."""
        if self.actor.is_system:
            return "TRUE"
        reached = self._reached(obj, alias, bind)
        if reached == "FALSE":
            return reached
        limits = [limit.sql for limit in self.limits(obj, alias, bind)]
        return f"({' AND '.join([reached, *limits])})" if limits else reached

    def arms(self, obj: Object, alias: str, bind: Bind) -> list[Arm]:
        """Every way in which the actor may reach records of the object with this verb; none when there is no way."""
        rights = self.actor.rights(obj.key)
        reach: Reach = getattr(rights, self.verb)
        if reach.is_none or not rights.reads:
            return []
        if _is_everything(obj, reach):
            return [Arm("all", "TRUE")]
        found = [*self._owner_arms(obj, alias, bind, reach)] if obj.has_owner else []
        return [*found, *self._other_arms(obj, alias, bind, reach)]

    def limits(self, obj: Object, alias: str, bind: Bind) -> list[Limit]:
        """What leaves records out however they are reached."""
        found = []
        if obj.private and obj.has_owner and not self.actor.is_system:
            private = compile_filter(Source(self.snapshot, obj, self, bind, self.env, alias), obj.private)
            mine = " OR ".join([self._owned(obj, alias, bind, Reach("own")), *self._shared(obj, alias, bind)])
            found.append(Limit("private", f"(({private}) IS NOT TRUE OR {mine})"))
        for rule in self._holding(self.actor.restricts, obj):
            kept = self._kept(obj, alias, bind, rule.where)
            found.append(Limit("restriction", f"({kept}) IS TRUE", {"rule": rule.id, "name": rule.name}))
        return found

    def level(self, obj: Object, field_: Field) -> Level:
        """How far the actor reaches into a field on records of every type; nobody is kept from a title.

        What is worked out of other fields is hidden from whoever may not read all of these, or whom a rule keeps from some
        records of their object: a sum would tell of them.
        """
        if self.actor.is_system or field_.key in (obj.title, "id"):
            return "edit"
        levels = self._levels(obj)
        # What has no columns of its own cannot be left out of single rows.
        found = levels.highest(field_.key) if field_.columns else levels.lowest(field_.key)
        if field_.kind.computed:
            for other, key in inputs_of(self.snapshot, obj, field_):
                of = self.snapshot.objects.get(other)
                if of is not None and other != obj.key and self._kept_from_some(of):
                    return "hidden"
                if of is not None and key != of.title and not is_read(self.actor.rights(other).fields.lowest(key)):
                    return "hidden"
        return found

    def level_everywhere(self, obj: Object, field_: Field) -> Level:
        """How far the actor reaches into a field on a record of whatever type: for what is told apart from its record."""
        if self.actor.is_system or field_.key == obj.title:
            return "edit"
        return lower(self.level(obj, field_), self._levels(obj).lowest(field_.key))

    def level_on(self, obj: Object, field_: Field, record_type: str | None, pool: UUID | None = None) -> Level:
        """How far the actor reaches into a field on a record of a type, which may lie in a pool."""
        if self.actor.is_system or field_.key == obj.title:
            return "edit"
        found = lower(self.level(obj, field_), self._levels(obj).of(field_.key, record_type))
        return lower(found, self.level_in(obj, field_, pool))

    def level_in(self, obj: Object, field_: Field, pool: UUID | None) -> Level:
        """How far a pool lets the actor into a field of what lies in it; all the way where it lies in none."""
        if pool is None or field_.key == obj.title:
            return "edit"
        for one in self.pools(obj):
            if one.id == pool:
                return one.hides.get(field_.key, "edit")
        return "edit"

    def pools(self, obj: Object) -> Sequence[Pool]:
        """The pools of the object that let the actor see what lies in them."""
        return () if self.actor.is_system or POOL not in obj.fields else self.actor.pools.get(obj.key, ())

    def keeps_from(self, obj: Object, fields: Sequence[Field], alias: str) -> str | None:
        """SQL that is true for records in a pool that tells one of the fields less than whole; None for no such pool."""
        keys = {field_.key for field_ in fields if field_.key != obj.title}
        ids = [one.id.hex for one in self.pools(obj) if any(not is_read(one.hides.get(key, "edit")) for key in keys)]
        return f"{alias}.\"{POOL}\" = ANY('{{{','.join(ids)}}}'::uuid[])" if ids else None

    def field(self, obj: Object, field_: Field) -> None:
        """Refuse a field that may not be compared, sorted or grouped by: BadRequest, for a hidden one as for none at all."""
        level = self.level(obj, field_)
        if level == "hidden":
            raise BadRequest("query.unknown_field", {"object": obj.key, "field": field_.key})
        if not is_read(level):
            raise BadRequest("query.field_masked", {"object": obj.key, "field": field_.key})

    def masks_some(self, obj: Object, field_: Field) -> bool:
        """Whether a field that is told is a mask on records of some types, or in some pools."""
        if self.actor.is_system or field_.key in (obj.title, RECORD_TYPE):
            return False
        if any(one.hides.get(field_.key) in MASKED for one in self.pools(obj)):
            return bool(field_.columns) and is_read(self.level(obj, field_))
        if RECORD_TYPE not in obj.fields:
            return False
        levels = self._levels(obj)
        if not field_.columns or not levels.by_type or not is_read(self.level(obj, field_)):
            return False
        return any(level in MASKED for level in levels.all_of(field_.key))

    def told(self, obj: Object) -> Object:
        """The object as the actor may know it: without hidden fields, masked ones in the form in which they are told."""
        if self.actor.is_system:
            return obj
        levels: dict[str, Level] = {key: self.level(obj, field_) for key, field_ in obj.fields.items()}
        if all(is_read(level) for level in levels.values()):
            return obj
        fields = {
            key: masked(field_) if levels[key] in MASKED else field_
            for key, field_ in obj.fields.items()
            if levels[key] != "hidden"
        }
        return replace(obj, fields=fields)

    def readable(self) -> Snapshot:
        """The catalog with nothing in it but what the actor may read on every record."""
        if self.actor.is_system:
            return self.snapshot
        objects = {
            key: replace(obj, fields={name: one for name, one in obj.fields.items() if self.reads(obj, one)})
            for key, obj in self.snapshot.objects.items()
            if self.actor.rights(key).reads
        }
        return replace(self.snapshot, objects=objects)

    def reads(self, obj: Object, field_: Field) -> bool:
        """Whether the actor may read a field on records of every type."""
        return is_read(self.level_everywhere(obj, field_))

    def reads_all_of(self, obj: Object) -> bool:
        """Whether no field of the object is hidden or masked on any record."""
        if self.actor.is_system:
            return True
        levels = self._levels(obj)
        return all(is_read(levels.lowest(key)) for key in levels.named if key != obj.title)

    def sums_tell(self, obj: Object) -> bool:
        """Whether the actor is told figures over all records of the object: owners alone close none of them."""
        return self.actor.is_system or not self._kept_from_some(obj)

    def table(self, obj: Object) -> str:
        """The object's table, without the values of fields that only records of other types tell the actor, or those
        outside of a pool; those that are told as a mask there stand aside.
        """
        if self.actor.is_system:
            return f'"{obj.table}"'
        return table_of(obj, self._levels(obj), self.masks_some, self.pools(obj))

    def _levels(self, obj: Object) -> FieldLevels:
        """What roles say of the object's fields, and no more of what follows another field than of that one everywhere."""
        own = self.actor.rights(obj.key).fields
        if not obj.follows:
            return own
        follows: dict[str, Level] = {key: lower(own.lowest(key), self._source(*of)) for key, of in obj.follows.items()}
        plain: dict[str, Level] = {**own.plain, **follows}
        by_type: dict[str, dict[str, Level]] = {
            one: {key: level for key, level in levels.items() if key not in obj.follows}
            for one, levels in own.by_type.items()
        }
        return FieldLevels.from_json(plain, by_type)

    def _source(self, object_key: str, key: str) -> Level:
        of = self.snapshot.objects.get(object_key)
        if of is None or self._kept_from_some(of):
            return "hidden"
        if key == of.title or key not in of.fields:
            return "edit"
        found = self._levels(of).lowest(key)
        for one in self.pools(of):
            found = lower(found, one.hides.get(key, "edit"))
        return found

    def _kept_from_some(self, obj: Object) -> bool:
        """Whether the object is closed to the actor, or a rule leaves them only some of its records."""
        return not self.actor.rights(obj.key).reads or any(self._holding(self.actor.restricts, obj))

    def _reached(self, obj: Object, alias: str, bind: Bind) -> str:
        """What the actor's rights, rules, shares and the object itself open: the arms, owners asked for once."""
        rights = self.actor.rights(obj.key)
        reach: Reach = getattr(rights, self.verb)
        if reach.is_none or not rights.reads:
            return "FALSE"
        if _is_everything(obj, reach):
            return "TRUE"
        arms = [self._owned(obj, alias, bind, reach)] if obj.has_owner else []
        arms += [arm.sql for arm in self._other_arms(obj, alias, bind, reach)]
        return "(" + " OR ".join(arms) + ")"

    def _owner_arms(self, obj: Object, alias: str, bind: Bind, reach: Reach) -> Iterator[Arm]:
        """The parts of what the owner decides, the narrowest first."""
        actor = self.actor
        parts: list[tuple[ArmKind, Sequence[UUID]]] = []
        if reach.scope != "none" and actor.member_id:
            parts += [("own", [actor.member_id]), ("delegated", actor.delegators)]
        if reach.scope in ("department", "tree"):
            parts.append(("department", actor.department_members))
        if reach.scope == "tree":
            parts.append(("tree", actor.tree_members))
        if reach.departments:
            parts.append(("departments", actor.owners_within(Reach("none", reach.departments))))
        for kind, ids in parts:
            if ids:
                owners = bind(list(ids), "uuid[]")
                yield Arm(kind, f"{alias}.owner = ANY({owners})", {"owners": tuple(ids)})
        if obj.inherit and parts:
            within = bind(self._owners(reach), "uuid[]")
            yield Arm("inherited", f"{alias}.via_owner = ANY({within})", {"field": obj.inherit})

    def _other_arms(self, obj: Object, alias: str, bind: Bind, reach: Reach) -> Iterator[Arm]:
        for where in reach.where:
            yield Arm("filter", f"({self._kept(obj, alias, bind, where)})", {"where": where})
        for rule in self._holding(self.actor.opens, obj):
            if self._opens(rule):
                kept = self._kept(obj, alias, bind, rule.where)
                yield Arm("rule", f"({kept})", {"rule": rule.id, "name": rule.name})
        if self.verb == "read" and (pools := self.pools(obj)):
            ids = bind([one.id for one in pools], "uuid[]")
            yield Arm("pool", f'{alias}."{POOL}" = ANY({ids})', {"pools": {one.id: one.name for one in pools}})
        if self.by_shares:
            for place, sql in enumerate(self._shared(obj, alias, bind)):
                yield Arm("share_above" if place else "share", sql)
        if self.verb == "read" and obj.read_also:
            inner = Source(self.snapshot, obj, self, bind, self.env, alias)
            yield Arm("open", compile_filter(inner, obj.read_also))

    def _holding(self, rules: Mapping[str, Sequence[Rule]], obj: Object) -> Iterator[Rule]:
        """The rules of the object that have not ended."""
        return (one for one in rules.get(obj.key, ()) if one.until is None or one.until > self.env.now)

    def _opens(self, rule: Rule) -> bool:
        return self.verb == "read" or (self.verb == "edit" and rule.level == "edit")

    def _kept(self, obj: Object, alias: str, bind: Bind, where: Mapping[str, Any]) -> str:
        """SQL of an administrator's filter, which sees every record on its way."""
        everything = AccessGuard(self.snapshot, SYSTEM, self.env)
        inner = Source(self.snapshot, obj, everything, bind, self.env, alias)
        if not _leads_elsewhere(where):
            return compile_filter(inner, where)
        inner = Source(self.snapshot, obj, everything, bind, self.env, f"{alias}a")
        kept = compile_filter(inner, where)
        return f"EXISTS (SELECT 1 FROM {inner.from_clause()} WHERE {inner.alias}.id = {alias}.id AND {kept})"

    def _owned(self, obj: Object, alias: str, bind: Bind, reach: Reach) -> str:
        owners = bind(self._owners(reach), "uuid[]")
        own = f"{alias}.owner = ANY({owners})"
        return f"{own} OR {alias}.via_owner = ANY({owners})" if obj.inherit else own

    def _owners(self, reach: Reach) -> list[UUID]:
        # One list per guard, so that a statement with several joins sends it once.
        key: Reach | Scope = Reach(reach.scope, reach.departments) if reach.departments else reach.scope
        known = self._owner_lists.get(key)
        if known is None:
            known = self._owner_lists[key] = list(self.actor.owners_within(reach))
        return known

    def _shared(self, obj: Object, alias: str, bind: Bind) -> list[str]:
        """The record itself is shared, or one above it whose object lets its shares reach so far down."""
        if self.verb == "delete" or self.actor.member_id is None:  # a share never lets anyone delete
            return []
        found = [f"{alias}.id = ANY(ARRAY({self._shares(obj.key, bind)}))"]
        if obj.inherit:
            field_ = obj.fields[obj.inherit]
            for above in _targets(self.snapshot, field_):
                found += [f'{alias}."{field_.key}" = ANY(ARRAY({ids}))' for ids in self._above(obj, above, bind, 1)]
        return found

    def _above(self, heir: Object, obj: Object, bind: Bind, steps: int) -> Iterator[str]:
        """Statements of the ids of ``obj`` whose shares, or those above them, reach ``heir`` so many steps below."""
        if obj.share_reach.reaches(heir.key, steps):
            yield self._shares(obj.key, bind)
        if obj.inherit and steps < MAX_STEPS:
            field_ = obj.fields[obj.inherit]
            for above in _targets(self.snapshot, field_):
                for ids in self._above(heir, above, bind, steps + 1):
                    at = f"p{steps}"
                    yield (
                        f'SELECT {at}.id FROM "{obj.table}" {at} WHERE {at}."{field_.key}" = ANY(ARRAY({ids}))'
                        f" AND {at}.deleted_at IS NULL"
                    )

    def _shares(self, object_key: str, bind: Bind) -> str:
        levels = "" if self.verb == "read" else " AND s.level = 'edit'"
        mine = granted_to(self.actor, self.env, bind, "s")
        return f"SELECT s.record FROM sys_share s WHERE {mine} AND s.object = '{object_key}'{levels}"


MAX_STEPS = 3
"""Steps below a shared record that a share may reach."""


def granted_to(actor: Actor, env: ParseEnv, bind: Bind, alias: str) -> str:
    """SQL that is true for the shares that open something to the actor now: as a member, in a department or below it,
    or by a role; and to whom the actor stands in for.
    """
    if actor.delegators:
        ways = [f"{alias}.member = ANY({bind([actor.member_id, *actor.delegators], 'uuid[]')})"]
    else:
        ways = [f"{alias}.member = {bind(actor.member_id, 'uuid')}"]
    if actor.department_path:
        ways.append(f"{alias}.department = ANY({bind(list(actor.department_path), 'uuid[]')})")
    if actor.role_ids:
        ways.append(f"{alias}.role = ANY({bind(list(actor.role_ids), 'uuid[]')})")
    mine = ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"
    return f"{mine} AND ({alias}.expires_at IS NULL OR {alias}.expires_at > {bind(env.now, 'timestamptz')})"


def _is_everything(obj: Object, reach: Reach) -> bool:
    """Whether a reach covers every record: where records have no owner, whatever reach by owners there is does."""
    return reach.is_all or (not obj.has_owner and (reach.scope != "none" or bool(reach.departments)))


def _targets(snapshot: Snapshot, field_: Field) -> list[Object]:
    targets = field_.settings.get("targets") or [field_.target]
    return [snapshot.objects[str(one)] for one in targets if str(one) in snapshot.objects]


def _leads_elsewhere(tree: Any) -> bool:
    """Whether a filter compares fields of other records, so that it needs joins."""
    if not isinstance(tree, Mapping):
        return False
    parts = [*(tree.get("and") or ()), *(tree.get("or") or ()), tree.get("not")]
    return "." in str(tree.get("field", "")) or any(_leads_elsewhere(part) for part in parts)


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
