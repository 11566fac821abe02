"""Colleagues, departments and roles that a configuration names: told by name in files, found again by name elsewhere."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.engine.bundles.carrying import differences, files_of
from tests.engine.design.designer import Designer
from tests.support import world
from tests.support.clients import Client

THERE = world.OTHER_WORKSPACE


def id_of(client: Client, object_key: str, field: str, value: str) -> str:
    """The id of the one record that has a value."""
    (one,) = client.post(f"records/{object_key}/query", {"where": {"field": field, "op": "eq", "value": value}}).json()[
        "rows"
    ]
    return one["id"]


def view(client: Client, where: Any, name: str = "华东的") -> str:
    """A shared view of companies, and the place of its file."""
    made = client.make("view", name=name, object="company", scope="shared", config={"where": where})
    return f"views/company/{made['id']}.toml"


def config_of(client: Client, name: str = "华东的") -> Any:
    """What a view of companies keeps."""
    where = {"field": "name", "op": "eq", "value": name}
    return client.post("records/view/query", {"where": where}).json()["rows"][0]["config"]["where"]


def apply(there: Designer, given: dict[str, str], **more: Any) -> Any:
    """The answer to applying files."""
    return there.client.post("actions/configuration/apply", {"params": {"files": given, **more}})


def compared(there: Designer, given: dict[str, str]) -> list[dict[str, Any]]:
    """What differs, as the API tells it."""
    return there.client.post("configuration/compare", {"files": given}).json()["differences"]


def test_a_colleague_is_told_by_mail_address(designer: Designer, there: Designer) -> None:
    here = id_of(designer.client, "member", "email", "salesperson@example.com")
    path = view(designer.client, {"field": "owner", "op": "in", "value": [here, "@me"]})
    given = files_of()
    assert '"$ref" = "member:salesperson@example.com"' in given[path]
    assert not any(here in text for text in given.values())
    elsewhere = there.client.make("member", name="小林", email="salesperson@example.com")["id"]

    answer = apply(there, given)

    assert answer.status_code == 200, answer.content.decode()
    assert config_of(there.client) == {"field": "owner", "op": "in", "value": [elsewhere, "@me"]}
    assert files_of(THERE) == given
    assert differences(THERE, given) == []


def test_a_colleague_who_is_not_there_is_asked_for(designer: Designer, there: Designer) -> None:
    here = id_of(designer.client, "member", "email", "salesperson@example.com")
    path = view(designer.client, {"field": "owner", "op": "eq", "value": here})
    given, before = files_of(), files_of(THERE)

    (told,) = [one for one in compared(there, given) if one["path"] == path]
    answer = apply(there, given)

    assert [one["code"] for one in told["obstacles"]] == ["bundles.no_such_reference"]
    assert "成员“salesperson@example.com”" in told["obstacles"][0]["text"]
    (config,) = [one["after"] for one in told["attributes"] if one["name"] == "config"]
    assert config == {"where": {"field": "owner", "op": "eq", "value": "member:salesperson@example.com"}}
    assert answer.status_code == 422
    (field,) = answer.json()["fields"]
    assert (field["field"], field["code"]) == (path, "bundles.no_such_reference")
    assert files_of(THERE) == before
    rest = [one["name"] for one in compared(there, given) if not one["obstacles"]]
    assert apply(there, given, selected=rest).status_code == 200
    assert differences(THERE, given) == [("added", path)]


def test_a_department_is_told_by_its_place_in_the_tree(designer: Designer, there: Designer) -> None:
    east = id_of(designer.client, "department", "name", "east")
    odd = designer.client.make("department", name="华东/苏杭\\", parent=east)["id"]
    path = view(designer.client, {"field": "owner.department", "op": "in", "value": [east, odd]})
    given = files_of()
    assert '"department:head/sales/east"' in given[path]
    parent = None
    for name in ("head", "sales", "east", "华东/苏杭\\"):
        parent = there.client.make("department", name=name, parent=parent)["id"]
    there.client.make("department", name="east")

    assert apply(there, given).status_code == 200

    names = [id_of(there.client, "department", "parent.name", name) for name in ("sales", "east")]
    assert config_of(there.client)["value"] == names
    assert files_of(THERE) == given


def test_a_role_is_told_by_its_key_and_may_come_along(designer: Designer, there: Designer) -> None:
    role = {"key": "auditor", "name": "审计", "permissions": {"objects": {}, "system": []}}
    here = designer.client.make("role", **role)["id"]
    manager = id_of(designer.client, "role", "key", "manager")
    path = view(designer.client, {"field": "owner.roles", "op": "has_any", "value": [here, manager]})
    given = files_of()
    (alone,) = [one["name"] for one in compared(there, given) if one["path"] == path]

    refused = apply(there, given, selected=[alone])
    answer = apply(there, given)

    assert (refused.status_code, refused.json()["code"]) == (409, "bundles.needs_item")
    assert "审计" in refused.json()["detail"]
    assert answer.status_code == 200, answer.content.decode()
    found = [id_of(there.client, "role", "key", key) for key in ("auditor", "manager")]
    assert config_of(there.client)["value"] == found
    assert files_of(THERE) == given


def test_fields_and_rules_name_colleagues_too(designer: Designer, there: Designer) -> None:
    here = id_of(designer.client, "member", "email", "manager@example.com")
    designer.act("create_field", object="company", kind="person", key="keeper", label="负责", values={"default": here})
    where = {"field": "keeper", "op": "eq", "value": here}
    values = {
        "label": {"zh-CN": "等级", "en": "Level"},
        "effect": "required",
        "fields": ["level"],
        "when": {"where": where},
    }
    designer.act("create_component", object="company", kind="rule", values=values)
    given = files_of()
    assert not any(here in text for text in given.values())
    elsewhere = there.client.make("member", name="小曼", email="Manager@Example.com")["id"]

    assert apply(there, given).status_code == 200

    assert there.fields("company")["keeper"]["default"] == elsewhere
    assert files_of(THERE) == given
    assert there.client.make(name="甲", level="A")["keeper"]["id"] == elsewhere
    assert there.client.post("records/company", {"values": {"name": "乙"}}).status_code == 422


def test_names_that_two_bear_are_nobodys(designer: Designer, there: Designer) -> None:
    here = designer.client.make("member", name="张伟")["id"]
    path = view(designer.client, {"field": "owner", "op": "eq", "value": here})
    given = files_of()
    assert '"member:张伟"' in given[path]
    there.client.make("member", name="张伟")
    there.client.make("member", name="张伟", email="zw@example.com")

    assert apply(there, given).status_code == 422

    designer.client.make("member", name="张伟")
    assert differences(world.WORKSPACE, given) == []
    assert files_of() == given


def test_somebody_who_was_removed_keeps_the_id(designer: Designer) -> None:
    gone = designer.client.make("member", name="过客")["id"]
    path = view(designer.client, {"field": "owner", "op": "eq", "value": gone})
    designer.client.delete(f"records/member/{gone}")

    assert gone in files_of()[path]


def test_texts_that_look_like_references_stay_texts(designer: Designer, there: Designer) -> None:
    designer.act("create_field", object="company", kind="text", key="motto", label="member:salesperson@example.com")
    data = {"$ref": "member:salesperson@example.com", "$null": True, "plain": {"$ref": "x"}}
    designer.act("create_field", object="company", kind="json", key="data", label="资料", values={"default": data})
    given = files_of()

    assert apply(there, given).status_code == 200

    assert there.fields("company")["data"]["default"] == data
    assert files_of(THERE) == given


@pytest.mark.parametrize("text", ['"salesperson"', '"Member:x"', '"member:"', "3"])
def test_a_reference_that_is_none_is_told_with_its_place(designer: Designer, there: Designer, text: str) -> None:
    here = id_of(designer.client, "member", "email", "salesperson@example.com")
    path = view(designer.client, {"field": "owner", "op": "eq", "value": here})
    given, before = files_of(), files_of(THERE)
    given[path] = given[path].replace('"member:salesperson@example.com"', text)

    answer = apply(there, given)

    (field,) = answer.json()["fields"]
    assert (answer.status_code, field["field"], field["code"]) == (422, path, "bundles.bad_reference")
    assert files_of(THERE) == before


def test_rights_and_rules_reach_the_same_places(designer: Designer, there: Designer) -> None:
    client = designer.client
    east, head = (id_of(client, "department", "name", name) for name in ("east", "head"))
    boss = id_of(client, "member", "email", "manager@example.com")
    where = {"field": "owner", "op": "in", "value": [boss, "@me.manager"]}
    reach = {"scope": "own", "departments": [east], "where": where}
    rights = {"objects": {"company": {"read": reach, "fields": {"level": "masked"}}}, "system": []}
    role = client.make("role", key="auditor", name="审计", permissions=rights)
    client.make(
        "access_rule", name="大客户", object="company", effect="restricts", where={"field": "level", "op": "eq", "value": "A"},
        members=[boss], departments=[head], roles=[role["id"]], except_roles=[id_of(client, "role", "key", "manager")],
    )  # fmt: skip
    given = files_of()
    assert not any(one in text for text in given.values() for one in (east, head, boss, role["id"]))
    before = files_of(THERE)
    answer = apply(there, given)
    assert {one["code"] for one in answer.json()["fields"]} == {"bundles.no_such_reference"}
    assert files_of(THERE) == before
    parents: dict[str, Any] = {"head": None, "sales": "head", "east": "sales"}
    made: dict[Any, Any] = {None: None}
    for name, parent in parents.items():
        made[name] = there.client.make("department", name=name, parent=made[parent])["id"]
    person = there.client.make("member", name="小曼", email="manager@example.com")["id"]

    answer = apply(there, given)

    assert answer.status_code == 200, answer.content.decode()
    id_ = id_of(there.client, "role", "key", "auditor")
    kept = there.client.get(f"records/role/{id_}").json()["permissions"]["objects"]["company"]["read"]
    assert kept["departments"] == [made["east"]]
    assert kept["where"]["value"] == [person, "@me.manager"]
    (rule,) = there.client.post("records/access_rule/query", {}).json()["rows"]
    assert [one["id"] for key in ("members", "departments", "roles") for one in rule[key]] == [
        person, made["head"], id_,
    ]  # fmt: skip
    assert files_of(THERE) == given
    back = there.client.post("actions/configuration/roll-back", {"params": {"id": answer.json()["result"]["id"]}})
    assert back.status_code == 200, back.content.decode()
    assert there.count("access_rule") == 0


@pytest.fixture
def policies(designer: Designer, there: Designer) -> Iterator[None]:
    """A further sort of configuration: records that name members, departments and roles, with a filter as JSON."""
    from guanxi.engine.bundles import items
    from guanxi.engine.bundles.records import RecordSection

    def links(key: str) -> dict[str, Any]:
        return {"kind": "many_to_many", "key": key, "label": key, "settings": {"target": key.removesuffix("s")}}

    fields = [
        {"kind": "text", "key": "name", "label": "名称", "required": True},
        {"kind": "json", "key": "where", "label": "条件"},
        *map(links, ("members", "departments", "roles")),
        {"kind": "datetime", "key": "expires", "label": "到期"},
    ]
    for one in (designer, there):
        one.act("create_object", key="policy", label={"zh-CN": "规则", "en": "Policy"}, fields=fields)
    items.section(
        RecordSection(
            name="policy", object="policy", folder="policies/{id}.toml", natural=("name",), as_system=True,
            attributes=("name", "where", "members", "departments", "roles", "expires"),
        )
    )  # fmt: skip
    yield
    items._sections.pop("policy")


@pytest.mark.usefixtures("policies")
def test_any_record_of_configuration_is_carried_that_way(designer: Designer, there: Designer) -> None:
    client = designer.client
    people = [id_of(client, "member", "email", f"{name}@example.com") for name in ("manager", "salesperson")]
    head, manager = id_of(client, "department", "name", "head"), id_of(client, "role", "key", "manager")
    where = {"and": [{"field": "owner", "op": "in", "value": people}, {"field": "name", "op": "is_empty"}]}
    client.make(
        "policy", name="大客户", where=where, members=people, departments=[head], roles=[manager], expires="2030-01-01"
    )
    given = {path: text for path, text in files_of().items() if not path.startswith("objects/policy/")}
    given |= {path: text for path, text in files_of(THERE).items() if path.startswith("objects/policy/")}
    assert not any(one in text for text in given.values() for one in (*people, head, manager))
    assert apply(there, given).status_code == 422
    for name in ("manager", "salesperson"):
        there.client.make("member", name=name, email=f"{name}@example.com")
    there.client.make("department", name="head")

    answer = apply(there, given)

    assert answer.status_code == 200, answer.content.decode()
    (made,) = there.client.post("records/policy/query", {}).json()["rows"]
    assert [one["title"] for one in made["members"]] == ["manager", "salesperson"]
    assert [one["title"] for one in made["departments"]] == ["head"]
    assert made["expires"].startswith("2029-12-31T16:00")
    assert files_of(THERE) == given
    back = there.client.post("actions/configuration/roll-back", {"params": {"id": answer.json()["result"]["id"]}})
    assert back.status_code == 200
    assert there.count("policy") == 0
