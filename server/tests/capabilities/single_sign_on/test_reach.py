"""What whoever sets up an identity provider could gain in other workspaces by naming their people: nothing."""

import json

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client as DjangoClient

from guanxi.capabilities.identity.authenticate import authenticate
from guanxi.capabilities.identity.errors import UnknownWorkspace
from guanxi.capabilities.identity.models import Account, Membership
from tests.capabilities.single_sign_on.conftest import ANN
from tests.support import mails, world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
VICTIM = world.email("administrator")


@pytest.fixture
def impersonated(set_up, signs_in, provider) -> Client:
    """A session that the provider of Globex opened, in the name of the administrator of Acme."""
    provider.knows(VICTIM, name="Nobody special")
    browser, answer = signs_in(set_up(world.STRANGER, world.OTHER_WORKSPACE), VICTIM)
    assert answer["Location"] == "/w/globex"
    return browser


def test_the_session_opens_the_providers_workspace_alone(impersonated):
    session = impersonated.get("/api/v1/session").json()

    assert [one["slug"] for one in session["workspaces"]] == ["globex"]
    assert impersonated.get("/api/v1/globex/me").json()["roles"] == ["salesperson"]
    for path in ("me", "catalog", "records/company", "search?q=x", "access-keys"):
        answer = impersonated.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "identity.unknown_workspace"), path
    assert impersonated.post("records/company", {"values": {"name": "x"}}).status_code == 404


def test_the_sessions_token_opens_no_more_than_its_cookie(impersonated):
    token = impersonated.django.session.session_key
    program = DjangoClient(headers={"X-Session-Token": token})

    assert program.get("/api/v1/acme/me").status_code == 404
    assert program.get("/api/v1/globex/me").status_code in (200, 401)
    for page in ("email", "authenticators"):
        answer = program.get(f"/_allauth/app/v1/account/{page}")
        assert (answer.status_code, answer.json()["code"]) == (403, "single_sign_on.account_closed"), page
    body = json.dumps({"new_password": "the attacker's own password"})
    change = program.post("/_allauth/app/v1/account/password/change", body, content_type="application/json")
    assert change.status_code == 403
    assert Account.objects.get(email=VICTIM).check_password(world.PASSWORD)


def test_the_event_stream_of_another_workspace_stays_closed(impersonated):
    """The stream asks with a request made of the session alone."""
    request = HttpRequest()
    request.session = SessionStore(impersonated.django.session.session_key)
    request.user = get_user(request)

    with pytest.raises(UnknownWorkspace):
        authenticate(request, world.WORKSPACE)
    assert authenticate(request, world.OTHER_WORKSPACE)[0].slug == "globex"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "account/password/change", {"new_password": "the attacker's own password"}),
        ("POST", "account/password/change", {"current_password": "x", "new_password": "the attacker's own password"}),
        ("GET", "account/email", None),
        ("POST", "account/email", {"email": "evil@example.com"}),
        ("GET", "account/authenticators", None),
        ("GET", "account/authenticators/totp", None),
        ("POST", "account/authenticators/totp", {"code": "123456"}),
        ("GET", "account/authenticators/webauthn", None),
        ("POST", "account/authenticators/recovery-codes", {}),
        ("GET", "auth/sessions", None),
        ("DELETE", "auth/sessions", {"sessions": [1]}),
    ],
)
def test_the_accounts_own_pages_stay_closed(method, path, body, impersonated):
    answer = impersonated.request(method, f"/_allauth/browser/v1/{path}", body)

    assert (answer.status_code, answer.json()["code"]) == (403, "single_sign_on.account_closed")
    assert Account.objects.get(email=VICTIM).check_password(world.PASSWORD)


def test_the_browsers_that_the_account_knows_stay_closed(impersonated):
    assert impersonated.get("/api/v1/account/devices").status_code == 403


def test_no_app_of_another_workspace_is_allowed_with_it(impersonated):
    from tests.capabilities.access_keys.conftest import ThirdParty

    app = ThirdParty()

    answer = impersonated.post("/api/v1/oauth/authorization", {"query": app.query(), "allow": True})

    assert (answer.status_code, answer.json()["code"]) == (404, "access_keys.app_of_others")


def test_an_invitation_of_another_workspace_is_not_accepted_with_it(set_up, signs_in, provider):
    provider.knows(ANN)
    browser, _ = signs_in(set_up(world.STRANGER, world.OTHER_WORKSPACE))
    Client.signed_in_as("administrator").post(
        "actions/identity/invite-member", {"params": {"email": ANN, "name": "安娜", "roles": ["administrator"]}}
    )
    (letter,) = mails.delivered()

    answer = browser.post(f"/api/v1/invitations/{letter.key()}/accept", {"name": "x", "password": "x"})

    assert answer.status_code == 422
    assert not Membership.objects.filter(account__email=ANN, workspace__slug="acme").exists()
    assert browser.get("me").status_code == 404


def test_an_account_made_ahead_of_time_is_no_way_in_later(set_up, signs_in, provider):
    """Globex makes an account for somebody of Acme before Acme does; what it holds of it opens nothing of Acme."""
    provider.knows(ANN)
    early, _ = signs_in(set_up(world.STRANGER, world.OTHER_WORKSPACE))
    own, _ = signs_in(set_up())

    assert own.get("me").status_code == 200
    assert early.get("me").status_code == 404
    assert not Account.objects.get(email=ANN).has_usable_password()
    body = json.dumps({"email": ANN, "password": "a guess of the attacker"})
    guess = DjangoClient().post("/_allauth/browser/v1/auth/login", body, content_type="application/json")
    assert guess.status_code == 400


def test_the_devices_are_shown_where_nobody_else_knows_the_account(set_up, signs_in, provider):
    provider.knows(ANN)
    browser, _ = signs_in(set_up())

    assert browser.get("/_allauth/browser/v1/auth/sessions").status_code == 200
    assert (
        browser.request("POST", "/_allauth/browser/v1/account/password/change", {"new_password": "x" * 12}).status_code
        == 403
    )


def test_it_ends_with_signing_out(impersonated):
    impersonated.request("DELETE", "/_allauth/browser/v1/auth/session")

    assert impersonated.get("/api/v1/globex/me").status_code == 401
    assert impersonated.get("/api/v1/session").json()["workspaces"] == []


def test_the_password_opens_everything_again(impersonated):
    impersonated.request("DELETE", "/_allauth/browser/v1/auth/session")

    signed_in = impersonated.post("/_allauth/browser/v1/auth/login", {"email": VICTIM, "password": world.PASSWORD})

    assert signed_in.status_code == 200
    assert impersonated.get("me").status_code == 200
    assert impersonated.get("/_allauth/browser/v1/auth/sessions").status_code == 200


def test_a_sign_in_is_told_to_the_workspaces_that_it_opens_alone(impersonated):
    """Where somebody signs in from elsewhere is nobody's business who sees nothing of them."""
    own = Client.signed_in_as("administrator").get("audit").json()["items"]
    there = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE).get("audit").json()["items"]

    assert [one for one in own if one["kind"] == "sign_in"] == []
    assert [one["by"]["title"] for one in there if one["kind"] == "sign_in"] == ["Nobody special"]
