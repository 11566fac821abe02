"""What the attributes of objects and fields may hold, and putting what a caller sent into that form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.engine.objects.definitions import DEFAULTS, FIELD_ATTRIBUTES, LANGUAGES, OBJECT_ATTRIBUTES
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit.ids import uuid7

LONGEST_TEXT = 2000


class Wrong(Exception):
    """A value of the wrong form; the code says what is expected."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def labels(value: Any) -> dict[str, str]:
    """Text in both languages; one that is not given says what the other says."""
    if isinstance(value, str):
        value = dict.fromkeys(LANGUAGES, value)
    if not isinstance(value, Mapping) or not set(value) <= set(LANGUAGES):
        raise Wrong("design.not_labels")
    given = {language: _text(value.get(language) or "").strip() for language in LANGUAGES}
    either = next((text for text in given.values() if text), "")
    return {language: text or either for language, text in given.items()}


def _help(value: Any) -> dict[str, str]:
    made = labels(value or "")
    return made if any(made.values()) else {}


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or "\0" in value:
        raise Wrong("design.not_text")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("design.not_flag")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**6:
        raise Wrong("design.not_whole")
    return value


def _maybe(inner: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None or value == "" else inner(value)


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Wrong("design.not_mapping")
    return dict(value)


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise Wrong("design.not_list")
    return list(dict.fromkeys(value))


def _lists(value: Any) -> list[list[str]]:
    if not isinstance(value, list | tuple):
        raise Wrong("design.not_list")
    return [_texts(one) for one in value]


_FORMS: Mapping[str, Callable[[Any], Any]] = {
    "label": labels, "plural": labels, "help": _help, "icon": _text, "color": _text, "title": _text, "group": _text,
    "features": _texts, "position": _whole, "inherit": _maybe(_text), "board": _maybe(_text),
    "access": lambda value: _mapping(value or {}), "layout": lambda value: _mapping(value or {}), "uniques": _lists,
    "required": _flag, "unique": _flag, "searchable": _flag, "read_only": _flag, "hidden": _flag, "index": _flag,
    "default": lambda value: value, "settings": lambda value: _mapping(value or {}),
}  # fmt: skip


def object_values(given: Any, place: int, *, whole: bool) -> dict[str, Any]:
    """Attributes of an object in their form; with ``whole`` those that are not given have their defaults."""
    made = _values(given, OBJECT_ATTRIBUTES, place)
    if whole:
        made["plural"] = made.get("plural") or made.get("label")
        made = {name: made.get(name, _copy(DEFAULTS.get(name))) for name in OBJECT_ATTRIBUTES}
    return made


def field_values(given: Any, place: int, *, whole: bool) -> dict[str, Any]:
    """Attributes of a field in their form; with ``whole`` those that are not given have their defaults."""
    made = _values(given, FIELD_ATTRIBUTES, place)
    if whole:
        made = {name: made.get(name, _copy(DEFAULTS.get(name))) for name in FIELD_ATTRIBUTES}
    return made


def component_values(given: Any, place: int) -> dict[str, Any]:
    """Attributes of a component: any, since they are its kind's matter; labels in their form."""
    if not isinstance(given, Mapping):
        raise Invalid([FieldError("values", "design.not_mapping", row=place)], "design.invalid", {"count": 1})
    made = dict(given)
    if "label" in made:
        made.update(_values({"label": made["label"]}, ["label"], place))
    order = made.get("position", 0)
    if isinstance(order, bool) or not isinstance(order, int | float):
        params = {"attribute": "position"}
        raise Invalid(
            [FieldError("position", "components.not_a_number", params, place)], "design.invalid", {"count": 1}
        )
    return made


def _values(given: Any, names: Sequence[str], place: int) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise Invalid([FieldError("values", "design.not_mapping", row=place)], "design.invalid", {"count": 1})
    made: dict[str, Any] = {}
    errors = []
    for name, value in given.items():
        if name not in names:
            errors.append(FieldError(str(name), "design.unknown_attribute", {"known": ", ".join(names)}, place))
            continue
        try:
            made[name] = _FORMS[name](value)
        except Wrong as wrong:
            errors.append(FieldError(name, wrong.code, wrong.params, place))
    if errors:
        raise Invalid(errors, "design.invalid", {"count": len(errors)})
    return made


def _copy(value: Any) -> Any:
    return value.copy() if isinstance(value, dict | list) else value


def new_id(given: Any, place: int) -> str:
    """The id that a caller made, or a new one."""
    if given is None:
        return str(uuid7())
    try:
        return str(UUID(str(given)))
    except ValueError:
        raise Invalid([FieldError("id", "design.not_an_id", row=place)], "design.invalid", {"count": 1}) from None
