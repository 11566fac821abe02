"""OpenID Connect providers at work: found, switched off, the only way in; the sessions they begin, and trials."""

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
