"""What is asked of losses: reasons, stages, competitors, and how long it took; each only of what its reader sees."""

import pytest


@pytest.fixture
def seller(client):
    """The salesperson's client."""
    return client("salesperson")


@pytest.fixture
def stages(seller):
    """Ids of the default pipeline's stages by their names."""
    where = {"field": "pipeline.is_default", "op": "eq", "value": True}
    rows = seller.post("records/stage/query", {"where": where, "select": ["name"]}).json()["rows"]
    return {row["name"]: row["id"] for row in rows}


def lose(seller, stages, deal, reason="price"):
    answer = seller.patch(f"records/opportunity/{deal}", {"values": {"stage": stages["输单"], "loss_reason": reason}})
    assert answer.status_code == 200, answer.content


def group(who, object_key, by, field, where):
    body = {"by": [{"field": by}], "aggregates": [{"fn": "sum", "field": field}], "where": where}
    found = who.post(f"records/{object_key}/group", body).json()["groups"]
    return {
        one["keys"][0]["title"] if isinstance(one["keys"][0], dict) else one["keys"][0]: one["count"] for one in found
    }


def test_a_lost_deal_knows_the_stage_that_it_was_lost_from(seller, stages):
    deal = seller.make("opportunity", name="仓储项目", started_on="2026-01-01")["id"]
    seller.patch(f"records/opportunity/{deal}", {"values": {"stage": stages["方案报价"]}})
    lose(seller, stages, deal)
    row = seller.get(f"records/opportunity/{deal}").json()
    assert row["decided_from"]["title"] == "方案报价"
    assert float(row["days_to_close"]) > 0

    seller.patch(f"records/opportunity/{deal}", {"values": {"stage": stages["需求确认"]}})
    assert seller.get(f"records/opportunity/{deal}").json()["decided_from"] is None


def test_losses_are_counted_by_competitor_and_followed_to_the_deals(client, seller, stages):
    rivals = [seller.make("competitor", name=name)["id"] for name in ("启明数据", "远图科技")]
    deals = [seller.make("opportunity", name=name, amount="100")["id"] for name in "甲乙"]
    for deal in deals:
        lines = [{"values": {"competitor": rival, "price": "90", "outcome": "won"}} for rival in rivals]
        answer = seller.patch(
            f"records/opportunity/{deal}", {"values": {"competitors": lines[: 1 + (deal == deals[0])]}}
        )
        assert answer.status_code == 200, answer.content
        lose(seller, stages, deal, "competitor")

    lost = {"field": "opportunity.status", "op": "eq", "value": "lost"}
    asked = ("opportunity_competitor", "competitor", "opportunity.amount", lost)
    assert group(seller, *asked) == {"启明数据": 2, "远图科技": 1}
    assert group(client("other_salesperson"), *asked) == {}
    where = {"and": [
        {"field": "status", "op": "eq", "value": "lost"},
        {"field": "competition.competitor", "op": "eq", "value": rivals[1]},
    ]}  # fmt: skip
    assert [row["id"] for row in seller.post("records/opportunity/query", {"where": where}).json()["rows"]] == deals[:1]


def test_a_competitor_is_named_once(seller):
    rival = seller.make("competitor", name="启明数据")["id"]
    deal = seller.make("opportunity", name="甲")["id"]
    lines = [{"values": {"competitor": rival}}] * 2

    answer = seller.patch(f"records/opportunity/{deal}", {"values": {"competitors": lines}})

    assert answer.status_code == 422
    assert "sales.competitor_named_twice" in answer.content.decode()


def test_who_must_not_see_the_deal_sees_no_competition(client, seller):
    rival = seller.make("competitor", name="启明数据")["id"]
    deal = seller.make("opportunity", name="甲", competitors=[{"values": {"competitor": rival, "price": "90"}}])["id"]
    where = {"field": "opportunity", "op": "eq", "value": deal}
    (line,) = seller.post("records/opportunity_competitor/query", {"where": where}).json()["rows"]
    other = client("other_salesperson")

    assert other.get(f"records/opportunity_competitor/{line['id']}").status_code == 404
    assert other.post("records/opportunity_competitor/query", {"where": where}).json()["rows"] == []
    assert other.delete(f"records/competitor/{rival}").status_code == 403
