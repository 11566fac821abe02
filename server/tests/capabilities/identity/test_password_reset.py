"""A forgotten password: the letter, the link, and what the answers do not give away."""

import json

import pytest
from django.test import Client as DjangoClient

from tests.support import mails, world

pytestmark = pytest.mark.usefixtures("database")
AUTH = "/_allauth/browser/v1/auth"
NEW = "a brand new password"


def _post(path: str, body: object, **headers: str):
    return DjangoClient().generic(
        "POST", f"{AUTH}/{path}", json.dumps(body), content_type="application/json", headers=headers
    )


def _ask(email: str):
    return _post("password/request", {"email": email})


def _sign_in(password: str) -> int:
    return _post("login", {"email": world.email("manager"), "password": password}).status_code


def test_the_letter_is_in_the_language_of_its_reader_and_its_link_sets_the_password():
    account = world.membership("manager").account
    account.language = "en"
    account.save()

    _ask(account.email)
    (letter,) = mails.delivered()
    answer = _post("password/reset", {"key": letter.key(), "password": NEW})

    assert letter.to == account.email
    assert letter.subject == "Choose a new password"
    assert "/reset-password/" in letter.link()
    assert answer.status_code == 401  # done, and not signed in by it
    assert _sign_in(NEW) == 200
    assert _sign_in(world.PASSWORD) == 400


def test_a_link_works_once():
    _ask(world.email("manager"))
    key = mails.delivered()[0].key()
    _post("password/reset", {"key": key, "password": NEW})

    again = _post("password/reset", {"key": key, "password": "yet another password"})

    assert again.status_code == 400
    assert _sign_in(NEW) == 200


def test_an_invented_link_is_refused():
    assert _post("password/reset", {"key": "1-abc-def", "password": NEW}).status_code == 400


def test_a_weak_password_is_refused():
    _ask(world.email("manager"))

    answer = _post("password/reset", {"key": mails.delivered()[0].key(), "password": "12345678"})

    assert answer.status_code == 400
    assert _sign_in(world.PASSWORD) == 200


def test_an_unknown_address_gets_the_same_answer_and_no_letter():
    known, unknown = _ask(world.email("manager")), _ask("nobody@example.com")

    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert [letter.to for letter in mails.delivered()] == [world.email("manager")]


def test_asking_again_and_again_is_limited():
    answers = [_ask(world.email("manager")).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_setting_a_new_password_ends_every_session():
    client = DjangoClient()
    client.force_login(world.membership("manager").account)
    _ask(world.email("manager"))

    _post("password/reset", {"key": mails.delivered()[0].key(), "password": NEW})

    assert client.get("/api/v1/acme/me").status_code == 401
