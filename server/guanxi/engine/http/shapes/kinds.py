"""Shapes of the gallery of field kinds and of the classifications that some of them choose from."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.catalog import FieldKind, Help, Label, Trait


class KindGroup(TypedDict):
    """A group of the gallery."""

    key: str
    label: Label


class SettingChoice(TypedDict):
    """One of the values that a setting may have."""

    key: str
    label: Label


class KindSetting(TypedDict):
    """One setting of a kind. `of` names the setting that holds the object whose fields this one names."""

    name: str
    type: Literal[
        "text", "labels", "whole", "number", "flag", "choice", "options", "object", "objects", "field", "fields",
        "currency", "expression", "filter", "action", "values", "condition", "assignments", "value", "template",
        "duration", "branches", "texts", "people", "headers", "shares", "questions",
    ]  # fmt: skip
    label: Label
    help: Help
    required: bool
    default: Any
    min: int | None
    max: int | None
    choices: list[SettingChoice]
    of: str | None


class KindCard(TypedDict):
    """A kind as those who design objects choose it."""

    key: FieldKind
    trait: Trait
    group: str
    icon: str
    label: Label
    help: Help
    sample: Label
    settings: list[KindSetting]
    sample_settings: dict[str, Any]
    sortable: bool
    groupable: bool
    searchable: bool
    generated: bool
    holds_value: bool
    secret: bool
    unique: bool
    index: bool
    required: bool


class KindGallery(TypedDict):
    """Every kind, in groups."""

    groups: list[KindGroup]
    kinds: list[KindCard]


class TreeNode(TypedDict):
    """A node of a classification: `leaf` when nothing is below it, `path` the codes from the top to it."""

    code: str
    name: str
    full_name: str
    leaf: bool
    path: list[str]


class TreeNodes(TypedDict):
    """Nodes in the order of their codes."""

    nodes: list[TreeNode]


class TreeParameters(TypedDict):
    """What to show: the nodes under one, those whose names have a text in them, or the one with a code. `depth` is the
    deepest level, from 0.
    """

    under: NotRequired[str]
    code: NotRequired[str]
    text: NotRequired[str]
    depth: NotRequired[int]
