"""A real company's pipeline, imported as a new user would: four files, linked by names."""

from tests.engine.transfer.conftest import DATA

MAVEN = DATA / "crm_pipeline_maven"
STAGES = (("Prospecting", "open", 10), ("Engaging", "open", 40), ("Won", "won", 100), ("Lost", "lost", 0))


def a_pipeline(client) -> None:
    pipeline = client.post("records/pipeline", {"values": {"name": "Maven", "is_default": False}}).json()
    for position, (name, category, probability) in enumerate(STAGES):
        stage = {
            "name": name, "pipeline": pipeline["id"], "position": position, "category": category,
            "probability": probability,
        }  # fmt: skip
        response = client.post("records/stage", {"values": stage})
        assert response.status_code == 201, response.content


def import_all(importer):
    agents = importer.proposed(
        "member",
        MAVEN / "sales_teams.csv",
        {
            "regional_office": {"relation": {"by": "title", "create_missing": True}},
            "manager": {"relation": {"by": "title", "create_missing": True}},
        },
    )
    sectors = {"technolgy": "互联网", "medical": "医疗健康", "entertainment": "", "marketing": "", "employment": ""}
    companies = importer.proposed(
        "company",
        MAVEN / "accounts.csv",
        {"sector": {"values": sectors | {"services": "", "telecommunications": "通信"}}},
    )
    products = importer.proposed("product", MAVEN / "products.csv")
    deals = importer.proposed(
        "opportunity", MAVEN / "sales_pipeline.csv", {"close_date": {"field": "closed_on"}}, mode="upsert"
    )
    return agents, companies, products, deals


def test_the_four_files_come_in_linked_and_complete(importer):
    me = importer("administrator")
    a_pipeline(me.client)
    done = import_all(me)
    assert [one["state"] for one in done] == ["done"] * 4
    assert [one["errors"] for one in done] == [[]] * 4
    assert [one["counts"]["create"] for one in done] == [35, 85, 7, 8800]
    groups = me.client.post(
        "records/opportunity/group",
        {"by": [{"field": "stage"}], "aggregates": [{"fn": "sum", "field": "amount"}]},
    ).json()
    found = {group["keys"][0]["title"]: group["count"] for group in groups["groups"]}
    assert found == {"Prospecting": 500, "Engaging": 1589, "Won": 4238, "Lost": 2473}
    assert groups["totals"]["count"] == 8800
    won = {"field": "status", "op": "eq", "value": "won"}
    assert me.count("opportunity", won) == 4238
    lost = me.count("opportunity", {"field": "status", "op": "eq", "value": "lost"})
    assert round(100 * 4238 / (4238 + lost), 2) == 63.15
    took = me.client.post(
        "records/opportunity/group", {"by": [], "aggregates": [{"fn": "avg", "field": "days_to_close"}], "where": won}
    ).json()
    assert round(float(took["totals"]["values"][0]), 2) == 51.78
    total = me.client.post(
        "records/opportunity/group",
        {"by": [{"field": "status"}], "aggregates": [{"fn": "sum", "field": "amount"}], "where": won},
    ).json()["totals"]["values"][0]
    assert (float(total["amount"]), total["currency"]) == (10_005_534, "CNY")
    # The product that the pipeline spells in its own way is linked as well, companies where there is one.
    assert me.count("opportunity", {"field": "product.name", "op": "eq", "value": "GTX Pro"}) == 1480
    assert me.count("opportunity", {"field": "company", "op": "is_empty"}) == 1425
    assert me.count("company", {"field": "parent", "op": "not_empty"}) == 15
    assert me.count("opportunity", {"field": "owner.manager.name", "op": "eq", "value": "Dustin Brinkmann"}) == 1583
