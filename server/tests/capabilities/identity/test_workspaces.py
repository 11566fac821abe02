"""A new workspace has what the product ships, the first roles and somebody who can sign in."""

import pytest

from guanxi.app.installation import definitions
from guanxi.capabilities.identity.models import Account, Membership, Workspace
from guanxi.capabilities.identity.organisation import organisation_of
from guanxi.capabilities.identity.workspaces import NewMember, create_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads
from guanxi.infra.errors import Conflict, Invalid

pytestmark = pytest.mark.usefixtures("empty_database")
BOSS = NewMember("Boss@Example.com", "Boss", "correct horse battery")


def _create(slug: str = "acme", **values):
    return create_workspace(slug=slug, name="Acme", definitions=definitions(), administrator=BOSS, **values)


def test_roles_are_named_in_the_language_of_the_workspace():
    made = _create(language="en")

    with work(made, SYSTEM, via="system") as ctx:
        rows = reads.page(ctx, "role", reads.Query(select=("key", "name"), sort=(("position", "asc"),))).rows
    assert [row["key"] for row in rows] == ["administrator", "manager", "salesperson", "finance", "read_only"]
    assert rows[0]["name"] == "Administrator"


def test_the_first_member_administers_and_signs_in_with_an_address_in_lower_case():
    _create()

    membership = Membership.objects.get()
    actor = organisation_of(Workspace.objects.get()).actor(membership.member_id)
    assert actor is not None
    assert actor.roles == ("administrator",)
    assert actor.may("members")
    assert membership.account.email == "boss@example.com"


def test_one_account_may_belong_to_two_workspaces():
    _create()
    _create(slug="globex")

    assert Account.objects.count() == 1
    assert Membership.objects.count() == 2


def test_a_taken_address_is_refused():
    _create()

    with pytest.raises(Conflict, match=r"identity\.slug_taken"):
        _create()


@pytest.mark.parametrize("slug", ["", "A", "1a", "a", "a_b", "-a", "a-", "session", "invitations", "a" * 41])
def test_an_address_that_cannot_be_is_refused(slug):
    with pytest.raises(Invalid):
        _create(slug=slug)

    assert not Workspace.objects.exists()
