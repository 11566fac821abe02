"""Stored computed kinds: values of a record that are worked out of other records, kept right by every write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from guanxi.engine.objects.computed.feeds import Feed, Link
from guanxi.engine.objects.computed.problems import BadFormula
from guanxi.engine.objects.computed.showing import Shaped
from guanxi.engine.objects.model import Field, Object, Snapshot

if TYPE_CHECKING:
    from guanxi.engine.objects.ddl.plan import Deferred
    from guanxi.engine.objects.query.build import Source

STEP = "compute"
"""Deferred steps of this kind work out a stored computed field for all records there are."""


class Stored(Shaped):
    """A computed kind whose values have columns of their own."""

    def feeds(self, field: Field) -> Sequence[Feed]:
        """Where the value comes from; nothing when the settings name what is not there."""
        raise NotImplementedError

    def cells(self, feed: Feed, source: Source) -> list[str]:
        """SQL of the columns' values over the children of one parent."""
        raise NotImplementedError

    def combined(self, columns: Sequence[Sequence[str]]) -> list[str]:
        """SQL of the columns' values of what the feeds give, each a list of columns."""
        return list(columns[0])

    def bound(self) -> tuple[Snapshot, Object, Field]:
        """What the field belongs to."""
        if self.snapshot is None or self.obj is None or self.own is None:
            raise LookupError("the field belongs to no snapshot")
        return self.snapshot, self.obj, self.own

    def worked_out_of(self, field: Field) -> frozenset[tuple[str, str]]:
        """The fields of the children that matter, and the reference."""
        found = set()
        for feed in self.feeds(field):
            holder = feed.parent if feed.link == "own_refs" else feed.child
            found |= {(feed.child.key, key) for key in feed.watched} | {(holder.key, feed.by.key)}
        return frozenset(found)

    def steps(self, obj: Object, field: Field, before: Field | None) -> Sequence[Deferred]:
        """All records there are get the value when the field is made or its settings change."""
        from guanxi.engine.objects.ddl.plan import Deferred

        if before is not None and (dict(before.settings), before.kind.key) == (dict(field.settings), self.key):
            return ()
        return (Deferred(STEP, f"{obj.key}.{field.key}", object=obj.key, field=field.key),)


def feed_of(
    snapshot: Snapshot,
    parent: Object,
    field: Field,
    child_key: str,
    by_key: str,
    watched: set[str],
    values: Mapping[str, Any],
) -> Feed | None:
    """A feed over a field of the child that points at the parent; None when it does not."""
    child = snapshot.objects.get(child_key)
    by = child.fields.get(by_key) if child else None
    if child is None or by is None or by.kind.virtual:
        return None
    trait = by.kind.trait
    targets = by.settings.get("targets") if trait == "about" else [by.target]
    if trait not in ("ref", "about", "refs") or parent.key not in (targets or ()):
        return None
    link: Link = "ref" if trait == "ref" else "about" if trait == "about" else "refs"
    return Feed(parent, field, child, by, link, frozenset(watched | {by.key}), values)


def own_feed(
    snapshot: Snapshot, parent: Object, field: Field, through_key: str, watched: set[str], values: Mapping[str, Any]
) -> Feed | None:
    """A feed over a many-to-many field of the parent itself."""
    through = parent.fields.get(through_key)
    child = snapshot.objects.get((through.target if through else None) or "")
    if through is None or child is None or through.kind.trait != "refs":
        return None
    return Feed(parent, field, child, through, "own_refs", frozenset(watched), values)


def stored_keys(child: Object, key: str) -> set[str] | None:
    """The stored fields that a field of a child is worked out of: itself, or those of a formula over its own record.
    None when its value can change without a write of the child.
    """
    field = child.fields.get(key)
    if field is None or field.kind.secret or not field.kind.holds_value:
        return None
    if not field.kind.virtual:
        return {key} if field.columns else None
    formula = getattr(field.kind, "formula", None)
    if formula is None:
        return None
    try:
        made = formula()
    except (BadFormula, LookupError):
        return None
    return {one.field.key for one in made.whole.fields} if made.is_own else None


def filter_fields(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every condition of a filter tree as (field, condition); relations are told as fields too."""
    if not isinstance(node, Mapping):
        return
    for word in ("and", "or"):
        parts = node.get(word)
        for part in parts if isinstance(parts, list) else ():
            yield from filter_fields(part)
    if "not" in node:
        yield from filter_fields(node["not"])
    if "has" in node:
        yield str(node["has"]), node
    if "field" in node:
        yield str(node["field"]), node
