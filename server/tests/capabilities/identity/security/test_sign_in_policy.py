"""What a role may demand of signing in, the strictest of several, and who may say it."""

from datetime import timedelta
from ipaddress import ip_address

import pytest

from guanxi.capabilities.identity.sign_in_policy import NO_DEMANDS, policy_of, problem_of
from tests.support.browsers import ELSEWHERE, OFFICE, Browser
from tests.support.clients import Client


def roles(*demands: dict) -> list[dict]:
    """Permissions that demand this."""
    return [{"objects": {}, "sign_in": one} for one in demands]


def test_roles_that_demand_nothing_demand_nothing():
    assert policy_of([{"objects": {}}, {"sign_in": {}}]) is NO_DEMANDS


def test_the_strictest_counts():
    policy = policy_of(
        roles(
            {"second_factor": "off", "idle_minutes": 30, "absolute_hours": None},
            {"second_factor": "required", "idle_minutes": 60, "absolute_hours": 12, "watermark": True},
        )
    )

    assert (policy.second_factor, policy.watermark) == (True, True)
    assert (policy.idle, policy.absolute) == (timedelta(minutes=30), timedelta(hours=12))


def test_an_address_must_be_in_the_list_of_each_role_that_has_one():
    policy = policy_of(
        roles({"ip_allow": ["10.0.0.0/8"]}, {"ip_allow": ["10.1.0.0/16", "192.0.2.1"]}, {"ip_allow": []})
    )

    assert policy.admits(ip_address("10.1.2.3"))
    assert not policy.admits(ip_address("10.2.2.3"))
    assert not policy.admits(ip_address("192.0.2.1"))
    assert not policy.admits(None)


@pytest.mark.parametrize(
    "demands",
    [
        {}, {"second_factor": "required"}, {"idle_minutes": None}, {"idle_minutes": 1, "absolute_hours": 336},
        {"ip_allow": ["203.0.113.7", "203.0.113.0/24", "2001:db8::/32"]}, {"watermark": False},
    ],
)  # fmt: skip
def test_what_makes_sense_is_taken(demands):
    assert problem_of(demands) is None


@pytest.mark.parametrize(
    "demands",
    [
        [], "required", {"second_factor": "maybe"}, {"second_factor": True}, {"idle_minutes": 0}, {"idle_minutes": 1.5},
        {"idle_minutes": True}, {"absolute_hours": 337}, {"ip_allow": "10.0.0.0/8"}, {"ip_allow": ["10.0.0.0/33"]},
        {"ip_allow": [7]}, {"ip_allow": ["here"]}, {"ip_allow": ["10.0.0.1"] * 201}, {"watermark": "yes"}, {"captcha": True},
    ],
)  # fmt: skip
def test_what_does_not_is_refused(demands):
    code, params = problem_of(demands)

    from guanxi.infra.i18n import sentences

    for language in ("zh-CN", "en"):
        assert sentences(language)[code].format_map(params)


@pytest.mark.usefixtures("database")
class TestChanging:
    """Writing what a role demands."""

    def change(self, client: Client, key: str = "salesperson", **sign_in: object):
        """Write it over the API."""
        where = {"field": "key", "op": "eq", "value": key}
        (role,) = Client.signed_in_as("administrator").post("records/role/query", {"where": where}).json()["rows"]
        read = Client.signed_in_as("administrator").get(f"records/role/{role['id']}").json()
        values = {"permissions": {**read["permissions"], "sign_in": sign_in}}
        return client.patch(f"records/role/{role['id']}", {"values": values})

    def test_the_administrator_may_even_for_the_own_role(self):
        administrator = Client.signed_in_as("administrator")

        assert self.change(administrator, "administrator", second_factor="required").status_code == 200
        assert administrator.get("me").json()["code"] == "identity.second_factor_needed"

    def test_nonsense_is_refused_with_a_sentence(self):
        answer = self.change(Client.signed_in_as("administrator"), idle_minutes=0)

        assert answer.status_code == 422
        assert "10080" in answer.json()["fields"][0]["message"]

    def test_who_only_manages_roles_may_not(self):
        administrator = Client.signed_in_as("administrator")
        everything = {
            "*": {"create": True, "read": "all", "edit": "all", "delete": "all", "import": True, "export": True}
        }
        role = {"key": "keeper", "name": "角色管理", "permissions": {"objects": everything, "system": ["roles"]}}
        made = administrator.post("records/role", {"values": role})
        assert made.status_code == 201, made.content
        member = Client.signed_in_as("colleague").get("me").json()["member"]["id"]
        administrator.patch(f"records/member/{member}", {"values": {"roles": [made.json()["id"]]}})

        answer = self.change(Client.signed_in_as("colleague"), ip_allow=["10.0.0.0/8"])

        assert (answer.status_code, answer.json()["code"]) == (403, "identity.security_right_needed")
        assert Client.signed_in_as("salesperson").get("me").status_code == 200

    def test_nobody_shuts_the_door_on_themselves(self):
        browser = Browser(OFFICE).signed_in("administrator")
        client = Client()
        client.django = browser.django

        refused = self.change(client, "administrator", ip_allow=[f"{ELSEWHERE}/32"])
        taken = self.change(client, "administrator", ip_allow=[f"{ELSEWHERE}/32", "203.0.113.0/24"])

        assert refused.json()["fields"][0]["code"] == "identity.sign_in_own_address"
        assert taken.status_code == 200
        assert browser.api("GET", "me").status_code == 200
