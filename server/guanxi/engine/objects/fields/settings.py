"""The settings of field kinds, declared once: checks, the designer's forms and the API all read these declarations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.fields.options import check_options
from guanxi.kit import money

Settings = Mapping[str, Any]
Words = Mapping[str, str]
SettingType = Literal[
    "text", "labels", "whole", "number", "flag", "choice", "options", "object", "objects", "field", "fields",
    "currency", "expression", "filter", "action", "values", "condition", "assignments", "value", "template", "duration",
    "branches", "texts", "people", "headers", "shares", "questions",
]  # fmt: skip
"""What a setting holds. ``labels`` is text in both languages, ``values`` an object of plain JSON values, ``field`` and
``fields`` are keys of fields of the object that the setting ``of`` names (of the field's own object without it).
``condition`` is a filter or a formula, ``value`` a constant or what is worked out of a record, ``assignments`` such
values by field, ``branches`` a list of conditions with names, ``template`` text with fields in braces, ``duration`` an amount of a unit of time,
``texts`` a list of words, ``people`` whom a step means, ``headers`` a list of names with values or secrets, ``shares`` a list
of ways with weights, ``questions`` what somebody is asked on a form."""

REFERRING: frozenset[SettingType] = frozenset({"object", "objects", "field", "fields"})
"""Types of settings that name other parts of the catalog, so that whoever renames or drops those finds them."""

_ACTION = re.compile(r"[a-z_]+\.[a-z_]+")


def words(zh: str, en: str) -> Words:
    """Text in both languages."""
    return {"zh-CN": zh, "en": en}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a kind: its name, what it holds, and what people read beside it."""

    name: str
    type: SettingType
    label: Words
    help: Words = field(default_factory=dict)
    required: bool = False
    default: Any = None
    min: int | None = None
    max: int | None = None
    choices: Sequence[tuple[str, Words]] = ()
    of: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The declaration as the API shows it."""
        return {
            "name": self.name, "type": self.type, "label": dict(self.label), "help": dict(self.help),
            "required": self.required, "default": self.default, "min": self.min, "max": self.max,
            "choices": [{"key": key, "label": dict(label)} for key, label in self.choices], "of": self.of,
        }  # fmt: skip


def check(declared: Sequence[Setting], settings: Settings) -> None:
    """Refuse settings that are not declared, are missing or hold the wrong thing; BadValue says what would be right.

    A misspelt limit must not pass as no limit.
    """
    known = {one.name: one for one in declared}
    for name in settings:
        if name not in known:
            raise BadValue("fields.setting_unknown", setting=name, known=", ".join(known) or "-")
    for one in declared:
        value = settings.get(one.name)
        if value is not None:
            _CHECKS[one.type](one, value)
        elif one.type == "options" and one.required:
            check_options({})
        elif one.required:
            raise BadValue("fields.setting_missing", setting=one.name)
    low, high = settings.get("min"), settings.get("max")
    if low is not None and high is not None and low > high:
        raise BadValue("fields.setting_bounds", min=low, max=high)


def _whole(one: Setting, value: Any) -> None:
    low, high = one.min or 0, one.max if one.max is not None else 10**9
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadValue("fields.setting_number", setting=one.name, min=low, max=high)


def _number(one: Setting, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValue("fields.setting_not_number", setting=one.name)


def _flag(one: Setting, value: Any) -> None:
    if not isinstance(value, bool):
        raise BadValue("fields.setting_flag", setting=one.name)


def _text(one: Setting, value: Any) -> None:
    if not isinstance(value, str) or not value:
        raise BadValue("fields.setting_missing", setting=one.name)
    if one.max is not None and len(value) > one.max:
        raise BadValue("fields.too_long", limit=one.max, length=len(value))


def _texts(one: Setting, value: Any) -> None:
    if not isinstance(value, list | tuple) or not value or not all(isinstance(item, str) and item for item in value):
        raise BadValue("fields.setting_missing", setting=one.name)


def _labels(one: Setting, value: Any) -> None:
    if not isinstance(value, Mapping) or not all(isinstance(text, str) and text for text in value.values()):
        raise BadValue("fields.setting_missing", setting=one.name)


def _choice(one: Setting, value: Any) -> None:
    _among(one, value, [key for key, _ in one.choices])


def _currency(one: Setting, value: Any) -> None:
    _among(one, value, list(money.CURRENCIES))


def _among(one: Setting, value: Any, allowed: list[str]) -> None:
    if not isinstance(value, str) or value not in allowed:
        raise BadValue("fields.setting_choice", setting=one.name, known=", ".join(allowed))


def _object_of_values(one: Setting, value: Any) -> None:
    if not isinstance(value, Mapping):
        raise BadValue("fields.setting_object", setting=one.name)


def _action(one: Setting, value: Any) -> None:
    if not isinstance(value, str) or not _ACTION.fullmatch(value):
        raise BadValue("fields.setting_missing", setting=one.name)


def _people(one: Setting, value: Any) -> None:
    if isinstance(value, list | tuple) and not value:
        raise BadValue("fields.setting_nobody", setting=one.name)
    _list_of_objects(one, value)


def _list_of_objects(one: Setting, value: Any) -> None:
    if not isinstance(value, list | tuple) or not value or not all(isinstance(item, Mapping) for item in value):
        raise BadValue(f"fields.setting_{one.type}", setting=one.name)


UNITS = ("minutes", "hours", "days", "working_days")


def _duration(one: Setting, value: Any) -> None:
    amount = value.get("amount") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or set(value) != {"amount", "unit"} or value["unit"] not in UNITS:
        raise BadValue("fields.setting_duration", setting=one.name, known=", ".join(UNITS))
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= 10_000:
        raise BadValue("fields.setting_number", setting=one.name, min=0, max=10_000)


_CHECKS: Mapping[SettingType, Callable[[Setting, Any], None]] = {
    "text": _text, "labels": _labels, "whole": _whole, "number": _number, "flag": _flag, "choice": _choice,
    "options": lambda _, value: check_options({"options": value}), "object": _text, "objects": _texts,
    "field": _text, "fields": _texts, "currency": _currency, "expression": _text, "filter": _object_of_values,
    "action": _action, "values": _object_of_values, "condition": _object_of_values, "value": _object_of_values,
    "assignments": _object_of_values, "template": _text, "duration": _duration, "branches": _list_of_objects,
    "people": _people, "texts": _texts, "headers": _list_of_objects, "shares": _list_of_objects,
    "questions": _list_of_objects,
}  # fmt: skip


# Settings that several kinds have in common.
MIN = Setting("min", "number", words("最小值", "Minimum"))
MAX = Setting("max", "number", words("最大值", "Maximum"))
OPTIONS = Setting("options", "options", words("选项", "Options"), required=True)
REVERSE = Setting(
    "reverse", "text", words("对方的关系名", "Name of the relation there"),
    words("填写后，对方记录上会出现这些记录的列表", "When set, the other record lists these records"), max=40,
)  # fmt: skip
REVERSE_LABEL = Setting("reverse_label", "labels", words("对方列表的名称", "Label of the list there"))
REVERSE_TAB = Setting(
    "reverse_tab", "flag", words("在对方页面显示标签页", "Tab on the other record"),
    words("关闭后，对方记录的页面默认不列出这些记录", "Without it the page of the other record does not list these"),
    default=True,
)  # fmt: skip
TARGET = Setting("target", "object", words("关联对象", "Object"), required=True)
HAND_OVER = Setting(
    "hand_over", "flag", words("随人员交接", "Handed over"),
    words("此人离职或调岗时，记录的这一项交给接收人", "Given to somebody else when the person leaves or moves"),
)  # fmt: skip
ON_DELETE = Setting(
    "on_delete", "choice", words("对方删除时", "When the other record is deleted"),
    choices=(
        ("clear", words("清空此字段", "Clear this field")),
        ("restrict", words("不允许删除", "Refuse the deletion")),
        ("cascade", words("一并删除", "Delete along with it")),
    ),
)  # fmt: skip


def max_length(largest: int, default: int) -> Setting:
    """The longest text that fits, in characters."""
    return Setting("max_length", "whole", words("最大长度", "Maximum length"), default=default, min=1, max=largest)


def scale(default: int, largest: int) -> Setting:
    """Digits after the point."""
    return Setting("scale", "whole", words("小数位数", "Decimal places"), default=default, min=0, max=largest)
