"""What is thrown away at night, and that a device says when it was last in use."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from guanxi.capabilities.identity import upkeep
from guanxi.capabilities.identity.http import last_seen
from guanxi.capabilities.identity.models import Account, Invitation
from guanxi.infra.jobs import nightly
from guanxi.kit.ids import uuid7
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
ADDRESS = "/_allauth/browser/v1/auth/sessions"


def _sign_in(name="salesperson") -> Client:
    client = Client()
    client.get("/api/v1/session")
    account = world.membership(name).account
    answer = client.post("/_allauth/browser/v1/auth/login", {"email": account.email, "password": world.PASSWORD})
    assert answer.status_code == 200, answer.content
    return client


def test_a_device_says_when_it_was_last_in_use():
    client = _sign_in()
    long_ago = timezone.now() - timedelta(days=2)
    UserSession.objects.update(last_seen_at=long_ago, created_at=long_ago)
    last_seen._noted.clear()

    client.get("me")
    client.get("me")

    (device,) = client.get(ADDRESS).json()["data"]
    assert timezone.now().timestamp() - device["last_seen_at"] < 60
    assert timezone.now().timestamp() - device["created_at"] > 100_000


def test_expired_sessions_and_old_invitations_go_and_all_else_stays():
    here, over = _sign_in(), _sign_in("manager")
    now = timezone.now()
    Session.objects.filter(session_key=over.django.session.session_key).update(expire_date=now - timedelta(hours=1))
    ages = {"open": timedelta(days=-3), "just over": timedelta(days=1), "long over": timedelta(days=31)}
    for name, age in ages.items():
        Invitation.objects.create(
            workspace_id=world.membership("manager").workspace_id,
            member_id=uuid7(),
            email="x@example.com",
            token_hash=name,
            invited_by="x",
            created_at=now - timedelta(days=60),
            expires_at=now - age,
        )

    upkeep.forget_expired()

    assert here.get("me").status_code == 200
    assert over.get("me").status_code == 401
    assert [one.session_key for one in UserSession.objects.all()] == [here.django.session.session_key]
    assert set(Invitation.objects.values_list("token_hash", flat=True)) == {"open", "just over"}
    assert Account.objects.filter(email=world.membership("manager").account.email).exists()


def test_a_chore_that_fails_keeps_none_of_the_others_from_being_done(monkeypatch):
    done = []

    def fails():
        raise RuntimeError

    monkeypatch.setattr(nightly, "_chores", {"a": fails, "b": lambda: done.append("b")})
    monkeypatch.setattr(nightly, "enqueue", lambda *asked: done.append(asked[0]))

    nightly.run({})

    assert done == ["jobs.nightly", "b"]


@pytest.mark.parametrize(
    ("now", "next_"),
    [("2026-03-01T18:59:00", "2026-03-01T19:00:00"), ("2026-03-01T19:00:00", "2026-03-02T19:00:00")],
)
def test_the_night_is_that_of_the_installation(now, next_):
    due = nightly.next_night(datetime.fromisoformat(now).replace(tzinfo=UTC))

    assert due.astimezone(UTC).replace(tzinfo=None).isoformat() == next_
