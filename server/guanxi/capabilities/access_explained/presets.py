"""Permissions that fit common posts, to begin a role with: shipped as data, cut to what a workspace has."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from guanxi.capabilities.access_explained.shapes import RolePresets
from guanxi.engine.context import Context


def presets(ctx: Context) -> RolePresets:
    """Every preset, without what it says of objects and fields that the workspace does not have."""
    return {
        "presets": [
            {"key": one["key"], "label": one["name"], "help": one["help"], "permissions": _here(ctx, one)}
            for one in shipped()
        ]
    }


@cache
def shipped() -> list[dict[str, Any]]:
    """The presets as ``presets.toml`` states them."""
    return tomllib.loads(Path(__file__).with_name("presets.toml").read_text("utf-8"))["presets"]


def _here(ctx: Context, preset: dict[str, Any]) -> dict[str, Any]:
    objects = {}
    for key, rights in preset["objects"].items():
        obj = ctx.snapshot.objects.get(key)
        if obj is None and key != "*":
            continue
        fields = {one: level for one, level in rights.get("fields", {}).items() if obj and one in obj.fields}
        objects[key] = {name: value for name, value in rights.items() if name != "fields"} | (
            {"fields": fields} if fields else {}
        )
    return {"objects": objects, "system": list(preset["system"])}
