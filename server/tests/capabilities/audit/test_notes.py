"""What people do that changes no record, or that decides who may do what, is told by the audit log."""

import json
from hashlib import sha256

import pytest
from django.test import Client as DjangoClient

from guanxi.capabilities.identity.models import Membership
from guanxi.engine.audit import kinds
from guanxi.infra.i18n import LANGUAGES, sentences
from tests.support import world

LOGIN = "/_allauth/browser/v1/auth/login"
SALESPERSON = world.email("salesperson")


def post(django: DjangoClient, path: str, body: object, method: str = "POST", **headers: str):
    return django.generic(method, path, json.dumps(body), content_type="application/json", **headers)


def sign_in(password: str = world.PASSWORD, email: str = SALESPERSON, **headers: str) -> DjangoClient:
    django = DjangoClient()
    post(django, LOGIN, {"email": email, "password": password}, **headers)
    return django


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_sentences(language):
    known = sentences(language)

    for key in [*kinds(), "change"]:
        assert f"audit.kind_{key}" in known
        assert key == "change" or f"audit.says_{key}" in known


def test_a_sign_in_is_noted_with_who_and_from_where(entries):
    django = sign_in(HTTP_USER_AGENT="Firefox", REMOTE_ADDR="203.0.113.7")

    (found,) = entries("sign_in")

    assert found["by"]["title"] == "salesperson"
    assert (found["ip"], found["agent"], found["via"]) == ("203.0.113.7", "Firefox", "ui")
    assert found["session"] == sha256(django.session.session_key.encode()).hexdigest()[:12]


def test_a_sign_in_is_noted_in_every_workspace_of_the_account(entries):
    stranger = world.membership(world.STRANGER)
    account = world.membership("salesperson").account
    Membership.objects.filter(pk=stranger.pk).update(account=account)
    account.memberships.filter(workspace__slug=world.WORKSPACE).update(is_active=True)

    sign_in()

    assert len(entries("sign_in")) == 1
    Membership.objects.filter(pk=stranger.pk).update(account=stranger.account)
    (there,) = entries("sign_in", slug=world.OTHER_WORKSPACE)
    assert there["by"]["title"] == world.STRANGER


def test_a_wrong_password_is_noted_without_it(entries):
    sign_in("something else")
    sign_in("something else", email="nobody@example.com")

    (found,) = entries("sign_in_failed")

    assert found["by"]["title"] == "salesperson"
    assert "something else" not in json.dumps(found)


def test_signing_out_and_a_new_password_are_noted(entries):
    django = sign_in()
    body = {"current_password": world.PASSWORD, "new_password": "another quite long one 7"}
    assert post(django, "/_allauth/browser/v1/account/password/change", body).status_code == 200
    post(django, "/_allauth/browser/v1/auth/session", {}, "DELETE")

    assert [one["kind"] for one in entries("sign_in", "sign_out", "password_change")] == [
        "sign_out", "password_change", "sign_in",
    ]  # fmt: skip


def test_ending_the_session_of_another_device_is_noted(entries, facts):
    django = sign_in()
    sign_in(HTTP_USER_AGENT="Old phone")
    listed = django.get("/_allauth/browser/v1/auth/sessions").json()["data"]
    (other,) = (one["id"] for one in listed if not one["is_current"])

    post(django, "/_allauth/browser/v1/auth/sessions", {"sessions": [other]}, "DELETE")

    (found,) = entries("session_ended")
    assert facts(found)["device"] == "Old phone"
    assert entries("sign_out") == []


def test_an_export_is_noted_with_question_fields_rows_and_digest(entries, facts, client):
    administrator = client("administrator")
    administrator.make(name="华信", level="A")
    administrator.make(name="东方", level="B")
    where = {"field": "level", "op": "eq", "value": "A"}

    answer = administrator.post(
        "records/company/export", {"format": "csv", "select": ["name"], "where": where}, X_Guanxi_Via="ui"
    )
    content = b"".join(answer.streaming_content)

    (found,) = entries("export")
    told = facts(found)
    assert (found["object"], found["says"]) == ("company", "导出了 1 条公司（csv）")
    assert (told["rows"], told["fields"], json.loads(told["filter"])) == ("1", "name", where)
    assert (told["sha256"], told["size"]) == (sha256(content).hexdigest(), str(len(content)))


def test_an_export_that_is_refused_is_not_noted(entries, client):
    assert client("salesperson").post("records/company/export", {"format": "csv"}).status_code == 403

    assert entries("export") == []


def test_a_share_and_its_end_are_noted(entries, client):
    sales = client("salesperson")
    company = sales.make(name="华信")
    member = str(world.membership("manager").member_id)
    given = sales.post(f"records/company/{company['id']}/shares", {"member": member, "level": "edit"}).json()
    sales.delete(f"records/company/{company['id']}/shares/{given['shares'][0]['id']}")

    ended, shared = entries("share", "unshare")

    assert shared["says"] == "把公司“华信”共享给 manager：可编辑"
    assert ended["says"] == "不再把公司“华信”共享给 manager"
    assert shared["record"]["id"] == company["id"]


def test_an_undo_is_noted_beside_the_changes_it_makes(entries, client):
    sales = client("salesperson")
    company = sales.make(name="华信")
    assert sales.post(f"change-sets/{company['_change_set']}/undo", {}).status_code == 200

    (found,) = entries("undo")

    assert (found["by"]["title"], found["says"]) == ("salesperson", "撤销了 1 条记录的改动")
    assert found["change_set"] == entries("change")[0]["change_set"]


def test_a_role_is_noted_with_what_it_allowed_before_and_after(entries, facts, client):
    administrator = client("administrator")
    rows = administrator.get("records/role?select=key").json()["rows"]
    (role,) = (one for one in rows if one["key"] == "read_only")
    permissions = {"objects": {"company": {"read": "own"}}, "system": []}
    assert (
        administrator.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}}).status_code == 200
    )

    found = entries("role_change")[0]

    assert found["says"] == "修改角色“只读”"
    old, new = facts(found)["permissions"].split(" → ")
    assert (json.loads(old)["objects"]["*"]["read"], json.loads(new)) == ("all", permissions)


def test_joining_and_leaving_are_noted_and_preferences_are_not(entries, client):
    administrator = client("administrator")
    params = {"email": "new@example.com", "name": "新人", "roles": ["salesperson"]}
    administrator.post("actions/identity/invite-member", {"params": params})
    administrator.patch("me", {"theme": "dark"})
    member = str(world.membership("colleague").member_id)
    administrator.post("actions/identity/deactivate-member", {"params": {"member": member}})

    assert [one["says"] for one in entries("member_change")[:2]] == ["修改成员 colleague", "新建成员 新人"]


def test_a_change_of_the_configuration_is_noted(entries, facts, client):
    administrator = client("administrator")
    values = {"label": {"zh-CN": "项目", "en": "Project"}, "plural": {"zh-CN": "项目", "en": "Projects"}}
    change = {"op": "object.create", "key": "project", "values": values}
    answer = administrator.post("actions/design/apply", {"params": {"changes": [change]}})
    assert answer.status_code == 200, answer.content.decode()

    (found,) = entries("configuration")

    assert "object.create" in facts(found)["what"]


def test_what_is_only_tried_is_not_noted(entries, client):
    administrator = client("administrator")
    values = {"label": {"zh-CN": "项目", "en": "Project"}, "plural": {"zh-CN": "项目", "en": "Projects"}}
    change = {"op": "object.create", "key": "project", "values": values}
    params = {"changes": [change], "preview": True}
    assert administrator.post("actions/design/apply", {"params": params}).status_code == 200

    assert entries("configuration") == []


def test_the_settings_of_the_workspace_are_noted(entries, facts, client):
    client("administrator").patch("workspace", {"name": "新名字"})

    (found,) = entries("workspace_change")

    assert facts(found)["name"] == "Acme → 新名字"


def test_a_change_of_records_tells_from_where(entries, client):
    client("salesperson").post("records/company", {"values": {"name": "华信"}}, User_Agent="Chrome", X_Guanxi_Via="ui")

    found = entries("change")[0]

    assert (found["by"]["title"], found["says"]) == ("salesperson", "新建 1 条公司")
    assert (found["ip"], found["agent"], found["via"]) == ("127.0.0.1", "Chrome", "ui")


def test_nothing_that_was_refused_is_noted(entries, client):
    before = len(entries())
    company = client("salesperson").make(name="华信")
    client("colleague").patch(f"records/company/{company['id']}", {"values": {"level": "B"}})
    client("salesperson").patch("workspace", {"name": "x"})

    assert len(entries()) == before + 1
