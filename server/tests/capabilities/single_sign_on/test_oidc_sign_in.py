"""Signing in through a real OpenID Connect provider: known, invited and new people, their roles, and what they reach."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from guanxi.capabilities.identity.models import Account, Membership
from guanxi.capabilities.single_sign_on.models import Identity, Provider
from tests.capabilities.single_sign_on.conftest import ANN, begins, comes_back, member, problem, role, save
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


def test_the_provider_is_found_by_domain_and_by_the_workspaces_address(set_up):
    set_up(domains=["example.com"])
    anonymous = Client()

    def found(who: str) -> list[str]:
        return [one["name"] for one in anonymous.get(f"/api/v1/sign-in/providers?who={who}").json()["providers"]]

    assert found("anybody@example.com") == ["公司账号"]
    assert found("ANYBODY@EXAMPLE.COM") == ["公司账号"]
    assert found("acme") == ["公司账号"]
    assert [found(who) for who in ("", "@", "somebody@other.example", "globex", "nothing", "example.com")] == [[]] * 6


def test_an_inactive_provider_lets_nobody_in(set_up, provider):
    provider.knows(ANN)
    made = set_up()
    browser = Client()
    address = begins(browser, made)
    Provider.objects.update(is_active=False)

    assert Client().get("/api/v1/sign-in/providers?who=acme").json()["providers"] == []
    assert Client().post("/api/v1/sign-in/begin", {"provider": made["id"]}).status_code == 404
    assert problem(comes_back(browser, provider.signs_in(address, ANN))) == "single_sign_on.unknown_provider"


def test_sessions_end_with_the_provider(set_up, signs_in, provider):
    provider.knows(ANN)
    made = set_up()
    browser, _ = signs_in(made)
    assert browser.get("me").status_code == 200

    removed = Client.signed_in_as("administrator").post(
        "actions/single-sign-on/remove-provider", {"params": {"provider": made["id"]}}
    )

    assert removed.status_code == 200
    assert browser.get("me").status_code == 404
    assert member(ANN)["status"] == "active"


def test_a_sign_in_that_is_left_lying_is_forgotten(set_up, provider):
    provider.knows(ANN)
    browser = Client()
    address = provider.signs_in(begins(browser, set_up()), ANN)
    session = Session.objects.get(session_key=browser.django.session.session_key)
    kept = session.get_decoded()
    for one in kept["single_sign_on_pending"].values():
        one["at"] -= timedelta(minutes=11).total_seconds()
    store = browser.django.session
    store["single_sign_on_pending"] = kept["single_sign_on_pending"]
    store.save()

    assert problem(comes_back(browser, address)) == "single_sign_on.not_asked"


def test_who_is_signed_in_already_keeps_what_was_open(set_up, signs_in, provider):
    """With a password before, and the provider's word now: the password's reach stays, the workspace's demand is met."""
    provider.knows(world.email("salesperson"))
    made = set_up()
    browser = Client.signed_in_as("salesperson")

    signs_in(made, world.email("salesperson"), browser)

    assert browser.get("me").status_code == 200
    assert browser.get("/_allauth/browser/v1/auth/sessions").status_code == 200


def test_somebody_elses_session_ends_when_another_person_signs_in(set_up, signs_in, provider):
    provider.knows(ANN)
    browser = Client.signed_in_as("administrator")

    signs_in(set_up(), ANN, browser)

    assert browser.get("me").json()["account"]["email"] == ANN
    assert browser.get("me").json()["rights"]["system"] == []


def test_the_only_way_in(set_up, signs_in, provider):
    provider.knows(world.email("salesperson"))
    made = set_up()
    administrator = Client.signed_in_as("administrator")
    require = ("actions/single-sign-on/require-single-sign-on", {"params": {"required": True}})

    too_early = administrator.post(*require)
    assert (too_early.status_code, too_early.json()["code"]) == (409, "single_sign_on.not_proved")
    vouched, _ = signs_in(made, world.email("salesperson"))
    by_password = Client.signed_in_as("salesperson")
    assert by_password.get("me").status_code == 200

    assert administrator.post(*require).status_code == 200

    refused = by_password.get("me")
    assert (refused.status_code, refused.json()["code"]) == (403, "single_sign_on.needed")
    assert refused.json()["params"] == {"workspace": "acme"}
    assert by_password.post("records/company", {"values": {"name": "x"}}).status_code == 403
    assert vouched.get("me").status_code == 200
    assert administrator.get("me").status_code == 200, "who is in charge of security is never locked out"

    administrator.post("actions/single-sign-on/require-single-sign-on", {"params": {"required": False}})
    assert by_password.get("me").status_code == 200


def test_the_duty_goes_with_the_last_provider(set_up, signs_in, provider):
    provider.knows(ANN)
    made = set_up()
    signs_in(made)
    administrator = Client.signed_in_as("administrator")
    administrator.post("actions/single-sign-on/require-single-sign-on", {"params": {"required": True}})
    assert Client.signed_in_as("salesperson").get("me").status_code == 403

    administrator.post("actions/single-sign-on/remove-provider", {"params": {"provider": made["id"]}})

    assert administrator.get("single-sign-on").json()["required"] is False
    assert Client.signed_in_as("salesperson").get("me").status_code == 200


def test_switching_the_last_provider_off_does_not_lock_everybody_out(set_up, signs_in, provider):
    provider.knows(ANN)
    made = set_up()
    signs_in(made)
    administrator = Client.signed_in_as("administrator")
    administrator.post("actions/single-sign-on/require-single-sign-on", {"params": {"required": True}})

    save(**{key: made[key] for key in ("name", "protocol", "issuer", "client_id", "default_role")}, provider=made["id"])

    assert Client.signed_in_as("salesperson").get("me").status_code == 200


def test_the_providers_word_stands_for_the_second_factor_that_a_role_asks_for(set_up, signs_in, provider):
    provider.knows(world.email("salesperson"))
    made = set_up()
    administrator = Client.signed_in_as("administrator")
    id_ = role("salesperson")
    permissions = administrator.get(f"records/role/{id_}").json()["permissions"]
    asks = {**permissions, "sign_in": {"second_factor": "required"}}
    assert administrator.patch(f"records/role/{id_}", {"values": {"permissions": asks}}).status_code == 200

    vouched, _ = signs_in(made, world.email("salesperson"))

    assert Client.signed_in_as("salesperson").get("me").json()["code"] == "identity.second_factor_needed"
    assert vouched.get("me").status_code == 200
    assert vouched.get("/api/v1/session").json()["second_factor_needed"] is False


def test_a_trial_shows_what_is_said_and_makes_nobody(set_up, provider):
    provider.knows(ANN, name="安娜", groups=["crm-managers"])
    made = set_up(is_active=False, roles_claim="groups", role_map=[{"value": "crm-managers", "role": role("manager")}])
    administrator = Client.signed_in_as("administrator")

    address = administrator.post(f"single-sign-on/{made['id']}/try").json()["redirect"]
    answer = comes_back(administrator, provider.signs_in(address, ANN))
    tried = administrator.get("single-sign-on/tried").json()["tried"]

    assert answer["Location"] == f"/w/acme/settings/single-sign-on?tried={made['id']}"
    assert (tried["email"], tried["name"], tried["values"]) == (ANN, "安娜", ["crm-managers"])
    assert (tried["roles"], tried["problem"]) == ([role("manager")], None)
    assert tried["claims"]["email"] == ANN
    assert member(ANN) is None
    assert administrator.get("me").json()["account"]["email"] == world.email("administrator")
    assert Client.signed_in_as("administrator").get("single-sign-on/tried").json()["tried"] is None


def test_a_trial_is_for_who_is_in_charge(set_up):
    made = set_up()

    assert Client.signed_in_as("manager").post(f"single-sign-on/{made['id']}/try").status_code == 403
    stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)
    assert stranger.post(f"single-sign-on/{made['id']}/try").status_code == 404


def test_two_workspaces_have_providers_of_their_own(set_up, signs_in, provider):
    provider.knows(ANN)
    here = set_up()
    signs_in(here)
    there = set_up(world.STRANGER, world.OTHER_WORKSPACE)

    browser, answer = signs_in(there)

    assert answer["Location"] == "/w/globex"
    assert Membership.objects.filter(account__email=ANN).count() == 2
    assert Account.objects.filter(email=ANN).count() == 1
    assert browser.get("me").status_code == 404, "each session opens the workspace of its provider alone"
    assert browser.get("/api/v1/globex/me").status_code == 200


def test_when_somebody_last_came_is_kept(set_up, signs_in, provider):
    provider.knows(ANN)
    made = set_up()
    signs_in(made)

    (shown,) = Client.signed_in_as("administrator").get("single-sign-on").json()["providers"]

    assert shown["people"] == 1
    assert shown["proved_at"] is not None
    assert Identity.objects.get().last_sign_in_at <= timezone.now()
