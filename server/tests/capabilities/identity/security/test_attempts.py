"""Limits on guessing: they stop whoever guesses, and nobody can turn them against the owner."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanxi.capabilities.identity.models import Attempts
from guanxi.capabilities.identity.security import attempts
from tests.support import mails, world
from tests.support.browsers import ELSEWHERE, OFFICE, Browser, code, set_up_app

pytestmark = pytest.mark.usefixtures("database")
WRONG = "a wrong guess"


def guess(browser: Browser, times: int, name: str = "salesperson") -> list[int]:
    """Wrong passwords; how each was answered."""
    return [browser.try_password(name, WRONG).status_code for _ in range(times)]


def refusal(answer) -> str:
    """The code of what was refused."""
    return answer.json()["errors"][0]["code"]


def later(**time: float) -> None:
    """Let time pass for what was counted."""
    for row in Attempts.objects.all():
        row.last_at -= timedelta(**time)
        row.waits_until = row.waits_until and row.waits_until - timedelta(**time)
        row.save()


def test_a_few_mistakes_cost_nothing():
    guess(Browser(), attempts.FREE - 1)

    assert Browser().try_password().status_code == 200


def test_more_of_them_have_to_wait_even_with_the_right_password():
    guess(Browser(), attempts.FREE)

    answer = Browser().try_password()

    assert refusal(answer) == "too_many_login_attempts"
    assert "1 分钟" in answer.json()["errors"][0]["message"]


def test_after_the_wait_the_right_password_is_good_and_the_count_begins_anew():
    guess(Browser(), attempts.FREE)
    later(seconds=16)

    assert Browser().try_password().status_code == 200
    guess(Browser(), attempts.FREE - 1)
    assert Browser().try_password().status_code == 200


def test_each_wait_is_twice_as_long_and_none_longer_than_an_hour():
    waits = [attempts.wait_after(beyond) for beyond in range(-1, 30)]

    assert waits[:4] == [None, timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60)]
    assert waits[-1] == timedelta(hours=1)


def test_a_guess_while_waiting_is_not_even_judged():
    guess(Browser(), attempts.FREE)
    later(seconds=16)
    guess(Browser(), 1)
    later(seconds=16)

    assert refusal(Browser().try_password()) == "too_many_login_attempts"


def test_nobody_elsewhere_can_lock_the_owner_out():
    guess(Browser(ELSEWHERE), 40)

    assert Browser(OFFICE).try_password().status_code == 200


def test_nobody_beside_the_owner_can_lock_a_known_device_out():
    """The same office, the same address: the owner's browser is known by its cookie."""
    mine = Browser(OFFICE).signed_in()
    mine.allauth("DELETE", "auth/session")
    guess(Browser(OFFICE), 40)

    assert refusal(Browser(OFFICE).try_password()) == "too_many_login_attempts"
    assert mine.try_password().status_code == 200


def test_a_known_device_is_limited_by_itself():
    mine = Browser().signed_in()
    mine.allauth("DELETE", "auth/session")
    guess(mine, attempts.FREE)

    assert refusal(mine.try_password()) == "too_many_login_attempts"
    assert Browser(OFFICE).try_password().status_code == 200


def test_an_invented_device_is_an_unknown_one():
    thief = Browser()
    thief.django.cookies["guanxi_device"] = "x" * 43
    guess(thief, attempts.FREE)

    assert refusal(Browser().try_password()) == "too_many_login_attempts"


def test_one_s_own_device_is_unknown_to_somebody_else_s_account():
    thief = Browser(ELSEWHERE).signed_in("colleague")
    thief.allauth("DELETE", "auth/session")
    guess(thief, attempts.FREE)

    assert refusal(thief.try_password()) == "too_many_login_attempts"


def test_signing_in_to_an_own_account_does_not_reset_the_count_of_another():
    thief = Browser(ELSEWHERE)
    for _ in range(2):
        guess(thief, attempts.FREE - 2)
        Browser(ELSEWHERE).signed_in("colleague")

    assert refusal(thief.try_password()) == "too_many_login_attempts"


def test_trying_one_password_on_many_accounts_has_to_wait_too():
    for number in range(attempts.FREE_AT_PLACE):
        Browser(ELSEWHERE).allauth("POST", "auth/login", {"email": f"p{number}@example.com", "password": WRONG})

    assert refusal(Browser(ELSEWHERE).try_password("manager")) == "too_many_login_attempts"
    assert Browser(OFFICE).try_password("manager").status_code == 200


def test_addresses_of_one_ipv6_network_count_as_one_place():
    for number in range(attempts.FREE):
        guess(Browser(f"2001:db8:1:2::{number + 1}"), 1)

    assert refusal(Browser("2001:db8:1:2:ffff::1").try_password()) == "too_many_login_attempts"
    assert Browser("2001:db8:1:3::1").try_password().status_code == 200


def test_a_header_makes_no_other_place():
    for number in range(attempts.FREE):
        Browser().send(
            "POST", "/_allauth/browser/v1/auth/login",
            {"email": world.email("salesperson"), "password": WRONG}, X_Forwarded_For=f"192.0.2.{number}",
        )  # fmt: skip

    assert refusal(Browser().try_password()) == "too_many_login_attempts"


def test_unknown_addresses_are_limited_alike():
    def last(name: str) -> dict:
        browser = Browser(ELSEWHERE)
        guess(browser, attempts.FREE, name)
        return browser.try_password(name, WRONG).json()

    assert last("salesperson") == last("nobody")


def test_a_new_password_by_mail_ends_the_wait():
    guess(Browser(), attempts.FREE)
    browser = Browser()
    browser.allauth("POST", "auth/password/request", {"email": world.email("salesperson")})
    (mail,) = mails.delivered()
    key = mail.body.split("/reset-password/")[1].split()[0]
    browser.allauth("POST", "auth/password/reset", {"key": key, "password": "another fine password"})

    assert browser.try_password(password="another fine password").status_code == 200


class TestCodes:
    """Guessing the second step with a stolen password."""

    @pytest.fixture
    def secret(self) -> str:
        return set_up_app(Browser("203.0.113.200").signed_in())

    def test_is_limited_over_all_places_together(self, secret):
        for number in range(attempts.FREE):
            thief = Browser(f"198.51.100.{number + 1}")
            thief.try_password()
            thief.allauth("POST", "auth/2fa/authenticate", {"code": "000000"})
        thief = Browser("198.51.100.99")
        thief.try_password()

        answer = thief.allauth("POST", "auth/2fa/authenticate", {"code": code(secret)})

        assert refusal(answer) == "too_many_login_attempts"
        assert not thief.is_signed_in

    def test_keeps_the_owner_s_own_device_free(self, secret):
        mine = Browser()
        mine.try_password()
        mine.allauth("POST", "auth/2fa/authenticate", {"code": code(secret, step=-1)})
        mine.allauth("POST", "auth/2fa/trust", {"trust": False})
        mine.allauth("DELETE", "auth/session")
        thief = Browser(ELSEWHERE)
        thief.try_password()
        for _ in range(20):
            thief.allauth("POST", "auth/2fa/authenticate", {"code": "000000"})

        mine.try_password()
        answer = mine.allauth("POST", "auth/2fa/authenticate", {"code": code(secret)})

        assert answer.status_code == 401, answer.content
        assert mine.allauth("POST", "auth/2fa/trust", {"trust": False}).status_code == 200

    def test_is_told_to_the_owner_once(self, secret):
        before = len(mails.delivered())
        thief = Browser(ELSEWHERE)
        thief.try_password()
        for _ in range(20):
            thief.allauth("POST", "auth/2fa/authenticate", {"code": "000000"})

        (notice,) = mails.delivered()[before:]

        assert (notice.to, notice.subject) == (world.email("salesperson"), "有人知道您的密码，但未通过第二步验证")


def test_old_counts_are_thrown_away():
    guess(Browser(), 2)
    attempts.forget_old(timezone.now() + timedelta(hours=23))
    assert Attempts.objects.exists()

    attempts.forget_old(timezone.now() + timedelta(hours=25))

    assert not Attempts.objects.exists()


def test_nothing_readable_is_kept_of_who_was_tried():
    guess(Browser(), 1)

    kept = " ".join(Attempts.objects.values_list("key", flat=True))

    assert "salesperson" not in kept
    assert OFFICE not in kept
