"""Choices whose options depend on another choice of the same record: settings ``depends_on`` and ``allowed``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, shown
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field, Object

CHOOSING = ("choice", "choices")
"""Traits of fields that depend, and on which others depend."""
DEPENDS_ON = Setting(
    "depends_on", "field", words("取决于", "Depends on"),
    words("另一个选项字段，它的值决定这里能选什么", "Another choice, which decides what can be chosen here"),
)  # fmt: skip
ALLOWED = Setting(
    "allowed", "values", words("对应的选项", "Options by the other choice"),
    words("对方的每个选项下可选的选项；没有列出的不作限制", "What can be chosen under each option there; all, where none are listed"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """What a choice depends on, and its options under the options there."""

    on: str
    allowed: Mapping[str, Iterable[str]]

    def among(self, parent: Iterable[str]) -> set[str] | None:
        """Options under any of the options that are chosen there; None when one of them leaves everything open."""
        chosen = list(parent)
        if any(key not in self.allowed for key in chosen):
            return None
        return {option for key in chosen for option in self.allowed[key]}


def fields(obj: Object) -> list[Field]:
    """The fields of an object whose options depend on another that is there."""
    return [one for one in obj.fields.values() if one.settings.get("depends_on") in obj.fields]


def link_of(field: Field) -> Link:
    """What one of ``fields`` depends on."""
    return Link(field.settings["depends_on"], field.settings.get("allowed") or {})


def check(obj: Object, field: Field) -> None:
    """Refuse a dependency on what is no choice, on itself, in a circle, and options that do not exist."""
    on = field.settings.get("depends_on")
    allowed = field.settings.get("allowed")
    if on is None:
        if allowed:
            raise BadValue("fields.setting_missing", setting="depends_on")
        return
    parent = obj.fields.get(on)
    if parent is None or parent.kind.trait not in CHOOSING:
        raise BadValue("fields.depends_on_choice", field=shown(on))
    path = [field.key]
    while parent is not None:
        path.append(parent.key)
        if parent.key in path[:-1]:
            raise BadValue("fields.depends_in_circle", path=" → ".join(path))
        parent = obj.fields.get(parent.settings.get("depends_on") or "")
    known, own = obj.fields[on].prepared.labels, field.prepared.labels
    for key, options in (allowed or {}).items():
        if key not in known:
            raise BadValue("fields.depends_option", option=shown(key), field=on)
        _check_options(options, own, field.key)


def _check_options(options: Any, own: Mapping[str, Any], key: str) -> None:
    if not isinstance(options, list | tuple):
        raise BadValue("fields.setting_object", setting="allowed")
    for option in options:
        if option not in own:
            raise BadValue("fields.depends_option", option=shown(option), field=key)
