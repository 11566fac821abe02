"""Under which id bundles know a record of this workspace, where that is not the record's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from guanxi.engine.bundles.references import swapped
from guanxi.engine.context import Context


def of(ctx: Context, section: str) -> dict[UUID, UUID]:
    """The id in bundles and the record's own, of one section."""
    return dict(ctx.run("SELECT bundle, record FROM sys_bundle_id WHERE section = $1", [section]))


def outward(ctx: Context) -> dict[str, str]:
    """The ids that bundles have for records, by the records' own where the two differ."""
    return {str(record): str(bundle) for bundle, record in ctx.run("SELECT bundle, record FROM sys_bundle_id")}


def remember(ctx: Context, section: str, known: Iterable[tuple[UUID, UUID]]) -> None:
    """From now on a record is exported under the id that the bundle has for it."""
    for bundle, record in known:
        ctx.run(
            "DELETE FROM sys_bundle_id WHERE section = $1 AND (bundle = $2 OR record = $3)", [section, bundle, record]
        )
        if bundle != record:
            ctx.run(
                "INSERT INTO sys_bundle_id (section, bundle, record) VALUES ($1, $2, $3)", [section, bundle, record]
            )


def translated(value: Any, ids: Mapping[str, Any]) -> Any:
    """A value in which every id that is known is the other one."""
    return swapped(value, lambda one: ids.get(one, one) if isinstance(one, str) else one) if ids else value
