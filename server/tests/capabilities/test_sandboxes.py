"""Copies of a workspace: made in the background by administrators, without data, with all of it, or masked."""

from typing import Any

import pytest

from tests.engine.bundles.carrying import differences, files_of, system
from tests.engine.design.designer import Designer
from tests.support import world
from tests.support.clients import Client

CREATE = "actions/sandboxes/create-sandbox"


@pytest.fixture
def designer(committing_database: str) -> Designer:
    """The administrator, in a database that keeps what is committed."""
    return Designer(Client.signed_in_as("administrator"))


def make(designer: Designer, data: str = "none") -> dict[str, Any]:
    """A sandbox, its job run as the worker would."""
    from guanxi.capabilities.sandboxes.copying import copy_job

    answer = designer.client.post(CREATE, {"params": {"slug": "trial", "name": "试验", "data": data}})
    assert answer.status_code == 200, answer.content.decode()
    copy_job({"sandbox": answer.json()["result"]["id"]})
    (one,) = designer.client.get("sandboxes").json()["sandboxes"]
    assert one["state"] == "ready", one
    return one


def filled(designer: Designer) -> dict[str, Any]:
    """Something of every sort that names people."""
    designer.project()
    designer.act("create_field", object="contact", kind="identity_number", key="id_card", label="身份证号")
    company = designer.client.make(
        name="华信科技有限公司",
        external_id="A-1",
        website="https://huaxin.cn",
        description="<p>电话 13912345678</p>",
        phone="13912345678",
    )
    contact = designer.client.make(
        "contact", name="王芳", mail="wang.fang@huaxin.cn", id_card="11010519491231002X", company=company["id"]
    )
    designer.client.make(
        "project", name="新大楼", company=company["id"], budget="100", phase="doing", people=[contact["id"]]
    )
    return company


def inside(name: str = "administrator") -> Client:
    """A person of the source in the sandbox."""
    return Client.signed_in_as(name, "trial")


def test_a_copy_of_the_configuration_has_no_records_and_no_difference(designer: Designer) -> None:
    filled(designer)
    designer.client.make("view", name="全部", object="project", scope="shared", config={})

    make(designer)

    assert files_of("trial") == files_of()
    client = inside()
    assert client.post("records/company/count", {}).json()["count"] == 0
    assert client.post("records/member/count", {}).json()["count"] == 1
    made = client.make("project", name="试一试", phase="new")
    assert client.patch(f"records/project/{made['id']}", {"values": {"phase": "done"}}).status_code == 200
    assert designer.client.post("records/project/count", {}).json()["count"] == 1


def test_a_copy_with_data_has_all_of_it(designer: Designer) -> None:
    company = filled(designer)

    make(designer, "all")

    found = inside().get(f"records/company/{company['id']}").json()
    assert (found["name"], found["phone"]) == (company["name"], company["phone"])
    (project,) = inside().post("records/project/query", {}).json()["rows"]
    assert (project["name"], project["people"][0]["title"], project["budget"]["amount"]) == ("新大楼", "王芳", "100")
    assert inside().get("search?q=华信").json()["hits"][0]["title"] == company["name"]


def test_a_masked_copy_names_nobody(designer: Designer) -> None:
    from psycopg import sql

    company = filled(designer)

    make(designer, "masked")

    found = inside().get(f"records/company/{company['id']}").json()
    assert len(found["name"]) == len(company["name"])
    assert (found["level"], found["phone"] is None) == (company["level"], False)
    schema = world.workspace("trial").schema

    def everything(ctx: Any) -> str:
        tables = ctx.run(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
        )
        texts = []
        for (table,) in tables:
            statement = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table)).as_string(None)
            texts += [row for (row,) in ctx.run(statement)]
        return "\n".join(texts)

    text = system("trial", everything)
    for secret in ("华信", "王芳", "huaxin", "13912345678", "3912345678", "110105", "salesperson@", "新大楼", "A-1"):
        assert secret not in text, secret
    (contact,) = inside().post("records/contact/query", {}).json()["rows"]
    assert contact["mail"].endswith("@example.com")
    assert inside().get("search?q=华信").json()["hits"] == []
    (project,) = inside().post("records/project/query", {}).json()["rows"]
    assert (project["people"][0]["title"], project["company"]["title"]) == (contact["name"], found["name"])


def test_only_administrators_get_in_and_make_copies(designer: Designer) -> None:
    make(designer, "all")

    for name in ("manager", "salesperson"):
        assert inside(name).get("catalog").status_code == 404
        other = Client.signed_in_as(name)
        assert other.get("sandboxes").status_code == 403
        assert other.post(CREATE, {"params": {"slug": "mine", "name": "x", "data": "all"}}).status_code == 403
    one = designer.client.get("sandboxes").json()["sandboxes"][0]["id"]
    stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)
    assert stranger.get("sandboxes").json() == {"sandboxes": []}
    gone = stranger.post("actions/sandboxes/delete-sandbox", {"params": {"sandbox": one}})
    assert (gone.status_code, gone.json()["code"]) == (404, "sandboxes.unknown")
    assert inside().get("catalog").status_code == 200


def test_what_was_tried_in_a_sandbox_is_promoted(designer: Designer) -> None:
    make(designer)
    tried = Designer(inside())
    tried.project()
    tried.act("create_field", object="company", kind="text", key="motto", label="口号")
    found = designer.client.post("configuration/compare", {"workspace": "trial"}).json()["differences"]
    wanted = [one["name"] for one in found if one["path"] != "objects/company/fields/motto.toml"]

    answer = designer.client.post("actions/configuration/apply", {"params": {"workspace": "trial", "selected": wanted}})

    assert answer.status_code == 200, answer.content.decode()
    assert designer.fields("project")["budget"]["kind"] == "money"
    assert differences(world.WORKSPACE, files_of("trial")) == [("added", "objects/company/fields/motto.toml")]


def test_a_sandbox_goes_without_a_trace(designer: Designer) -> None:
    from guanxi.capabilities.identity.models import Workspace

    one = make(designer)
    schema = world.workspace("trial").schema

    answer = designer.client.post("actions/sandboxes/delete-sandbox", {"params": {"sandbox": one["id"]}})

    assert answer.json()["result"] == {"sandboxes": []}
    assert not Workspace.objects.filter(slug="trial").exists()
    assert system(world.WORKSPACE, lambda ctx: ctx.run("SELECT 1 FROM pg_namespace WHERE nspname = $1", [schema])) == []
    assert inside().get("catalog").status_code == 404
    assert designer.client.get("catalog").status_code == 200
    make(designer)


def test_stopped_half_way_nothing_is_left(designer: Designer, monkeypatch: pytest.MonkeyPatch) -> None:
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.sandboxes import copying
    from guanxi.capabilities.sandboxes.models import Sandbox

    filled(designer)
    made = designer.client.post(CREATE, {"params": {"slug": "trial", "name": "试验", "data": "all"}}).json()["result"]
    members = copying._members

    def cancelled(*arguments: Any) -> None:
        cancel = "UPDATE sandboxes_sandbox SET stop = true"
        import psycopg
        from django.db import connection

        from guanxi.infra.database.address import conninfo

        with psycopg.connect(conninfo(connection.settings_dict), autocommit=True) as other:
            other.execute(cancel)
        members(*arguments)

    monkeypatch.setattr(copying, "_members", cancelled)

    copying.copy_job({"sandbox": made["id"]})

    assert Sandbox.objects.get().state == "cancelled"
    assert Workspace.objects.count() == 2


def test_killed_half_way_it_is_made_by_the_next_try(designer: Designer, monkeypatch: pytest.MonkeyPatch) -> None:
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.sandboxes import copying

    made = designer.client.post(CREATE, {"params": {"slug": "trial", "name": "试验"}}).json()["result"]

    def killed(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_let_in", killed)
        with pytest.raises(SystemExit):
            copying.copy_job({"sandbox": made["id"]})
    assert Workspace.objects.count() == 2
    assert designer.client.get("sandboxes").json()["sandboxes"][0]["state"] == "copying"

    copying.copy_job({"sandbox": made["id"]})

    assert designer.client.get("sandboxes").json()["sandboxes"][0]["state"] == "ready"
    assert inside().get("catalog").status_code == 200
    copying.copy_job({"sandbox": made["id"]})
    assert Workspace.objects.count() == 3
