"""Objects to begin with: shipped definitions without ids, of which a workspace makes its own objects."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from guanxi.engine.context import Context
from guanxi.infra.errors import NotFound
from guanxi.kit.ids import uuid7

FOLDER = Path(__file__).parent / "shipped"


@cache
def shipped() -> Mapping[str, Mapping[str, Any]]:
    """Every template by its key."""
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def changes(ctx: Context, template: str, values: Mapping[str, Any], key: str | None) -> list[dict[str, Any]]:
    """The changes that make the objects of a template, the main one first; ``values`` win over the template's."""
    found = shipped().get(template)
    if found is None:
        raise NotFound("design.no_such_template", {"template": template[:60], "known": ", ".join(shipped())})
    if "label" in values:
        values = {"plural": values["label"], **values}
    made: list[dict[str, Any]] = []
    names = {
        one["key"]: _free(ctx, key if place == 0 and key else one["key"]) for place, one in enumerate(found["objects"])
    }
    fields: list[dict[str, Any]] = []
    for place, one in enumerate(found["objects"]):
        object_id = str(uuid7())
        own = {name: value for name, value in one.items() if name not in ("key", "fields")}
        made.append(
            {
                "op": "object.create", "id": object_id, "key": names[one["key"]],
                "values": {**own, **(values if place == 0 else {})},
            }
        )  # fmt: skip
        fields += [_field(ctx, object_id, field, names) for field in one["fields"]]
    return made + fields


def _free(ctx: Context, key: str) -> str:
    """The key, with a number behind where it is taken."""
    rows = ctx.run("SELECT key FROM sys_object")
    taken = {row[0] for row in rows}
    free, number = key, 1
    while free in taken:
        number += 1
        free = f"{key}_{number}"
    return free


def _field(ctx: Context, object_id: str, field: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    values = {name: value for name, value in field.items() if name not in ("key", "kind")}
    settings = dict(values.get("settings", {}))
    if settings.get("target") in names:
        settings["target"] = names[settings["target"]]
    seen_from = ctx.snapshot.objects.get(str(settings.get("target")))
    if seen_from and settings.get("reverse") in {*seen_from.fields, *seen_from.relations}:
        del settings["reverse"]  # a free name is made instead
    values["settings"] = settings
    return {"op": "field.create", "object": object_id, "key": field["key"], "kind": field["kind"], "values": values}
