"""Which saved views name an object or a field, told to whoever wants to change either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.design.outcome import Dependent
from guanxi.engine.design.usage import also_used_by, reaches
from guanxi.engine.objects.components.conditions import filter_paths
from guanxi.engine.records import reads


@also_used_by
def views(ctx: Context, object_key: str, field_key: str | None) -> Iterator[Dependent]:
    """Views of the object, or those whose filter, columns, order or groups pass the field; other people's are not named."""
    system = ctx.as_system()
    found = reads.native(system, "view", reads.ids(system, "view", None), ("name", "object", "config"))
    seen = reads.visible(ctx, "view", list(found))
    for id_, view in found.items():
        obj = ctx.snapshot.objects.get(view["object"])
        if obj is None:
            continue
        if field_key is None:
            named = view["object"] == object_key
        else:
            named = any(reaches(ctx.snapshot, obj, path, object_key, field_key) for path in _paths(view["config"]))
        if named:
            name = view["name"] if id_ in seen else "—"
            yield Dependent("view", view["object"], str(id_), "", {"zh-CN": name, "en": name})


def _paths(config: Any) -> Iterator[str]:
    if not isinstance(config, Mapping):
        return
    yield from filter_paths(config.get("where"))
    for name in ("sort", "group", "columns"):
        for part in str(config.get(name) or "").split(","):
            if part:
                yield part.removeprefix("-").split(":")[0]
