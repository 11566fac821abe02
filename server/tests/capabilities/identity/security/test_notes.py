"""What becomes of second factors and sessions stands in the audit log, with who and from where."""

import pytest

from guanxi.capabilities.identity.http import last_seen
from tests.support import world
from tests.support.browsers import ELSEWHERE, OFFICE, Browser, code, set_up_app
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def noted(*kinds: str) -> list[dict]:
    """Entries of these kinds, the latest first."""
    client = Client.signed_in_as("administrator")
    answer = client.django.get(f"{client.base}/audit", {"kinds": ",".join(kinds)})
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def test_a_second_factor_that_comes_and_goes():
    owner = Browser(OFFICE).signed_in()
    set_up_app(owner)
    owner.allauth("POST", "account/authenticators/recovery-codes", {})
    owner.allauth("DELETE", "account/authenticators/totp")

    entries = noted("second_factor_added", "second_factor_removed", "recovery_codes_made")

    assert [one["kind"] for one in entries] == ["second_factor_removed", "recovery_codes_made", "second_factor_added"]
    assert {one["by"]["title"] for one in entries} == {"salesperson"}
    assert {one["ip"] for one in entries} == {OFFICE}
    assert "验证器应用" in entries[-1]["says"]


def test_whoever_knows_the_password_and_fails_the_second_step():
    secret = set_up_app(Browser(OFFICE).signed_in())
    thief = Browser(ELSEWHERE)
    thief.try_password()
    thief.allauth("POST", "auth/2fa/authenticate", {"code": "000000" if code(secret) != "000000" else "111111"})

    (entry,) = noted("second_factor_failed")

    assert entry["ip"] == ELSEWHERE


def test_what_an_administrator_does_to_a_member():
    last_seen._placed.clear()
    owner = Browser(OFFICE).signed_in()
    owner.api("GET", "me")
    set_up_app(owner)
    administrator = Client.signed_in_as("administrator")
    member = str(world.membership("salesperson").member_id)
    administrator.post("actions/identity/end-sessions", {"params": {"member": member}})
    administrator.post("actions/identity/reset-second-factor", {"params": {"member": member}})

    entries = noted("member_signed_out", "second_factor_reset")

    assert [one["kind"] for one in entries] == ["second_factor_reset", "member_signed_out"]
    assert {one["by"]["title"] for one in entries} == {"administrator"}
    assert {one["record"]["title"] for one in entries} == {"salesperson"}


def test_what_is_refused_is_not_noted_as_done():
    Client.signed_in_as("colleague").post(
        "actions/identity/end-sessions", {"params": {"member": str(world.membership("salesperson").member_id)}}
    )

    assert noted("member_signed_out") == []


def test_where_somebody_is_cannot_be_invented():
    last_seen._placed.clear()
    Browser(OFFICE).signed_in().api("GET", "me")
    administrator = Browser(OFFICE).signed_in("administrator")
    member = str(world.membership("salesperson").member_id)
    body = {"params": {"member": member}}
    answer = administrator.api("POST", "actions/identity/end-sessions", body, X_Forwarded_For=ELSEWHERE)
    assert answer.status_code == 200

    (entry,) = noted("member_signed_out")

    assert entry["ip"] == OFFICE
