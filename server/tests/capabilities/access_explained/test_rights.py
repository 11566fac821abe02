"""What somebody may do in sum, with the roles that give each right; and the presets that roles begin with."""

import json

import pytest

from guanxi.capabilities.access_explained.presets import shipped
from guanxi.capabilities.identity.permissions import problem_of
from guanxi.capabilities.identity.roles import shipped as shipped_roles
from guanxi.engine.access.actor import ObjectRights
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def _rights(client: Client, name: str) -> dict:
    answer = client.get(f"access/members/{world.membership(name).member_id}")
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def _line(rights: dict, object_key: str) -> dict:
    return next(line for line in rights["objects"] if line["object"] == object_key)


@pytest.fixture
def both(client, roles) -> None:
    """The salesperson also reads everything."""
    member = world.membership("salesperson").member_id
    held = [roles["salesperson"], roles["read_only"]]
    assert client("administrator").patch(f"records/member/{member}", {"values": {"roles": held}}).status_code == 200


@pytest.mark.parametrize("key", ["salesperson", "manager"])
def test_the_roles_of_a_new_workspace_allow_what_their_presets_do(key):
    (preset,) = [one for one in shipped() if one["key"] == key]
    (role,) = [one for one in shipped_roles() if one["key"] == key]

    assert ObjectRights.from_json(role["objects"]["*"]) == ObjectRights.from_json(preset["objects"]["*"])


def test_each_right_names_the_roles_that_give_it(client, both):
    rights = _rights(client("administrator"), "salesperson")

    company = _line(rights, "company")
    assert {role["key"] for role in rights["roles"]} == {"salesperson", "read_only"}
    assert company["read"] == {"reach": "all", "roles": ["read_only"]}
    assert company["edit"] == {"reach": "own", "roles": ["salesperson"]}
    assert company["switches"]["create"] == {"on": True, "roles": ["salesperson"]}
    assert company["switches"]["export"] == {"on": False, "roles": []}
    assert _line(rights, "product")["read"]["reach"] == "all"


def test_fields_are_merged_to_the_widest_and_name_the_role_that_gives_it(client, both, set_role):
    set_role(
        "salesperson", {"objects": {"*": {"read": "own"}, "company": {"read": "own", "fields": {"phone": "hidden"}}}}
    )
    set_role(
        "read_only", {"objects": {"*": {"read": "all"}, "company": {"read": "all", "fields": {"phone": "masked"}}}}
    )

    (phone,) = _line(_rights(client("administrator"), "salesperson"), "company")["fields"]

    assert (phone["field"], phone["level"], phone["roles"]) == ("phone", "masked", ["read_only"])


def test_a_baseline_role_counts_for_everybody(client, roles):
    admin = client("administrator")
    admin.patch(f"records/role/{roles['read_only']}", {"values": {"baseline": True}})

    rights = _rights(admin, "colleague")

    assert {role["key"]: role["baseline"] for role in rights["roles"]} == {"salesperson": False, "read_only": True}
    assert _line(rights, "company")["read"] == {"reach": "all", "roles": ["read_only"]}


def test_rights_over_the_workspace_name_their_roles(client):
    rights = _rights(client("administrator"), "administrator")

    assert {"right": "roles", "roles": ["administrator"]} in rights["system"]


def test_everybody_may_see_their_own_and_nobody_those_of_others_without_the_right(client):
    assert _rights(client("salesperson"), "salesperson")["system"] == []

    answer = client("salesperson").get(f"access/members/{world.membership('manager').member_id}")

    assert (answer.status_code, answer.json()["code"]) == (403, "access.rights_not_allowed")


def test_objects_that_the_caller_may_not_read_are_left_out(client, set_role):
    set_role("salesperson", {"objects": {"*": {"read": "own"}, "product": {"read": "none"}}})

    objects = {line["object"] for line in _rights(client("salesperson"), "salesperson")["objects"]}

    assert "company" in objects
    assert "product" not in objects


def test_an_unknown_member_is_refused(client):
    answer = client("administrator").get("access/members/01900000-0000-7000-8000-000000000009")

    assert (answer.status_code, answer.json()["code"]) == (404, "access.unknown_member")


@pytest.mark.parametrize("preset", [one["key"] for one in shipped()])
def test_a_role_can_begin_with_each_preset(client, preset):
    admin = client("administrator")
    presets = {one["key"]: one for one in admin.get("access/presets").json()["presets"]}
    permissions = presets[preset]["permissions"]

    answer = admin.post("records/role", {"values": {"key": f"p_{preset}", "name": preset, "permissions": permissions}})

    assert answer.status_code == 201, answer.content
    assert problem_of(permissions) is None
    assert all(presets[preset]["label"].values())
    assert all(presets[preset]["help"].values())


def test_presets_leave_out_what_the_workspace_does_not_have(workspace):
    from dataclasses import replace

    from guanxi.capabilities.access_explained.presets import presets
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    with work(workspace, SYSTEM, via="system") as ctx:
        fewer = {key: obj for key, obj in ctx.snapshot.objects.items() if key != "product"}
        fields = {key: one for key, one in fewer["contact"].fields.items() if key != "wechat"}
        fewer["contact"] = replace(fewer["contact"], fields=fields)
        ctx.snapshot = replace(ctx.snapshot, objects=fewer)
        finance = next(one for one in presets(ctx)["presets"] if one["key"] == "finance")

    assert "product" not in finance["permissions"]["objects"]
    assert "wechat" not in finance["permissions"]["objects"]["contact"]["fields"]
    assert finance["permissions"]["objects"]["*"] == {"read": "none"}
