"""A stage in use is deleted once its opportunities stand elsewhere, in one step that can be taken back."""

import pytest

from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def administrator():
    """Who configures the workspace."""
    return Client.signed_in_as("administrator")


@pytest.fixture
def stages(administrator):
    """The standard stages by their place."""
    body = {"sort": [{"field": "position", "dir": "asc"}]}
    return administrator.post("records/stage/query", body).json()["rows"]


@pytest.fixture
def deals(stages):
    """Opportunities of two people in the first stage."""
    made = [
        Client.signed_in_as(name).make("opportunity", name=f"{name}的商机", stage=stages[0]["id"])
        for name in ("salesperson", "other_salesperson")
    ]
    return [deal["id"] for deal in made]


def remove(client, stage, move_to):
    body = {"params": {"stage": stage["id"], "move_to": move_to if isinstance(move_to, str) else move_to["id"]}}
    return client.post("actions/sales/remove-stage", body)


def standing(client, deals):
    """Stage and probability of each opportunity, and the names of all stages."""
    rows = {row["id"]: row for row in client.post("records/opportunity/query", {}).json()["rows"]}
    names = {row["name"] for row in client.post("records/stage/query", {}).json()["rows"]}
    return [(rows[one]["stage"]["title"], float(rows[one]["probability"])) for one in deals], names


def test_everybodys_opportunities_move_and_the_stage_goes(administrator, stages, deals):
    answer = remove(administrator, stages[0], stages[1])

    assert (answer.status_code, answer.json()["result"]) == (200, {"moved": 2})
    where, names = standing(administrator, deals)
    assert where == [(stages[1]["name"], 25.0)] * 2
    assert names == {one["name"] for one in stages[1:]}


def test_it_is_taken_back_as_a_whole(administrator, stages, deals):
    before = standing(administrator, deals)
    made = remove(administrator, stages[0], stages[1]).json()

    undone = administrator.post(f"change-sets/{made['change_set']}/undo", {})

    assert (undone.status_code, undone.json()["conflicts"]) == (200, [])
    assert standing(administrator, deals) == before


@pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
def test_only_those_who_configure_remove_stages(administrator, stages, deals, name):
    before = standing(administrator, deals)

    refused = remove(Client.signed_in_as(name), stages[0], stages[1])

    assert refused.status_code == 403
    assert standing(administrator, deals) == before


@pytest.mark.parametrize("target", ["itself", "01900000-0000-7000-8000-000000000001"])
def test_opportunities_need_another_stage_to_go_to(administrator, stages, deals, target):
    before = standing(administrator, deals)

    refused = remove(administrator, stages[0], stages[0] if target == "itself" else target)

    assert refused.status_code in {409, 422}
    assert standing(administrator, deals) == before


def test_the_last_open_stage_of_the_default_stays_with_its_opportunities(administrator, stages, deals):
    others = [one["id"] for one in stages[1:] if one["category"] == "open"]
    administrator.post("records/stage/bulk", {"op": "delete", "ids": others})
    before = standing(administrator, deals)

    refused = remove(administrator, stages[0], next(one for one in stages if one["category"] == "won"))

    assert (refused.status_code, refused.json()["code"]) == (409, "sales.open_stage_needed")
    assert standing(administrator, deals) == before
