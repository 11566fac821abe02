"""The roles that every workspace begins with, and finding roles by their keys."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import FieldError, Invalid

ADMINISTRATOR = "administrator"


def seed(ctx: Context) -> None:
    """Write the first roles into a new workspace, named in the language of `ctx`."""
    writes.create(ctx, "role", [_values(role, ctx.language) for role in shipped()])


def shipped() -> list[dict[str, Any]]:
    """The roles as ``roles.toml`` states them."""
    return tomllib.loads(Path(__file__).with_name("roles.toml").read_text("utf-8"))["roles"]


def role_ids(ctx: Context, names: Sequence[str]) -> list[UUID]:
    """Ids of the roles with these keys or ids, in their order; Invalid names the first that does not exist."""
    rows = reads.native(ctx, "role", reads.ids(ctx, "role", None), ("key",)) if names else {}
    known = {row["key"]: role for role, row in rows.items()} | {str(role): role for role in rows}
    for name in names:
        if name not in known:
            raise Invalid([FieldError("roles", "identity.role_unknown", {"role": name})])
    return [known[name] for name in names]


def _values(role: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "key": role["key"],
        "name": role["name"][language],
        "position": role["position"],
        "permissions": {"objects": role["objects"], "system": role["system"]},
    }
