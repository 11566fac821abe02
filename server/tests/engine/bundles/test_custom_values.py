"""Values of fields that a workspace added to roles, views, pipelines and stages: carried with the records they belong to."""

from typing import Any

import pytest

from tests.engine.bundles.carrying import differences, files_of
from tests.engine.bundles.test_references import apply, compared, id_of
from tests.engine.design.designer import Designer
from tests.support import world

THERE = world.OTHER_WORKSPACE
OPTIONS = [{"key": key, "label": {"zh-CN": key, "en": key}} for key in ("cn", "eu")]


def field(designer: Designer, object_key: str, kind: str, key: str, **settings: Any) -> None:
    """A further field."""
    designer.act(
        "create_field", object=object_key, kind=kind, key=key, label={"zh-CN": key, "en": key},
        values={"settings": settings} if settings else {},
    )  # fmt: skip


def pipeline(designer: Designer) -> dict[str, Any]:
    """The default pipeline."""
    return designer.client.post("records/pipeline/query", {}).json()["rows"][0]


def change(designer: Designer, object_key: str, id_: str, **values: Any) -> None:
    """Other values of a record."""
    answer = designer.client.patch(f"records/{object_key}/{id_}", {"values": values})
    assert answer.status_code == 200, answer.content.decode()


@pytest.fixture
def extended(designer: Designer) -> Designer:
    """Fields of every sort on every record of configuration, each with a value."""
    client = designer.client
    keeper = id_of(client, "member", "email", "manager@example.com")
    head = id_of(client, "department", "name", "head")
    for key in ("role", "view", "pipeline", "stage"):
        field(designer, key, "text", "remark", max_length=100)
        field(designer, key, "person", "keeper")
    field(designer, "pipeline", "choice", "region", options=OPTIONS)
    field(designer, "pipeline", "money", "goal", currency="CNY")
    field(designer, "pipeline", "date", "begins")
    field(designer, "pipeline", "multi_choice", "regions", options=OPTIONS)
    field(designer, "pipeline", "json", "data")
    field(designer, "pipeline", "many_to_many", "departments", target="department")
    field(designer, "pipeline", "lookup", "next", target="pipeline", reverse="", on_delete="clear")
    field(designer, "pipeline", "lookup", "best", target="company", reverse="", on_delete="clear")
    field(designer, "pipeline", "identity_number", "card")
    field(designer, "pipeline", "formula", "double", expression="position * 2", result="number")
    first = pipeline(designer)
    second = client.make("pipeline", name="大客户", position=7)
    values = {
        "remark": "第一季度", "keeper": keeper, "region": "cn", "goal": "100.50", "begins": "2026-11-22",
        "regions": ["cn", "eu"], "data": {"$ref": "x"}, "departments": [head], "next": second["id"],
        "best": client.make(name="华信")["id"], "card": "11010519491231002X",
    }  # fmt: skip
    change(designer, "pipeline", first["id"], **values)
    stage = client.post("records/stage/query", {"sort": [{"field": "position"}]}).json()["rows"][0]
    role = id_of(client, "role", "key", "salesperson")
    shared = client.make("view", name="全部", object="company", scope="shared", config={})["id"]
    for key, id_ in (("stage", stage["id"]), ("role", role), ("view", shared)):
        change(designer, key, id_, remark=f"{key} 的说明", keeper=keeper)
    return designer


def test_they_arrive_with_their_fields(extended: Designer, there: Designer) -> None:
    given = files_of()
    there.client.make("member", name="小曼", email="manager@example.com")
    there.client.make("department", name="head")

    answer = apply(there, given)

    assert answer.status_code == 200, answer.content.decode()
    made = pipeline(there)
    assert (made["remark"], made["region"], made["goal"]["amount"]) == ("第一季度", "cn", "100.5")
    assert (made["begins"], made["regions"], made["data"]) == ("2026-11-22", ["cn", "eu"], {"$ref": "x"})
    assert (made["keeper"]["title"], made["departments"][0]["title"]) == ("小曼", "head")
    assert made["next"]["title"] == "大客户"
    for key in ("stage", "role", "view"):
        where = {"field": "remark", "op": "eq", "value": f"{key} 的说明"}
        (one,) = there.client.post(f"records/{key}/query", {"where": where}).json()["rows"]
        assert one["keeper"]["title"] == "小曼"
    assert files_of(THERE) == given
    assert differences(THERE, given) == []


def test_what_means_nothing_elsewhere_stays(extended: Designer) -> None:
    texts = "\n".join(text for path, text in files_of().items() if path.startswith("pipelines/"))

    for secret in ("best", "card", "11010519491231002X", "double"):
        assert secret not in texts, secret
    assert 'remark = "' in texts


def test_they_go_back_with_what_was_applied(extended: Designer, there: Designer) -> None:
    there.client.make("member", name="小曼", email="manager@example.com")
    there.client.make("department", name="head")
    before = files_of(THERE)
    done = apply(there, files_of()).json()["result"]

    answer = there.client.post("actions/configuration/roll-back", {"params": {"id": done["id"]}})

    assert answer.status_code == 200, answer.content.decode()
    assert differences(THERE, before) == []
    assert "remark" not in pipeline(there)


def test_a_value_without_its_field_has_to_bring_it_along(extended: Designer, there: Designer) -> None:
    there.client.make("member", name="小曼", email="manager@example.com")
    there.client.make("department", name="head")
    given, before = files_of(), files_of(THERE)
    found = compared(there, given)
    roles = [one["name"] for one in found if one["section"] == "role"]
    fields = [one["name"] for one in found if one["section"] == "field" and one["object"] == "role"]

    refused = apply(there, given, selected=roles)

    assert (refused.status_code, refused.json()["code"]) == (409, "bundles.needs_field")
    assert "role." in refused.json()["detail"]
    assert files_of(THERE) == before
    assert apply(there, given, selected=[*roles, *fields]).status_code == 200
    assert id_of(there.client, "role", "remark", "role 的说明")


def test_changed_and_emptied_values_differ(extended: Designer) -> None:
    given = files_of()
    first = pipeline(extended)
    change(extended, "pipeline", first["id"], remark="改了", region=None)

    (one,) = compared(extended, given)

    assert {each["name"]: (each["before"], each["after"]) for each in one["attributes"]} == {
        "custom.remark": ("改了", "第一季度"),
        "custom.region": (None, "cn"),
    }
    assert apply(extended, given).status_code == 200
    assert files_of() == given
    change(extended, "pipeline", first["id"], remark="又改", region=None)
    later = files_of()
    apply(extended, given)
    assert apply(extended, later).status_code == 200
    assert files_of() == later
    assert pipeline(extended)["region"] is None


def test_fields_that_the_files_lack_keep_their_values(designer: Designer) -> None:
    given = files_of()
    field(designer, "pipeline", "text", "remark", max_length=100)
    change(designer, "pipeline", pipeline(designer)["id"], remark="留着")

    assert differences(world.WORKSPACE, given) == [("removed", "objects/pipeline/fields/remark.toml")]
    assert apply(designer, given).json()["result"]["differences"] == []
    assert pipeline(designer)["remark"] == "留着"


@pytest.mark.parametrize(
    ("more", "place", "code"),
    [
        (f'[custom]\nremark = "{"x" * 101}"\n', "remark", "fields.too_long"),
        ("[custom]\nnothing = 3\n", "custom.nothing", "bundles.field_missing"),
        ("custom = 3\n", "custom", "bundles.not_a_table"),
    ],
)
def test_a_mistake_in_them_is_told_with_its_place(designer: Designer, more: str, place: str, code: str) -> None:
    field(designer, "pipeline", "text", "remark", max_length=100)
    before = files_of()
    path = next(path for path in before if path.endswith("pipeline.toml") and path.startswith("pipelines/"))

    answer = apply(designer, {**before, path: before[path] + more})

    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [(f"{path}: {place}", code)]
    assert files_of() == before


def test_what_somebody_could_not_export_does_not_count_as_gone(designer: Designer) -> None:
    designer.client.make("role", key="auditor", name="审计", permissions={"objects": {}, "system": []})
    whole = files_of()
    part = {path: text for path, text in whole.items() if not path.startswith("roles/")}
    told = {**part, "guanxi.toml": part["guanxi.toml"] + 'left_out = ["role"]\n'}

    assert ("removed", "roles/auditor.toml") in differences(world.WORKSPACE, part)
    assert differences(world.WORKSPACE, told) == []
    wrong = apply(designer, {**told, "guanxi.toml": 'format = 1\nleft_out = ["moon"]\n'})
    assert wrong.json()["fields"][0]["code"] == "bundles.bad_left_out"
