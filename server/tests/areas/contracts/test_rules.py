"""What must hold of plans, parts and down payments, whatever the amounts."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.billing.rules import down_payments
from guanxi.areas.billing.rules.down_payments import Group
from guanxi.areas.catalogue.rules import conversion
from guanxi.areas.contracts.rules import plan, states
from guanxi.areas.contracts.rules.plan import NotWhole, Share
from guanxi.kit.money import decimals

DAY = date(2026, 3, 1)
currencies = st.sampled_from(["CNY", "JPY", "KWD"])
cents = st.integers(1, 10**11)
quantities = st.decimals(-1000, 1000, places=4)


def amount_of(count: int, currency: str) -> Decimal:
    return Decimal(count).scaleb(-decimals(currency))


@given(cents, currencies, st.lists(st.integers(1, 999), min_size=1, max_size=12))
def test_instalments_in_percent_come_to_the_total_to_the_cent(count, currency, weights):
    total, whole = amount_of(count, currency), sum(weights)
    percents = [(Decimal(100 * one) / whole).quantize(Decimal("0.0001")) for one in weights]
    percents[-1] += 100 - sum(percents)
    unit = amount_of(1, currency)

    parts = plan.amounts(total, currency, [Share(one) for one in percents])

    assert sum(parts) == total
    assert all(one == one.quantize(unit) for one in parts)
    assert all(abs(one - total * percent / 100) <= unit for one, percent in zip(parts, percents, strict=True))


@given(cents, currencies, st.lists(cents, max_size=6), st.integers(0, 100))
def test_a_plan_is_whole_or_says_what_is_missing(count, currency, fixed, percent):
    total = amount_of(count, currency)
    shares = [Share(amount=amount_of(one, currency)) for one in fixed] + ([Share(Decimal(percent))] if percent else [])
    try:
        parts = plan.amounts(total, currency, shares)
    except NotWhole as off:
        mended = [*shares, Share(amount=off.missing)]
        assert sum(plan.amounts(total, currency, mended)) == total
    else:
        assert sum(parts) == total


@given(quantities, st.lists(quantities, max_size=12))
def test_no_more_is_taken_over_than_there_is(quantity, wanted):
    parts: list[Decimal] = []
    for one in wanted:
        if conversion.fits(quantity, conversion.taken(quantity, parts), one):
            parts.append(one)
    used = conversion.taken(quantity, parts)

    assert used == sum(parts, Decimal(0))
    assert not conversion.exceeds(quantity, used)
    assert abs(used) + abs(conversion.left(quantity, used)) == abs(quantity)
    rest = conversion.left(quantity, used)
    assert not rest or conversion.fits(quantity, used, rest)
    assert not conversion.fits(quantity, used, rest + (1 if quantity >= 0 else -1))


def groups(some: list[int]) -> list[Group]:
    return [Group(UUID(int=place + 1), Decimal(place), Decimal(one) / 100) for place, one in enumerate(some)]


@given(cents, st.lists(st.integers(1, 10**9), min_size=1, max_size=5))
def test_a_down_payment_is_split_to_the_cent(count, some):
    amount = amount_of(count, "CNY")
    assert sum(down_payments.split(amount, groups(some), "CNY")) == amount


@given(st.lists(st.integers(0, 10**6), max_size=4), st.lists(st.lists(st.integers(0, 10**6), max_size=4), max_size=6))
def test_later_invoices_take_off_a_down_payment_once_and_never_fall_below_zero(ahead, invoices):
    left, off = groups(ahead), Decimal(0)
    for one in invoices:
        there = groups(one)
        parts = down_payments.deduct(left, there)
        whole, rest = sum((g.total for g in there), Decimal(0)), sum((g.total for g in left), Decimal(0))
        assert sum(parts) == min(whole, rest)
        assert all(0 <= part <= group.total for part, group in zip(parts, left, strict=True))
        left = [Group(g.tax_rate, g.percent, g.total - part) for g, part in zip(left, parts, strict=True)]
        off += sum(parts)
    assert off <= sum((g.total for g in groups(ahead)), Decimal(0))


@pytest.mark.parametrize(
    ("due", "amount", "paid", "state"),
    [(None, 10, 0, "planned"), (1, 10, 0, "planned"), (0, 10, 0, "due"), (-9, 10, 4, "part_paid"), (1, 10, 10, "paid"),
     (None, 10, 11, "paid")],
)  # fmt: skip
def test_what_becomes_of_an_instalment(due, amount, paid, state):
    on = None if due is None else DAY + timedelta(due)
    assert plan.state(on, DAY, Decimal(amount), Decimal(paid)) == state


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [("draft", "in_approval", True), ("draft", "signed", False), ("in_approval", "approved", True),
     ("in_approval", "draft", True), ("approved", "in_force", True), ("in_force", "terminated", True),
     ("terminated", "draft", False), ("expired", "in_force", False), ("in_force", "draft", False)],
)  # fmt: skip
def test_moves_between_stages(before, after, may):
    assert states.may_become(before, after) is may


def test_owners_are_reminded_once_for_each_end():
    ends = DAY + timedelta(30)
    assert states.to_be_reminded(ends, 30, None, DAY)
    assert not states.to_be_reminded(ends, 30, ends, DAY)
    assert states.to_be_reminded(ends, 30, DAY, DAY)
    assert not states.to_be_reminded(ends, 29, None, DAY)
    assert not states.to_be_reminded(ends, 0, None, DAY)
    assert not states.to_be_reminded(None, 30, None, DAY)


def test_a_renewal_goes_on_right_after_and_as_long():
    assert states.next_term(date(2026, 1, 1), date(2026, 12, 31)) == (date(2027, 1, 1), date(2027, 12, 31))
    assert states.next_term(None, date(2026, 12, 31), until=date(2027, 6, 30)) == (date(2027, 1, 1), date(2027, 6, 30))
