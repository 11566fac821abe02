"""What everybody's role demands of signing in, and who may make a role everybody's."""

from typing import Any

import pytest

from tests.support import world
from tests.support.browsers import ELSEWHERE, OFFICE, Browser
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
EVERYBODY = ["administrator", "manager", "salesperson", "read_only"]


def make_role(person: str = "administrator", *, baseline: bool = True, **demands: Any) -> Any:
    """The answer to making a role that gives nothing and demands this."""
    permissions = {"objects": {}, "system": [], "sign_in": demands}
    values = {"name": "全员", "key": "everybody", "baseline": baseline, "permissions": permissions}
    return Client.signed_in_as(person).post("records/role", {"values": values})


def role(key: str) -> dict[str, Any]:
    """A role as the administrator sees it."""
    where = {"field": "key", "op": "eq", "value": key}
    body = {"where": where, "select": ["key", "baseline", "permissions"]}
    (row,) = Client.signed_in_as("administrator").post("records/role/query", body).json()["rows"]
    return row


def let_manage_roles(person: str, *rights: str) -> None:
    """Give a person a role with these system rights besides their own."""
    administrator = Client.signed_in_as("administrator")
    permissions = {"objects": {"role": {"read": "all", "edit": "all", "create": True}}, "system": ["roles", *rights]}
    made = administrator.make("role", name="管角色", key="manages_roles", permissions=permissions)
    member = world.membership(person).member_id
    held = administrator.get(f"records/member/{member}").json()["roles"]
    held = [one["id"] if isinstance(one, dict) else one for one in held]
    answer = administrator.patch(f"records/member/{member}", {"values": {"roles": [*held, made["id"]]}})
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("person", EVERYBODY)
def test_asks_everybody_for_a_second_factor(person):
    browser = Browser().signed_in(person)
    assert browser.api("GET", "me").status_code == 200

    assert make_role(second_factor="required").status_code == 201

    answer = browser.api("GET", "me")
    assert (answer.status_code, answer.json()["code"]) == (403, "identity.second_factor_needed")
    assert browser.send("GET", "/api/v1/session").json()["second_factor_needed"] is True


def test_limits_everybodys_sessions_and_marks_their_pages():
    assert make_role(idle_minutes=15, absolute_hours=8, watermark=True).status_code == 201

    for person in EVERYBODY:
        told = Browser().signed_in(person).api("GET", "me").json()["sign_in"]

        assert (told["idle_minutes"], told["watermark"]) == (15, True), person
        assert told["ends_at"], person


def test_names_the_addresses_for_everybody_and_keeps_its_writer_inside():
    browser = Browser(OFFICE).signed_in()
    refused = make_role(ip_allow=["203.0.113.0/24"])
    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "identity.sign_in_own_address")
    assert browser.moved_to(ELSEWHERE).api("GET", "me").status_code == 200

    assert make_role(ip_allow=["203.0.113.0/24", "127.0.0.1"]).status_code == 201

    answer = browser.api("GET", "me")
    assert (answer.status_code, answer.json()["code"]) == (403, "identity.address_not_allowed")
    assert browser.moved_to(OFFICE).api("GET", "me").status_code == 200


def test_demands_nothing_any_more_once_it_is_not_everybodys():
    made = make_role(watermark=True).json()
    browser = Browser().signed_in()
    assert browser.api("GET", "me").json()["sign_in"]["watermark"] is True

    changed = Client.signed_in_as("administrator").patch(f"records/role/{made['id']}", {"values": {"baseline": False}})

    assert changed.status_code == 200
    assert browser.api("GET", "me").json()["sign_in"]["watermark"] is False


def test_spreading_demands_is_for_who_looks_after_security():
    make_role(baseline=False, second_factor="required")
    let_manage_roles("manager")
    manager = Client.signed_in_as("manager")
    id_ = role("everybody")["id"]

    answer = manager.patch(f"records/role/{id_}", {"values": {"baseline": True}})

    assert (answer.status_code, answer.json()["code"]) == (403, "identity.security_right_needed")
    assert role("everybody")["baseline"] is False
    assert Browser().signed_in().api("GET", "me").status_code == 200


def test_nobody_gives_everybody_more_than_they_hold():
    administrator = Client.signed_in_as("administrator")
    permissions = {"objects": {"*": {"read": "all", "export": True}}, "system": ["audit", "configure"]}
    made = administrator.make("role", name="大权", key="mighty", permissions=permissions)
    let_manage_roles("manager")
    manager = Client.signed_in_as("manager")

    answer = manager.patch(f"records/role/{made['id']}", {"values": {"baseline": True}})

    told = answer.json()["fields"][0]
    assert (answer.status_code, told["field"], told["code"]) == (422, "baseline", "identity.grant_beyond_own")
    assert "配置工作区" in told["message"]
    assert role("mighty")["baseline"] is False
    assert "configure" not in manager.get("me").json()["rights"]["system"]


@pytest.mark.parametrize("person", ["administrator", "manager"])
def test_the_administrator_role_is_never_everybodys(person):
    let_manage_roles("manager")

    answer = Client.signed_in_as(person).patch(
        f"records/role/{role('administrator')['id']}", {"values": {"baseline": True}}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "identity.role_fixed")
    assert role("administrator")["baseline"] is False


def test_a_key_bound_to_everybodys_role_is_told_as_holding_it():
    make_role()
    mine = Client.signed_in_as("salesperson")
    (everybody,) = [one["id"] for one in mine.get("access-keys").json()["roles"] if one["name"] == "全员"]

    mine.post("actions/access-keys/create-key", {"params": {"name": "x", "roles": [everybody]}})

    (key,) = mine.get("access-keys").json()["keys"]
    assert [(one["id"], one["held"]) for one in key["roles"]] == [(everybody, True)]
