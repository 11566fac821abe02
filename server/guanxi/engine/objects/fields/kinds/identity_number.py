"""The number of a person's identity card, hidden wherever it is read."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field
from guanxi.kit import identity_number

_MASKED = re.compile(r"\d\*{16}[0-9X]", re.ASCII)
_LONGEST = 60


@register
class IdentityNumber(FieldKind):
    """A resident identity number of 18 characters with the right check character.

    ``render`` and ``text`` show its first and last character alone, for everybody: lists, records, history, search
    and exports go through them. The whole number is told one record at a time by the action ``records.reveal_value``.
    """

    key = "identity_number"
    intro = Introduction(
        "contact",
        "id-card",
        words("身份证号", "Identity number"),
        words("18 位身份证号，显示时隐藏，查看留痕", "Checked, shown masked; who looks at it is noted"),
    )
    trait = "secret"
    sortable = False
    secret = True
    exact_text = False
    personal = True

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One text column."""
        return (Column("", "text"),)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """A whole number; one that is masked is refused, since what it hides cannot be kept from it."""
        if raw is None or raw == "":
            return None
        text = raw if isinstance(raw, str) and len(raw) <= _LONGEST else ""
        number = identity_number.normalise(text)
        if not number and isinstance(raw, str) and not raw.strip():
            return None
        if _MASKED.fullmatch(number):
            raise BadValue("fields.masked_value")
        if not identity_number.is_valid(number):
            raise BadValue("fields.not_an_identity_number")
        return number

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> str | None:
        """A whole number; a masked one says nothing, so that an exported file can be read back without harm."""
        return None if _MASKED.fullmatch(text.strip()) else self.parse(field, text.strip(), env)

    def render(self, value: Any) -> str | None:
        """The first and the last character."""
        return None if value is None else masked(value)

    def kept(self, value: Any) -> Any:
        """The whole number, so that a change can be taken back."""
        return value

    def mask(self, value: Any) -> str:
        """As everybody sees it."""
        return masked(value)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The first and the last character."""
        return "" if value is None else masked(value)

    def samples(self, field: Field) -> list[Any]:
        """With a digit and with X at the end."""
        return ["360426199101010071", "44011320141005001X", "110102199101010078"]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A masked number."""
        return {"type": "string", "pattern": r"^\d\*{16}[0-9X]$"}


def masked(number: str) -> str:
    """``3****************1``."""
    return f"{number[:1]}{'*' * (len(number) - 2)}{number[-1:]}"
