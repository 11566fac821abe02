"""How far an order has come follows from its quantities, in whatever order they change."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.orders.rules.progress import Line, fits, state

quantity = st.decimals(0, 1000, places=2)


@st.composite
def line(draw):
    ordered = draw(quantity)
    cancelled = draw(st.decimals(0, ordered, places=2))
    rest = ordered - cancelled
    return Line(
        ordered,
        cancelled,
        draw(st.decimals(0, rest, places=2)),
        draw(st.decimals(0, rest, places=2)),
        draw(st.booleans()),
    )


@given(line())
def test_nothing_is_left_below_zero_and_nothing_beyond_what_was_ordered(one):
    assert 0 <= one.to_ship <= one.wanted
    assert 0 <= one.to_invoice <= one.wanted
    assert 0 <= one.can_be_cancelled <= one.to_invoice
    if one.ships:
        assert one.can_be_cancelled <= one.to_ship
        assert one.shipped + one.to_ship == one.wanted


@given(st.lists(line(), max_size=6))
def test_an_order_is_done_when_nothing_is_left_and_only_then(lines):
    counted = [one for one in lines if one.ordered > 0]
    left = any(one.to_ship or one.to_invoice for one in counted)
    assert (state(lines) in ("done", "cancelled")) == (bool(counted) and not left)


@given(st.lists(line(), min_size=1, max_size=6))
def test_cancelling_the_rest_and_invoicing_what_was_shipped_ends_an_order(lines):
    ended = []
    for one in lines:
        cancelled = one.cancelled + one.can_be_cancelled
        wanted = one.ordered - cancelled
        ended.append(Line(one.ordered, cancelled, wanted, wanted, one.ships))
    if any(one.ordered > 0 for one in lines):
        assert state(ended) in ("done", "cancelled")


def lines(*some):
    return [Line(*(Decimal(one) for one in numbers)) for numbers in some]


@pytest.mark.parametrize(
    ("quantities", "expected"),
    [
        ([(10,)], "confirmed"),
        ([(10, 0, 4)], "part_shipped"),
        ([(10, 0, 10), (5,)], "part_shipped"),
        ([(10, 0, 10)], "shipped"),
        ([(10, 0, 10, 4)], "part_invoiced"),
        ([(10, 0, 0, 4)], "part_invoiced"),
        ([(10, 0, 4, 4)], "part_shipped"),
        ([(10, 6, 4, 4)], "done"),
        ([(10, 0, 10, 10)], "done"),
        ([(10, 10), (5, 5)], "cancelled"),
        ([(10, 10), (5, 0, 5, 5)], "done"),
        ([(-1,), (10, 0, 10, 10)], "done"),
        ([], "confirmed"),
    ],
)
def test_the_states(quantities, expected):
    assert state(lines(*quantities)) == expected


def test_services_are_not_shipped():
    assert state([Line(Decimal(3), ships=False)]) == "confirmed"
    assert state([Line(Decimal(3), invoiced=Decimal(3), ships=False)]) == "done"


@pytest.mark.parametrize(
    ("left", "wanted", "more", "may"),
    [(5, 5, False, True), (5, 6, False, False), (5, 6, True, True), (5, 0, True, False), (5, -1, True, False)],
)
def test_never_more_than_is_left_unless_it_is_allowed(left, wanted, more, may):
    assert fits(Decimal(left), Decimal(wanted), more_allowed=more) is may
