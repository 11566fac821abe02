"""Differences of objects, fields and components as the designer's changes, in an order in which each finds what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from guanxi.engine.bundles.comparing import Difference
from guanxi.engine.bundles.items import Item
from guanxi.engine.context import Context
from guanxi.engine.design.draft import Draft, Row
from guanxi.engine.objects.definitions import FIELD_ATTRIBUTES, OBJECT_ATTRIBUTES
from guanxi.engine.objects.fields.registry import kind as kind_of
from guanxi.engine.objects.model import Snapshot
from guanxi.infra.errors import Conflict, FieldError, Invalid

Change = dict[str, Any]
Placed = tuple[Change, Difference]
"""A change with the difference that it comes of."""
Here = Callable[[Any], Any]
"""Turns the ids and names of records that stand in files into the ids that the records have here."""
CATALOG = ("object", "field", "component")


def changes(ctx: Context, differences: Sequence[Difference], here: Here, *, confirm: bool) -> list[Placed]:
    """The changes that make the differences go. ``here`` turns values of files into the workspace's own.

    Invalid for a key that something else has already, and for what was dropped for good; Conflict for a field without
    its object.
    """
    mine = [one for one in differences if one.item.section in CATALOG]
    if not mine:
        return []
    made = _Changes(ctx, here, confirm)
    made.check(mine)
    live = {name: [one for one in mine if one.item.section == name and one.wanted] for name in CATALOG}
    gone = {name: [one for one in mine if one.item.section == name and not one.wanted] for name in CATALOG}
    return [
        *(placed for one in live["object"] for placed in made.appear(one)),
        *(placed for one in live["field"] for placed in made.appear(one)),
        *(placed for one in live["field"] for placed in made.change(one)),
        *(placed for one in live["object"] for placed in made.change(one)),
        *(placed for one in live["component"] for placed in (*made.appear(one), *made.change(one))),
        *(made.archive(one) for one in gone["component"]),
        *(made.archive(one) for one in _dependents_first(ctx.snapshot, gone["field"])),
        *(made.archive(one) for one in gone["object"]),
    ]


class _Changes:
    """Makes changes against the rows as they are."""

    def __init__(self, ctx: Context, here: Here, confirm: bool) -> None:
        self.draft = Draft.load(ctx)
        self.here = here
        self.confirm = confirm
        self.restored: set[str] = set()

    def check(self, differences: Sequence[Difference]) -> None:
        """What no change could be made of."""
        errors = []
        coming = {one.item.values["key"] for one in differences if one.item.section == "object" and one.op == "added"}
        present = {row.key for row in self.draft.objects() if row.is_live}
        for one in differences:
            item, row = one.item, self.draft.rows.get(one.item.id)
            if one.op == "removed":
                continue
            if item.section != "object" and item.values["object"] not in present | coming:
                params = {"name": one.label, "object": item.values["object"]}
                raise Conflict("bundles.needs_object", params)
            if row is None:
                other = self._same_key(item)
                if other is not None:
                    params = {"key": item.values["key"], "name": dict(other.label), "id": other.id}
                    errors.append(FieldError(f"{one.path}: key", "bundles.key_clash", params))
            elif row.sort != item.section or row.key != item.values["key"]:
                errors.append(FieldError(f"{one.path}: id", "bundles.id_clash", {"name": dict(row.label)}))
            elif row.state in ("retiring", "dropped"):
                errors.append(FieldError(f"{one.path}: id", "bundles.was_dropped", {"name": dict(row.label)}))
        if errors:
            raise Invalid(errors, "bundles.invalid", {"count": len(errors)})

    def _same_key(self, item: Item) -> Row | None:
        """What has the key already, in whatever state."""
        for row in self.draft.rows.values():
            if row.sort != item.section or row.key != item.values["key"]:
                continue
            owner = self.draft.rows[row.object_id]
            if item.section == "object" or (
                owner.key == item.values["object"] and (item.section == "field" or row.kind == item.values["kind"])
            ):
                return row
        return None

    def appear(self, one: Difference) -> Iterator[Placed]:
        """What is not there, or is archived, comes."""
        item, row = one.item, self.draft.rows.get(one.item.id)
        if row is not None:
            if not row.is_live:
                self.restored.add(row.id)
                yield {"op": f"{item.section}.restore", "id": item.id}, one
            return
        named: Change = {"op": f"{item.section}.create", "id": item.id, "key": item.values["key"]}
        if item.section == "object":
            yield {**named, "values": self._values(one)}, one
        else:
            owner = {"object": item.values["object"], "kind": item.values["kind"]}
            yield {**named, **owner, "values": self._values(one, creating=True)}, one

    def change(self, one: Difference) -> Iterator[Placed]:
        """What is there becomes as it is wanted; a field of another kind is converted."""
        item, row = one.item, self.draft.rows.get(one.item.id)
        if row is None:
            return
        values = self._values(one)
        if item.section == "field" and row.kind != item.values["kind"]:
            yield {
                "op": "field.convert", "id": item.id, "kind": item.values["kind"], "values": values,
                "confirm": self.confirm,
            }, one  # fmt: skip
            return
        if item.section == "component":
            values = {**dict.fromkeys(row.live), **values}
        differing = {name: value for name, value in values.items() if row.live.get(name) != value}
        if differing:
            yield {"op": f"{item.section}.update", "id": item.id, "values": differing, "confirm": self.confirm}, one

    def archive(self, one: Difference) -> Placed:
        """What goes is archived; it can be restored until the retention time is over."""
        change: Change = {"op": f"{one.item.section}.archive", "id": one.item.id}
        return ({**change, "confirm": self.confirm} if one.item.section != "component" else change), one

    def _values(self, one: Difference, *, creating: bool = False) -> dict[str, Any]:
        item, given = one.item, one.values
        names: Sequence[str] = {"object": OBJECT_ATTRIBUTES, "field": FIELD_ATTRIBUTES}.get(item.section) or [
            name for name in item.values if name not in ("object", "kind", "key")
        ]
        values = {name: self.here(given[name]) for name in names}
        if item.section == "field" and creating and isinstance(values["settings"], Mapping):
            # A reference that the files do not name from the other side is not to be given a name.
            known = _settings_of(str(item.values["kind"]))
            if "reverse" in known and "reverse" not in values["settings"]:
                values["settings"] = {**values["settings"], "reverse": ""}
        return values


def _settings_of(kind: str) -> set[str]:
    try:
        return {one.name for one in kind_of(kind).settings_schema()}
    except LookupError:
        return set()


def _dependents_first(snapshot: Snapshot, gone: Sequence[Difference]) -> list[Difference]:
    """Fields in an order in which what is worked out of others goes before them."""
    left = {(one.item.values["object"], one.item.values["key"]): one for one in gone}
    ordered: list[Difference] = []
    while left:
        needed = {name for key in left for name in _needs(snapshot, *key) if name != key}
        free = [key for key in left if key not in needed] or list(left)
        ordered.extend(left.pop(key) for key in free)
    return ordered


def _needs(snapshot: Snapshot, object_key: str, key: str) -> frozenset[tuple[str, str]]:
    obj = snapshot.objects.get(object_key)
    field = obj.fields.get(key) if obj else None
    if obj is None or field is None:
        return frozenset()
    return frozenset((o, f) for o, f in field.kind.depends_on(snapshot, obj, field) if f is not None)
