"""Saving a provider while others sign in with it, change it or remove it: the issuer may take seconds to answer."""

from typing import Any

import pytest

from guanxi.capabilities.single_sign_on import oidc
from guanxi.capabilities.single_sign_on.models import Provider
from guanxi.engine.context import Context
from tests.capabilities.single_sign_on.conftest import role, save
from tests.support import world
from tests.support.oidc_provider import CLIENT, SECRET
from tests.support.threads import side_by_side

pytestmark = [pytest.mark.committing, pytest.mark.usefixtures("committing_database")]


def test_nothing_is_held_while_the_issuer_is_asked(provider, monkeypatch):
    """Whoever signs in meanwhile needs the provider's row; what somebody else saves meanwhile is overwritten, not lost."""
    whole = {"protocol": "oidc", "client_id": CLIENT, "default_role": role("salesperson"), "issuer": provider.issuer}
    made = save(**whole, name="原名", secret=SECRET).json()["result"]
    Provider.objects.update(issuer="https://before.example")
    oidc._kept.clear()
    fetch, wrong = oidc.fetch, []

    def hold(ctx: Context) -> None:
        row = Provider.objects.select_for_update(nowait=True).get(pk=made["id"])
        row.client_id = "meanwhile"
        row.save()

    def asked(address: str, **more: Any) -> Any:
        wrong.extend(side_by_side(world.workspace(), [hold]))
        return fetch(address, **more)

    monkeypatch.setattr(oidc, "fetch", asked)

    answer = save(**whole, name="新名字", provider=made["id"])

    assert (answer.status_code, wrong) == (200, [])
    row = Provider.objects.get()
    assert (row.name, row.issuer, row.client_id, row.secret) == ("新名字", provider.issuer, CLIENT, SECRET)


def test_a_provider_that_is_removed_while_the_issuer_is_asked_does_not_come_back(provider, monkeypatch):
    whole = {"protocol": "oidc", "client_id": CLIENT, "default_role": role("salesperson"), "issuer": provider.issuer}
    made = save(**whole, name="原名").json()["result"]
    Provider.objects.update(issuer="https://before.example")
    oidc._kept.clear()
    fetch, wrong = oidc.fetch, []

    def remove(ctx: Context) -> None:
        Provider.objects.select_for_update(nowait=True).get(pk=made["id"]).delete()

    def asked(address: str, **more: Any) -> Any:
        wrong.extend(side_by_side(world.workspace(), [remove]))
        return fetch(address, **more)

    monkeypatch.setattr(oidc, "fetch", asked)

    answer = save(**whole, name="新名字", provider=made["id"])

    assert (answer.status_code, answer.json()["code"]) == (404, "single_sign_on.unknown_provider")
    assert (wrong, Provider.objects.count()) == ([], 0)
