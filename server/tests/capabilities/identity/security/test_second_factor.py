"""Signing in with a second step: codes of an app, recovery codes, what is kept of them, and what follows a change."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import TestCase, override_settings

from tests.support import mails, world
from tests.support.browsers import ELSEWHERE, Browser, code, recovery_codes, set_up_app
from tests.support.clients import Client
from tests.support.roles import demand

pytestmark = pytest.mark.usefixtures("database")
NEEDED = "mfa_authenticate"


@pytest.fixture
def owner() -> Browser:
    """The salesperson, signed in with the password alone."""
    return Browser().signed_in()


def pending(answer) -> str | None:
    """The step of signing in that an answer asks for."""
    return next((flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")), None)


def enter(browser: Browser, given: str):
    """The second step."""
    return browser.allauth("POST", "auth/2fa/authenticate", {"code": given})


def finish(browser: Browser, *, trust: bool = False) -> None:
    """The last step."""
    assert browser.allauth("POST", "auth/2fa/trust", {"trust": trust}).status_code == 200


def test_the_password_alone_no_longer_signs_in(owner):
    secret = set_up_app(owner)
    other = Browser()

    first = other.try_password()

    assert (first.status_code, pending(first)) == (401, NEEDED)
    assert not other.is_signed_in
    assert pending(enter(other, code(secret))) == "mfa_trust"
    assert not other.is_signed_in
    finish(other)
    assert other.is_signed_in


def test_a_wrong_code_signs_nobody_in(owner):
    secret = set_up_app(owner)
    other = Browser()
    other.try_password()
    wrong = "000000" if code(secret) != "000000" else "111111"

    answer = enter(other, wrong)

    assert answer.json()["errors"][0]["code"] == "incorrect_code"
    assert not other.is_signed_in


def test_a_code_is_good_once(owner):
    secret = set_up_app(owner)
    used = code(secret)
    first = Browser()
    first.try_password()
    enter(first, used)
    thief = Browser(ELSEWHERE)
    thief.try_password()

    assert enter(thief, used).status_code == 400
    assert not thief.is_signed_in


def test_a_recovery_code_stands_in_once(owner):
    set_up_app(owner)
    spare = recovery_codes(owner)[0]
    first, second = Browser(), Browser()
    first.try_password()
    second.try_password()

    assert pending(enter(first, spare)) == "mfa_trust"
    assert enter(second, spare).status_code == 400


def test_recovery_codes_are_shown_once(owner):
    set_up_app(owner)

    assert len(recovery_codes(owner)) == 10
    assert "unused_codes" not in owner.allauth("GET", "account/authenticators/recovery-codes").json()["data"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "totp", None), ("DELETE", "totp", None), ("GET", "recovery-codes", None),
        ("POST", "recovery-codes", {}), ("GET", "webauthn", None),
    ],
)  # fmt: skip
def test_nothing_is_shown_or_changed_before_one_proves_again_who_one_is(owner, method, path, body):
    set_up_app(owner)
    before = list(Authenticator.objects.values_list("pk", "data"))
    owner.after_a_while()

    answer = owner.allauth(method, f"account/authenticators/{path}", body)

    assert answer.status_code == 401
    assert answer.json()["meta"]["is_authenticated"] is True
    assert list(Authenticator.objects.values_list("pk", "data")) == before


def test_whoever_signed_in_a_moment_ago_need_not_prove_it_again(owner):
    assert owner.allauth("GET", "account/authenticators/totp").status_code == 404


def test_the_first_second_factor_ends_sessions_that_began_without_one(owner):
    elsewhere = Browser(ELSEWHERE).signed_in()

    set_up_app(owner)

    assert owner.is_signed_in
    assert not elsewhere.is_signed_in


def test_the_owner_is_told_of_every_change(owner):
    with TestCase.captureOnCommitCallbacks(execute=True):
        set_up_app(owner)
    owner.prove().allauth("DELETE", "account/authenticators/totp")

    subjects = [mail.subject for mail in mails.delivered()]

    assert subjects == ["您的登录验证方式已更改"] * 2


def test_secrets_are_not_readable_in_the_database(owner):
    secret = set_up_app(owner)
    codes = recovery_codes(owner)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in stored
    assert not any(one in stored for one in codes)


def test_what_another_secret_key_wrote_is_refused_with_a_way_out(owner, settings_of_key):
    secret = set_up_app(owner)
    settings_of_key("another key of the installation")
    other = Browser()
    other.try_password()

    answer = enter(other, code(secret))

    assert (answer.status_code, answer.json()["code"]) == (503, "identity.second_factor_unreadable")
    assert not other.is_signed_in


def test_what_another_secret_key_wrote_does_not_keep_anybody_from_resetting_it(owner, settings_of_key):
    set_up_app(owner)
    recovery_codes(owner)
    administrator = Client.signed_in_as("administrator")
    settings_of_key("another key of the installation")

    told = administrator.get(f"members/{world.membership('salesperson').member_id}/sign-in").json()["second_factor"]

    assert (told["app"], told["recovery_codes"], told["can_be_reset"]) == (True, 0, True)


@pytest.fixture
def settings_of_key():
    """A function that gives the installation another secret key for the test."""
    changed = []

    def change(key: str) -> None:
        override = override_settings(SECRET_KEY=key, SECRET_KEY_FALLBACKS=[_present_key()])
        override.enable()
        changed.append(override)

    yield change
    for override in changed:
        override.disable()


def _present_key() -> str:
    from django.conf import settings

    return settings.SECRET_KEY


def test_a_password_reset_still_asks_for_the_second_step(owner):
    set_up_app(owner)
    account = world.membership("salesperson").account
    account.set_password("quite another long password")
    account.save()

    answer = Browser().try_password(password="quite another long password")

    assert pending(answer) == NEEDED


class TestTrust:
    """A browser whose owner said that it need not ask again."""

    def test_is_asked_for_the_password_alone(self, owner):
        secret = set_up_app(owner)
        mine = Browser()
        mine.try_password()
        enter(mine, code(secret))
        finish(mine, trust=True)
        mine.allauth("DELETE", "auth/session")

        assert mine.try_password().status_code == 200

    def test_is_not_taken_for_granted(self, owner):
        secret = set_up_app(owner)
        mine = Browser()
        mine.try_password()
        enter(mine, code(secret))
        finish(mine, trust=False)
        mine.allauth("DELETE", "auth/session")

        assert pending(mine.try_password()) == NEEDED

    def test_ends_with_a_new_password(self, owner):
        mine = self._trusted(owner)
        body = {"current_password": world.PASSWORD, "new_password": "another fine password"}
        assert mine.allauth("POST", "account/password/change", body).status_code == 200
        mine.allauth("DELETE", "auth/session")

        assert pending(mine.try_password(password="another fine password")) == NEEDED

    def test_can_be_taken_back_one_by_one(self, owner):
        mine = self._trusted(owner)
        devices = mine.send("GET", "/api/v1/account/devices").json()["devices"]
        here = next(one for one in devices if one["is_current"])
        assert here["trusted_until"]

        left = mine.send("DELETE", f"/api/v1/account/devices/{here['id']}").json()["devices"]

        assert here["id"] not in [one["id"] for one in left]
        mine.allauth("DELETE", "auth/session")
        assert pending(mine.try_password()) == NEEDED

    def test_of_one_account_says_nothing_of_another(self, owner):
        colleague = Browser().signed_in("colleague")
        set_up_app(colleague)
        mine = self._trusted(owner)
        mine.allauth("DELETE", "auth/session")

        assert pending(mine.try_password("colleague")) == NEEDED

    def test_belongs_to_a_secret_that_whoever_planted_it_does_not_know(self, owner):
        """A cookie that an attacker put into the browser is replaced when its owner signs in."""
        secret = set_up_app(owner)
        mine, thief = Browser(), Browser(ELSEWHERE)
        for browser in (mine, thief):
            browser.django.cookies["guanxi_device"] = "planted"
        mine.try_password()
        enter(mine, code(secret))
        finish(mine, trust=True)

        assert pending(thief.try_password()) == NEEDED

    def test_somebody_else_s_device_cannot_be_forgotten(self, owner):
        other = Browser().signed_in("colleague")
        (device,) = owner.send("GET", "/api/v1/account/devices").json()["devices"]

        assert other.send("DELETE", f"/api/v1/account/devices/{device['id']}").status_code == 404
        assert len(owner.send("GET", "/api/v1/account/devices").json()["devices"]) == 1

    def test_nobody_sees_devices_without_signing_in(self):
        assert Browser().send("GET", "/api/v1/account/devices").status_code == 401

    def _trusted(self, owner: Browser) -> Browser:
        secret = set_up_app(owner)
        mine = Browser()
        mine.try_password()
        enter(mine, code(secret))
        finish(mine, trust=True)
        return mine


class TestRequiredByARole:
    """A role that asks for a second factor."""

    @pytest.fixture(autouse=True)
    def _required(self, database):
        demand(second_factor="required")

    @pytest.mark.parametrize("path", ["me", "catalog", "records/company", "search?q=a"])
    def test_nothing_of_the_workspace_opens_without_one(self, owner, path):
        answer = owner.api("GET", path)

        assert (answer.status_code, answer.json()["code"]) == (403, "identity.second_factor_needed")

    def test_one_that_is_set_up_opens_it_at_once(self, owner):
        assert owner.session["second_factor_needed"] is True

        set_up_app(owner)

        assert owner.session["second_factor_needed"] is False
        assert owner.api("GET", "me").status_code == 200

    def test_people_of_other_roles_are_not_asked(self):
        assert Browser().signed_in("manager").api("GET", "me").status_code == 200

    def test_programs_are_asked_like_browsers(self):
        program = Browser()
        body = {"email": world.email("salesperson"), "password": world.PASSWORD}
        token = program.send("POST", "/_allauth/app/v1/auth/login", body).json()["meta"]["session_token"]

        answer = program.api("GET", "me", X_Session_Token=token)

        assert answer.json()["code"] == "identity.second_factor_needed"

    def test_the_last_one_stays(self, owner):
        set_up_app(owner)

        answer = owner.prove().allauth("DELETE", "account/authenticators/totp")

        assert (answer.status_code, answer.json()["code"]) == (409, "identity.last_second_factor")
        assert owner.api("GET", "me").status_code == 200

    def test_it_says_so_in_the_language_of_the_reader(self, owner):
        answer = owner.api("GET", "me", Accept_Language="en")

        assert answer.json()["detail"].startswith("Your role asks for two-step verification.")
