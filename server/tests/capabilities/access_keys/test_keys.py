"""Keys of members: made, used within their roles, ended; and what a call with one cannot do."""

import json
from datetime import timedelta

import pytest
from django.test import Client as DjangoClient
from django.utils import timezone

from guanxi.capabilities.access_keys.models import AccessKey, Call
from guanxi.infra.database.cursor import cursor
from tests.capabilities.access_keys.conftest import Program, roles_of
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def administrator_sets(name: str, **values) -> None:
    """Change a member as the administrator."""
    member = world.membership(name).member_id
    answer = Client.signed_in_as("administrator").patch(f"records/member/{member}", {"values": values})
    assert answer.status_code == 200, answer.content


def test_a_program_with_a_key_acts_as_its_member(program):
    caller = program()

    made = caller.make(name="华信")

    own = Client.signed_in_as("salesperson").get(f"records/company/{made['id']}").json()
    assert own["name"] == "华信"
    assert own["owner"]["id"] == str(world.membership("salesperson").member_id)
    assert caller.get("me").json()["account"]["email"] == world.email("salesperson")


def test_the_secret_is_told_once_and_kept_as_a_hash(make_key):
    made = make_key()
    secret = made["secret"]

    listed = Client.signed_in_as("salesperson").get("access-keys")
    (row,) = AccessKey.objects.all()
    stored = " ".join(str(value) for value in vars(row).values())
    assert secret.startswith("gx_")
    assert len(secret) > 40
    assert secret not in listed.content.decode()
    assert secret not in stored
    assert secret.startswith(listed.json()["keys"][0]["hint"].rstrip("…"))


def test_the_change_log_names_the_key(program):
    made = program().make(name="华信")
    own = Client.signed_in_as("salesperson").make(name="天成")

    rows = cursor().execute(f"SELECT id, key FROM {world.workspace().schema}.sys_change_set").fetchall()
    named = {str(id_): key for id_, key in rows}
    assert named[made["_change_set"]] == "同步程序"
    assert named[own["_change_set"]] is None


def test_leaving_out_a_role_is_no_way_around_the_rules_for_it(program):
    """A rule restricts the holders of a role, and another one opens to all but them: a key without it changes neither."""
    administrator_sets("salesperson", roles=roles_of("salesperson", "manager"))
    administrator, person = Client.signed_in_as("administrator"), Client.signed_in_as("salesperson")
    for level in ("A", "B"):
        person.make("company", name=f"own {level}", level=level)
    administrator.make("company", name="kept from managers", level="A")
    rule = {"object": "company", "where": {"field": "level", "op": "eq", "value": "A"}}
    managers = roles_of("manager")
    administrator.make("access_rule", **rule, name="Managers see A", effect="restricts", roles=managers)
    administrator.make(
        "access_rule", **rule, name="A is open", effect="opens", level="read", for_everyone=True, except_roles=managers
    )
    key = program("salesperson", roles=roles_of("salesperson"))

    seen = [one.post("records/company/query", {"select": ["name"]}).json()["rows"] for one in (person, key)]

    assert [[row["name"] for row in rows] for rows in seen] == [["own A"], ["own A"]]


def test_a_key_does_no_more_than_its_own_roles(program):
    administrator_sets("salesperson", roles=roles_of("salesperson", "manager"))
    mine = Client.signed_in_as("colleague").make(name="同事的")

    within = program("salesperson", roles=roles_of("salesperson"))

    assert Client.signed_in_as("salesperson").get(f"records/company/{mine['id']}").status_code == 200
    assert within.get(f"records/company/{mine['id']}").status_code == 404
    assert within.get("me").json()["roles"] == ["salesperson"]


def test_a_key_does_no_more_than_its_member_may_now(program):
    administrator_sets("salesperson", roles=roles_of("salesperson", "manager"))
    caller = program("salesperson", roles=roles_of("manager"))
    assert caller.get("me").status_code == 200

    administrator_sets("salesperson", roles=roles_of("salesperson"))

    answer = caller.get("me")
    assert (answer.status_code, answer.json()["code"]) == (403, "access_keys.no_roles")


def test_nobody_binds_a_key_to_a_role_that_they_do_not_hold():
    client = Client.signed_in_as("salesperson")

    answer = client.post(
        "actions/access-keys/create-key", {"params": {"name": "x", "roles": roles_of("administrator")}}
    )

    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "access_keys.role_not_held")
    assert not AccessKey.objects.exists()


@pytest.mark.parametrize(
    ("params", "field", "code"),
    [
        ({"name": " "}, "name", "access_keys.name_needed"),
        ({"roles": []}, "roles", "access_keys.role_needed"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at", "access_keys.moment_not_ahead"),
        ({"expires_at": "2099-01-01T00:00:00Z"}, "expires_at", "access_keys.moment_not_ahead"),
        ({"expires_at": "2027-01-01T00:00:00"}, "expires_at", "access_keys.moment_without_zone"),
        ({"networks": ["10.0.0.0/33"]}, "networks", "access_keys.not_a_network"),
        ({"networks": ["everywhere"]}, "networks", "access_keys.not_a_network"),
    ],
)
def test_what_a_key_cannot_be_is_refused_by_field(params, field, code):
    client = Client.signed_in_as("salesperson")
    whole = {"name": "x", "roles": roles_of("salesperson"), **params}

    answer = client.post("actions/access-keys/create-key", {"params": whole})

    assert answer.status_code == 422, answer.content
    assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [(field, code)]
    assert not AccessKey.objects.exists()


@pytest.mark.parametrize("secret", ["gx_nothing", "gx_", "", "nonsense", "gxt_nothing", "gx_' OR 1=1 --"])
def test_what_is_no_key_opens_nothing(secret):
    answer = Program(secret).get("me")

    assert answer.status_code == 401
    assert answer.json()["code"] == "access_keys.key_unknown"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert not Call.objects.exists()


def test_a_revoked_key_opens_nothing_from_the_next_call_on(make_key):
    made = make_key()
    caller = Program(made["secret"])
    assert caller.get("me").status_code == 200

    owner = Client.signed_in_as("salesperson")
    owner.post("actions/access-keys/revoke-key", {"params": {"key": made["key"]["id"]}})

    assert (caller.get("me").status_code, caller.get("me").json()["code"]) == (401, "access_keys.key_revoked")
    assert caller.post("records/company", {"values": {"name": "x"}}).status_code == 401
    assert owner.post("records/company/count", {}).json()["count"] == 0


def test_an_expired_key_says_so(make_key):
    made = make_key(expires_at=(timezone.now() + timedelta(days=1)).isoformat())
    AccessKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = Program(made["secret"]).get("me")

    assert (answer.status_code, answer.json()["code"]) == (401, "access_keys.key_expired")


def test_keys_leave_with_their_member_and_do_not_come_back(make_key):
    made = make_key()
    caller = Program(made["secret"])
    administrator = Client.signed_in_as("administrator")
    member = str(world.membership("salesperson").member_id)

    administrator.post("actions/identity/deactivate-member", {"params": {"member": member}})
    gone = caller.get("me")
    administrator.post("actions/identity/reactivate-member", {"params": {"member": member}})
    back = caller.get("me")

    assert (gone.status_code, gone.json()["code"]) == (401, "access_keys.key_revoked")
    assert (back.status_code, back.json()["code"]) == (401, "access_keys.key_revoked")


def test_a_key_works_only_from_its_networks(make_key):
    made = make_key(networks=["203.0.113.0/24", "2001:db8::1"])
    caller = Program(made["secret"])

    def status(address: str) -> int:
        return caller.django.get(f"{caller.base}/me", REMOTE_ADDR=address).status_code

    assert [status(one) for one in ("203.0.113.9", "2001:db8::1", "203.0.114.9", "2001:db8::2", "127.0.0.1")] == [
        200, 200, 403, 403, 403,
    ]  # fmt: skip
    refused = caller.django.get(f"{caller.base}/me", REMOTE_ADDR="203.0.114.9").json()
    assert refused["code"] == "access_keys.wrong_address"


def test_an_address_cannot_be_claimed_with_a_header(make_key):
    made = make_key(networks=["203.0.113.0/24"])
    caller = Program(made["secret"])

    answer = caller.get("me", X_Forwarded_For="203.0.113.9", X_Real_IP="203.0.113.9", Forwarded="for=203.0.113.9")

    assert answer.status_code == 403


def test_a_role_that_names_addresses_binds_its_keys_too(program):
    caller = program()
    assert caller.get("me").status_code == 200
    administrator = Client.signed_in_as("administrator")
    (role,) = roles_of("salesperson")
    permissions = administrator.get(f"records/role/{role}").json()["permissions"]
    limited = {**permissions, "sign_in": {"ip_allow": ["203.0.113.0/24"]}}
    assert administrator.patch(f"records/role/{role}", {"values": {"permissions": limited}}).status_code == 200

    answer = caller.get("me")

    assert (answer.status_code, answer.json()["code"]) == (403, "identity.address_not_allowed")


def test_a_key_of_another_workspace_finds_no_workspace_here(program):
    own = program()
    elsewhere = Program(own.django.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer "), world.OTHER_WORKSPACE)

    answer = elsewhere.get("me")

    assert (answer.status_code, answer.json()["code"]) == (404, "identity.unknown_workspace")
    assert elsewhere.post("records/company", {"values": {"name": "x"}}).status_code == 404


def test_a_key_comes_without_cookies_and_without_the_check_for_forged_forms(make_key):
    secret = make_key()["secret"]
    browser = DjangoClient(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(world.membership("administrator").account)
    body = json.dumps({"values": {"name": "华信"}})
    where = f"/api/v1/{world.WORKSPACE}/records/company"

    def send(**headers: str):
        return browser.post(where, body, content_type="application/json", headers=headers)

    assert send().status_code == 403
    made = send(Authorization=f"Bearer {secret}")
    assert made.status_code == 201, made.content
    assert made.json()["owner"]["id"] == str(world.membership("salesperson").member_id)
    assert "Set-Cookie" not in made.headers
    assert made.cookies == {}


def test_a_wrong_key_beside_a_good_session_is_nobody(make_key):
    browser = DjangoClient(raise_request_exception=False)
    browser.force_login(world.membership("administrator").account)

    answer = browser.get(f"/api/v1/{world.WORKSPACE}/me", headers={"Authorization": "Bearer gx_wrong"})
    again = browser.get(f"/api/v1/{world.WORKSPACE}/me")

    assert answer.status_code == 401
    assert again.status_code == 200, "the session of the browser is as it was"


def test_a_session_token_beside_a_key_does_not_count(program):
    app = DjangoClient()
    body = json.dumps({"email": world.email("administrator"), "password": world.PASSWORD})
    signed_in = app.post("/_allauth/app/v1/auth/login", body, content_type="application/json").json()
    caller = program()

    answer = caller.get("me", X_Session_Token=signed_in["meta"]["session_token"])

    assert answer.json()["account"]["email"] == world.email("salesperson")


def test_a_key_does_not_sign_in(program):
    caller = program()

    assert caller.get("/api/v1/session").json()["authenticated"] is False
    assert caller.get("/_allauth/browser/v1/auth/session").status_code == 401
    assert caller.get("/_allauth/app/v1/auth/sessions").status_code in (401, 410)
    change = caller.post(
        "/_allauth/browser/v1/account/password/change",
        {"current_password": world.PASSWORD, "new_password": "another long password"},
    )
    assert change.status_code == 401
    assert world.membership("salesperson").account.check_password(world.PASSWORD)
