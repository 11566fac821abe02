"""Relations between objects as people think of them, made of fields and, where the link itself has values, an object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from guanxi.engine.context import Context
from guanxi.engine.design.shapes import labels
from guanxi.infra.errors import BadRequest, NotFound
from guanxi.kit.ids import uuid7

RelationType = Literal["to_one", "to_many", "many_to_many", "linked", "any"]
Labels = Mapping[str, str] | str


def changes(
    ctx: Context,
    type_: RelationType,
    object_key: str,
    targets: list[str],
    label: Labels,
    reverse_label: Labels | None,
    on_delete: str,
) -> list[dict[str, Any]]:
    """The changes that make a relation from an object to one target, or for ``any`` to one of several.

    ``linked`` makes an object between both, to which fields can be added: each of its records links one pair, once,
    and is deleted with either.
    """
    for key in (object_key, *targets):
        if key not in ctx.snapshot.objects:
            raise NotFound("design.no_such_object", {"object": key[:60]})
    if not targets or (len(targets) > 1 and type_ != "any"):
        raise BadRequest("request.bad_parameter", {"name": "targets", "reason": "1"})
    reverse = {"reverse_label": labels(reverse_label)} if reverse_label else {}
    target = targets[0]
    if type_ == "to_one":
        return [_field(object_key, "lookup", label, {"target": target, "on_delete": on_delete, **reverse})]
    if type_ == "to_many":
        # The same relation, made where it is kept: on the records of the many.
        name = reverse_label or ctx.snapshot.object(object_key).label
        settings = {"target": object_key, "on_delete": on_delete, "reverse_label": labels(label)}
        return [_field(target, "lookup", name, settings)]
    if type_ == "many_to_many":
        return [_field(object_key, "many_to_many", label, {"target": target, **reverse})]
    if type_ == "any":
        return [_field(object_key, "about", label, {"targets": targets, **reverse})]
    return _linked(ctx, object_key, target, label)


def _field(object_key: str, kind: str, label: Labels, settings: Mapping[str, Any], **values: Any) -> dict[str, Any]:
    made = {"label": label, "settings": dict(settings), **values}
    return {"op": "field.create", "object": object_key, "kind": kind, "values": made}


def _linked(ctx: Context, object_key: str, target: str, label: Labels) -> list[dict[str, Any]]:
    link, own, other = str(uuid7()), ctx.snapshot.object(object_key), ctx.snapshot.object(target)
    keys = (own.key, other.key if other.key != own.key else f"other_{other.key}"[:40])
    values = {
        "label": label, "icon": "link", "group": "", "features": ["owner", "import", "export"], "title": "name",
        "inherit": keys[0], "uniques": [list(keys)],
    }  # fmt: skip
    made: list[dict[str, Any]] = [{"op": "object.create", "id": link, "values": values}]
    made.append(_field(link, "text", {"zh-CN": "名称", "en": "Name"}, {}, searchable=True) | {"key": "name"})
    for key, end in zip(keys, (own, other), strict=True):
        settings = {"target": end.key, "on_delete": "cascade", "reverse_label": labels(label)}
        made.append(_field(link, "lookup", dict(end.label), settings, required=True) | {"key": key})
    return made
