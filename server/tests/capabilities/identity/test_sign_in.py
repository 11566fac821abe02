"""Signing in and out with address and password, in browsers and programs."""

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as DjangoClient
from django.utils import timezone

from tests.support import mails, world

pytestmark = pytest.mark.usefixtures("database")
BROWSER = "/_allauth/browser/v1"
APP = "/_allauth/app/v1"
SALESPERSON = world.email("salesperson")


def _send(client: DjangoClient, method: str, path: str, body: object = None, **headers: str):
    data = "" if body is None else json.dumps(body)
    return client.generic(method, path, data, content_type="application/json", headers=headers)


def _sign_in(client: DjangoClient, password: str = world.PASSWORD, email: str = SALESPERSON):
    return _send(client, "POST", f"{BROWSER}/auth/login", {"email": email, "password": password})


def _signed_in() -> DjangoClient:
    client = DjangoClient()
    assert _sign_in(client).status_code == 200
    return client


def _is_signed_in(client: DjangoClient) -> bool:
    return client.get("/api/v1/session").json()["authenticated"]


def test_the_right_password_signs_in_whatever_the_case_of_the_address():
    client = DjangoClient()

    answer = _sign_in(client, email=SALESPERSON.upper())

    assert answer.status_code == 200
    session = client.get("/api/v1/session").json()
    assert session["account"]["email"] == SALESPERSON
    assert session["workspaces"] == [{"slug": "acme", "name": "Acme"}]


def test_nobody_is_signed_in_at_first_and_the_answer_brings_the_csrf_cookie():
    answer = DjangoClient().get("/api/v1/session")

    assert answer.json()["authenticated"] is False
    assert answer.json()["workspaces"] == []
    assert answer.cookies["csrftoken"].value


def test_a_wrong_password_and_an_unknown_address_look_the_same():
    wrong = _sign_in(DjangoClient(), password="something else")
    unknown = _sign_in(DjangoClient(), email="nobody@example.com")

    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json()["errors"] == unknown.json()["errors"]


def test_guessing_is_limited_even_when_the_last_guess_is_right():
    for _ in range(5):
        _sign_in(DjangoClient(), password="a wrong guess")

    client = DjangoClient()
    answer = _sign_in(client)

    assert answer.json()["errors"][0]["code"] == "too_many_login_attempts"
    assert not _is_signed_in(client)


def test_nobody_can_sign_up():
    body = {"email": "new@example.com", "password": "a fine password"}

    answer = _send(DjangoClient(), "POST", f"{BROWSER}/auth/signup", body)

    assert answer.status_code == 403


def test_no_second_address_can_be_added_to_an_account():
    answer = _send(_signed_in(), "POST", f"{BROWSER}/account/email", {"email": "second@example.com"})

    assert answer.status_code in {400, 409}


def test_signing_out_ends_the_session():
    client = _signed_in()

    _send(client, "DELETE", f"{BROWSER}/auth/session")

    assert not _is_signed_in(client)


def test_a_write_with_the_cookie_needs_the_csrf_token():
    client = DjangoClient(enforce_csrf_checks=True)
    client.force_login(world.membership("salesperson").account)

    answer = _send(client, "PATCH", "/api/v1/acme/me", {"theme": "dark"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "request.csrf"


@pytest.mark.parametrize("cookie", ["", "x" * 32, "é" * 32, "a' or '1'='1"])
def test_an_invented_cookie_is_nobody(cookie):
    client = DjangoClient()
    client.cookies["sessionid"] = cookie

    assert client.get("/api/v1/acme/me").status_code == 401


def test_an_old_session_is_over():
    client = _signed_in()
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))

    assert client.get("/api/v1/acme/me").status_code == 401


class TestSessions:
    """The list of places where somebody is signed in."""

    def test_other_sessions_can_be_ended(self):
        here, there = _signed_in(), _signed_in()
        listed = here.get(f"{BROWSER}/auth/sessions").json()["data"]
        other = [session["id"] for session in listed if not session["is_current"]]

        answer = _send(here, "DELETE", f"{BROWSER}/auth/sessions", {"sessions": other})

        assert len(listed) == 2
        assert len(answer.json()["data"]) == 1
        assert _is_signed_in(here)
        assert not _is_signed_in(there)

    def test_sessions_of_others_cannot_be_ended(self):
        colleague = DjangoClient()
        _sign_in(colleague, email=world.email("colleague"))
        theirs = colleague.get(f"{BROWSER}/auth/sessions").json()["data"][0]["id"]

        answer = _send(_signed_in(), "DELETE", f"{BROWSER}/auth/sessions", {"sessions": [theirs]})

        assert answer.status_code == 400
        assert _is_signed_in(colleague)


class TestChangePassword:
    """Choosing another password while signed in."""

    def test_other_sessions_end_and_a_notice_is_sent(self):
        here, there = _signed_in(), _signed_in()
        body = {"current_password": world.PASSWORD, "new_password": "another fine password"}

        answer = _send(here, "POST", f"{BROWSER}/account/password/change", body)

        assert answer.status_code == 200
        assert _is_signed_in(here)
        assert not _is_signed_in(there)
        (notice,) = mails.delivered()
        assert notice.to == SALESPERSON
        assert notice.subject == "您的密码已修改"

    @pytest.mark.parametrize(
        ("current", "new"),
        [("not mine", "another fine password"), (world.PASSWORD, "short"), (world.PASSWORD, "salesperson")],
    )
    def test_a_wrong_current_or_weak_new_password_is_refused(self, current, new):
        body = {"current_password": current, "new_password": new}

        answer = _send(_signed_in(), "POST", f"{BROWSER}/account/password/change", body)

        assert answer.status_code == 400
        assert _sign_in(DjangoClient()).status_code == 200


class TestPrograms:
    """Signing in with a token instead of a cookie."""

    def _token(self) -> str:
        body = {"email": SALESPERSON, "password": world.PASSWORD}
        answer = _send(DjangoClient(), "POST", f"{APP}/auth/login", body)
        return answer.json()["meta"]["session_token"]

    def test_a_token_reads_and_writes_without_cookies(self):
        program = DjangoClient(enforce_csrf_checks=True)
        token = {"X-Session-Token": self._token()}

        answer = _send(program, "PATCH", "/api/v1/acme/me", {"theme": "dark"}, **token)

        assert answer.status_code == 200
        assert answer.json()["member"]["theme"] == "dark"

    def test_a_wrong_token_is_nobody_even_beside_a_good_cookie(self):
        client = _signed_in()

        answer = _send(client, "GET", "/api/v1/acme/me", **{"X-Session-Token": "x" * 32})

        assert answer.status_code == 401

    def test_a_signed_out_token_is_dead(self):
        token = {"X-Session-Token": self._token()}
        _send(DjangoClient(), "DELETE", f"{APP}/auth/session", **token)

        assert _send(DjangoClient(), "GET", "/api/v1/acme/me", **token).status_code == 401
