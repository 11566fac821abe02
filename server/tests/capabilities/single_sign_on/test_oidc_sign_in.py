"""Signing in through a real OpenID Connect provider: known, invited and new people, their roles, and what they reach."""

import pytest

from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.single_sign_on.models import Identity
from tests.capabilities.single_sign_on.conftest import ANN, member, problem, role
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def test_somebody_new_becomes_a_member_and_is_signed_in(set_up, signs_in, provider):
    provider.knows(ANN, name="安娜")

    browser, answer = signs_in(set_up())

    assert (answer.status_code, answer["Location"]) == (302, "/w/acme")
    me = browser.get("me").json()
    assert (me["member"]["name"], me["account"]["email"], me["roles"]) == ("安娜", ANN, ["salesperson"])
    assert member(ANN)["status"] == "active"
    assert not Account.objects.get(email=ANN).has_usable_password()


def test_the_same_person_is_recognised_by_what_the_provider_calls_them(set_up, signs_in, provider):
    provider.knows(ANN, name="安娜")
    made = set_up()
    signs_in(made)
    provider.knows(ANN, email="ann.married@corp.example", name="安娜")

    browser, answer = signs_in(made)

    assert answer["Location"] == "/w/acme"
    assert browser.get("me").json()["account"]["email"] == ANN
    assert Identity.objects.count() == 1
    assert member("ann.married@corp.example") is None


def test_an_invited_person_needs_no_letter(set_up, signs_in, provider):
    administrator = Client.signed_in_as("administrator")
    params = {"email": ANN, "name": "安娜", "roles": ["manager"]}
    administrator.post("actions/identity/invite-member", {"params": params})
    provider.knows(ANN)

    browser, answer = signs_in(set_up())

    assert answer["Location"] == "/w/acme"
    assert browser.get("me").json()["roles"] == ["manager"]
    assert member(ANN)["status"] == "active"


def test_a_member_with_a_password_is_met_by_the_address(set_up, signs_in, provider):
    provider.knows(world.email("salesperson"))

    browser, _ = signs_in(set_up(), world.email("salesperson"))

    assert browser.get("me").json()["member"]["id"] == str(world.membership("salesperson").member_id)
    assert world.membership("salesperson").account.check_password(world.PASSWORD)


def test_who_has_left_does_not_come_back_through_the_provider(set_up, signs_in, provider):
    provider.knows(ANN)
    made = set_up()
    signs_in(made)
    administrator = Client.signed_in_as("administrator")
    administrator.post("actions/identity/deactivate-member", {"params": {"member": member(ANN)["id"]}})

    browser, answer = signs_in(made)

    assert problem(answer) == "single_sign_on.left"
    assert browser.get("/api/v1/session").json()["authenticated"] is False
    assert member(ANN)["status"] == "left"


def test_who_left_before_the_first_sign_in_does_not_come_in_either(set_up, signs_in, provider):
    administrator = Client.signed_in_as("administrator")
    made = administrator.make("member", name="安娜", email=ANN, roles=[role("salesperson")])
    administrator.post("actions/identity/deactivate-member", {"params": {"member": made["id"]}})
    provider.knows(ANN)

    _, answer = signs_in(set_up())

    assert problem(answer) == "single_sign_on.left"
    assert not Identity.objects.exists()


def test_where_providers_make_no_members_strangers_stay_out(set_up, signs_in, provider):
    provider.knows(ANN)

    browser, answer = signs_in(set_up(makes_members=False))

    assert problem(answer) == "single_sign_on.not_a_member"
    assert member(ANN) is None
    assert not Account.objects.filter(email=ANN).exists()
    assert browser.get("me").status_code == 401


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"email_verified": False}, "address_unproven"),
        ({"email_verified": "false"}, "address_unproven"),
        ({"email": ""}, "no_address"),
        ({"email": "not an address"}, "no_address"),
        ({"email": None}, "no_address"),
    ],
)
def test_an_address_that_is_not_sure_recognises_nobody(claims, code, set_up, signs_in, provider):
    provider.knows(ANN, **claims)

    _, answer = signs_in(set_up())

    assert problem(answer) == f"single_sign_on.{code}"
    assert not Identity.objects.exists()


def test_only_the_workspaces_own_domains_come_in_where_it_names_them(set_up, signs_in, provider):
    provider.knows(ANN)

    _, answer = signs_in(set_up(domains=["example.com"]))

    assert problem(answer) == "single_sign_on.address_of_others"
    assert member(ANN) is None


def test_roles_come_from_the_providers_groups(set_up, signs_in, provider):
    groups = [{"value": "crm-managers", "role": role("manager")}, {"value": "crm-readers", "role": role("read_only")}]
    provider.knows(ANN, groups=["crm-managers", "crm-readers", "others"])

    browser, _ = signs_in(set_up(roles_claim="groups", role_map=groups))

    assert sorted(browser.get("me").json()["roles"]) == ["manager", "read_only"]


def test_mapped_roles_follow_the_provider_and_others_stay(set_up, signs_in, provider):
    groups = [{"value": "crm-managers", "role": role("manager")}]
    provider.knows(ANN, groups=["crm-managers"])
    made = set_up(roles_claim="groups", role_map=groups)
    signs_in(made)
    both = [role("manager"), role("read_only")]
    Client.signed_in_as("administrator").patch(f"records/member/{member(ANN)['id']}", {"values": {"roles": both}})
    provider.knows(ANN, groups=[])

    browser, _ = signs_in(made)

    assert browser.get("me").json()["roles"] == ["read_only"]


def test_who_loses_every_role_gets_the_one_of_new_members(set_up, signs_in, provider):
    groups = [{"value": "crm-managers", "role": role("manager")}]
    provider.knows(ANN, groups=["crm-managers"])
    made = set_up(roles_claim="groups", role_map=groups)
    signs_in(made)
    provider.knows(ANN, groups=["others"])

    browser, _ = signs_in(made)

    assert browser.get("me").json()["roles"] == ["salesperson"]


def test_a_role_of_new_members_that_is_gone_keeps_nobody_out(set_up, signs_in, provider):
    administrator = Client.signed_in_as("administrator")
    permissions = {"objects": {}, "system": []}
    passing = administrator.make("role", key="passing", name="Passing", permissions=permissions)["id"]
    groups = [{"value": "crm-managers", "role": role("manager")}]
    provider.knows(ANN, groups=["crm-managers"])
    made = set_up(roles_claim="groups", role_map=groups, default_role=passing)
    signs_in(made)
    assert administrator.delete(f"records/role/{passing}").status_code == 200
    provider.knows(ANN, groups=["others"])

    _, answer = signs_in(made)

    assert answer["Location"] == "/w/acme"
    assert member(ANN)["roles"] == []


def test_what_the_workspace_cannot_keep_of_a_member_is_told_at_the_sign_in_page(set_up, signs_in, provider):
    provider.knows(ANN, email="ann smith@corp.example")

    browser, answer = signs_in(set_up())

    assert problem(answer) == "request.invalid"
    assert browser.get("me").status_code == 401
    assert not Account.objects.filter(email__contains="corp.example").exists()


def test_the_last_administrator_keeps_the_role_whatever_the_provider_says(set_up, signs_in, provider):
    email = world.email("administrator")
    groups = [{"value": "crm-admins", "role": role("administrator")}]
    provider.knows(email, groups=[])

    browser, answer = signs_in(set_up(roles_claim="groups", role_map=groups), email)

    assert answer["Location"] == "/w/acme"
    assert browser.get("me").json()["roles"] == ["administrator"]


def test_signing_in_leads_back_to_the_address_one_came_for(set_up, signs_in, provider):
    provider.knows(ANN)

    _, answer = signs_in(set_up(), next="/w/acme/o/company?view=1")

    assert answer["Location"] == "/w/acme/o/company?view=1"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example.com",
        "//evil.example.com",
        "/\\evil.example.com",
        "javascript:alert(1)",
        "/\n//evil",
        "\t/x",
        "evil",
    ],
)
def test_signing_in_leads_nowhere_else(address, set_up, signs_in, provider):
    provider.knows(ANN)

    _, answer = signs_in(set_up(), next=address)

    assert answer["Location"] == "/w/acme"
