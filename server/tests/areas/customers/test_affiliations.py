"""The contact's company and its primary affiliation say the same."""

from uuid import UUID

import pytest

from guanxi.areas.customers.rules.affiliations import Affiliation, follow_contacts, main_companies

ANN, BOB = UUID(int=1), UUID(int=2)
X, Y = UUID(int=11), UUID(int=12)


def held(number, contact, company, *, primary=False):
    return Affiliation(UUID(int=100 + number), contact, company, primary)


@pytest.mark.parametrize(
    ("companies", "known", "primary", "missing"),
    [
        ({ANN: X}, [], {}, [(ANN, X)]),
        ({ANN: X}, [held(1, ANN, X)], {101: True}, []),
        ({ANN: X}, [held(1, ANN, X, primary=True)], {}, []),
        ({ANN: Y}, [held(1, ANN, X, primary=True), held(2, ANN, Y)], {101: False, 102: True}, []),
        ({ANN: None}, [held(1, ANN, X, primary=True)], {101: False}, []),
        ({ANN: X}, [held(1, ANN, X, primary=True), held(2, ANN, X, primary=True)], {102: False}, []),
        ({ANN: X, BOB: X}, [held(1, ANN, X, primary=True)], {}, [(BOB, X)]),
    ],
)
def test_affiliations_follow_contacts(companies, known, primary, missing):
    steps = follow_contacts(companies, known)

    assert steps.primary == {UUID(int=number): value for number, value in primary.items()}
    assert steps.missing == missing


@pytest.mark.parametrize(
    ("written", "known", "current", "changes"),
    [
        ([held(1, ANN, X, primary=True)], [held(1, ANN, X, primary=True)], {ANN: None}, {ANN: X}),
        ([held(1, ANN, X, primary=True)], [held(1, ANN, X, primary=True)], {ANN: X}, {}),
        ([held(1, ANN, X)], [held(1, ANN, X)], {ANN: X}, {ANN: None}),
        ([held(2, ANN, Y)], [held(1, ANN, X, primary=True), held(2, ANN, Y)], {ANN: X}, {}),
        ([], [], {ANN: X}, {ANN: None}),
    ],
)
def test_companies_follow_affiliations(written, known, current, changes):
    assert main_companies(written, known, current) == changes


def roles(records, contact):
    where = {"field": "contact", "op": "eq", "value": str(contact)}
    return {
        records.get("affiliation", one, "company"): records.get("affiliation", one, "is_primary")
        for one in records.all("affiliation", where)
    }


@pytest.fixture
def pair(records):
    """Two companies."""
    return records.new("company", name="甲公司"), records.new("company", name="乙公司")


def test_a_contact_with_a_company_gets_a_primary_affiliation(records, pair):
    ann = records.new("contact", name="安", company=pair[0], title="总监")

    assert roles(records, ann) == {pair[0]: True}
    assert records.get("affiliation", records.all("affiliation")[0], "role") == "总监"


def test_moving_keeps_the_former_company_as_another_role(records, pair):
    ann = records.new("contact", name="安", company=pair[0])

    records.set("contact", ann, company=pair[1])

    assert roles(records, ann) == {pair[0]: False, pair[1]: True}


def test_a_primary_affiliation_sets_the_company(records, pair):
    ann = records.new("contact", name="安", company=pair[0])

    records.new("affiliation", contact=ann, company=pair[1], is_primary=True)

    assert records.get("contact", ann, "company") == pair[1]
    assert roles(records, ann) == {pair[0]: False, pair[1]: True}


def test_deleting_the_primary_affiliation_clears_the_company(records, pair):
    ann = records.new("contact", name="安", company=pair[0])

    records.delete("affiliation", *records.all("affiliation"))

    assert records.get("contact", ann, "company") is None


def test_deleting_a_contact_takes_its_affiliations_along(records, pair):
    ann = records.new("contact", name="安", company=pair[0])

    records.delete("contact", ann)

    assert records.all("affiliation") == []


def test_deleting_a_company_leaves_its_people_without_one(records, pair):
    ann = records.new("contact", name="安", company=pair[0])

    records.delete("company", pair[0])

    assert records.get("contact", ann, "company") is None
    assert records.all("affiliation") == []
