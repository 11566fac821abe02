"""The tree of a workspace as its reader may look at it: which node is meant, and whose figures they see whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from guanxi.areas.forecast.errors import wrong
from guanxi.areas.forecast.rules.tree import COMPANY, Node, Tree, department, person
from guanxi.capabilities.identity.organisation import Organisation, organisation_in
from guanxi.capabilities.identity.tree import with_ancestors, with_descendants
from guanxi.engine.access.reach import Reach
from guanxi.engine.context import Context
from guanxi.engine.records.titles import titles

OBJECTS = {"department": "department", "person": "member"}


@dataclass(frozen=True)
class Places:
    """The tree, and how much of it the actor sees of an object's records."""

    there: Organisation
    tree: Tree
    seen: frozenset[UUID] | None
    """Members whose records are all seen; None for everybody's."""

    def whole(self, node: Node) -> bool:
        """Whether nothing of a node is kept from the actor."""
        return self.seen is None or (node.kind in ("department", "person") and self.tree.people(node) <= self.seen)

    def top(self, ctx: Context) -> Node:
        """Where the actor begins: the company, the department that they see the people of, or they themselves."""
        if self.seen is None or ctx.actor.member_id is None:
            return COMPANY
        home = ctx.actor.department_id
        if home is not None and len(self.tree.people(department(home)) & self.seen) > 1:
            return department(home)
        return person(ctx.actor.member_id)

    def shows(self, node: Node) -> bool:
        """Whether the actor sees records of anybody there."""
        return self.seen is None or not self.seen.isdisjoint(self.tree.people(node))


def places(ctx: Context, object_key: str = "opportunity") -> Places:
    """The tree of today as far as the actor sees records of an object."""
    there = organisation_in(ctx)
    tree = Tree(there.departments, {one.id: one.department for one in there.people.values()})
    actor, obj = ctx.actor, ctx.object(object_key)
    reach: Reach = actor.rights(object_key).read
    if actor.is_system or (reach.is_all and ctx.guard().sums_tell(obj)):
        return Places(there, tree, None)
    everybody = frozenset(there.people) if reach.is_all else frozenset(actor.owners_within(reach))
    # A rule that leaves some records out leaves nobody's figures whole.
    return Places(there, tree, everybody if ctx.guard().sums_tell(obj) else frozenset())


def node_of(ctx: Context, where: Places, department_id: UUID | None, person_id: UUID | None) -> Node:
    """The node that is named, or where the actor begins; Invalid for one that there is not."""
    if department_id is not None and person_id is not None:
        raise wrong("person", "one_of_both")
    if department_id is None and person_id is None:
        return where.top(ctx)
    node = person(person_id) if person_id is not None else department(department_id)  # type: ignore[arg-type]
    if node not in where.tree:
        raise wrong(node.kind, "no_such_place")
    return node


def heads(ctx: Context, where: Places, node: Node) -> bool:
    """Whether the actor answers for a node: for themselves, or as head of its department or of one above it."""
    actor = ctx.actor
    if actor.is_system or actor.rights("forecast_adjustment").edit.is_all:
        return True
    mine = {actor.member_id, *actor.delegators} - {None}
    if node.kind == "person":
        return node.id in mine or any(where.there.heads.get(one) in mine for one in _above(where, node))
    return node.kind == "department" and any(where.there.heads.get(one) in mine for one in _above(where, node))


def manages(ctx: Context, where: Places, node: Node) -> bool:
    """Whether a node lies within what the actor may set targets of."""
    actor = ctx.actor
    reach = actor.rights("sales_target").edit
    if actor.is_system or reach.is_all:
        return True
    if node.kind == "person":
        return node.id in actor.owners_within(reach)
    chosen = with_descendants(where.there.departments, reach.departments)
    own = with_descendants(where.there.departments, actor.departments) if reach.scope == "tree" else set()
    own |= set(actor.departments) if reach.scope == "department" else set()
    return node.kind == "department" and node.id in own | chosen


def owner_of(there: Organisation, node: Node) -> UUID | None:
    """To whom what is said of a node belongs: the person, or the head of the department."""
    return node.id if node.kind == "person" else there.heads.get(node.id) if node.id else None


def named(ctx: Context, nodes: Iterable[Node]) -> dict[Node, str | None]:
    """Names of nodes as the actor is told them; the company and nobody have none of their own."""
    asked = {node: (OBJECTS[node.kind], node.id) for node in nodes if node.id is not None}
    found = titles(ctx, set(asked.values()))
    return {node: found.get(key) for node, key in asked.items()}


def _above(where: Places, node: Node) -> list[UUID]:
    start = where.there.people[node.id].department if node.kind == "person" and node.id else node.id
    return with_ancestors(where.there.departments, start) if start else []
