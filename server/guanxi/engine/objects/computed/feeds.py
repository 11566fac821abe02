"""What stored computed values are fed by: which writes of which object make which field of which parent stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.objects.query.build import link_table

if TYPE_CHECKING:
    from guanxi.engine.objects.query.build import Source

Link = Literal["ref", "about", "refs", "own_refs"]


class StoredKind(Protocol):
    """What the kind of a stored computed field does (``rolling.Stored``)."""

    def feeds(self, field: Field) -> Sequence[Feed]:
        """Where the value comes from."""
        ...

    def cells(self, feed: Feed, source: Source) -> list[str]:
        """SQL of the columns' values over the children of one parent."""
        ...

    def combined(self, columns: Sequence[Sequence[str]]) -> list[str]:
        """SQL of the columns' values of what several feeds give."""
        ...


def stored_kind(field: Field) -> StoredKind:
    """The kind of a stored computed field."""
    return cast("StoredKind", field.kind)


@dataclass(frozen=True)
class Feed:
    """One source of a stored computed field: records of ``child`` that belong to a record of ``parent``."""

    parent: Object
    field: Field
    child: Object
    by: Field
    link: Link
    """``by`` is a field of the child, with ``own_refs`` one of the parent."""
    watched: frozenset[str]
    """Fields of the child whose change matters, the reference included."""
    values: Mapping[str, Any]
    """What the kind needs to make ``cells`` of it."""

    def from_clause(self, parent_id: str, alias: str = "c") -> str:
        """The children of one parent: FROM and WHERE, live ones alone."""
        table = f'"{self.child.table}" {alias}'
        live = f"{alias}.deleted_at IS NULL"
        if self.link == "ref":
            return f'{table} WHERE {alias}."{self.by.key}" = {parent_id} AND {live}'
        if self.link == "about":
            mine = f"{alias}.\"{self.by.key}__object\" = '{self.parent.key}'"
            return f'{table} WHERE {alias}."{self.by.key}" = {parent_id} AND {mine} AND {live}'
        here, there = ("target", "source") if self.link == "refs" else ("source", "target")
        return f'"{self.links}" l JOIN {table} ON {alias}.id = l.{there} WHERE l.{here} = {parent_id} AND {live}'

    @property
    def links(self) -> str:
        """The link table of a many-to-many relation."""
        holder = self.parent if self.link == "own_refs" else self.child
        return link_table(holder, self.by)


class Feeds:
    """All feeds of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.every: tuple[Feed, ...] = tuple(
            feed
            for obj in snapshot.objects.values()
            if any(kind.computed for kind in obj.kinds)
            for field in obj.fields.values()
            if field.kind.computed and not field.kind.virtual
            for feed in stored_kind(field).feeds(field)
        )

    @cached_property
    def by_child(self) -> Mapping[str, tuple[Feed, ...]]:
        """Feeds by the object whose records they read."""
        return _grouped(self.every, lambda feed: feed.child.key)

    @cached_property
    def by_parent(self) -> Mapping[str, tuple[Feed, ...]]:
        """Feeds by the object that holds the value."""
        return _grouped(self.every, lambda feed: feed.parent.key)

    def of_field(self, object_key: str, key: str) -> tuple[Feed, ...]:
        """Feeds of one stored computed field."""
        return tuple(feed for feed in self.by_parent.get(object_key, ()) if feed.field.key == key)

    @cached_property
    def _above(self) -> Mapping[str, frozenset[str]]:
        """By object: those that hold values worked out of its records, directly or over others."""
        direct = {key: {feed.parent.key for feed in feeds} for key, feeds in self.by_child.items()}
        found = {}
        for key, parents in direct.items():
            reached, waiting = set[str](), [*parents]
            while waiting:
                one = waiting.pop()
                if one not in reached:
                    reached.add(one)
                    waiting.extend(direct.get(one, ()))
            found[key] = frozenset(reached)
        return found

    @cached_property
    def order(self) -> Mapping[str, tuple[int, str]]:
        """By object: its place in the one order in which records are locked, before all that stands below it."""
        return {key: (len(self._above.get(key, frozenset()) | {key}), key) for key in self._snapshot.objects}

    def is_entangled(self, object_key: str) -> bool:
        """Whether records of the object stand above each other, directly or over other objects."""
        return object_key in self._above.get(object_key, ())

    @cached_property
    def ranks(self) -> Mapping[tuple[str, str], int]:
        """How many stored computed fields stand below each; what stands lower is worked out first."""
        found: dict[tuple[str, str], int] = {}
        for feed in self.every:
            self._rank((feed.parent.key, feed.field.key), found, ())
        return found

    def _rank(
        self, place: tuple[str, str], found: dict[tuple[str, str], int], pending: tuple[tuple[str, str], ...]
    ) -> int:
        if place in found:
            return found[place]
        if place in pending:  # refused by the validation of the catalog; here it only must not go on for ever
            return 0
        below = [self._rank(one, found, (*pending, place)) for one in self.below(place)]
        found[place] = 1 + max(below, default=-1)
        return found[place]

    def below(self, place: tuple[str, str]) -> Iterator[tuple[str, str]]:
        """The stored computed fields that one is worked out of."""
        for feed in self.of_field(*place):
            for key in feed.watched:
                field = feed.child.fields.get(key)
                if field is not None and field.kind.computed and not field.kind.virtual:
                    yield feed.child.key, key


def _grouped(feeds: tuple[Feed, ...], key: Any) -> dict[str, tuple[Feed, ...]]:
    found: dict[str, tuple[Feed, ...]] = {}
    for feed in feeds:
        found[key(feed)] = (*found.get(key(feed), ()), feed)
    return found


def cells(feed: Feed, source: Source) -> list[str]:
    """SQL of the values of a feed's field over the children under the source's alias: one for each column."""
    return stored_kind(feed.field).cells(feed, source)
