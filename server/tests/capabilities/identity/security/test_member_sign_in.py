"""How a member signs in, seen and changed by those who manage members."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from guanxi.capabilities.identity import sign_in
from guanxi.capabilities.identity.http import last_seen
from guanxi.capabilities.identity.models import Workspace
from tests.support import world
from tests.support.browsers import ELSEWHERE, OFFICE, Browser, recovery_codes, set_up_app
from tests.support.clients import Client
from tests.support.roles import demand

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _nothing_noted():
    last_seen._noted.clear()
    last_seen._placed.clear()


def member(name: str = "salesperson") -> str:
    """The id of a person of the world as a member."""
    return str(world.membership(name).member_id)


def at_work(name: str = "salesperson", address: str = OFFICE) -> Browser:
    """A browser that was used in the workspace."""
    browser = Browser(address).signed_in(name)
    assert browser.api("GET", "me").status_code == 200
    return browser


@pytest.fixture
def administrator() -> Client:
    """Who manages members."""
    return Client.signed_in_as("administrator")


def shown(client: Client, name: str = "salesperson") -> dict:
    """What is told of a member."""
    return client.get(f"members/{member(name)}/sign-in").json()


def act(client: Client, verb: str, **params: object):
    """Run an action of identity."""
    return client.post(f"actions/identity/{verb}", {"params": params})


def test_sessions_are_shown_with_device_and_address(administrator):
    at_work(address=ELSEWHERE)
    at_work()

    told = shown(administrator)

    assert [one["address"] for one in told["sessions"]] == [OFFICE, ELSEWHERE]
    assert "Chrome" in told["sessions"][0]["user_agent"]
    assert told["second_factor"] == {
        "required": False, "app": False, "passkeys": 0, "recovery_codes": 0, "can_be_reset": True,
    }  # fmt: skip


def test_a_session_that_was_not_used_here_is_not_shown(administrator):
    Browser().signed_in()

    assert shown(administrator)["sessions"] == []


def test_one_session_is_ended_and_the_others_go_on(administrator):
    here, there = at_work(), at_work(address=ELSEWHERE)
    session = next(one for one in shown(administrator)["sessions"] if one["address"] == ELSEWHERE)

    answer = act(administrator, "end-sessions", member=member(), session=session["id"])

    assert answer.json()["result"]["ended"] == 1
    assert here.is_signed_in
    assert not there.is_signed_in


def test_all_are_ended_together(administrator):
    browsers = [at_work(), at_work(address=ELSEWHERE)]

    act(administrator, "end-sessions", member=member())

    assert not any(browser.is_signed_in for browser in browsers)


def test_another_member_s_session_is_not_ended_under_a_wrong_name(administrator):
    at_work()
    colleague = at_work("colleague")
    theirs = shown(administrator, "colleague")["sessions"][0]["id"]

    assert act(administrator, "end-sessions", member=member(), session=theirs).status_code == 404
    assert colleague.is_signed_in


@pytest.mark.parametrize("name", ["manager", "salesperson", "colleague", "read_only"])
def test_all_of_it_is_for_those_who_manage_members(name):
    browser = at_work()
    other = Client.signed_in_as(name)

    assert other.get(f"members/{member()}/sign-in").status_code == 403
    assert act(other, "end-sessions", member=member()).status_code == 403
    assert act(other, "reset-second-factor", member=member()).status_code == 403
    assert browser.is_signed_in


def test_a_stranger_s_administrator_reaches_nobody_here():
    browser = at_work()
    stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)

    assert stranger.get(f"members/{member()}/sign-in").status_code == 404
    assert act(stranger, "end-sessions", member=member()).status_code == 404
    assert browser.is_signed_in


class TestReset:
    """Somebody lost the telephone and the recovery codes."""

    @pytest.fixture
    def owner(self, database) -> Browser:
        browser = at_work()
        set_up_app(browser)
        recovery_codes(browser)
        return browser

    def test_lets_them_in_with_the_password_alone(self, owner, administrator):
        told = shown(administrator)["second_factor"]
        assert (told["app"], told["recovery_codes"]) == (True, 10)

        assert act(administrator, "reset-second-factor", member=member()).status_code == 200

        assert not Authenticator.objects.exists()
        assert not UserSession.objects.filter(user=world.membership("salesperson").account).exists()
        assert Browser().try_password().status_code == 200

    def test_leads_to_a_new_one_where_a_role_asks_for_it(self, owner, administrator):
        demand(second_factor="required")
        act(administrator, "reset-second-factor", member=member())

        assert Browser().signed_in().api("GET", "me").json()["code"] == "identity.second_factor_needed"

    def test_is_refused_for_an_account_of_several_workspaces(self, owner, administrator):
        other = Workspace.objects.get(slug=world.OTHER_WORKSPACE)
        account = world.membership("salesperson").account
        sign_in.link(
            account, workspace_id=other.pk, member_id=world.membership(world.STRANGER).member_id.__class__(int=7)
        )

        answer = act(administrator, "reset-second-factor", member=member())

        assert (answer.status_code, answer.json()["code"]) == (409, "identity.not_their_only_workspace")
        assert shown(administrator)["second_factor"]["can_be_reset"] is False
        assert Authenticator.objects.exists()

    def test_is_refused_for_somebody_who_may_do_more(self, administrator):
        boss = at_work("administrator")
        set_up_app(boss)
        role = {"key": "clerk", "name": "人事", "permissions": {"objects": {"member": {"read": "all"}, "role": {"read": "all"}}, "system": ["members"]}}  # fmt: skip
        assert administrator.post("records/role", {"values": role}).status_code == 201
        (clerk,) = administrator.post("records/role/query", {"where": {"field": "key", "op": "eq", "value": "clerk"}}).json()["rows"]  # fmt: skip
        changed = administrator.patch(f"records/member/{member('colleague')}", {"values": {"roles": [clerk["id"]]}})
        assert changed.status_code == 200

        answer = act(Client.signed_in_as("colleague"), "reset-second-factor", member=member("administrator"))

        assert (answer.status_code, answer.json()["code"]) == (403, "identity.grant_beyond_own")
        assert Authenticator.objects.exists()
