"""Whoever loses a right, a workspace or a session has lost it at the very next request, on the same connection."""

import pytest

from guanxi.capabilities.identity.models import Account, Membership
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def _list(person: Client) -> int:
    return person.post("records/company/query", {"select": ["name"]}).status_code


@pytest.fixture
def salesperson() -> Client:
    person = Client.signed_in_as("salesperson")
    assert [_list(person) for _ in range(8)] == [200] * 8  # whatever is remembered or prepared is so by now
    return person


def test_signing_out(salesperson):
    salesperson.django.delete("/_allauth/browser/v1/auth/session")

    assert _list(salesperson) == 401


def test_a_session_ended_elsewhere(salesperson):
    Client.signed_in_as("salesperson")
    salesperson.django.session.delete()

    assert _list(salesperson) == 401


def test_a_closed_account(salesperson):
    Account.objects.filter(email=world.email("salesperson")).update(is_active=False)

    assert _list(salesperson) == 401


def test_a_closed_membership(salesperson):
    Membership.objects.filter(account__email=world.email("salesperson")).update(is_active=False)

    assert _list(salesperson) == 404


def test_a_role_taken_away(salesperson):
    administrator = Client.signed_in_as("administrator")
    member = administrator.post(
        "records/member/query", {"where": {"field": "email", "op": "eq", "value": world.email("salesperson")}}
    ).json()["rows"][0]

    answer = administrator.patch(f"records/member/{member['id']}", {"values": {"roles": []}})

    assert answer.status_code == 200, answer.content
    assert _list(salesperson) == 404  # of an object that may not be read not even the name is told


def test_what_a_roles_filter_compares_with(salesperson):
    """A region, a title, a number: whatever a filter asks of the member decides as soon as it is another one."""
    administrator = Client.signed_in_as("administrator")
    where = {"field": "name", "op": "eq", "value": "@me.title"}
    permissions = {"objects": {"company": {"read": {"scope": "none", "where": where}}}, "system": []}
    role = administrator.make("role", key="own_title", name="Own title", permissions=permissions)["id"]
    administrator.make("company", name="华东")
    member = world.membership("salesperson").member_id
    change = {"roles": [role], "title": "华北"}
    assert administrator.patch(f"records/member/{member}", {"values": change}).status_code == 200
    assert _names(salesperson) == []

    assert administrator.patch(f"records/member/{member}", {"values": {"title": "华东"}}).status_code == 200

    assert _names(salesperson) == ["华东"]


def _names(person: Client) -> list[str]:
    return [row["name"] for row in person.post("records/company/query", {"select": ["name"]}).json()["rows"]]
