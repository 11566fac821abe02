"""What must hold of money whatever the amounts: nothing is settled twice, statements balance."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.billing.rules import allocation, statement, states
from guanxi.areas.billing.rules.allocation import Item, MoreThanLeft, MoreThanOpen, Source
from guanxi.areas.billing.rules.statement import Debt, Movement
from guanxi.kit.money import Money, decimals

DAY = date(2026, 3, 1)
RATES = {"CNY": Decimal(1), "USD": Decimal("7.1234"), "JPY": Decimal("0.0481"), "KWD": Decimal("23.17")}


def money(currency: str, least: int = 1) -> st.SearchStrategy[Money]:
    return st.integers(least, 10**9).map(lambda n: Money(Decimal(n).scaleb(-decimals(currency)), currency))


anything = st.sampled_from(sorted(RATES)).flatmap(money)
sources = anything.map(lambda one: Source(one, RATES[one.currency]))
items = st.lists(st.tuples(anything, st.integers(-400, 400)), max_size=8).map(
    lambda many: [
        Item(UUID(int=n), DAY + timedelta(days), one, RATES[one.currency]) for n, (one, days) in enumerate(many, 1)
    ]
)


@given(sources, items)
def test_a_proposal_takes_no_more_than_there_is_and_settles_no_more_than_is_open(source, open_items):
    shares = allocation.propose(source, open_items, RATES, "CNY")

    assert sum((one.taken.amount for one in shares), Decimal(0)) <= source.open.amount
    by_id = {one.id: one for one in open_items}
    assert len({one.item for one in shares}) == len(shares)
    for one in shares:
        assert Decimal(0) < one.settled.amount <= by_id[one.item].open.amount
        assert one.settled == one.settled.rounded()
        assert one.taken == one.taken.rounded()
        if one.settled.currency == one.taken.currency:
            assert one.settled == one.taken


@given(sources, items)
def test_what_is_proposed_may_be_done_by_hand(source, open_items):
    by_id = {one.id: one for one in open_items}
    proposed = allocation.propose(source, open_items, RATES, "CNY")
    wanted = [(by_id[one.item], one.settled.amount) for one in proposed]

    assert [one.settled for one in allocation.by_hand(source, wanted, RATES, "CNY")] == [
        one.settled for one in proposed
    ]


@given(money("CNY"), st.lists(st.tuples(money("CNY"), st.integers(-9, 9)), max_size=8))
def test_in_one_currency_a_proposal_settles_all_it_can_oldest_first(amount, some):
    open_items = [Item(UUID(int=n), DAY + timedelta(days), one) for n, (one, days) in enumerate(some, 1)]
    shares = allocation.propose(Source(amount), open_items, {}, "CNY")

    owed = sum((one.open.amount for one in open_items), Decimal(0))
    assert sum((one.taken.amount for one in shares), Decimal(0)) == min(amount.amount, owed)
    due = {one.id: one.due for one in open_items}
    assert [due[one.item] for one in shares] == sorted(due[one.item] for one in shares)
    assert all(one.difference.amount == 0 for one in shares)


@given(money("CNY"), st.lists(money("CNY"), min_size=1, max_size=6), st.data())
def test_by_hand_all_or_nothing(amount, some, data):
    open_items = [Item(UUID(int=n), DAY, one) for n, one in enumerate(some, 1)]
    wanted = [(one, data.draw(money("CNY")).amount) for one in open_items]
    possible = all(asked <= one.open.amount for one, asked in wanted)
    if possible and sum(asked for _, asked in wanted) <= amount.amount:
        shares = allocation.by_hand(Source(amount), wanted, {}, "CNY")
        assert [one.settled.amount for one in shares] == [asked for _, asked in wanted]
    else:
        with pytest.raises(MoreThanLeft if possible else (MoreThanOpen, MoreThanLeft)):
            allocation.by_hand(Source(amount), wanted, {}, "CNY")


def test_one_item_named_twice_is_settled_once():
    item = Item(UUID(int=1), DAY, Money(Decimal(100), "CNY"))
    with pytest.raises(MoreThanOpen):
        allocation.by_hand(Source(Money(Decimal(500), "CNY")), [(item, Decimal(60)), (item, Decimal(60))], {}, "CNY")


@pytest.mark.parametrize(
    ("paid", "rate", "open_", "booked", "settled", "taken", "difference"),
    [
        ("100", "7.10", "1000", "1", "710.00", "100", "0.00"),  # dollars for yuan, at the rate of the day
        ("200", "7.10", "710", "1", "710", "100.00", "0.00"),  # only what is open is taken
        ("100", "7.20", "100 USD", "7.10", "100", "100", "10.00"),  # the dollar rose since the invoice
        ("100", "7.00", "100 USD", "7.10", "100", "100", "-10.00"),  # and fell
    ],
)
def test_a_payment_in_another_currency(paid, rate, open_, booked, settled, taken, difference):
    amount, _, currency = open_.partition(" ")
    item = Item(UUID(int=1), DAY, Money(Decimal(amount), currency or "CNY"), Decimal(booked))
    rates = {"CNY": Decimal(1), "USD": Decimal(rate)}
    (one,) = allocation.propose(Source(Money(Decimal(paid), "USD"), rates["USD"]), [item], rates, "CNY")

    assert (one.settled.amount, one.taken.amount) == (Decimal(settled), Decimal(taken))
    assert one.difference == Money(Decimal(difference), "CNY")


parts = st.lists(st.integers(0, 10**6), min_size=4, max_size=4).map(lambda some: [Decimal(n) / 100 for n in some])


@given(parts)
def test_the_state_of_an_invoice_follows_what_is_open(some):
    settled, credited, written_off, left = some
    one = states.Invoice(sum(some), settled, credited, written_off)

    assert one.open == left
    assert (one.state in ("issued", "part_paid")) == (left > 0)
    assert (one.state == "cancelled") == (left == 0 and credited == one.amount > 0)
    assert (one.state == "bad_debt") == (left == 0 and written_off > 0)


@given(parts, st.decimals(-100, 30_000, places=2))
def test_no_more_is_refunded_than_was_paid(some, wanted):
    payment = states.Payment(sum(some), some[0], some[1])
    if states.refundable(payment, wanted):
        assert 0 < wanted + some[1] <= payment.amount
        assert states.Payment(payment.amount, some[0], some[1] + wanted).open >= 0
    else:
        assert wanted <= 0 or wanted > payment.open


movements = st.lists(
    st.builds(
        Movement,
        st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        st.sampled_from(sorted(statement.ORDER)),
        st.uuids(),
        st.text("0123456789", max_size=4),
        st.decimals(-(10**8), 10**8, places=2),
        st.sampled_from(["CNY", "USD"]),
    ),
    max_size=30,
)


@given(movements, st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), min_size=3, max_size=3))
def test_the_closing_balance_is_the_next_opening_balance(some, days):
    first, second, third = sorted(days)
    earlier = {one.currency: one for one in statement.accounts(some, first, second)}
    later = {one.currency: one for one in statement.accounts(some, second + timedelta(1), third)}
    whole = {one.currency: one for one in statement.accounts(some, first, third)}

    for currency, one in later.items():
        closed = earlier[currency].closing if currency in earlier else Decimal(0)
        assert one.opening == closed
        assert one.closing == whole[currency].closing if currency in whole else True
    for one in (*earlier.values(), *later.values(), *whole.values()):
        assert one.opening + one.charged - one.paid == one.closing
        assert (one.lines[-1].balance if one.lines else one.opening) == one.closing
        balance = one.opening
        for line in one.lines:
            balance += line.movement.amount
            assert line.balance == balance


@given(
    st.lists(
        st.builds(
            Debt,
            st.sampled_from([UUID(int=1), UUID(int=2)]),
            st.just("CNY"),
            st.dates(),
            st.decimals(-99, 99, places=2),
        )
    )
)
def test_the_buckets_add_up_to_what_is_open(debts):
    rows = statement.ageing(debts, DAY)
    for company in {one.company for one in debts}:
        assert sum(rows[company, "CNY"].values()) == sum(one.open for one in debts if one.company == company)


@pytest.mark.parametrize(
    ("days", "name"),
    [(-5, "current"), (0, "current"), (1, "days_30"), (30, "days_30"), (31, "days_60"), (60, "days_60"),
     (61, "days_90"), (90, "days_90"), (91, "older")],
)  # fmt: skip
def test_how_long_something_is_due(days, name):
    assert statement.bucket(DAY - timedelta(days), DAY) == name
