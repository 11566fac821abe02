"""The sections of what the designer makes: objects, fields and components."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from guanxi.engine.bundles.items import BadFile, Item, Section, identity, key_in, only
from guanxi.engine.context import Context
from guanxi.engine.design.draft import Draft, Row
from guanxi.engine.objects.components.registry import component_kind, component_kinds
from guanxi.engine.objects.definitions import DEFAULTS, FIELD_ATTRIBUTES, OBJECT_ATTRIBUTES
from guanxi.engine.objects.naming import KEY

FOLDER = "objects"


def live_rows(ctx: Context, sort: str) -> Iterator[tuple[Row, Row]]:
    """Rows that requests see, each with the row of its object."""
    draft = Draft.load(ctx)
    for row in sorted(draft.rows.values(), key=lambda one: (one.object_id, one.kind, one.key)):
        owner = draft.rows[row.object_id]
        if row.sort == sort and row.is_live and owner.is_live:
            yield row, owner


def _without_defaults(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if values.get(name) != DEFAULTS.get(name)}


class Objects(Section):
    """One file for an object's own attributes."""

    name = "object"

    def items(self, ctx: Context) -> Iterable[Item]:
        """Every object that is in use."""
        for row, _ in live_rows(ctx, "object"):
            values = {name: row.live.get(name, DEFAULTS.get(name)) for name in OBJECT_ATTRIBUTES}
            yield Item(self.name, row.id, {"key": row.key, **values}, shipped=row.shipped is not None)

    def path(self, item: Item) -> str:
        """``objects/<key>/object.toml``."""
        return f"{FOLDER}/{item.values['key']}/object.toml"

    def owns(self, parts: Sequence[str]) -> bool:
        """The file called ``object.toml`` in the folder of an object."""
        return len(parts) == 3 and parts[0] == FOLDER and parts[2] == "object.toml"

    def content(self, item: Item) -> dict[str, Any]:
        """As in the definitions that the product ships, the fields apart."""
        values = _without_defaults(item.values, OBJECT_ATTRIBUTES)
        if values.get("plural") == values.get("label"):
            values.pop("plural", None)
        return {"id": item.id, "key": item.values["key"], **values}

    def item(self, parts: Sequence[str], data: Mapping[str, Any]) -> Item:
        """The object; its folder has its key."""
        only(data, ["id", "key", *OBJECT_ATTRIBUTES])
        key = key_in(data, parts[1])
        values = {name: data.get(name, DEFAULTS.get(name)) for name in OBJECT_ATTRIBUTES}
        values["plural"] = data.get("plural", data.get("label"))
        return Item(self.name, identity(data), {"key": key, **values})


class Fields(Section):
    """One file for each field."""

    name = "field"

    def items(self, ctx: Context) -> Iterable[Item]:
        """Every field that is in use."""
        for row, owner in live_rows(ctx, "field"):
            values = {name: row.live.get(name, DEFAULTS.get(name)) for name in FIELD_ATTRIBUTES}
            named = {"object": owner.key, "key": row.key, "kind": row.kind}
            yield Item(self.name, row.id, {**named, **values}, shipped=row.shipped is not None)

    def path(self, item: Item) -> str:
        """``objects/<key of the object>/fields/<key>.toml``."""
        return f"{FOLDER}/{item.values['object']}/fields/{item.values['key']}.toml"

    def owns(self, parts: Sequence[str]) -> bool:
        """Files in the folder ``fields`` of an object."""
        return len(parts) == 4 and parts[0] == FOLDER and parts[2] == "fields"

    def content(self, item: Item) -> dict[str, Any]:
        """As in the definitions that the product ships; the position is told, since no other field stands beside it."""
        values = _without_defaults(item.values, FIELD_ATTRIBUTES)
        return {"id": item.id, "key": item.values["key"], "kind": item.values["kind"], **values}

    def item(self, parts: Sequence[str], data: Mapping[str, Any]) -> Item:
        """The field; its file has its key."""
        only(data, ["id", "key", "kind", *FIELD_ATTRIBUTES])
        key = key_in(data, parts[3].removesuffix(".toml"))
        if not isinstance(data.get("kind"), str):
            raise BadFile("kind", "bundles.kind_missing")
        values = {name: data.get(name, DEFAULTS.get(name)) for name in FIELD_ATTRIBUTES}
        if "position" not in data:
            raise BadFile("position", "bundles.attribute_missing", name="position")
        return Item(self.name, identity(data), {"object": parts[1], "key": key, "kind": data["kind"], **values})


class Components(Section):
    """One file for each layout, rule and record type."""

    name = "component"

    def items(self, ctx: Context) -> Iterable[Item]:
        """Every component that is in use."""
        for row, owner in live_rows(ctx, "component"):
            live = {name: value for name, value in row.live.items() if value is not None}
            values = {**live, "object": owner.key, "key": row.key, "kind": row.kind}
            yield Item(self.name, row.id, values, shipped=row.shipped is not None)

    def path(self, item: Item) -> str:
        """``objects/<key of the object>/<kind>s/<key>.toml``; the id where the key is no name for a file."""
        key = str(item.values["key"])
        name = key if KEY.fullmatch(key) else item.id
        return f"{FOLDER}/{item.values['object']}/{item.values['kind']}s/{name}.toml"

    def owns(self, parts: Sequence[str]) -> bool:
        """Files in the folders ``layouts``, ``rules``, ``record_types`` of an object."""
        kinds = {f"{one.key}s" for one in component_kinds()}
        return len(parts) == 4 and parts[0] == FOLDER and parts[2] in kinds

    def content(self, item: Item) -> dict[str, Any]:
        """Whatever the kind keeps, without what a new one begins with."""
        defaults = component_kind(item.values["kind"]).defaults()
        apart = ("object", "kind")
        kept = {
            name: value for name, value in item.values.items()
            if name not in apart and (name not in defaults or defaults[name] != value)
        }  # fmt: skip
        return {"id": item.id, **kept}

    def item(self, parts: Sequence[str], data: Mapping[str, Any]) -> Item:
        """The component; its folder tells the kind."""
        kind = component_kind(parts[2].removesuffix("s"))
        name = parts[3].removesuffix(".toml")
        key = data.get("key")
        if not isinstance(key, str) or not key or name not in (key, data.get("id")):
            raise BadFile("key", "bundles.key_is_not_the_name", key=str(key)[:60], name=name)
        for taken in ("object", "kind"):
            if taken in data:
                raise BadFile(taken, "bundles.told_by_the_folder", name=taken)
        live = {name: value for name, value in data.items() if name != "id"}
        return Item(self.name, identity(data), {**kind.defaults(), **live, "object": parts[1], "kind": kind.key})
