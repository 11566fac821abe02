"""A telephone number."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.kit import phones

_NORMAL_MOBILE = re.compile(r"\+861[3-9][0-9]{9}")
_SEPARATORS = re.compile(r"[\s\-.()/]+")


@register
class Phone(Text):
    """A telephone number in normal form (E.164 where the country is known, with ``;ext=`` for an extension)."""

    key = "phone"
    intro = Introduction(
        "contact", "phone", words("电话", "Phone number"), words("一个电话号码", "One telephone number")
    )
    groupable = False
    default_max_length = 60
    personal = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """There are none."""
        return ()

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """A number written in any of the usual ways."""
        if type(raw) is str and _NORMAL_MOBILE.fullmatch(raw):
            return raw
        text = super().parse(field, raw, env)
        if text is None:
            return None
        try:
            return phones.normalise(text)
        except phones.BadPhone:
            raise BadValue("fields.not_a_phone", value=shown(text)) from None

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Any:
        """A whole number in normal form, a part of one without separators."""
        text = super().comparable(field, raw, env)
        try:
            return phones.normalise(text)
        except phones.BadPhone:
            return _SEPARATORS.sub("", text) or text

    def part(self, text: str) -> str:
        """Digits without the separators that people put between them."""
        return _SEPARATORS.sub("", text) or text

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """Grouped as it is read aloud: ``138 0013 8000``."""
        return "" if value is None else phones.display(value)

    def mask(self, value: Any) -> str:
        """``138****5678``: the beginning and the end of a number, the end alone of a short one."""
        return masked_phone(value)

    def samples(self, field: Field) -> list[Any]:
        """Mobile, fixed line, extension, hot line, abroad, without a country."""
        written = (
            "13800138000",
            "010-62345678",
            "0755 8612 3456 转 801",
            "400-800-1234",
            "+1 202 555 0123",
            "62345678",
        )
        return [phones.normalise(text) for text in written]


def masked_phone(number: str) -> str:
    """A number of which only the beginning and the end are told, as it is dialled: ``021****0212``."""
    digits = re.sub(r"\D", "", phones.display(number.partition(";")[0]))
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 10 else f"****{digits[-2:]}"
