"""A length of time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.numbers import LONGEST_TEXT, plain, rounded
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.kit.folding import half_width

LIMIT = 3_155_760_000
"""A hundred years."""
SECONDS: Mapping[str, int] = {"day": 86_400, "hour": 3600, "minute": 60, "second": 1}
_NAMES = {
    **dict.fromkeys(("天", "日", "d", "day", "days"), "day"),
    **dict.fromkeys(("小时", "时", "h", "hr", "hrs", "hour", "hours"), "hour"),
    **dict.fromkeys(("分钟", "分", "m", "min", "mins", "minute", "minutes"), "minute"),
    **dict.fromkeys(("秒钟", "秒", "s", "sec", "secs", "second", "seconds"), "second"),
}
_SPELLED = {"zh-CN": ("天", "小时", "分钟", "秒"), "en": ("d", "h", "m", "s")}
_PIECE = re.compile(
    r"(\d{1,10}(?:\.\d{1,6})?)\s*(" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")(?![a-z])[\s,]*", re.ASCII
)
_CLOCK = re.compile(r"(\d{1,6}):([0-5]?\d)(?::([0-5]?\d))?", re.ASCII)
_NUMBER = re.compile(r"\d{1,10}(?:\.\d{1,6})?", re.ASCII)
UNIT = Setting(
    "unit", "choice", words("只写数字时的单位", "Unit of a bare number"), default="minute",
    choices=(
        ("minute", words("分钟", "Minutes")), ("hour", words("小时", "Hours")), ("day", words("天", "Days")),
        ("second", words("秒", "Seconds")),
    ),
)  # fmt: skip


@register
class Duration(FieldKind):
    """Whole seconds. ``1:30`` is an hour and a half; a bare number in text counts the field's ``unit``."""

    key = "duration"
    intro = Introduction(
        "time",
        "timer",
        words("时长", "Duration"),
        words("通话、工时、耗时", "How long something takes"),
        sample=words("1小时30分钟", "1h 30m"),
    )
    trait = "number"

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One bigint column of seconds."""
        return (Column("", "bigint"),)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``unit`` of a number that is typed without one."""
        return (UNIT,)

    def prepare(self, settings: Mapping[str, Any]) -> int:
        """Seconds of the unit."""
        return SECONDS[settings.get("unit", UNIT.default)]

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> int | None:
        """Whole seconds, or text that says a duration."""
        if raw is None or raw == "":
            return None
        seconds = raw
        if isinstance(raw, str):
            seconds = read_duration(raw, field.prepared)
        elif isinstance(raw, float) and raw.is_integer():
            seconds = int(raw)
        if type(seconds) is not int or seconds < 0:
            raise BadValue("fields.not_a_duration", value=shown(raw))
        if seconds > LIMIT:
            raise BadValue("fields.too_large", max=self.text(field, LIMIT, env.language))
        return seconds

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> int | None:
        """``1小时30分``, ``1h 30m``, ``1:30``, ``90`` in the field's unit."""
        return self.parse(field, text.strip(), env)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``1小时30分钟``, ``1h 30m``."""
        return "" if value is None else write_duration(value, language)

    def samples(self, field: Field) -> list[Any]:
        """Nothing, seconds, minutes, hours and days."""
        return [0, 45, 90, 5400, 3661, 86_400, 266_400, 31_536_000]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """Whole seconds."""
        return {"type": "integer", "minimum": 0, "maximum": LIMIT}


def read_duration(text: str, unit: int) -> int | None:
    """Whole seconds that a text says, None when it says none."""
    if len(text) > LONGEST_TEXT:
        return None
    text = half_width(text).strip().lower()
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
    if _NUMBER.fullmatch(text):
        return _whole(Decimal(text) * unit)
    total, at = Decimal(0), 0
    for piece in _PIECE.finditer(text):
        if piece.start() != at:
            return None
        total += Decimal(piece[1]) * SECONDS[_NAMES[piece[2]]]
        at = piece.end()
    return _whole(total) if at and at == len(text) else None


def write_duration(seconds: int, language: str) -> str:
    """The duration in the language's units, largest first."""
    spelled = _SPELLED.get(language, _SPELLED["en"])
    pieces = []
    rest = seconds
    for size, name in zip(SECONDS.values(), spelled, strict=True):
        count, rest = divmod(rest, size)
        if count:
            pieces.append(f"{count}{name}")
    separator = "" if language.startswith("zh") else " "
    return separator.join(pieces) or f"0{spelled[2]}"


def _whole(seconds: Decimal) -> int:
    return int(plain(rounded(seconds, Decimal(1))))
