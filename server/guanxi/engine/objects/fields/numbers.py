"""Numbers as people write them, and what the kinds that hold one number have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Column, FieldKind, ParseEnv, shown
from guanxi.engine.objects.fields.settings import MAX, MIN, Setting, scale
from guanxi.engine.objects.model import Field
from guanxi.kit.folding import half_width

MAX_WHOLE_DIGITS = 15
"""With a scale of at most 10 a value keeps within the 28 digits that decimals are reckoned with."""
MAX_SCALE = 10
LONGEST_TEXT = 100
"""No number is written in more characters; longer text is refused before any pattern tries it."""

_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,20})?", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,20})?[eE][+-]?\d{1,2}", re.ASCII)
_WRITTEN = re.compile(r"([+-]?)(\d+(?:\.\d*)?|\.\d+)([千万亿kKmM]?)(?:元|块)?", re.ASCII)
_SHIFT = {"": 0, "千": 3, "万": 4, "亿": 8, "k": 3, "m": 6}


def read_number(text: str) -> Decimal | None:
    """The number that a text says, None when it says none: ``1,234.5``, ``(5)``, ``１２``, ``3.2万``, ``1.2E+5``."""
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if len(text) > LONGEST_TEXT:
        return None
    text = half_width(text).replace("−", "-").replace(" ", "").replace("\u00a0", "")
    if _SCIENTIFIC.fullmatch(text):
        return Decimal(text)
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1]
    match = _WRITTEN.fullmatch(_without_separators(text))
    if match is None:
        return None
    sign, digits, unit = match.groups()
    value = Decimal(digits).scaleb(_SHIFT[unit.lower()])
    return -value if negative != (sign == "-") else value


def _without_separators(text: str) -> str:
    """Thousands separators removed where they separate thousands; elsewhere a comma stays and spoils the number."""
    return text.replace(",", "") if re.match(r"[+-]?\d{1,3}(?:,\d{3,4})+(?!\d)", text) else text


def to_decimal(raw: Any) -> Decimal:
    """A finite decimal of any number or number text within the storable range; BadValue otherwise."""
    kind = type(raw)
    if kind is str:
        value = read_number(raw.strip())
    elif kind is Decimal:
        value = raw
    elif kind is int:
        value = Decimal(raw)
    elif kind is float:
        value = Decimal(repr(raw))
    else:
        value = None
    if value is None or not value.is_finite():
        raise BadValue("fields.not_a_number", value=shown(raw))
    if value and value.adjusted() >= MAX_WHOLE_DIGITS:
        raise BadValue("fields.number_too_large", digits=MAX_WHOLE_DIGITS)
    return value


def rounded(value: Decimal, unit: Decimal) -> Decimal:
    """Rounded half away from zero to a unit such as 0.01, as spreadsheets do; never minus zero."""
    return value.quantize(unit, ROUND_HALF_UP) + 0


def plain(value: Decimal) -> str:
    """Digits without exponent and without zeros at the end of the fraction: ``12.5``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal | int) -> str:
    """Digits grouped in thousands, the fraction as short as it can be: ``1,234.5``."""
    whole, _, fraction = plain(Decimal(value)).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}" + (f".{fraction}" if fraction else "")


@dataclass(frozen=True, slots=True)
class Range:
    """What a field's settings make of its numbers: the smallest step and the bounds."""

    unit: Decimal
    low: Decimal | None
    high: Decimal | None

    @classmethod
    def of(cls, settings: Mapping[str, Any], scale: int) -> Range:
        """The range of a field whose scale is ``scale`` unless the settings say otherwise."""
        low, high = (settings.get(name) for name in ("min", "max"))
        return cls(
            unit=Decimal(1).scaleb(-int(settings.get("scale", scale))),
            low=None if low is None else Decimal(str(low)),
            high=None if high is None else Decimal(str(high)),
        )

    def fit(self, value: Decimal) -> Decimal:
        """The value rounded to the unit; BadValue outside the bounds."""
        value = rounded(value, self.unit)
        if self.low is not None and value < self.low:
            raise BadValue("fields.too_small", min=plain(self.low))
        if self.high is not None and value > self.high:
            raise BadValue("fields.too_large", max=plain(self.high))
        return value


class NumericKind(FieldKind):
    """A decimal number kept exactly. Digits beyond the field's scale are rounded half away from zero."""

    trait = "number"
    default_scale = 2

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One exact numeric column; the scale is kept by ``parse``, so that changing it rewrites no table."""
        return (Column("", "numeric"),)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``scale`` (digits after the point, 0 to 10), ``min`` and ``max``."""
        return (scale(self.default_scale, MAX_SCALE), MIN, MAX)

    def prepare(self, settings: Mapping[str, Any]) -> Range:
        """The range of values."""
        return Range.of(settings, self.default_scale)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> Decimal | None:
        """A number, or text that says one."""
        if raw is None or raw == "":
            return None
        fitted: Decimal = field.prepared.fit(to_decimal(raw))
        return fitted

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Decimal:
        """The number as given: rounding it would move the border of the filter."""
        if raw is None or raw == "":
            raise BadValue("fields.value_required")
        return to_decimal(raw)

    def render(self, value: Any) -> str | None:
        """A decimal string, because JSON numbers lose digits in browsers."""
        return None if value is None else plain(value)

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A decimal string."""
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
