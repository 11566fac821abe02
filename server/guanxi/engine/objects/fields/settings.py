"""Checks of a field's settings that several kinds share; each raises BadValue and says what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields.base import BadValue

Settings = Mapping[str, Any]


def allow(settings: Settings, *names: str) -> None:
    """Refuse settings that the kind does not know: a misspelt limit must not pass as no limit."""
    for name in settings:
        if name not in names:
            raise BadValue("fields.setting_unknown", setting=name, known=", ".join(names) or "-")


def whole(settings: Settings, name: str, low: int, high: int) -> None:
    """Refuse a setting that is there and is not a whole number from ``low`` to ``high``."""
    value = settings.get(name, low)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadValue("fields.setting_number", setting=name, min=low, max=high)


def number(settings: Settings, name: str) -> None:
    """Refuse a setting that is there and is not a number."""
    value = settings.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValue("fields.setting_not_number", setting=name)


def flag(settings: Settings, name: str) -> None:
    """Refuse a setting that is there and is neither true nor false."""
    if not isinstance(settings.get(name, False), bool):
        raise BadValue("fields.setting_flag", setting=name)


def word(settings: Settings, name: str, *, required: bool = False) -> None:
    """Refuse a setting that is not text, or not there although it must be."""
    value = settings.get(name)
    if value is None and not required:
        return
    if not isinstance(value, str) or not value:
        raise BadValue("fields.setting_missing", setting=name)


def one_of(settings: Settings, name: str, *allowed: str) -> None:
    """Refuse a setting that is there and is none of the allowed words."""
    value = settings.get(name)
    if value is not None and value not in allowed:
        raise BadValue("fields.setting_choice", setting=name, known=", ".join(allowed))
