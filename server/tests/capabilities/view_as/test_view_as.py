"""Looking with another member's eyes: all they see, nothing written, marked, and noted from beginning to end."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanxi.app.live_access import audience
from guanxi.capabilities.view_as import looking
from guanxi.capabilities.view_as.models import Look
from tests.support import world
from tests.support.clients import Client

REASON = "她说看不到客户"


def member(name: str) -> str:
    return str(world.membership(name).member_id)


def look(client: Client, name: str, reason: str = REASON) -> Any:
    return client.post("view-as", {"member": member(name), "reason": reason})


def notes(kind: str) -> list[dict[str, Any]]:
    reader = Client.signed_in_as("administrator")
    return reader.get(f"audit?kinds={kind}").json()["items"]


@pytest.fixture
def looking_as_sales(database: None) -> Client:
    """The administrator, looking as the salesperson."""
    client = Client.signed_in_as("administrator")
    assert look(client, "salesperson").status_code == 200
    return client


@pytest.fixture
def companies(database: None) -> dict[str, str]:
    """A company of the salesperson and one of a colleague, by owner."""
    return {name: Client.signed_in_as(name).make(name=f"{name} 的客户")["id"] for name in ("salesperson", "colleague")}


def test_everything_is_as_the_other_sees_it(companies, looking_as_sales):
    rows = looking_as_sales.get("records/company?select=name").json()["rows"]
    me = looking_as_sales.get("me").json()

    assert [row["name"] for row in rows] == ["salesperson 的客户"]
    assert looking_as_sales.get(f"records/company/{companies['colleague']}").status_code == 404
    assert looking_as_sales.get("search?q=客户&objects=company").json()["hits"][1:] == []
    assert (me["member"]["name"], me["roles"], me["account"]["email"]) == (
        "salesperson", ["salesperson"], world.email("salesperson"),
    )  # fmt: skip
    assert me["view_as"]["by"] == "administrator"
    assert "configure" not in me["rights"]["system"]


@pytest.mark.committing
def test_the_stream_follows_the_other(committing_database):
    client = Client.signed_in_as("administrator")
    assert look(client, "salesperson").status_code == 200

    there = audience(client.django.session.session_key, world.WORKSPACE)

    assert there.member == member("salesperson")
    assert there.objects["company"].owners is not None


WRITES = [
    ("POST", "records/company", {"values": {"name": "x"}}),
    ("PATCH", "records/company/{id}", {"values": {"name": "x"}}),
    ("DELETE", "records/company/{id}", None),
    ("POST", "records/company/bulk", {"op": "delete", "ids": ["{id}"]}),
    ("POST", "records/company/upsert", {"match": ["external_id"], "records": [{"external_id": "x", "name": "x"}]}),
    ("POST", "records/company/{id}/shares", {"level": "edit", "member": "{member}"}),
    ("POST", "records/company/export", {"format": "csv"}),
    ("POST", "actions/identity/invite-member", {"params": {"email": "x@example.com", "name": "x", "roles": []}}),
    ("PATCH", "me", {"theme": "dark"}),
    ("PATCH", "workspace", {"name": "x"}),
    ("POST", "audit/export", {}),
    ("POST", "view-as", {"member": "{member}", "reason": "x"}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_nothing_can_be_written(method, path, body, companies, looking_as_sales):
    filled = {"{id}": companies["salesperson"], "{member}": member("manager")}

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: fill(one) for key, one in value.items()}
        if isinstance(value, list):
            return [fill(one) for one in value]
        return filled.get(value, value) if isinstance(value, str) else value

    answer = looking_as_sales.request(method, path.replace("{id}", companies["salesperson"]), fill(body))

    assert (answer.status_code, answer.json()["code"]) == (403, "access.view_as_read_only")
    own = Client.signed_in_as("salesperson")
    assert own.get(f"records/company/{companies['salesperson']}").json()["rev"] == 1
    assert own.get("records/company").json()["rows"][0]["name"] == "salesperson 的客户"
    assert own.get("me").json()["member"]["theme"] != "dark"


def test_what_a_change_would_do_is_told_and_not_done(client):
    administrator = client("administrator")
    rights = {"objects": {"*": {"read": "all", "edit": "all"}}, "system": ["roles"]}
    other = administrator.make("role", key="keeper", name="角色管理", permissions=rights)["id"]
    administrator.patch(f"records/member/{member('colleague')}", {"values": {"roles": [other]}})
    assert look(administrator, "colleague").status_code == 200
    renamed = {"object": "role", "id": other, "values": {"name": "x"}}

    found = administrator.post("access/simulate", {"changes": [renamed]})

    assert found.status_code == 200, found.json()
    assert client("administrator").get(f"records/role/{other}").json()["name"] == "角色管理"


def test_no_file_is_kept(looking_as_sales, tmp_path):
    sent = {"file": SimpleUploadedFile("a.txt", b"never to be kept")}

    answer = looking_as_sales.django.post(f"{looking_as_sales.base}/files", sent)

    assert (answer.status_code, answer.json()["code"]) == (403, "access.view_as_read_only")


def test_even_past_the_first_check_the_transaction_is_read_only(companies, looking_as_sales, monkeypatch):
    from guanxi.engine.http import route

    monkeypatch.setattr(route.Route, "only_reads", True)

    answer = looking_as_sales.patch(f"records/company/{companies['salesperson']}", {"values": {"name": "x"}})

    assert (answer.status_code, answer.json()["code"]) == (403, "access.view_as_read_only")


def test_files_follow_the_other(companies, client):
    colleague, administrator = client("colleague"), client("administrator")
    sent = {"file": SimpleUploadedFile("a.txt", b"of the colleague")}
    file = colleague.django.post(f"{colleague.base}/files", sent).json()["id"]
    look(administrator, "colleague")
    assert administrator.get(f"files/{file}").status_code == 200

    administrator.delete("view-as")
    look(administrator, "salesperson")

    assert administrator.get(f"files/{file}").status_code == 404


def test_what_only_reads_is_answered_though_it_is_posted(companies, looking_as_sales):
    id_ = companies["salesperson"]
    for path, body in (
        ("records/company/query", {}),
        ("records/company/count", {}),
        ("records/company/group", {"by": [{"field": "level"}]}),
        ("records/company/draft", {"id": id_, "values": {"level": "B"}}),
        (f"records/company/{id_}/related/contacts", {}),
        ("records/company/deletion", {"ids": [id_]}),
    ):
        answer = looking_as_sales.post(path, body)
        assert answer.status_code == 200, (path, answer.content.decode())


def test_no_change_is_offered_that_would_be_refused(companies, looking_as_sales):
    mine = f"records/company/{companies['salesperson']}"

    def offered(client: Client) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], bool]:
        (company,) = (one for one in client.get("catalog").json()["objects"] if one["key"] == "company")
        of_me = client.get("me").json()["rights"]["objects"]["company"]
        return (
            company["rights"],
            of_me,
            client.get(mine).json()["_rights"],
            client.get(f"{mine}/shares").json()["may_share"],
        )

    rights, of_me, of_record, may_share = offered(looking_as_sales)
    theirs, _, their_record, they_share = offered(Client.signed_in_as("salesperson"))

    assert rights == of_me == {name: "none" if name in ("edit", "delete") else False for name in theirs} | {
        "read": theirs["read"], "configure": theirs["configure"],
    }  # fmt: skip
    assert (of_record, may_share) == ({"edit": False, "delete": False}, False)
    assert theirs["create"]
    assert theirs["edit"] != "none"
    assert (their_record["edit"], they_share) == (True, True)


def test_ending_it_gives_the_own_eyes_back(companies, looking_as_sales):
    answer = looking_as_sales.delete("view-as")

    assert (answer.status_code, answer.json()) == (200, {"ended": True})
    assert looking_as_sales.get("me").json()["member"]["name"] == "administrator"
    assert looking_as_sales.get("me").json()["view_as"] is None
    assert len(looking_as_sales.get("records/company").json()["rows"]) == 2
    assert looking_as_sales.delete("view-as").status_code == 404


def test_beginning_and_end_are_noted_with_who_whom_and_why(looking_as_sales):
    looking_as_sales.delete("view-as")

    (begun,), (ended,) = notes("view_as_begin"), notes("view_as_end")

    assert begun["by"]["title"] == ended["by"]["title"] == "administrator"
    assert begun["says"] == f"开始以 salesperson 的身份查看：{REASON}"
    assert ended["says"] == "不再以 salesperson 的身份查看（本人结束）"
    assert begun["record"]["id"] == member("salesperson")


def test_after_an_hour_it_is_over_by_itself_and_noted_once(looking_as_sales):
    (held,) = Look.objects.all()
    Look.objects.update(until=datetime.now(UTC) - timedelta(seconds=1))

    assert looking_as_sales.get("me").json()["member"]["name"] == "administrator"
    looking.time_is_up({"look": str(held.pk)})
    looking.time_is_up({"look": str(held.pk)})

    assert [one["says"] for one in notes("view_as_end")] == ["不再以 salesperson 的身份查看（到时自动结束）"]


def test_signing_out_ends_it(looking_as_sales):
    looking_as_sales.django.generic("DELETE", "/_allauth/browser/v1/auth/session")

    assert Look.objects.count() == 0
    assert [one["says"] for one in notes("view_as_end")] == ["不再以 salesperson 的身份查看（退出登录）"]


def test_another_session_of_the_same_person_is_not_concerned(looking_as_sales):
    other = Client.signed_in_as("administrator")

    assert other.get("me").json()["member"]["name"] == "administrator"
    assert other.delete("view-as").status_code == 404


def test_the_mark_of_one_account_is_nothing_in_the_session_of_another(looking_as_sales):
    other = Client.signed_in_as("colleague")
    session = other.django.session
    session[looking.SESSION_KEY] = looking_as_sales.django.session[looking.SESSION_KEY]
    session.save()

    assert other.get("me").json()["member"]["name"] == "colleague"


def test_another_workspace_is_seen_with_the_own_eyes(looking_as_sales):
    assert looking_as_sales.request("GET", f"/api/v1/{world.OTHER_WORKSPACE}/me").status_code == 404


@pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
def test_nobody_looks_without_the_right(name, client):
    answer = look(client(name), "colleague")

    assert (answer.status_code, answer.json()["code"]) == (403, "view_as.not_allowed")
    assert Look.objects.count() == 0
    assert notes("view_as_begin") == []


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_needed(reason, client):
    answer = look(client("administrator"), "salesperson", reason)

    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "view_as.reason_needed")
    assert Look.objects.count() == 0


def test_nobody_looks_as_themselves_as_nobody_or_as_one_who_left(client):
    administrator = client("administrator")
    administrator.post("actions/identity/deactivate-member", {"params": {"member": member("colleague")}})
    gone = {"member": "01900000-0000-7000-8000-000000000003", "reason": REASON}

    assert look(administrator, "administrator").json()["code"] == "view_as.oneself"
    assert administrator.post("view-as", gone).json()["code"] == "view_as.no_such_member"
    left = world.membership("colleague")
    assert administrator.post("view-as", {"member": str(left.member_id), "reason": "x"}).status_code == 404


@pytest.mark.parametrize("status", ["active", "invited"])
def test_a_newcomer_who_never_signed_in_is_looked_as(status, companies, client):
    administrator = client("administrator")
    rows = administrator.get("records/role?select=key").json()["rows"]
    (role,) = (row["id"] for row in rows if row["key"] == "manager")
    newcomer = administrator.make("member", name="新同事", roles=[role], status=status)["id"]
    client("manager").make(name="经理的客户")

    answer = administrator.post("view-as", {"member": newcomer, "reason": "核对新同事的权限"})

    assert answer.status_code == 200, answer.content.decode()
    assert administrator.get("me").json()["member"]["name"] == "新同事"
    assert administrator.get("records/company").json()["rows"] == []
    assert notes("view_as_begin")[0]["says"] == "开始以 新同事 的身份查看：核对新同事的权限"


@pytest.fixture
def leader(client) -> Client:
    """The manager, who may look as others; what the role allows otherwise is as before."""
    administrator = client("administrator")
    rows = administrator.get("records/role?select=key,permissions").json()["rows"]
    (role,) = (one for one in rows if one["key"] == "manager")
    permissions = {**role["permissions"], "system": ["view_as"]}
    answer = administrator.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
    assert answer.status_code == 200, answer.content.decode()
    return client("manager")


def test_others_look_as_those_of_whom_they_see_everything(companies, leader):
    assert look(leader, "salesperson").status_code == 200
    assert [row["name"] for row in leader.get("records/company?select=name").json()["rows"]] == ["salesperson 的客户"]


def test_others_do_not_look_as_somebody_with_more_rights(leader):
    answer = look(leader, "administrator")

    assert (answer.status_code, answer.json()["code"]) == (403, "view_as.more_rights")
    assert "、成员（" in answer.json()["detail"]
    assert not re.search(r"[a-z_]+\.[a-z]+|members|\*", answer.json()["detail"])
    assert Look.objects.count() == 0


def test_others_do_not_look_as_somebody_who_sees_other_records(leader, client):
    """The same reach by name, in another part of the company."""
    administrator = client("administrator")
    (head,) = [
        row["id"] for row in administrator.get("records/department?select=name").json()["rows"] if row["name"] == "head"
    ]
    colleague = member("colleague")
    moved = administrator.patch(f"records/member/{colleague}", {"values": {"department": head}})
    assert moved.status_code == 200

    answer = look(leader, "colleague")

    assert (answer.status_code, answer.json()["code"]) == (403, "view_as.further_records")
    assert "（其他所有对象、" in answer.json()["detail"]
    assert "、阶段变更、" in answer.json()["detail"]


def test_a_right_that_is_taken_away_ends_the_look(leader, client):
    assert look(leader, "salesperson").status_code == 200
    administrator = client("administrator")
    rows = administrator.get("records/role?select=key,permissions").json()["rows"]
    (role,) = (one for one in rows if one["key"] == "manager")
    permissions = {**role["permissions"], "system": []}
    administrator.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})

    assert leader.get("me").json()["member"]["name"] == "manager"
    assert [one["says"] for one in notes("view_as_end")] == ["不再以 salesperson 的身份查看（不再有权限）"]


def test_a_member_who_leaves_is_looked_as_no_longer(looking_as_sales, client):
    client("administrator").post("actions/identity/deactivate-member", {"params": {"member": member("salesperson")}})

    assert looking_as_sales.get("me").json()["member"]["name"] == "administrator"
