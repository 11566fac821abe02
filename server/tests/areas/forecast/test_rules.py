"""The pure rules: parts add up, waterfalls close, roll-ups are the sum of their leaves, methods give what was worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.forecast.rules import methods
from guanxi.areas.forecast.rules.figures import NOTHING, Figures, forecasts
from guanxi.areas.forecast.rules.periods import Period, period_of
from guanxi.areas.forecast.rules.sharing import attainment
from guanxi.areas.forecast.rules.tree import COMPANY, NOBODY, Tree, department, person
from guanxi.areas.forecast.rules.waterfall import STEPS, Deal, waterfall
from guanxi.kit.sharing import share

CENT = Decimal("0.01")
amounts = st.decimals(0, 10**9, places=2)


@given(amounts, st.lists(st.decimals(-1000, 10**6, places=2), min_size=1, max_size=30))
def test_parts_of_a_target_add_up_to_it_to_the_cent(total, weights):
    parts = share(total, weights, CENT)

    assert sum(parts) == total
    assert all(part >= 0 and part == part.quantize(CENT) for part in parts)


@given(st.integers(0, 1000), st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=9))
def test_deals_are_handed_down_whole(total, weights):
    parts = share(Decimal(total), weights, Decimal(1))

    assert sum(parts) == total
    assert all(part == int(part) for part in parts)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        ("100", ["1", "1", "1"], ["33.34", "33.33", "33.33"]),
        ("100", ["0", "0"], ["50.00", "50.00"]),
        ("0.01", ["1", "1"], ["0.01", "0.00"]),
        ("90", ["2", "1"], ["60.00", "30.00"]),
        ("90", ["-5", "1"], ["0.00", "90.00"]),
    ],
)
def test_sharing_by_weight(total, weights, parts):
    assert share(Decimal(total), [Decimal(one) for one in weights], CENT) == [Decimal(one) for one in parts]


@pytest.mark.parametrize(
    ("actual", "target", "share_"), [("50", "200", "25.0"), ("1", "3", "33.3"), ("5", "0", None), ("5", None, None)]
)
def test_attainment(actual, target, share_):
    wanted = None if share_ is None else Decimal(share_)
    assert attainment(Decimal(actual), None if target is None else Decimal(target)) == wanted


deals = st.builds(Deal, amounts, st.sampled_from(["open", "won", "lost"]), st.booleans(), st.booleans())
days = st.dictionaries(st.integers(0, 12), deals, max_size=12)


@given(days, days)
def test_every_waterfall_closes_to_the_cent(before, after):
    made = waterfall(before, after)

    assert made.opening + sum(made.steps.values()) == made.closing
    assert made.opening == sum(one.amount for one in before.values() if one.counts)
    assert made.closing == sum(one.amount for one in after.values() if one.counts)
    for step in STEPS:
        assert made.steps[step] == sum(amount for _, amount in made.deals[step])


def open_(amount, within=True, mine=True):
    return Deal(Decimal(amount), "open", within, mine)


def won(amount, within=True):
    return Deal(Decimal(amount), "won", within)


def lost(amount):
    return Deal(Decimal(amount), "lost", True)


@pytest.mark.parametrize(
    ("was", "now", "steps"),
    [
        (None, open_(5), {"new": 5}),
        (open_(5), None, {"gone": -5}),
        (open_(5), open_(7), {"up": 2}),
        (open_(5), open_(4), {"down": -1}),
        (open_(5), open_(5, within=False), {"pushed_out": -5}),
        (open_(5, within=False), open_(6), {"pulled_in": 5, "up": 1}),
        (open_(5, mine=False), open_(5), {"taken_over": 5}),
        (open_(5), open_(5, mine=False), {"handed_on": -5}),
        (open_(5), won(5), {"won": -5}),
        (open_(5), won(6), {"up": 1, "won": -6}),
        (open_(5), lost(5), {"lost": -5}),
        (None, won(8), {"new": 8, "won": -8}),
        (open_(8, within=False), won(8), {"pulled_in": 8, "won": -8}),
        (open_(5), won(5, within=False), {"pushed_out": -5}),
        (won(5), won(5), {}),
        (lost(5), open_(5), {"new": 5}),
        (None, lost(5), {}),
    ],
)
def test_each_way_of_a_deal_between_two_days(was, now, steps):
    made = waterfall({} if was is None else {1: was}, {} if now is None else {1: now})

    assert {step: amount for step, amount in made.steps.items() if amount} == steps


def ids(count):
    return [UUID(int=place + 1) for place in range(count)]


@given(st.data())
def test_every_node_is_the_sum_of_its_leaves(data):
    departments, people = ids(6), [UUID(int=100 + place) for place in range(8)]
    above = {one: data.draw(st.sampled_from([None, *departments])) for one in departments}  # circles too
    where = {one: data.draw(st.sampled_from([None, *departments])) for one in people}
    tree = Tree(above, where)
    leaves = {
        node: Figures(won=data.draw(amounts), amounts={"commit": data.draw(amounts)}, expected=data.draw(amounts))
        for node in [NOBODY, *(person(one) for one in people)]
    }
    rolled = tree.rolled_up(leaves, NOTHING, lambda one, other: one + other)

    everything = sum((one.won for one in leaves.values()), Decimal(0))
    assert rolled[COMPANY].won == everything
    for one in departments:
        node = department(one)
        mine = [leaves[person(who)] for who in tree.people(node)]
        assert rolled.get(node, NOTHING).won == sum((leaf.won for leaf in mine), Decimal(0))
        below = [rolled.get(child, NOTHING) for child in tree.children(node)]
        assert rolled.get(node, NOTHING).of("commit") == sum((child.of("commit") for child in below), Decimal(0))
    assert forecasts(tree, COMPANY, rolled, {})[COMPANY][1] == rolled[COMPANY].computed


def test_an_own_number_stands_in_for_what_is_below_at_each_level():
    (top, low), (ann, bob) = ids(2), (UUID(int=100), UUID(int=101))
    tree = Tree({top: None, low: top}, {ann: low, bob: low})
    figures = {person(ann): Figures(won=Decimal(10)), person(bob): Figures(won=Decimal(20))}
    rolled = tree.rolled_up(figures, NOTHING, lambda one, other: one + other)
    own = {person(bob): Decimal(25), department(top): Decimal(30)}

    found = forecasts(tree, COMPANY, rolled, own)
    assert found[person(bob)] == (Decimal(20), Decimal(25))
    assert found[department(low)] == (Decimal(35), Decimal(35))
    assert found[department(top)] == (Decimal(35), Decimal(30))
    assert found[COMPANY] == (Decimal(30), Decimal(30))


def test_the_model_gives_what_was_worked_out_by_hand():
    # Two deals of 100 at 50 % and 200 at 25 %: mean 100, variance 0.25*100^2 + 0.1875*200^2 = 10,000.
    said = methods.model(Decimal(40), Decimal(100), 10_000.0, [])
    assert said.middle == 140
    assert said.low == 40  # 140 - 128.16 would be below what is won
    assert round(said.high, 2) == Decimal("268.16")
    # New deals of 10, 20 and 30 in past periods: mean 20, sample variance 100.
    more = methods.model(Decimal(0), Decimal(0), 0.0, [Decimal(10), Decimal(20), Decimal(30)])
    assert (more.middle, round(more.low, 3), round(more.high, 3)) == (20, Decimal("7.184"), Decimal("32.816"))


def test_the_run_rate_and_errors():
    assert methods.run_rate(Decimal(50), [Decimal(10), Decimal(30)]) == 70
    assert methods.run_rate(Decimal(50), []) == 50
    assert methods.error(Decimal(120), Decimal(100)) == 20
    assert methods.error(Decimal(90), Decimal(100)) == -10
    assert methods.error(Decimal(90), Decimal(0)) is None


@pytest.mark.parametrize(
    ("unit", "day", "begins", "ends", "name"),
    [
        ("month", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), "2028-02"),
        ("quarter", date(2026, 11, 23), date(2026, 10, 1), date(2026, 12, 31), "2026-Q4"),
        ("year", date(2026, 11, 23), date(2026, 1, 1), date(2026, 12, 31), "2026"),
    ],
)
def test_periods(unit, day, begins, ends, name):
    found = period_of(unit, day)
    assert (found.begins, found.ends, found.name) == (begins, ends, name)
    assert (found.passed(begins), found.passed(ends), found.passed(date(2000, 1, 1))) == (1, found.days, 0)


@pytest.mark.parametrize(
    ("unit", "day", "begins", "ends", "name"),
    [
        ("month", date(2026, 4, 30), date(2026, 4, 1), date(2026, 4, 30), "2026-04"),
        ("quarter", date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30), "FY2027-Q1"),
        ("quarter", date(2027, 3, 31), date(2027, 1, 1), date(2027, 3, 31), "FY2027-Q4"),
        ("year", date(2026, 3, 31), date(2025, 4, 1), date(2026, 3, 31), "FY2026"),
        ("year", date(2026, 4, 1), date(2026, 4, 1), date(2027, 3, 31), "FY2027"),
    ],
)
def test_periods_of_a_fiscal_year(unit, day, begins, ends, name):
    found = period_of(unit, day, 4)
    assert (found.begins, found.ends, found.name) == (begins, ends, name)
    assert found.before(-1) == period_of(unit, ends + timedelta(days=1), 4)


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(1, 12), st.sampled_from(["month", "quarter", "year"]))
def test_every_day_lies_in_one_period_whatever_the_year_begins_with(day, first, unit):
    found = period_of(unit, day, first)
    assert found.begins <= day <= found.ends
    assert period_of(unit, found.ends, first) == found
    if unit == "year":
        assert found.begins.month == first


@given(st.integers(0, 92))
def test_the_same_share_of_another_period_is_over(passed):
    other = Period("quarter", date(2026, 1, 1))
    day = other.day_after(passed, 92)
    assert (day < other.begins) == (passed == 0)
    assert day <= other.ends
    assert other.day_after(92, 92) == other.ends
