"""Another opportunity like one that is there: its values and lines, nothing of its past."""

import pytest


@pytest.fixture
def seller(client):
    """The salesperson's client."""
    return client("salesperson")


@pytest.fixture
def won(seller):
    """An opportunity with two lines that was won."""
    company = seller.make("company", name="瑞恒精密")["id"]
    made = seller.make(
        "opportunity", name="仓储项目", company=company, source="referral", next_step="签合同", external_id="X-1",
        expected_close_on="2026-01-31",
        lines=[{"values": {"name": name, "quantity": "2", "unit_price": "50"}} for name in ("咨询", "培训")],
    )  # fmt: skip
    stages = seller.post("records/stage/query", {"select": ["category"]}).json()["rows"]
    end = next(one["id"] for one in stages if one["category"] == "won")
    assert seller.patch(f"records/opportunity/{made['id']}", {"values": {"stage": end}}).status_code == 200
    return made["id"]


def clone(who, opportunity, **params):
    return who.post("actions/sales/clone-opportunity", {"params": {"opportunity": opportunity, **params}})


def made_of(who, answer):
    assert answer.status_code == 200, answer.content
    return who.get(f"records/opportunity/{answer.json()['result']['opportunity']}").json()


def test_with_lines(seller, won):
    row = made_of(seller, clone(seller, won, expected_close_on="2027-03-31"))

    assert (row["name"], row["status"], row["source"]) == ("仓储项目（副本）", "open", "referral")
    assert (row["amount"]["amount"], row["line_count"]) == ("200", 2)
    assert (row["next_step"], row["external_id"], row["closed_on"]) == (None, None, None)
    assert row["expected_close_on"] == "2027-03-31"
    assert row["company"]["title"] == "瑞恒精密"
    steps = seller.post(
        "records/stage_change/query", {"where": {"field": "opportunity", "op": "eq", "value": row["id"]}}
    )
    assert steps.json()["rows"] == []


def test_without_lines_the_amount_stays(seller, won):
    row = made_of(seller, clone(seller, won, with_lines=False, name="二期"))

    assert (row["name"], row["line_count"] or 0, row["amount"]["amount"]) == ("二期", 0, "200")


@pytest.mark.parametrize(("who", "status"), [("other_salesperson", 404), ("read_only", 403)])
def test_for_whoever_sees_it_and_may_create(client, won, who, status):
    assert clone(client(who), won).status_code == status
