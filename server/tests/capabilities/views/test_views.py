"""Saved views: private or shared, and understood to the last key."""

import pytest

from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
CONFIG = {
    "where": {"field": "company.industry", "op": "is_empty"},
    "sort": "-amount,name",
    "group": "expected_close_on:month",
    "columns": "name:240:p,amount:120::sum,company.name,stage::h",
    "density": "compact",
}


def _save(client: Client, config=CONFIG, **values):
    given = {"name": "本月", "object": "opportunity", "type": "table", "config": config, **values}
    return client.post("records/view", {"values": given})


def _seen(client: Client) -> list[str]:
    return [row["name"] for row in client.post("records/view/query", {"select": ["name"]}).json()["rows"]]


def test_a_private_view_is_seen_by_its_owner_alone(client):
    assert _save(client("salesperson")).status_code == 201

    assert _seen(client("salesperson")) == ["本月"]
    assert _seen(client("colleague")) == []
    assert _seen(client("manager")) == []


def test_not_even_an_administrator_meets_or_touches_a_private_view(client):
    view = _save(client("salesperson")).json()["id"]
    admin, owner = client("administrator"), client("salesperson")

    found = admin.get("search?q=本月&objects=view").json()["hits"]
    answers = [
        admin.get(f"records/view/{view}"),
        admin.patch(f"records/view/{view}", {"values": {"name": "x"}}),
        admin.delete(f"records/view/{view}"),
    ]

    assert _seen(admin) == found == []
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert _seen(owner) == ["本月"]
    owner.patch(f"records/view/{view}", {"values": {"scope": "shared"}})
    assert _seen(admin) == ["本月"]


def test_a_shared_view_is_seen_by_everybody_and_changed_by_its_owner(client):
    view = _save(client("salesperson"), scope="shared").json()["id"]

    assert _seen(client("read_only")) == ["本月"]
    assert client("read_only").patch(f"records/view/{view}", {"values": {"name": "x"}}).status_code == 403
    assert client("salesperson").patch(f"records/view/{view}", {"values": {"name": "本季"}}).status_code == 200
    assert client("salesperson").delete(f"records/view/{view}").status_code == 200


def test_even_those_who_only_read_save_views_of_their_own(client):
    assert _save(client("read_only")).status_code == 201


def test_an_empty_configuration_means_the_usual_view(client):
    assert _save(client("salesperson"), {}).status_code == 201


@pytest.mark.parametrize(
    "config",
    [
        [],
        {"colour": "red"},
        {"where": {}},
        {"where": {"field": "nothing", "op": "eq", "value": 1}},
        {"where": {"field": "amount", "op": "sounds_like", "value": 1}},
        {"sort": "-nothing"},
        {"sort": [{"field": "name", "dir": "asc"}]},
        {"group": "stage:fortnight"},
        {"columns": "name:240,company.nothing"},
        {"density": "airy"},
    ],
)
def test_what_is_not_understood_is_refused(client, config):
    answer = _save(client("salesperson"), config)

    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "config")


def test_an_object_that_does_not_exist_is_refused(client):
    answer = _save(client("salesperson"), {}, object="spaceship")

    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "object")


def test_changing_the_configuration_checks_it_against_the_object(client):
    view = _save(client("salesperson")).json()["id"]

    answer = client("salesperson").patch(f"records/view/{view}", {"values": {"config": {"sort": "credit_code"}}})

    assert answer.status_code == 422
