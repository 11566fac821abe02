"""Which roles name an object, told to whoever wants to archive it."""

from __future__ import annotations

from collections.abc import Iterator

from guanxi.engine.context import Context
from guanxi.engine.design.outcome import Dependent
from guanxi.engine.design.usage import also_used_by
from guanxi.engine.records import reads


@also_used_by
def roles(ctx: Context, object_key: str, field_key: str | None) -> Iterator[Dependent]:
    """Roles whose permissions have a line of their own for the object."""
    if field_key is not None:
        return
    system = ctx.as_system()
    for id_, role in reads.native(system, "role", reads.ids(system, "role", None), ("name", "permissions")).items():
        if object_key in (role["permissions"] or {}).get("objects", {}):
            yield Dependent("role", "role", str(id_), "", {"zh-CN": role["name"], "en": role["name"]})
