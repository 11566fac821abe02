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
        "company", MAVEN / "accounts.csv", {"sector": {"values": sectors | {"services": "", "telecommunications": "通信"}}}
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
