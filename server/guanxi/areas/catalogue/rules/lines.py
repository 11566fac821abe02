"""The arithmetic of lines: what a line comes to, what all of them come to, and that both agree to the cent.

``web/src/records/lines/amounts.ts`` is the same in the browser; one table of cases holds for both
(``server/tests/data/lines.json``). Amounts are rounded, half away from zero unless told
otherwise, to what the currency can pay. A line's amount
is its quantity times its unit price, which is exact and never rounded. A discount on the total and taxes that are
rounded for the document are handed down to the lines by rounding running sums, so that the lines always add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal, localcontext
from typing import Literal

Rounding = Literal["half_up", "half_even", "up", "down"]
_MODES: dict[Rounding, str] = {
    "half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_UP, "down": ROUND_DOWN,
}  # fmt: skip
_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
_HUNDRED = Decimal(100)
_DISCOUNT = Decimal("0.0001")
_PRICE = Decimal(1).scaleb(-10)


@dataclass(frozen=True, slots=True)
class Line:
    """A quantity (below zero for what comes back) at a unit price, and the rate of tax in percent.

    What does not count, such as an optional line that nobody chose, has amounts of its own and adds nothing.
    """

    quantity: Decimal
    unit_price: Decimal
    tax_percent: Decimal = Decimal(0)
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all lines: decimals of the currency, a discount in percent off the total, and how taxes are told.

    ``document_tax``: taxes are rounded once for all lines of a rate, not line by line. ``rounding`` is half away from
    zero unless a rule of the currency says otherwise for amounts and taxes: half to even, away from zero, towards zero.
    """

    digits: int = 2
    discount: Decimal = Decimal(0)
    tax_included: bool = True
    document_tax: bool = False
    rounding: Rounding = "half_up"


@dataclass(frozen=True, slots=True)
class Amounts:
    """``amount`` is before the discount on the total, ``net`` and ``tax`` are after it and make up the ``total``."""

    amount: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal


def unit_price(list_price: Decimal, discount: Decimal) -> Decimal:
    """The price after a discount in percent, to ten decimals."""
    with localcontext(_EXACT):
        return _plain((list_price * (_HUNDRED - discount) / _HUNDRED).quantize(_PRICE))


def discount(list_price: Decimal, price: Decimal) -> Decimal:
    """The discount in percent that makes the price of the list price, to four decimals; 0 where there is no list price."""
    if not list_price:
        return Decimal(0)
    with localcontext(_EXACT):
        return _plain(((list_price - price) * _HUNDRED / list_price).quantize(_DISCOUNT))


def effective_discount(list_price: Decimal, price: Decimal, on_total: Decimal) -> Decimal:
    """What of the list price is given away by the line's discount and by that on the total together, in percent."""
    with localcontext(_EXACT):
        return discount(list_price, price * (_HUNDRED - on_total) / _HUNDRED)


def document(lines: Sequence[Line], terms: Terms) -> tuple[list[Amounts], Amounts]:
    """The amounts of every line, in order, and those of the document, which are the sums of the lines that count."""
    with localcontext(_EXACT):
        counting = _worked_out([line for line in lines if line.counts], terms)
        place = iter(counting)
        made = [next(place) if line.counts else _worked_out([line], terms)[0] for line in lines]
        zero = _rounded(Decimal(0), terms)
        return made, Amounts(
            sum((one.amount for one in counting), zero),
            sum((one.net for one in counting), zero),
            sum((one.tax for one in counting), zero),
            sum((one.total for one in counting), zero),
        )


def _worked_out(lines: Sequence[Line], terms: Terms) -> list[Amounts]:
    amounts = [_rounded(line.quantity * line.unit_price, terms) for line in lines]
    bases = _without(amounts, terms)
    return [
        Amounts(amount, base - tax, tax, base) if terms.tax_included else Amounts(amount, base, tax, base + tax)
        for amount, base, tax in zip(amounts, bases, _taxes(lines, bases, terms), strict=True)
    ]


def _without(amounts: Sequence[Decimal], terms: Terms) -> list[Decimal]:
    """The amounts less their shares of the discount on the total."""
    halves = replace(terms, rounding="half_up")
    running = given = Decimal(0)
    bases = []
    for amount in amounts:
        running += amount
        so_far = _rounded(running * terms.discount / _HUNDRED, halves)
        bases.append(amount - (so_far - given))
        given = so_far
    return bases


def _taxes(lines: Sequence[Line], bases: Sequence[Decimal], terms: Terms) -> list[Decimal]:
    if not terms.document_tax:
        return [_rounded(_tax(base, line.tax_percent, terms), terms) for line, base in zip(lines, bases, strict=True)]
    running: dict[Decimal, Decimal] = {}
    taxes = []
    for line, base in zip(lines, bases, strict=True):
        before = running.get(line.tax_percent, Decimal(0))
        running[line.tax_percent] = before + base
        taxes.append(
            _rounded(_tax(before + base, line.tax_percent, terms), terms)
            - _rounded(_tax(before, line.tax_percent, terms), terms)
        )
    return taxes


def _tax(base: Decimal, percent: Decimal, terms: Terms) -> Decimal:
    return base * percent / (_HUNDRED + percent if terms.tax_included else _HUNDRED)


def _rounded(value: Decimal, terms: Terms) -> Decimal:
    unit = Decimal(1).scaleb(-terms.digits)
    return value.quantize(unit, _MODES[terms.rounding]) + 0  # never minus zero


def _plain(value: Decimal) -> Decimal:
    return Decimal(0) if not value else value.normalize() if value.as_tuple().exponent else value
