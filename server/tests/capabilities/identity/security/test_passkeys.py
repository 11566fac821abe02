"""Passkeys: instead of the password, as the second step, and only for the product's own address."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings

from tests.support.browsers import Browser, set_up_app
from tests.support.passkeys import Passkey
from tests.support.roles import demand

pytestmark = pytest.mark.usefixtures("database")


def add(browser: Browser, passkey: Passkey, *, without_password: bool = True):
    """Add a passkey for whoever is signed in."""
    browser.prove()
    query = "?passwordless" if without_password else ""
    options = browser.allauth("GET", f"account/authenticators/webauthn{query}").json()["data"]["creation_options"]
    body = {"name": "钥匙", "credential": passkey.registered(options), "passwordless": without_password}
    return browser.allauth("POST", "account/authenticators/webauthn", body)


def sign_in(browser: Browser, passkey: Passkey):
    """Sign in with the passkey alone."""
    options = browser.allauth("GET", "auth/webauthn/login").json()["data"]["request_options"]
    return browser.allauth("POST", "auth/webauthn/login", {"credential": passkey.answered(options)})


@pytest.fixture
def owner() -> Browser:
    """The salesperson."""
    return Browser().signed_in()


@pytest.fixture
def passkey(owner) -> Passkey:
    """A passkey of the salesperson."""
    made = Passkey(settings.PUBLIC_URL)
    assert add(owner, made).status_code == 200
    return made


def test_signs_in_without_password_and_second_step(passkey):
    browser = Browser()

    answer = sign_in(browser, passkey)

    assert answer.status_code == 200, answer.content
    assert browser.session["account"]["email"] == "salesperson@example.com"


def test_is_a_second_step_after_the_password(passkey):
    browser = Browser()
    assert browser.try_password().status_code == 401
    options = browser.allauth("GET", "auth/webauthn/authenticate").json()["data"]["request_options"]

    browser.allauth("POST", "auth/webauthn/authenticate", {"credential": passkey.answered(options)})
    browser.allauth("POST", "auth/2fa/trust", {"trust": False})

    assert browser.is_signed_in


def test_satisfies_a_role_that_asks_for_a_second_factor(passkey):
    demand(second_factor="required")
    browser = Browser()
    sign_in(browser, passkey)

    assert browser.api("GET", "me").status_code == 200


def test_without_asking_its_owner_it_replaces_no_password(owner):
    plain = Passkey(settings.PUBLIC_URL, verifies=False)

    assert add(owner, plain).status_code == 400
    assert add(owner, plain, without_password=False).status_code == 200
    browser = Browser()
    assert sign_in(browser, plain).status_code == 400
    assert not browser.is_signed_in


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example"])
def test_made_for_another_address_is_refused(owner, origin):
    assert add(owner, Passkey(origin)).status_code == 400
    assert not Authenticator.objects.exists()


def test_belongs_to_the_product_s_address_whatever_a_request_claims(owner):
    owner.prove()

    answer = owner.send("GET", "/_allauth/browser/v1/account/authenticators/webauthn", Host="evil.example")

    assert answer.json()["data"]["creation_options"]["publicKey"]["rp"] == {"id": "localhost", "name": "Guanxi"}


def test_an_answer_is_good_for_one_challenge(passkey):
    browser = Browser()
    options = browser.allauth("GET", "auth/webauthn/login").json()["data"]["request_options"]
    answer = passkey.answered(options)
    browser.allauth("GET", "auth/webauthn/login")

    assert browser.allauth("POST", "auth/webauthn/login", {"credential": answer}).status_code == 400
    assert not browser.is_signed_in


@pytest.mark.parametrize(
    "credential", [{}, {"id": "x"}, "x", None, {"response": {"userHandle": "AAAA"}}, {"response": 7}]
)
def test_nonsense_is_refused(credential):
    browser = Browser()
    browser.allauth("GET", "auth/webauthn/login")

    assert browser.allauth("POST", "auth/webauthn/login", {"credential": credential}).status_code == 400


def test_can_be_named_and_taken_away(owner, passkey):
    (row,) = [one for one in owner.allauth("GET", "account/authenticators").json()["data"] if one["type"] == "webauthn"]
    assert (row["name"], row["is_passwordless"]) == ("钥匙", True)

    owner.allauth("PUT", "account/authenticators/webauthn", {"id": row["id"], "name": "办公室的钥匙"})
    owner.allauth("DELETE", "account/authenticators/webauthn", {"authenticators": [row["id"]]})

    assert not Authenticator.objects.exists()
    assert sign_in(Browser(), passkey).status_code == 400


def test_the_last_one_stays_where_a_role_asks_for_it(owner, passkey):
    demand(second_factor="required")
    (row,) = Authenticator.objects.filter(type="webauthn")
    body = {"authenticators": [row.pk]}
    assert (
        owner.allauth("DELETE", "account/authenticators/webauthn", body).json()["code"] == "identity.last_second_factor"
    )

    set_up_app(owner)

    assert owner.allauth("DELETE", "account/authenticators/webauthn", body).status_code == 200


def test_somebody_else_s_cannot_be_taken_away(passkey):
    row = Authenticator.objects.get(type="webauthn")
    colleague = Browser().signed_in("colleague").prove()

    answer = colleague.allauth("DELETE", "account/authenticators/webauthn", {"authenticators": [row.pk]})

    assert answer.status_code == 400
    assert Authenticator.objects.filter(pk=row.pk).exists()
