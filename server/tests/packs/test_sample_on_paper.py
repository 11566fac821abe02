"""The sample before it is written: the same for the same seed, believable, and never of the future."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guanxi.kit import credit_code
from guanxi.packs.sample.draft import Ref
from guanxi.packs.sample.generator import drafts
from guanxi.packs.sample.organisation import DEPARTMENTS, HEADS, PEOPLE, POSITIONS, SELLERS, STANDS_IN
from guanxi.packs.sample.words import divisions

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def paper():
    """The sample as of one moment."""
    return drafts(NOW, ZONE)


def of(paper, object_key):
    return [draft for draft in paper if draft.object == object_key]


def test_same_seed_gives_the_same(paper):
    assert drafts(NOW, ZONE) == paper
    assert drafts(NOW, ZONE, seed=1) != paper


def test_size_and_mixture(paper):
    counts = Counter(draft.object for draft in paper)

    assert 2_300 <= sum(counts.values()) <= 3_000
    assert counts.keys() == {
        "product", "company", "contact", "opportunity", "lead", "note", "call", "meeting", "task",
        "product_category", "price_book", "price_entry", "discount_limit", "opportunity_line",
        "opportunity_member", "quote", "quote_line",
    }  # fmt: skip
    few = {"product_category", "price_book", "discount_limit"}
    assert min(count for key, count in counts.items() if key not in few) >= 10


@pytest.mark.parametrize("now", [NOW, datetime(2027, 2, 28, 18, tzinfo=UTC), datetime(2028, 1, 3, 0, 30, tzinfo=UTC)])
def test_everything_lies_within_the_year_behind(now):
    for draft in drafts(now, ZONE):
        moments = [draft.at, *(step.at for step in draft.steps)]
        assert moments == sorted(moments)
        assert now - timedelta(days=380) <= moments[0]
        assert moments[-1] <= now


def test_references_point_at_drafts_of_earlier_or_the_same_object(paper):
    order = list(dict.fromkeys(draft.object for draft in paper))
    place = {draft.name: order.index(draft.object) for draft in paper}

    def refs(value):
        if isinstance(value, Ref):
            yield value.name
        elif isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                yield from refs(one)

    for draft in paper:
        for name in refs(draft.values):
            assert name.startswith(("stage:", "tax:", "role:", "member:")) or place[name] <= order.index(draft.object)


def test_deals_are_open_won_and_lost_and_went_through_stages(paper):
    deals = of(paper, "opportunity")
    last = Counter(d.steps[-1].values["stage"].name if d.steps else "stage:1" for d in deals)

    assert last["stage:6"] > 20
    assert last["stage:7"] > 20
    assert sum(count for stage, count in last.items() if stage < "stage:6") > 30
    assert all(
        "loss_reason" in d.steps[-1].values for d in deals if d.steps and d.steps[-1].values["stage"].name == "stage:7"
    )


def test_some_tasks_are_overdue_and_some_lie_ahead(paper):
    due = [task.values["due_at"] for task in of(paper, "task") if not task.steps]

    assert 5 <= sum(at < NOW for at in due) < len(due)


def test_texts_have_no_gaps_left(paper):
    texts = [str(value) for draft in paper for value in draft.values.values() if isinstance(value, str)]

    assert not [text for text in texts if "{" in text or "}" in text]


def test_nobody_real_is_reached(paper):
    for draft in paper:
        values = draft.values
        assert values.get("mobile", "154").startswith("154")
        assert values.get("mail", ".example").endswith(".example")
    codes = [company.values["credit_code"] for company in of(paper, "company")]
    assert all(credit_code.is_valid(code) for code in codes)
    assert len({company.values["name"] for company in of(paper, "company")}) == len(codes)


def test_fifteen_people_on_three_levels():
    parents = dict(DEPARTMENTS)
    depth = {name: 1 if parent is None else 2 if parents[parent] is None else 3 for name, parent in DEPARTMENTS}

    assert len(PEOPLE) == 15
    assert {person.role for person in PEOPLE} == {"administrator", "manager", "salesperson", "read_only"}
    assert set(depth.values()) == {1, 2, 3}
    assert {depth[person.department] for person in PEOPLE} == {1, 2, 3}
    assert all(city in divisions() for seller in SELLERS for city in seller.cities)


def test_every_department_has_a_head_and_nobody_a_place_twice():
    names, keys = {name for name, _ in DEPARTMENTS}, {person.key for person in PEOPLE}
    homes = {(person.key, person.department) for person in PEOPLE}

    assert set(HEADS) == names
    assert set(HEADS.values()) <= keys
    assert {(who, where) for who, where, _ in POSITIONS}.isdisjoint(homes)
    assert {who for who, _, _ in POSITIONS} | set(STANDS_IN[:2]) <= keys


def test_there_are_large_orders_to_try_their_approval_with(paper):
    lines = {draft.values["opportunity"].name for draft in of(paper, "opportunity_line")}
    deals = [one for one in of(paper, "opportunity") if float(one.values["amount"]) >= 1_000_000]

    assert 2 <= len(deals) <= 6
    for deal in [one for one in deals if float(one.values["amount"]) in (1_280_000, 2_360_000)]:
        assert deal.name not in lines
        assert not [step for step in deal.steps if step.values["stage"].name in ("stage:6", "stage:7")]
    assert "sales" in {one.owner for one in deals}
