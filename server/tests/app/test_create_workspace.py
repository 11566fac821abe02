"""`guanxi create-workspace`: the first door of an installation without the sample."""

import io
import sys

import pytest

from guanxi.app import installation, new_workspace
from guanxi.capabilities.identity.models import Workspace
from guanxi.infra.errors import Invalid

pytestmark = pytest.mark.usefixtures("empty_database")


def _create(password: str, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    # Deferred steps need a connection without a transaction, which a test that is rolled back cannot give.
    monkeypatch.setattr(installation, "finish_deferred", lambda _: None)
    new_workspace.create(slug="acme", name="Acme", email="boss@example.com", person="Boss", language="en")


def test_the_administrator_signs_in_with_the_password_given(monkeypatch):
    _create("a fine long password", monkeypatch)

    membership = Workspace.objects.get(slug="acme").memberships.get()
    assert membership.account.check_password("a fine long password")
    assert membership.account.language == "en"


def test_a_weak_password_is_refused_and_nothing_is_made(monkeypatch):
    with pytest.raises(Invalid) as refusal:
        _create("12345678", monkeypatch)

    assert {error.field for error in refusal.value.fields} == {"password"}
    assert not Workspace.objects.exists()
