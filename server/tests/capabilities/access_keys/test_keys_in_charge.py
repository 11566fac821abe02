"""Who sees keys and ends them, and the log of their calls."""

import pytest
from django.test import override_settings

from guanxi.capabilities.access_keys.models import AccessKey
from tests.capabilities.access_keys.conftest import Program, roles_of
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("name", ["salesperson", "administrator"])
def test_a_program_decides_over_no_keys_and_no_apps(name, make_key):
    made = make_key(name)
    caller = Program(made["secret"])
    params = {"name": "x", "roles": roles_of(name if name == "administrator" else "salesperson")}
    app = {"name": "x", "redirect_uris": ["https://app.example.com/cb"], "scopes": ["*:read"]}

    answers = [
        caller.post("actions/access-keys/create-key", {"params": params}),
        caller.post("actions/access-keys/revoke-key", {"params": {"key": made["key"]["id"]}}),
        caller.get("access-keys"),
        caller.get("app-grants"),
        caller.get(f"access-keys/{made['key']['id']}/calls"),
    ]
    if name == "administrator":
        answers.append(caller.post("actions/access-keys/register-app", {"params": app}))
        answers.append(caller.get("apps"))

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "access_keys.people_only")] * len(
        answers
    )
    assert AccessKey.objects.filter(revoked_at=None).count() == 1


def test_a_program_leaves_the_settings_of_its_person_alone(program):
    caller = program()

    answer = caller.patch("me", {"language": "en"})

    assert (answer.status_code, answer.json()["code"]) == (403, "identity.people_only")
    assert world.membership("salesperson").account.language == "zh-CN"


def test_everybody_sees_their_own_keys_and_who_is_in_charge_sees_all(make_key):
    own = make_key("salesperson")["key"]["id"]
    other = make_key("colleague")["key"]["id"]

    mine = Client.signed_in_as("salesperson").get("access-keys").json()["keys"]
    refused = Client.signed_in_as("salesperson").get("access-keys?of=everybody")
    everybody = Client.signed_in_as("administrator").get("access-keys?of=everybody").json()["keys"]

    assert [one["id"] for one in mine] == [own]
    assert refused.status_code == 403
    assert {one["id"] for one in everybody} == {own, other}
    assert {one["member"]["name"] for one in everybody} == {"salesperson", "colleague"}


def test_nobody_reads_or_ends_a_colleagues_key(make_key):
    made = make_key("colleague")
    other = Client.signed_in_as("salesperson")

    revoked = other.post("actions/access-keys/revoke-key", {"params": {"key": made["key"]["id"]}})
    calls = other.get(f"access-keys/{made['key']['id']}/calls")

    assert (revoked.status_code, calls.status_code) == (404, 404)
    assert Program(made["secret"]).get("me").status_code == 200


def test_who_is_in_charge_of_another_workspace_reaches_no_key_here(make_key):
    made = make_key("colleague")
    stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)

    revoked = stranger.post("actions/access-keys/revoke-key", {"params": {"key": made["key"]["id"]}})

    assert revoked.status_code == 404
    assert stranger.get("access-keys?of=everybody").json()["keys"] == []
    assert Program(made["secret"]).get("me").status_code == 200


def test_who_is_in_charge_ends_anybodys_key(make_key):
    made = make_key("colleague")

    answer = Client.signed_in_as("administrator").post(
        "actions/access-keys/revoke-key", {"params": {"key": made["key"]["id"]}}
    )

    assert answer.json()["result"]["state"] == "revoked"
    assert Program(made["secret"]).get("me").status_code == 401


def test_every_call_is_in_the_log_of_its_key(make_key):
    made = make_key()
    caller = Program(made["secret"])
    caller.get("me")
    caller.post("records/company", {"values": {"name": ""}})
    caller.get("records/company/01900000-0000-7000-8000-000000000001")

    owner = Client.signed_in_as("salesperson")
    calls = owner.get(f"access-keys/{made['key']['id']}/calls").json()["calls"]
    (key,) = owner.get("access-keys").json()["keys"]

    assert [(one["method"], one["status"]) for one in calls] == [("GET", 404), ("POST", 422), ("GET", 200)]
    assert calls[2]["path"] == f"/api/v1/{world.WORKSPACE}/me"
    assert {one["address"] for one in calls} == {"127.0.0.1"}
    assert (key["last_used_from"], key["last_used_at"] is not None) == ("127.0.0.1", True)


def test_refused_calls_of_a_known_key_are_in_its_log_too(make_key):
    made = make_key(networks=["203.0.113.0/24"])
    Program(made["secret"]).get("me")

    calls = Client.signed_in_as("salesperson").get(f"access-keys/{made['key']['id']}/calls").json()["calls"]

    assert [one["status"] for one in calls] == [403]


def test_the_log_is_read_page_by_page(make_key):
    made = make_key()
    caller = Program(made["secret"])
    for _ in range(53):
        caller.get("me")
    owner = Client.signed_in_as("salesperson")

    first = owner.get(f"access-keys/{made['key']['id']}/calls").json()
    second = owner.get(f"access-keys/{made['key']['id']}/calls?before={first['next']}").json()

    assert (len(first["calls"]), len(second["calls"]), second["next"]) == (50, 3, None)


@override_settings(API_CALLS_PER_MINUTE=6, WEB_WORKERS=2)
def test_too_many_calls_are_refused_until_a_while_later(program):
    caller = program()

    answers = [caller.get("me").status_code for _ in range(4)]
    refused = caller.get("me").json()

    assert answers == [200, 200, 200, 429]
    assert (refused["code"], refused["params"]) == ("request.too_often", {"limit": 6})


def test_refusals_are_told_in_both_languages(make_key):
    make_key()
    told = {
        language: Program("gx_wrong").get("me", Accept_Language=language).json()["detail"]
        for language in ("zh-CN", "en")
    }

    assert told == {"zh-CN": "该密钥无效。", "en": "This key is not valid."}


def test_making_and_ending_a_key_is_in_the_audit_log_and_so_is_what_it_does(make_key):
    made = make_key()
    caller = Program(made["secret"])
    caller.make(name="华信")
    Client.signed_in_as("salesperson").post("actions/access-keys/revoke-key", {"params": {"key": made["key"]["id"]}})

    log = Client.signed_in_as("administrator").get("audit").json()["items"]
    says = {one["kind"]: one["says"] for one in log}
    assert says["key_made"] == "新建了密钥“同步程序”"
    assert says["key_revoked"] == "吊销了密钥“同步程序”"
    assert [one["kind"] for one in log if one["key"] == "同步程序"] == ["change"]
    assert [one["kind"] for one in log if one["key_id"] == made["key"]["id"]] == ["change"]
    assert made["secret"] not in str(log)
