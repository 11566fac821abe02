"""A configuration carried from one workspace to another: as a whole, in part, tried, refused, taken back."""

import base64
import io
import zipfile
from typing import Any

import pytest

from tests.engine.bundles.carrying import differences, files_of
from tests.engine.design.designer import Designer
from tests.support import world
from tests.support.clients import Client

THERE = world.OTHER_WORKSPACE


def send(there: Designer, **params: Any) -> Any:
    """The answer to applying something."""
    return there.client.post("actions/configuration/apply", {"params": params})


def apply(there: Designer, **params: Any) -> dict[str, Any]:
    """What was applied."""
    answer = send(there, **params)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["result"]


def named(found: list[dict[str, Any]], **wanted: Any) -> list[str]:
    """Names of differences with these properties."""
    return [one["name"] for one in found if all(one[name] == value for name, value in wanted.items())]


def test_what_was_applied_is_exported_byte_by_byte(designer: Designer, there: Designer) -> None:
    designer.project()
    given = files_of()

    apply(there, files=given)

    assert files_of(THERE) == given
    assert there.client.make("project", name="新大楼")["name"] == "新大楼"


def test_applying_twice_changes_nothing(designer: Designer, there: Designer) -> None:
    designer.project()
    apply(there, files=files_of())
    log = there.changes()

    again = apply(there, files=files_of())

    assert (again["differences"], again["id"], there.changes()) == ([], None, log)


def test_a_zip_says_the_same_as_its_files(designer: Designer, there: Designer) -> None:
    designer.project()
    answer = designer.client.get("configuration/export")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == files_of()

    apply(there, archive=base64.b64encode(answer.content).decode())

    assert files_of(THERE) == files_of()


def test_a_preview_tells_everything_and_does_nothing(designer: Designer, there: Designer) -> None:
    designer.project()
    designer.client.make("view", name="全部", object="project", scope="shared", config={})
    before, kept = files_of(THERE), there.everything()

    told = apply(there, files=files_of(), preview=True)

    assert named(told["differences"], section="object", op="added")
    assert named(told["differences"], section="view", op="added")
    assert any("项目" in one["text"] for one in told["outcome"]["plan"])
    assert (files_of(THERE), there.everything()) == (before, kept)
    assert there.client.post("records/project/query", {}).status_code == 404


def test_what_the_files_lack_goes_only_when_asked(designer: Designer, there: Designer) -> None:
    given = files_of()
    there.project()
    apply(there, files=given)
    assert there.catalog("project")

    apply(there, files=given, prune=True, confirm=True)

    assert there.catalog("project") is None
    assert there.object("project")["state"] == "archived"
    assert differences(THERE, given) == []


def test_a_field_that_goes_tells_how_many_values_it_hides(there: Designer) -> None:
    before = files_of(THERE)
    there.act("create_field", object="company", kind="text", key="motto", label="口号")
    for place in range(3):
        there.client.make(name=f"公司{place}", motto="以人为本")

    found = there.client.post("configuration/compare", {"files": before}).json()
    (one,) = found["differences"]

    assert (one["op"], one["path"]) == ("removed", "objects/company/fields/motto.toml")
    assert [(said["count"], "口号" in said["text"]) for said in one["impact"]] == [(3, True)]
    refused = send(there, files=before, selected=[one["name"]])
    assert (refused.status_code, refused.json()["code"]) == (409, "design.confirm_values")
    apply(there, files=before, selected=[one["name"]], confirm=True)
    assert "motto" not in there.fields("company")


def test_only_what_was_selected_is_applied(designer: Designer, there: Designer) -> None:
    designer.project()
    designer.act("create_field", object="company", kind="text", key="motto", label="口号")
    designer.act("update_field", field="company.level", values={"label": {"zh-CN": "等级", "en": "Grade"}})
    found = there.client.post("configuration/compare", {"files": files_of()}).json()["differences"]
    (level,) = [one for one in found if one["path"] == "objects/company/fields/level.toml"]
    assert [(one["name"], one["after"]) for one in level["attributes"]] == [
        ("label.zh-CN", "等级"),
        ("label.en", "Grade"),
    ]

    apply(there, files=files_of(), selected=[level["name"]])

    assert there.fields("company")["level"]["label"]["zh-CN"] == "等级"
    assert "motto" not in there.fields("company")
    assert there.catalog("project") is None


def test_a_field_without_its_object_is_refused(designer: Designer, there: Designer) -> None:
    designer.project()
    found = there.client.post("configuration/compare", {"files": files_of()}).json()["differences"]
    (budget,) = [one["name"] for one in found if one["path"] == "objects/project/fields/budget.toml"]
    before = files_of(THERE)

    answer = send(there, files=files_of(), selected=[budget])

    assert (answer.status_code, answer.json()["code"]) == (409, "bundles.needs_object")
    assert "预算" in answer.json()["detail"]
    assert files_of(THERE) == before


def test_it_is_refused_when_anything_changed_since_it_was_compared(designer: Designer, there: Designer) -> None:
    designer.project()
    given = files_of()
    seen = there.client.post("configuration/compare", {"files": given}).json()["fingerprint"]
    there.act("create_field", object="company", kind="text", key="motto", label="口号")
    before = files_of(THERE)

    answer = send(there, files=given, expected=seen)

    assert (answer.status_code, answer.json()["code"]) == (409, "bundles.changed_meanwhile")
    assert files_of(THERE) == before


def test_it_is_refused_when_what_is_to_go_changed_since(there: Designer) -> None:
    given = files_of(THERE)
    there.act("create_field", object="company", kind="text", key="motto", label="口号")
    found = there.client.post("configuration/compare", {"files": given}).json()
    there.act("update_field", field="company.motto", values={"help": {"zh-CN": "一句话", "en": "Words"}})

    answer = send(there, files=given, prune=True, confirm=True, expected=found["fingerprint"])

    assert (answer.status_code, answer.json()["code"]) == (409, "bundles.changed_meanwhile")
    assert "motto" in there.fields("company")


def test_what_was_applied_is_rolled_back_as_one(designer: Designer, there: Designer) -> None:
    designer.project()
    designer.client.make("view", name="全部", object="project", scope="shared", config={"sort": "-budget"})
    designer.client.make(
        "role", key="auditor", name="审计", permissions={"objects": {"project": {"read": "all"}}, "system": []}
    )
    (first,) = designer.client.post("records/pipeline/query", {}).json()["rows"]
    designer.client.patch(f"records/pipeline/{first['id']}", {"values": {"requires_loss_reason": False}})
    before = files_of(THERE)
    done = apply(there, files=files_of())
    assert files_of(THERE) == files_of()

    answer = there.client.post("actions/configuration/roll-back", {"params": {"id": done["id"]}})

    assert answer.status_code == 200, answer.content.decode()
    # The pipeline goes on being known by the id of the files.
    assert differences(THERE, before) == []
    (one,) = there.client.get("configuration/applied").json()["applied"]
    assert (one["id"], one["rolled_back"], one["counts"]["view.added"]) == (done["id"], True, 1)
    again = there.client.post("actions/configuration/roll-back", {"params": {"id": done["id"]}})
    assert again.json()["code"] == "bundles.rolled_back_already"
    apply(there, files=files_of())
    assert differences(THERE, files_of()) == []


def test_who_may_only_configure_takes_back_the_pipelines_that_they_applied(
    designer: Designer, configurer: Client
) -> None:
    narrow = {"objects": {}, "system": ["configure"]}
    (role,) = designer.client.post(
        "records/role/query", {"where": {"field": "key", "op": "eq", "value": "configurer"}}
    ).json()["rows"]
    designer.client.patch(f"records/role/{role['id']}", {"values": {"permissions": narrow}})
    before = files_of()
    path = next(path for path, text in before.items() if "requires_loss_reason = true" in text)
    given = {**before, path: before[path].replace("requires_loss_reason = true", "requires_loss_reason = false")}
    assert given != before

    done = configurer.post("actions/configuration/apply", {"params": {"files": given}}).json()["result"]
    assert files_of() == given
    answer = configurer.post("actions/configuration/roll-back", {"params": {"id": done["id"]}})

    assert answer.status_code == 200, answer.content.decode()
    assert files_of() == before


def test_a_role_changed_since_holds_the_way_back(designer: Designer, there: Designer) -> None:
    role = {"key": "auditor", "name": "审计", "permissions": {"objects": {}, "system": []}}
    designer.client.make("role", **role)
    done = apply(there, files=files_of())
    (made,) = there.client.post(
        "records/role/query", {"where": {"field": "key", "op": "eq", "value": "auditor"}}
    ).json()["rows"]
    there.client.patch(f"records/role/{made['id']}", {"values": {"name": "内审"}})
    before = files_of(THERE)

    answer = there.client.post("actions/configuration/roll-back", {"params": {"id": done["id"]}})

    assert (answer.status_code, answer.json()["code"]) == (409, "records.undo_conflicts")
    assert files_of(THERE) == before


@pytest.fixture
def configurer(designer: Designer) -> Client:
    """The manager, who may configure but not manage roles."""
    client = designer.client
    permissions = {
        "objects": {"*": {"read": "all", "create": True, "edit": "all", "delete": "all"}},
        "system": ["configure"],
    }
    role = client.make("role", key="configurer", name="配置员", permissions=permissions)
    client.patch(f"records/member/{world.membership('manager').member_id}", {"values": {"roles": [role["id"]]}})
    return Client.signed_in_as("manager")


def test_nobody_grants_rights_by_files_that_they_do_not_have(designer: Designer, configurer: Client) -> None:
    before = files_of()
    raised = before["roles/configurer.toml"].replace('"configure"', '"configure",\n    "roles"')
    assert raised != before["roles/configurer.toml"]
    given = {**before, "roles/configurer.toml": raised}

    compared = configurer.post("configuration/compare", {"files": given}).json()
    done = configurer.post("actions/configuration/apply", {"params": {"files": given}}).json()["result"]
    chosen = configurer.post(
        "actions/configuration/apply", {"params": {"files": given, "selected": ["role:configurer"]}}
    )

    assert (compared["differences"], compared["left_out"]) == ([], ["role"])
    assert done["differences"] == []
    assert chosen.status_code == 422
    assert files_of() == before
    exported = configurer.get("configuration/export")
    assert not any(name.startswith("roles/") for name in zipfile.ZipFile(io.BytesIO(exported.content)).namelist())


def test_another_workspace_is_compared_only_by_those_who_administer_both(designer: Designer, there: Designer) -> None:
    there.project()

    answer = designer.client.post("configuration/compare", {"workspace": THERE})
    applied = send(designer, workspace=THERE)

    assert (answer.status_code, answer.json()["code"]) == (404, "bundles.no_such_workspace")
    assert applied.status_code == 404
    assert "项目" not in answer.content.decode()


def test_an_administrator_of_both_takes_over_from_the_other(designer: Designer, there: Designer) -> None:
    from guanxi.capabilities.identity.models import Membership

    there.project()
    row = world.membership(world.STRANGER)
    mine = world.membership("administrator")
    Membership.objects.filter(pk=row.pk).update(account=mine.account)

    found = designer.client.post("configuration/compare", {"workspace": THERE}).json()["differences"]
    apply(designer, workspace=THERE, selected=named(found, op="added"))

    assert designer.fields("project")["budget"]["kind"] == "money"
    assert designer.client.make("project", name="新大楼")["name"] == "新大楼"
