"""The arithmetic of lines: the table that the browser is held to as well, and what holds of any lines."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.catalogue.rules.lines import Line, Terms, discount, document, effective_discount, unit_price

CASES = json.loads((Path(__file__).parents[2] / "data" / "lines.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_table_of_cases(case: dict[str, Any]) -> None:
    terms = {key: Decimal(value) if key == "discount" else value for key, value in case["terms"].items()}
    lines = [Line(*map(Decimal, line[:3]), counts="optional" not in line) for line in case["lines"]]
    amounts, total = document(lines, Terms(**terms))

    def told(one: Any) -> list[str]:
        return [str(one.amount), str(one.net), str(one.tax), str(one.total)]

    assert [told(one) for one in amounts] == case["amounts"]
    assert told(total) == case["total"]


_line = st.builds(
    Line,
    st.decimals(-10_000, 10_000, places=4),
    st.decimals(-10_000, 10_000, places=6),
    st.sampled_from([Decimal(0), Decimal(3), Decimal(6), Decimal(13), Decimal("8.25")]),
    st.booleans(),
)
_terms = st.builds(
    Terms,
    st.sampled_from([0, 2, 3]),
    st.decimals(0, 100, places=2),
    tax_included=st.booleans(),
    document_tax=st.booleans(),
    rounding=st.sampled_from(["half_up", "half_even", "up", "down"]),
)


@given(st.lists(_line, max_size=12), _terms)
def test_lines_add_up_and_nothing_is_finer_than_the_currency(lines: list[Line], terms: Terms) -> None:
    amounts, total = document(lines, terms)
    unit = Decimal(1).scaleb(-terms.digits)

    for one in (*amounts, total):
        assert one.net + one.tax == one.total
        assert all(value == value.quantize(unit) for value in (one.amount, one.net, one.tax, one.total))
    for key in ("amount", "net", "tax", "total"):
        assert sum(getattr(one, key) for one, line in zip(amounts, lines, strict=True) if line.counts) == getattr(
            total, key
        )


@given(st.lists(_line, min_size=1, max_size=12), _terms)
def test_handing_down_is_never_more_than_a_unit_off(lines: list[Line], terms: Terms) -> None:
    amounts, total = document(lines, terms)
    unit = Decimal(1).scaleb(-terms.digits)
    kept = (100 - terms.discount) / 100

    for one in amounts:
        base = one.total if terms.tax_included else one.net
        assert abs(base - one.amount * kept) <= unit
    base = total.total if terms.tax_included else total.net
    assert abs(base - total.amount * kept) <= unit / 2


@given(st.decimals(0, 100_000, places=4), st.decimals(0, 100, places=4))
def test_a_discount_makes_the_price_and_the_price_the_discount(listed: Decimal, percent: Decimal) -> None:
    price = unit_price(listed, percent)

    assert 0 <= price <= listed
    if listed >= 1:
        assert discount(listed, price) == percent


@pytest.mark.parametrize(
    ("listed", "price", "on_total", "percent"),
    [("100", "90", "0", "10"), ("100", "90", "10", "19"), ("100", "110", "0", "-10"), ("0", "5", "0", "0"),
     ("100", "0", "50", "100"), ("3", "2", "0", "33.3333")],
)  # fmt: skip
def test_what_is_given_away_by_line_and_total(listed: str, price: str, on_total: str, percent: str) -> None:
    assert effective_discount(Decimal(listed), Decimal(price), Decimal(on_total)) == Decimal(percent)
