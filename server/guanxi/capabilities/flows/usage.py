"""Which flows name an object or a field, told to whoever wants to change either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.capabilities.flows.live import live
from guanxi.capabilities.flows.values import HOLE
from guanxi.engine.context import Context
from guanxi.engine.design.outcome import Dependent
from guanxi.engine.design.usage import also_used_by
from guanxi.engine.objects.components.conditions import formula_paths
from guanxi.engine.records import reads

PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


@also_used_by
def flows(ctx: Context, object_key: str, field_key: str | None) -> Iterator[Dependent]:
    """Flows that are about the object or write it, and of a field those that name it, as they are on or being written."""
    system = ctx.as_system()
    known = live(ctx).flows
    found = reads.native(system, "flow", reads.ids(system, "flow", None), ("name", "object", "definition"))
    seen = reads.visible(ctx, "flow", list(found))
    for id_, row in found.items():
        flow = known.get(id_)
        said = [row["definition"], *_published(flow.version.definition if flow and flow.version else None)]
        words = {word for one in said for word in _words(one)}
        if object_key in words and (field_key is None or field_key in words):
            name = row["name"] if id_ in seen else "—"
            yield Dependent("flow", row["object"] or object_key, str(id_), "", {"zh-CN": name, "en": name})


def _published(definition: Any) -> Iterator[Any]:
    if definition is not None:
        yield definition.object
        yield [one.settings for one in (*definition.triggers, *definition.nodes.values())]


def _words(value: Any, name: str = "") -> Iterator[str]:
    """Keys of objects and fields that a definition may name: those of values, of paths, of templates and formulas."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield str(key)
            yield from _words(one, str(key))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _words(one, name)
    elif isinstance(value, str):
        paths = list(formula_paths(value)) if name == "formula" else HOLE.findall(value)
        if PATH.fullmatch(value):
            paths.append(value)
        for path in paths:
            yield from path.split(".")
