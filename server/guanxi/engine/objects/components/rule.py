"""Rules: under a condition, fields are shown, required, fixed or narrowed, or a record is refused as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from guanxi.engine.objects.components import shapes
from guanxi.engine.objects.components.base import ComponentKind
from guanxi.engine.objects.components.conditions import check_condition, condition_paths
from guanxi.engine.objects.components.record_type import CHOOSING
from guanxi.engine.objects.components.registry import register
from guanxi.engine.objects.fields.base import BadValue, shown
from guanxi.engine.objects.model import Component, Field, Labels, Object, Snapshot

Effect = Literal["visible", "required", "read_only", "options", "invalid"]
EFFECTS: tuple[Effect, ...] = ("visible", "required", "read_only", "options", "invalid")
MAX_RULES = 100
MAX_FIELDS = 50
MAX_OPTIONS = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as writes and forms apply it."""

    key: str
    label: Labels
    effect: Effect
    fields: tuple[str, ...]
    when: Any = None
    message: Labels | None = None
    options: tuple[str, ...] = ()

    @property
    def watched(self) -> set[str]:
        """Fields of the object itself that the rule is about: those that it names, and those its condition names."""
        return {*self.fields, *(path.split(".", 1)[0] for path in condition_paths(self.when))}


@register
class RuleKind(ComponentKind):
    """``effect`` on ``fields`` when a condition holds: ``{"where": filter}``, ``{"formula": text}``, or always."""

    key = "rule"
    holds_back = True

    def defaults(self) -> Mapping[str, Any]:
        """In force, and always."""
        return {"active": True, "when": None}

    def check(self, snapshot: Snapshot, obj: Object, live: Mapping[str, Any]) -> None:
        """A known effect on fields that can have it, and a condition that is understood."""
        known = ("active", "effect", "fields", "when", "message", "options")
        shapes.whole(obj, self.key, live, known, MAX_RULES)
        shapes.flag(live.get("active"), "active")
        effect = shapes.among(live.get("effect"), EFFECTS, "effect")
        fields = shapes.fields_of(obj, live.get("fields"), "fields", MAX_FIELDS)
        if not fields:
            raise BadValue("components.empty", attribute="fields")
        check_condition(snapshot, obj, live.get("when"))
        if effect == "invalid" and live.get("when") is None:
            raise BadValue("components.condition_missing")
        if effect == "invalid" or live.get("message"):
            shapes.words(live.get("message"), "message")
        if effect != "options" and live.get("options"):
            raise BadValue("components.options_unused", effect=effect)
        for field in fields:
            _CHECKS[effect](field, live)

    def references(self, live: Mapping[str, Any]) -> Iterable[str]:
        """The fields that it names and those of its condition."""
        named = [key for key in shapes.each(live.get("fields")) if isinstance(key, str)]
        return [*named, *condition_paths(live.get("when"))]

    def sample(self, obj: Object) -> Mapping[str, Any]:
        """Without a title a record is refused."""
        return {
            "label": {"zh-CN": "名称不能为空", "en": "A name is needed"},
            "position": 0, "active": True, "effect": "invalid", "fields": [obj.title],
            "when": {"where": {"field": obj.title, "op": "is_empty"}},
            "message": {"zh-CN": "请填写名称", "en": "Fill in the name"},
        }  # fmt: skip


def rules_of(obj: Object) -> list[Rule]:
    """The rules of an object that are in force, in their order."""
    return [rule_from(one) for one in obj.components.get(RuleKind.key, ()) if one.live.get("active") is not False]


def rule_from(one: Component) -> Rule:
    """The rule that a component holds."""
    live = one.live
    message = live.get("message") or None
    options = tuple(live.get("options") or ())
    return Rule(one.key, live["label"], live["effect"], tuple(live["fields"]), live.get("when"), message, options)


def _shown_or_hidden(field: Field, live: Mapping[str, Any]) -> None:
    if field.required and field.default is None and live.get("active") is not False:
        raise BadValue("components.hides_required", field=field.key)


def _written(field: Field, live: Mapping[str, Any]) -> None:
    writable = field.kind.holds_value and not field.kind.generated and not field.read_only
    if not writable:
        raise BadValue("components.not_written", field=field.key)


def _chosen(field: Field, live: Mapping[str, Any]) -> None:
    if field.kind.trait not in CHOOSING:
        raise BadValue("components.not_a_choice", field=field.key)
    options: Sequence[str] = shapes.texts(live.get("options"), "options", MAX_OPTIONS)
    if not options:
        raise BadValue("components.empty", attribute="options")
    for key in options:
        if key not in field.prepared.labels:
            raise BadValue("components.unknown_option", option=shown(key), field=field.key)


def _anything(field: Field, live: Mapping[str, Any]) -> None:
    """A refusal may stand at any field."""


_CHECKS = {
    "visible": _shown_or_hidden, "required": _written, "read_only": _written, "options": _chosen, "invalid": _anything,
}  # fmt: skip
