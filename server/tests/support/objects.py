"""Objects of a test's own in the world's workspace, gone with the test."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from tests.support import world

_SPACE = UUID("0193b2a0-0000-7000-8000-0000000000ff")


def field(key: str, kind: str, **attributes: Any) -> dict[str, Any]:
    """A field's definition."""
    return {"key": key, "kind": kind, "label": {"zh-CN": f"{key} 字段", "en": key}, **attributes}


def new_object(key: str, fields: Sequence[dict[str, Any]], **attributes: Any) -> dict[str, Any]:
    """An object's definition; with an owner unless the features say otherwise."""
    made = [{"id": str(uuid5(_SPACE, f"{key}.{one['key']}")), **one} for one in fields]
    return {
        "id": str(uuid5(_SPACE, key)), "key": key, "label": {"zh-CN": f"{key} 对象", "en": key}, "title": "name",
        "features": ["owner", "export", "import"], "fields": made, **attributes,
    }  # fmt: skip


def install_objects(*objects: dict[str, Any]) -> None:
    """Install objects into the workspace, and forget what processes know of its catalog."""
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.objects import catalog, definitions, install

    workspace = world.workspace()
    with work(workspace, SYSTEM, via="system") as ctx:
        install.install(ctx.cursor, [definitions.parse(one, "tests", f"{one['key']}.toml") for one in objects])
    catalog.forget(workspace.schema)


def forget_objects() -> None:
    """Let the next test read the catalog anew: versions are counted again after a roll-back."""
    from guanxi.engine.objects import catalog

    catalog.forget(world.workspace().schema)
