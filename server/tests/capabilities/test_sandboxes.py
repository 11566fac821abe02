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
    departments = client.post("records/department/query", {}).json()["rows"]
    assert {one["name"]: (one["parent"] or {}).get("title") for one in departments} == world.DEPARTMENTS
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
    assert stranger.get("sandboxes").json() == {"sandboxes": [], "source": None}
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

    assert answer.json()["result"] == {"sandboxes": [], "source": None}
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


def test_what_the_configuration_names_comes_along_unrecognisable(designer: Designer) -> None:
    client = designer.client
    label = {"zh-CN": "负责人", "en": "Keepers"}
    designer.act("create_field", object="pipeline", kind="person", key="keeper", label=label)
    designer.act(
        "create_field", object="role", kind="many_to_many", key="keepers", label=label,
        values={"settings": {"target": "member"}},
    )  # fmt: skip
    designer.act(
        "create_field", object="role", kind="many_to_many", key="firms", label=label,
        values={"settings": {"target": "company"}},
    )  # fmt: skip
    keeper = str(world.membership("salesperson").member_id)
    (pipeline,) = client.post("records/pipeline/query", {}).json()["rows"]
    client.patch(f"records/pipeline/{pipeline['id']}", {"values": {"keeper": keeper}})
    firm = client.make(name="华信")["id"]
    role = client.make(
        "role", key="auditor", name="审计", keepers=[keeper], firms=[firm], permissions={"objects": {}, "system": []}
    )
    where = {"field": "owner", "op": "in", "value": [keeper, str(world.membership("manager").member_id)]}
    client.make("view", name="他们的", object="company", scope="shared", config={"where": where})

    make(designer)

    found = inside().get(f"records/role/{role['id']}").json()
    assert [one["id"] for one in found["keepers"]] == [keeper]
    assert not found.get("firms")
    (one,) = inside().post(
        "records/member/query", {"where": {"field": "id", "op": "eq", "value": keeper}}
    ).json()["rows"]  # fmt: skip
    assert one["email"] != "salesperson@example.com"
    assert inside().post("records/member/count", {}).json()["count"] == 2
    for here, slug in ((designer.client, "trial"), (inside(), world.WORKSPACE)):
        assert here.post("configuration/compare", {"workspace": slug}).json()["differences"] == []


def test_it_is_told_which_of_the_two_was_changed(designer: Designer) -> None:
    for key in ("motto", "nick", "both", "gone"):
        designer.act("create_field", object="company", kind="text", key=key, label=key)
    make(designer)
    tried = Designer(inside())
    tried.act("update_field", field="company.motto", values={"help": {"zh-CN": "一句话", "en": "Words"}})
    designer.act("update_field", field="company.nick", values={"help": {"zh-CN": "昵称", "en": "Nick"}})
    for where, text in ((designer, "甲"), (tried, "乙")):
        where.act("update_field", field="company.both", values={"help": {"zh-CN": text, "en": text}})
    tried.project()
    designer.act("create_field", object="company", kind="text", key="late", label="晚")
    designer.act("archive_field", field="company.gone", confirm=True)

    def sides(client: Client, slug: str) -> dict[str, str]:
        found = client.post("configuration/compare", {"workspace": slug}).json()["differences"]
        assert len({one["name"] for one in found}) == len(found)
        return {
            one["path"].removeprefix("objects/").removesuffix(".toml"): one["changed"]
            for one in found
            if "project/fields" not in one["path"]
        }

    expected = {
        "company/fields/motto": "there", "company/fields/nick": "here", "company/fields/both": "both",
        "project/object": "there", "company/fields/late": "here", "company/fields/gone": "here",
    }  # fmt: skip
    assert sides(designer.client, "trial") == expected
    turned = {"here": "there", "there": "here", "both": "both"}
    assert sides(inside(), world.WORKSPACE) == {path: turned[side] for path, side in expected.items()}

    found = designer.client.post("configuration/compare", {"workspace": "trial"}).json()["differences"]
    chosen = [one["name"] for one in found if one["changed"] == "there"]
    params = {"workspace": "trial", "selected": chosen}
    preview = designer.client.post("actions/configuration/apply", {"params": {**params, "preview": True}})
    assert preview.status_code == 200
    assert sides(designer.client, "trial") == expected
    assert designer.client.post("actions/configuration/apply", {"params": params}).status_code == 200
    tried.act("update_field", field="company.motto", values={"help": {"zh-CN": "改", "en": "New"}})
    left = sides(designer.client, "trial")
    assert (left["company/fields/motto"], "project/object" in left) == ("there", False)
    other = designer.client.post("configuration/compare", {"files": files_of("trial")}).json()["differences"]
    assert {one["changed"] for one in other} == {None}


def test_one_that_failed_is_tried_again(designer: Designer, monkeypatch: pytest.MonkeyPatch) -> None:
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.sandboxes import copying

    made = designer.client.post(CREATE, {"params": {"slug": "trial", "name": "试验"}}).json()["result"]

    def broken(*_: Any) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_let_in", broken)
        copying.copy_job({"sandbox": made["id"]})
    (one,) = designer.client.get("sandboxes").json()["sandboxes"]
    assert (one["state"], "no space left" in one["error"]) == ("failed", True)
    assert Workspace.objects.count() == 2
    retry = "actions/sandboxes/retry-sandbox"
    for name in ("manager", "salesperson"):
        assert Client.signed_in_as(name).post(retry, {"params": {"sandbox": made["id"]}}).status_code == 403
    stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)
    assert stranger.post(retry, {"params": {"sandbox": made["id"]}}).status_code == 404
    assert designer.client.get("sandboxes").json()["sandboxes"][0]["state"] == "failed"

    again = designer.client.post(retry, {"params": {"sandbox": made["id"]}})

    assert (again.status_code, again.json()["result"]["state"], again.json()["result"]["error"]) == (200, "waiting", "")
    copying.copy_job({"sandbox": made["id"]})
    assert designer.client.get("sandboxes").json()["sandboxes"][0]["state"] == "ready"
    assert inside().get("sandboxes").json()["source"] == {"slug": world.WORKSPACE, "name": "Acme"}
    refused = designer.client.post(retry, {"params": {"sandbox": made["id"]}})
    assert (refused.status_code, refused.json()["code"]) == (409, "sandboxes.not_given_up")


def test_one_whose_address_is_taken_meanwhile_is_not_tried_again(designer: Designer) -> None:
    from guanxi.capabilities.sandboxes.models import Sandbox

    first = designer.client.post(CREATE, {"params": {"slug": "trial", "name": "试验"}}).json()["result"]
    designer.client.post("actions/sandboxes/cancel-sandbox", {"params": {"sandbox": first["id"]}})
    make_again = designer.client.post(CREATE, {"params": {"slug": "trial", "name": "又一次"}})
    assert make_again.status_code == 200

    answer = designer.client.post("actions/sandboxes/retry-sandbox", {"params": {"sandbox": first["id"]}})

    assert (answer.status_code, answer.json()["code"]) == (409, "identity.slug_taken")
    assert Sandbox.objects.get(pk=first["id"]).state == "cancelled"


def test_days_are_moved_in_a_masked_copy(designer: Designer) -> None:
    from datetime import date, datetime

    designer.act("create_field", object="contact", kind="date", key="born", label="生日")
    designer.act("create_field", object="contact", kind="date", key="joined", label="入职")
    designer.act("create_field", object="contact", kind="datetime", key="seen", label="见面")
    given = {"born": "1984-02-29", "joined": "2020-03-02", "seen": "2026-01-05T08:30:00Z"}
    people = [designer.client.make("contact", name=f"王芳{place}", **given) for place in range(8)]
    limit = designer.client.make("contact", name="远古", born="1000-01-01", joined="9999-12-31")

    make(designer, "masked")

    moved = set()
    for one in people:
        found = inside().get(f"records/contact/{one['id']}").json()
        days = [date.fromisoformat(found[key]) - date.fromisoformat(given[key]) for key in ("born", "joined")]
        days.append(datetime.fromisoformat(found["seen"]) - datetime.fromisoformat(given["seen"]))
        assert days[0] == days[1] == days[2]
        assert (days[0].days != 0, days[0].days % 7) == (True, 0)
        moved.add(days[0])
    assert len(moved) > 1
    found = inside().get(f"records/contact/{limit['id']}").json()
    assert (found["born"], found["joined"]) == ("1000-01-01", "9999-12-31")


def test_days_that_stand_once_are_moved_alike(designer: Designer) -> None:
    from datetime import date

    designer.act("create_field", object="contact", kind="date", key="born", label="生日", values={"unique": True})
    people = [designer.client.make("contact", name=f"人{place}", born=f"1984-01-{place + 1:02}") for place in range(20)]

    make(designer, "masked")

    found = [inside().get(f"records/contact/{one['id']}").json()["born"] for one in people]
    moved = {date.fromisoformat(new) - date.fromisoformat(one["born"]) for new, one in zip(found, people, strict=True)}
    assert (len(moved), moved == {0}) == (1, False)


def test_a_copy_has_an_audit_log_of_its_own_and_the_source_tells_of_both(designer: Designer) -> None:
    from guanxi.capabilities.audit.verifying import go_over
    from guanxi.infra.models import AuditAnchor

    made = make(designer)
    source, copy = world.workspace(), world.workspace("trial")
    inside().patch("workspace", {"name": "改名"})
    found = [go_over(one) for one in (source, copy)]
    told = [one["kind"] for one in inside().get("audit").json()["items"]]
    designer.client.post("actions/sandboxes/delete-sandbox", {"params": {"sandbox": made["id"]}})

    assert [one.broken for one in found] == [0, 0]
    assert "workspace_change" in told
    assert "sandbox_create" not in told
    notes = designer.client.get("audit?kinds=sandbox_create,sandbox_delete").json()["items"]
    assert [one["kind"] for one in notes] == ["sandbox_delete", "sandbox_create"]
    assert not AuditAnchor.objects.filter(workspace=copy.schema).exists()
