"""Properties of the rules: parts add up, more never gives less, caps hold, no more is claimed back than was paid; and plans that make no sense are refused."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.commission.rules.calculation import calculate
from guanxi.areas.commission.rules.definition import read
from guanxi.areas.commission.rules.pay import correction, drawn
from guanxi.areas.commission.rules.pieces import Person, Piece, Situation
from guanxi.areas.commission.rules.plan import Component, Tier, Version
from guanxi.areas.commission.rules.tiers import capped, slices

CENT = Decimal("0.01")
PEOPLE = [UUID(int=one) for one in range(1, 5)]
amounts = st.decimals(0, 10**7, places=2)
signed = st.decimals(-(10**6), 10**7, places=2)


@st.composite
def tables(draw):
    marks = sorted(draw(st.sets(st.integers(1, 10**7), max_size=4)))
    rates = sorted(draw(st.lists(st.decimals(0, 300, places=2), min_size=len(marks) + 1, max_size=len(marks) + 1)))
    starts = [Decimal(0), *map(Decimal, marks)]
    return [Tier(one, end, rate) for one, end, rate in zip(starts, [*starts[1:], None], rates, strict=True)]


def component(tiers, **more):
    return Component("c", "提成", "received", tiers, **more)


@given(tables(), st.lists(signed, min_size=1, max_size=12), st.sampled_from(["marginal", "whole"]))
def test_the_parts_of_each_credit_are_the_whole_of_it(tiers, bases, method):
    parts = slices(component(tiers, method=method), bases, None, CENT)
    for place, base in enumerate(bases):
        assert sum(one.base for one in parts if one.place == place) == base


@given(tables(), st.lists(amounts, min_size=1, max_size=6), amounts, st.sampled_from(["marginal", "whole"]))
def test_more_never_gives_less(tiers, bases, more, method):
    """With rates that rise; to the cent that each line may be rounded by."""
    one = component(tiers, method=method)
    less = slices(one, bases, None, CENT)
    greater = slices(one, [*bases, more], None, CENT)
    assert sum(x.computed for x in greater) >= sum(x.computed for x in less) - CENT * len(greater)


@given(st.lists(signed, max_size=20), amounts)
def test_a_cap_is_never_exceeded_nor_does_it_add(sums, cap):
    kept = capped(sums, cap)
    running, free = Decimal(0), Decimal(0)
    for mine, all_ in zip(kept, sums, strict=True):
        running, free = running + mine, free + all_
        assert running <= cap
        assert running <= free


@given(amounts, st.lists(st.decimals(-1, 2, places=4), min_size=1, max_size=8), st.decimals("0.0001", 1, places=4))
def test_no_more_is_claimed_back_than_was_paid_however_often(paid, moments, then):
    back = Decimal(0)
    for now in moments:
        back += correction(paid, back, then, now, CENT)
        assert -paid <= back <= 0


@given(amounts, amounts, amounts)
def test_draws_are_recovered_out_of_what_lies_above_them(earned, draw, balance):
    more, back = drawn(earned, draw, balance)
    assert earned + more - back >= min(earned, draw)
    assert earned + more - back >= draw
    assert back <= balance


@given(st.lists(st.tuples(amounts, st.lists(st.integers(1, 100), min_size=2, max_size=4)), min_size=1, max_size=5),
       st.sampled_from(["splits", "pool"]))  # fmt: skip
def test_what_is_shared_out_is_the_whole(deals, credit):
    people = {who: Person(who) for who in PEOPLE}
    weights = [Decimal(one) for one in deals[0][1]]
    shares = dict(zip(PEOPLE, weights, strict=False)) if credit == "pool" else {}
    rate = component([Tier(Decimal(0), None, Decimal(100))], credit=credit, shares=shares)
    pieces = [
        Piece("payment_allocation", UUID(int=100 + place), f"{place}", date(2026, 10, 1 + place), "received", gross,
              owner=PEOPLE[0], splits=tuple(zip(PEOPLE, map(Decimal, parts), strict=False)))
        for place, (gross, parts) in enumerate(deals)
    ]  # fmt: skip
    version = Version(UUID(int=9), UUID(int=9), "方案", 1, date(2026, 1, 1), None, [rate], members=frozenset(PEOPLE))
    about = Situation(date(2026, 10, 1), date(2026, 10, 31), CENT, people)
    assert sum(one.amount for one in calculate([version], pieces, about)) == sum(one.gross for one in pieces)


TIERS = [{"from": "0", "to": "100000", "rate": "5"}, {"from": "100000", "rate": "8"}]


@pytest.mark.parametrize(
    ("tiers", "at", "code"),
    [
        (
            [{"from": "0", "to": "120000", "rate": "5"}, {"from": "100000", "rate": "8"}],
            "tiers.1.from",
            "tiers_overlap",
        ),
        ([{"from": "0", "to": "90000", "rate": "5"}, {"from": "100000", "rate": "8"}], "tiers.1.from", "tiers_gap"),
        ([{"from": "10", "rate": "5"}], "tiers.0.from", "first_from_zero"),
        ([{"from": "0", "to": "10", "rate": "5"}], "tiers.0.to", "last_without_end"),
        ([{"from": "0", "rate": "5"}, {"from": "10", "rate": "8"}], "tiers.0.to", "end_needed"),
        ([{"from": "0", "to": "0", "rate": "5"}, {"from": "0", "rate": "8"}], "tiers.0.to", "tier_reversed"),
        ([{"from": "0", "rate": "301"}], "tiers.0.rate", "not_a_number"),
        ([{"from": "0", "rate": "-1"}], "tiers.0.rate", "not_a_number"),
        ([{"from": "0"}], "tiers.0.rate", "rate_needed"),
        ([], "tiers", "tiers_needed"),
        ("nonsense", "tiers", "tiers_needed"),
    ],
)
def test_tables_that_make_no_sense(tiers, at, code):
    (problem,) = read({"components": [{"name": "提成", "tiers": tiers}]}).problems
    assert (problem.at, problem.code) == (f"components.0.{at}", code)


@pytest.mark.parametrize(
    ("values", "at", "code"),
    [
        ({"name": " "}, "name", "name_needed"),
        ({"basis": "hoped"}, "basis", "not_one_of"),
        ({"cap": "NaN"}, "cap", "not_a_number"),
        ({"cap": True}, "cap", "not_a_number"),
        ({"products": ["x"]}, "products", "not_ids"),
        ({"margin_from": "40", "margin_to": "30"}, "margin_to", "margin_reversed"),
        ({"measured": "attainment", "quota": "0"}, "quota", "quota_above_zero"),
        ({"credit": "pool", "shares": [{"member": str(PEOPLE[0]), "percent": "60"}]}, "shares", "shares_not_whole"),
        (
            {"credit": "pool", "shares": [{"member": str(PEOPLE[0]), "percent": "50"}] * 2},
            "shares.1.member",
            "named_twice",
        ),
    ],
)
def test_components_that_make_no_sense(values, at, code):
    problems = read({"components": [{"name": "提成", "tiers": TIERS, **values}]}).problems
    assert (f"components.0.{at}", code) in {(one.at, one.code) for one in problems}


@pytest.mark.parametrize("definition", [None, {}, [], {"components": 5}, {"floor": "guarantee"}])
def test_plans_of_nothing(definition):
    assert read(definition).problems


def test_a_plan_that_makes_sense():
    found = read({"components": [{"name": "提成", "tiers": TIERS}], "floor": "draw", "floor_amount": "5000"})
    assert not found.problems
    assert found.components[0].tiers == [
        Tier(Decimal(0), Decimal(100_000), Decimal(5)), Tier(Decimal(100_000), None, Decimal(8))
    ]  # fmt: skip
