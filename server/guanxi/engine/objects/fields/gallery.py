"""The kinds as those who design objects choose among them: groups, names, samples and settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields.base import FieldKind
from guanxi.engine.objects.fields.registry import kinds
from guanxi.engine.objects.fields.settings import Words, words
from guanxi.engine.objects.model import Field

GROUPS: Mapping[str, Words] = {
    "text": words("文本", "Text"),
    "number": words("数字", "Numbers"),
    "time": words("时间", "Dates and times"),
    "choice": words("选项", "Choices"),
    "contact": words("联系方式", "Ways to reach somebody"),
    "place": words("地点", "Places"),
    "relation": words("关联", "Relations"),
    "file": words("文件", "Files"),
    "computed": words("计算", "Computed"),
    "other": words("其他", "Other"),
}
"""The groups of the gallery in their order."""

_COMPARABLE = frozenset({"text", "numeric", "bigint", "date", "timestamptz", "time", "uuid"})
"""Types of columns that an ordinary index serves."""


def describe() -> dict[str, Any]:
    """Every kind that is offered, with its group, what it may be and its settings."""
    order = list(GROUPS)
    found = sorted(
        (describe_kind(kind) for kind in kinds() if kind.offered),
        key=lambda one: (order.index(one["group"]), one["key"]),
    )
    return {"groups": [{"key": key, "label": dict(label)} for key, label in GROUPS.items()], "kinds": found}


def describe_kind(kind: FieldKind) -> dict[str, Any]:
    """One kind as the gallery shows it."""
    field = Field(kind.key, kind.key, kind, kind.intro.label, settings=kind.sample_settings)
    return {
        "key": kind.key,
        "trait": kind.trait,
        "group": kind.intro.group,
        "icon": kind.intro.icon,
        "label": dict(kind.intro.label),
        "help": dict(kind.intro.help),
        "sample": dict(kind.intro.sample or _first(kind, field)),
        "settings": [one.to_json() for one in kind.settings_schema()],
        "sample_settings": dict(kind.sample_settings),
        "sortable": kind.sortable and kind.holds_value,
        "groupable": kind.groupable,
        "searchable": kind.searchable,
        "generated": kind.generated,
        "holds_value": kind.holds_value,
        "secret": kind.secret,
        "unique": can_be_unique(field),
        "index": can_be_indexed(field),
        "required": kind.holds_value and not kind.generated,
    }


def _first(kind: FieldKind, field: Field) -> Words:
    """The first of the kind's samples in words."""
    samples = kind.samples(field) if kind.holds_value else []
    return {language: kind.text(field, samples[0], language) if samples else "" for language in ("zh-CN", "en")}


def can_be_unique(field: Field) -> bool:
    """Whether two records can be kept from having the same value."""
    return len(field.columns) == 1 and field.columns[0][1] in _COMPARABLE and field.kind.sortable


def can_be_indexed(field: Field) -> bool:
    """Whether an index speeds up orders and comparisons of the field."""
    return bool(field.columns) and field.columns[0][1] in _COMPARABLE and field.kind.sortable
