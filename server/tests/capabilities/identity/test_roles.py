"""Roles: who may write them, what they may say, and that a change holds from the next request on."""

import pytest

from guanxi.capabilities.identity.roles import shipped
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
READ_ALL = {"objects": {"*": {"read": "all"}}, "system": []}


@pytest.fixture
def administrator(client) -> Client:
    """A client of the administrator."""
    return client("administrator")


def _role(client: Client, key: str) -> str:
    where = {"field": "key", "op": "eq", "value": key}
    return client.post("records/role/query", {"where": where}).json()["rows"][0]["id"]


def _create(client: Client, permissions, key: str = "auditor"):
    return client.post("records/role", {"values": {"key": key, "name": key, "permissions": permissions}})


def test_a_change_of_rights_holds_from_the_next_request_on(administrator, client):
    salesperson = client("salesperson")
    made = client("other_salesperson").post("records/company", {"values": {"name": "别人的客户"}}).json()
    assert salesperson.get(f"records/company/{made['id']}").status_code == 404

    role = _role(administrator, "salesperson")
    answer = administrator.patch(f"records/role/{role}", {"values": {"permissions": READ_ALL}})

    assert answer.status_code == 200
    assert salesperson.get(f"records/company/{made['id']}").status_code == 200


def test_several_roles_give_the_wider_right_of_each(administrator, client):
    roles = [_role(administrator, "read_only"), _role(administrator, "salesperson")]
    administrator.patch(f"records/member/{world.membership('salesperson').member_id}", {"values": {"roles": roles}})

    rights = client("salesperson").get("me").json()["rights"]["objects"]

    assert rights["company"] == {
        "create": True, "read": "all", "edit": "own", "delete": "own", "import": True, "export": False,
        "restore": True, "bulk": True, "share": True, "transfer": True, "configure": False,
    }  # fmt: skip
    assert rights["pipeline"]["read"] == "all"


def test_objects_that_may_not_be_read_are_not_named(administrator, client):
    role = _create(administrator, {"objects": {"*": {"read": "all"}, "company": {"edit": "all"}}}).json()["id"]
    administrator.patch(f"records/member/{world.membership('salesperson').member_id}", {"values": {"roles": [role]}})

    objects = client("salesperson").get("me").json()["rights"]["objects"]

    assert "contact" in objects
    assert "company" not in objects


@pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
def test_others_do_not_write_roles(client, name):
    assert _create(client(name), READ_ALL).status_code == 403


@pytest.mark.parametrize(
    "permissions",
    [
        [],
        "all",
        {"objects": []},
        {"rights": {}},
        {"system": ["root"]},
        {"objects": {"company": {"read": "everything"}}},
        {"objects": {"company": {"read": True}}},
        {"objects": {"company": {"create": "own"}}},
        {"objects": {"company": {"look": "all"}}},
        {"objects": {"company": "all"}},
    ],
)
def test_permissions_that_say_nothing_sensible_are_refused(administrator, permissions):
    answer = _create(administrator, permissions)

    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "permissions")


@pytest.mark.parametrize("key", ["", "Boss", "1st", "a-b", "manager"])
def test_a_key_is_a_plain_word_of_its_own(administrator, key):
    answer = _create(administrator, READ_ALL, key)

    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "key")


def test_a_key_never_changes(administrator):
    answer = administrator.patch(f"records/role/{_role(administrator, 'manager')}", {"values": {"key": "boss"}})

    assert answer.json()["fields"][0]["code"] == "identity.role_key_fixed"


def test_the_administrator_role_keeps_its_rights(administrator):
    role = _role(administrator, "administrator")

    changed = administrator.patch(f"records/role/{role}", {"values": {"permissions": READ_ALL}})
    deleted = administrator.delete(f"records/role/{role}")
    renamed = administrator.patch(f"records/role/{role}", {"values": {"name": "Chef"}})

    assert changed.json()["code"] == deleted.json()["code"] == "identity.role_fixed"
    assert renamed.status_code == 200


def test_a_role_that_somebody_holds_is_not_deleted(administrator):
    role = _role(administrator, "manager")

    assert administrator.delete(f"records/role/{role}").json()["code"] == "identity.role_in_use"


def test_a_role_that_nobody_holds_is_deleted(administrator):
    role = _create(administrator, READ_ALL).json()["id"]

    assert administrator.delete(f"records/role/{role}").status_code == 200


def test_nobody_writes_a_role_with_more_than_they_hold(administrator, client):
    own = {
        "objects": {"*": {"read": "all"}, "role": {"create": True, "read": "all", "edit": "all"}},
        "system": ["roles"],
    }
    role = _create(administrator, own, "keeper").json()["id"]
    administrator.patch(f"records/member/{world.membership('read_only').member_id}", {"values": {"roles": [role]}})
    keeper = client("read_only")

    wider = {**own, "objects": {"*": {"read": "all", "delete": "all"}}}
    raised = keeper.patch(f"records/role/{role}", {"values": {"permissions": wider}})
    created = _create(keeper, wider)

    assert [one.json()["fields"][0]["code"] for one in (raised, created)] == ["identity.grant_beyond_own"] * 2
    assert created.json()["fields"][0]["message"] == "不能授予您自己没有的权限：其他所有对象（删除）、角色（删除）。"
    assert _create(keeper, READ_ALL).status_code == 201


def test_the_shipped_roles_pass_their_own_rules():
    from guanxi.capabilities.identity.permissions import problem_of

    for role in shipped():
        assert problem_of({"objects": role["objects"], "system": role["system"]}) is None
        assert set(role["name"]) == {"zh-CN", "en"}
