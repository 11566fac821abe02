"""Numbers as PostgreSQL reckons with them: exact, at most 16 digits after the point, half away from zero."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Any

SCALE = 16
# No formula of 2,000 nodes makes more digits than this; what is divided is divided in whole numbers.
_CONTEXT = Context(prec=100_000, Emax=999_999, Emin=-999_999, rounding=ROUND_HALF_UP)
_ZEROS = "0" * 34


def rounded(value: Decimal, digits: int = SCALE, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Rounded to digits after the point (before it when negative); never minus zero."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > digits:
        value = value.quantize(Decimal((0, (1,), -digits)), rounding, _CONTEXT)
    return value or Decimal(0)


def added(a: Decimal, b: Decimal) -> Decimal:
    """a + b."""
    return rounded(_CONTEXT.add(a, b))


def subtracted(a: Decimal, b: Decimal) -> Decimal:
    """a - b."""
    return rounded(_CONTEXT.subtract(a, b))


def multiplied(a: Decimal, b: Decimal) -> Decimal:
    """a * b to 16 digits."""
    return rounded(_CONTEXT.multiply(a, b))


def divided(a: Decimal, b: Decimal) -> Decimal | None:
    """a / b to 16 digits; nothing when b is zero."""
    if not b:
        return None
    (above, below), (over, under) = a.as_integer_ratio(), b.as_integer_ratio()
    numerator, denominator = above * under * 10**SCALE, below * over
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient, rest = divmod(abs(numerator), denominator)
    quotient += rest * 2 >= denominator
    return rounded(_CONTEXT.scaleb(Decimal(-quotient if numerator < 0 else quotient), -SCALE))


def remainder(a: Decimal, b: Decimal) -> Decimal | None:
    """What is left of a over whole multiples of b, with the sign of b as in spreadsheets; nothing when b is zero."""
    if not b:
        return None
    (above, below), (over, under) = a.as_integer_ratio(), b.as_integer_ratio()
    whole = (above * under) // (below * over)
    return subtracted(a, _CONTEXT.multiply(Decimal(whole), b))


def floor(value: Decimal) -> Decimal:
    """The whole number below or equal."""
    return rounded(value, 0, ROUND_FLOOR)


def cut(value: Decimal, digits: int) -> Decimal:
    """Digits after the point cut off."""
    return rounded(value, digits, ROUND_DOWN)


def divided_sql(a: str, b: str) -> str:
    """SQL of ``divided``. Without the zeros the server would choose a scale of its own and round twice."""
    return f"round(({a} + 0.{_ZEROS}) / nullif({b}, 0), {SCALE})"


def bounded(value: Any, low: Any, high: Any) -> Any:
    """The value if it lies between the bounds, which are not included."""
    return value if value is not None and low < value < high else None


def bounded_sql(value: str, low: str, high: str) -> str:
    """SQL of ``bounded``; names the value once, so that nested expressions stay short."""
    return f"nullif(nullif(greatest(least({value}, {high}), {low}), {low}), {high})"
