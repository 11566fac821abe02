"""The list of what was done: filters, pages, what the reader may know, the file, and going over the log."""

import csv
import io
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from guanxi.capabilities.audit import verifying
from guanxi.engine.audit import kinds, note, reading
from guanxi.engine.context import Origin, work
from guanxi.engine.records import writes
from guanxi.kit.ids import uuid7
from tests.support import world
from tests.support.clients import Client

SALES, MANAGER = "salesperson", "manager"


def noted(name: str, *kinds_: str, address: str = "203.0.113.7", now: datetime | None = None) -> None:
    """Entries of a person of the world."""
    for kind in kinds_:
        with work(world.workspace(), world.actor(name), via="ui", now=now, origin=Origin(address)) as ctx:
            note(ctx, kind, details={"email": name})


def told(items: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(one["kind"], one["by"] and one["by"]["title"]) for one in items]


def test_a_person_a_kind_an_address_and_a_period_narrow_it_down(entries):
    noted(SALES, "sign_in", address="203.0.113.7")
    noted(MANAGER, "sign_in", "sign_out", address="198.51.100.4")
    old = datetime(2020, 5, 1, 12, tzinfo=UTC)
    noted(MANAGER, "sign_in", address="198.51.100.4", now=old)
    manager = str(world.membership(MANAGER).member_id)

    assert told(entries("sign_in", member=manager)) == [("sign_in", MANAGER)] * 2
    assert told(entries("sign_in", "sign_out", ip="198.51.")) == [
        ("sign_out", MANAGER), ("sign_in", MANAGER), ("sign_in", MANAGER),
    ]  # fmt: skip
    assert told(entries(ip="203.0.113.7")) == [("sign_in", SALES)]
    until = (old + timedelta(seconds=1)).isoformat()
    assert [one["at"] for one in entries("sign_in", until=until)] == ["2020-05-01T12:00:00Z"]
    assert entries("sign_in", until=old.isoformat()) == []
    assert len(entries("sign_in", since=old.isoformat())) == 3


def test_a_key_leads_to_all_that_was_done_with_it(entries, client):
    with work(world.workspace(), world.actor(SALES), via="api", origin=Origin(key="同步")) as ctx:
        note(ctx, "export", details={"rows": 3})
    with work(world.workspace(), world.actor(SALES), via="api", origin=Origin(key="同步")) as ctx:
        writes.create(ctx, "company", [{"name": "华信"}])
    with work(world.workspace(), world.actor(SALES), via="api", origin=Origin(key="同步二号")) as ctx:
        note(ctx, "export", details={"rows": 4})
    client(SALES).make(name="东方")

    assert [(one["kind"], one["key"]) for one in entries(key="同步")] == [("change", "同步"), ("export", "同步")]
    assert entries("change", key="同步二号") == []
    manager = str(world.membership(MANAGER).member_id)
    assert entries(key="同步", member=manager) == []


def test_a_key_is_found_whatever_it_is_called_now_and_another_of_its_name_is_not(entries, client):
    one, other = uuid7(), uuid7()
    before = [Origin(key="同步"), Origin(key="同步", key_id=one), Origin(key="改名后", key_id=one)]
    for origin in (*before, Origin(key="同步", key_id=other), Origin(key="改名后")):
        with work(world.workspace(), world.actor(SALES), via="api", origin=origin) as ctx:
            note(ctx, "export", details={"rows": 3})
    with work(world.workspace(), world.actor(SALES), via="api", origin=before[1]) as ctx:
        writes.create(ctx, "company", [{"name": "华信"}])

    mine = [("change", "同步"), ("export", "改名后"), ("export", "同步")]
    assert [(one_["kind"], one_["key"]) for one_ in entries(key_id=str(one))] == mine
    assert {one_["key_id"] for one_ in entries(key_id=str(one))} == {str(one)}
    assert [(one_["kind"], one_["key"]) for one_ in entries(key_id=str(one), key="同步")] == [*mine, ("export", "同步")]
    file = b"".join(client("administrator").post("audit/export", {"key_id": str(one)}).streaming_content).decode()
    assert file.count(str(one)) == 3
    assert verifying.go_over(world.workspace()).broken == 0


def test_a_record_leads_to_all_that_was_done_to_it(entries, client):
    sales = client(SALES)
    company, other = sales.make(name="华信"), sales.make(name="东方")
    sales.patch(f"records/company/{company['id']}", {"values": {"level": "B"}})
    member = str(world.membership(MANAGER).member_id)
    sales.post(f"records/company/{company['id']}/shares", {"member": member, "level": "read"})

    found = entries(object="company", record=company["id"])

    assert [(one["kind"], one["says"]) for one in found] == [
        ("share", "把公司“华信”共享给 manager：可查看"),
        ("change", "修改 1 条公司"),
        ("change", "新建 1 条公司"),
    ]
    assert len(entries("change", object="company")) == 3
    assert entries("change", object="contact") == []
    assert other["id"] not in str(found)


def test_pages_follow_each_other_without_a_gap_or_a_repeat(entries, client):
    """Entries and change sets of the very same instants, in pages that end in either."""
    same = datetime.now(UTC)
    sales = client(SALES)
    for _ in range(3):
        noted(SALES, "sign_in", "sign_out", now=same)
        sales.make(name="x")
    with work(world.workspace(), world.actor(SALES), via="ui", now=same) as ctx:
        note(ctx, "sign_in")
    ctx_sets = Client.signed_in_as("administrator")
    whole = [one["id"] for one in entries(limit="200")]

    for limit in (1, 2, 3, 5):
        paged: list[str] = []
        cursor = ""
        while True:
            answer = ctx_sets.get(f"audit?limit={limit}&cursor={cursor}").json()
            paged += [one["id"] for one in answer["items"]]
            if answer["next_cursor"] is None:
                break
            cursor = answer["next_cursor"].replace("+", "%2B")
        assert paged == whole


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("kinds=sign_in,nonsense", "audit.unknown_kind"), ("member=x", "request.bad_id"), ("key_id=x", "request.bad_id"),
        ("since=yesterday", "request.bad_parameter"), ("since=2026-01-01T00:00:00", "request.bad_parameter"),
        ("cursor=x", "query.bad_cursor"), ("limit=0", "query.bad_limit"), ("limit=500", "query.bad_limit"),
        ("person=x", "query.unknown_key"), ("cursor=2026-01-01T00:00:00Z~1~x", "query.bad_cursor"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(asked, code, client):
    answer = client("administrator").get(f"audit?{asked}")

    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_sealing_is_told_only_when_it_is_asked_for(entries):
    with work(world.workspace(), world.actor(SALES), via="ui") as ctx:
        note(ctx, "change_seal", details={"rows": 1, "first": 1, "last": 1})

    assert "change_seal" not in {one["kind"] for one in entries()}
    assert told(entries("change_seal")) == [("change_seal", SALES)]


def test_an_auditor_who_may_not_read_an_object_is_not_told_of_its_records(client, give):
    """The deed is told, the record and the object stay unnamed."""
    company = client(SALES).make(name="华信机密")
    client(SALES).post(
        f"records/company/{company['id']}/shares",
        {"member": str(world.membership(MANAGER).member_id), "level": "read"},
    )
    give("read_only", {"objects": {"member": {"read": "all"}}, "system": ["audit"]})
    auditor = client("read_only")

    shown = auditor.get("audit")
    change_set = company["_change_set"]
    changes = auditor.get(f"audit/changes/{change_set}")
    file = b"".join(auditor.post("audit/export", {}).streaming_content).decode("utf-8-sig")

    assert (shown.status_code, changes.status_code) == (200, 200)
    for text in (shown.content.decode(), changes.content.decode(), file):
        assert "华信机密" not in text
    says = [one["says"] for one in shown.json()["items"]]
    assert {"把其他对象“—”共享给 manager：可查看", "新建 1 条其他对象"} <= set(says)
    (change,) = changes.json()["changes"]
    assert (change["object"], change["object_label"], change["record"]["title"]) == (None, "其他对象", None)
    assert change["fields"] == []


def test_a_change_set_is_told_by_records_and_fields_without_values(client):
    company = client(SALES).make(name="华信", level="A")

    answer = client("administrator").get(f"audit/changes/{company['_change_set']}").json()

    (change,) = answer["changes"]
    assert (change["object"], change["object_label"], change["op"]) == ("company", "公司", "create")
    assert change["record"]["title"] == "华信"
    assert {"公司名称", "客户级别"} <= set(change["fields"])
    assert answer["more"] is False
    missing = "01900000-0000-7000-8000-000000000009"
    assert client("administrator").get(f"audit/changes/{missing}").status_code == 404


def test_the_file_has_what_was_looked_for_and_is_noted_itself(client, entries, facts):
    noted(SALES, "sign_in")
    noted(MANAGER, "sign_out")
    administrator = client("administrator")

    answer = administrator.post("audit/export", {"kinds": "sign_in"}, Accept_Language="en")
    content = b"".join(answer.streaming_content)

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Time", "Kind", "What", "Member"]
    assert [row[1:4] for row in rows[1:]] == [["Sign-in", "Signed in", SALES]]
    (found,) = entries("audit_export")
    assert (facts(found)["rows"], facts(found)["sha256"]) == ("1", sha256(content).hexdigest())
    assert facts(found)["filter"] == '{"kinds":"sign_in"}'


def test_the_file_is_whole_however_long_it_is(client, entries, facts, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 3)
    noted(SALES, *["sign_in"] * 8)
    client(SALES).make(name="华信")
    shown = entries()

    answer = client("administrator").post("audit/export", {})
    content = b"".join(answer.streaming_content)

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]
    assert [row[1] for row in rows] == [one["label"] for one in shown]
    assert (len(rows) > 8, answer["X-Row-Count"]) == (True, str(len(rows)))


def test_formulas_in_the_file_are_defused(client, entries):
    with work(world.workspace(), world.actor(SALES), via="ui", origin=Origin(agent="=1+1")) as ctx:
        note(ctx, "sign_in")

    content = b"".join(client("administrator").post("audit/export", {"kinds": "sign_in"}).streaming_content)

    assert "'=1+1" in content.decode("utf-8-sig")


@pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "audit"), ("GET", "audit/state"), ("POST", "audit/export"), ("POST", "audit/verify")]
)
def test_nobody_without_the_right_sees_any_of_it(name, method, path, client, entries):
    before = len(entries())

    answer = client(name).request(method, path, {} if method == "POST" else None)

    assert (answer.status_code, answer.json()["code"]) == (403, "audit.not_allowed")
    assert len(entries()) == before


def test_the_state_names_every_kind_and_says_that_nobody_has_verified_yet(client):
    state = client("administrator").get("audit/state", Accept_Language="en").json()

    assert {one["key"] for one in state["kinds"]} == {*kinds(), "change"}
    assert all(one["label"] and not one["label"].startswith("audit.") for one in state["kinds"])
    assert (state["running"], state["last"]) == (False, None)


def test_going_over_the_log_is_asked_for_once_and_told_when_it_is_done(client, entries):
    noted(SALES, "sign_in")
    administrator = client("administrator")

    asked = [administrator.post("audit/verify") for _ in range(2)]
    running = administrator.get("audit/state").json()["running"]
    verifying.verify_job(
        {"workspace": world.workspace().id, "member": str(world.membership("administrator").member_id)}
    )
    last = administrator.get("audit/state").json()["last"]

    assert [answer.status_code for answer in asked] == [202, 202]
    assert running is True
    assert (last["broken"], last["by"]["title"]) == (0, "administrator")
    assert last["entries"] > 0
    assert told(entries("audit_verify")) == [("audit_verify", "administrator")]


def test_what_is_broken_is_told_in_a_sentence(client):
    noted(SALES, "sign_in")
    with work(world.workspace(), world.actor(SALES), via="ui") as ctx:
        ((seq,),) = ctx.run("SELECT max(seq) FROM sys_audit")
        ctx.run("UPDATE sys_audit SET ip = '192.0.2.1' WHERE seq = $1", [seq])
    verifying.go_over(world.workspace())

    last = client("administrator").get("audit/state").json()["last"]

    (broken,) = last["breaks"]
    assert (last["broken"], broken["place"]) == (1, seq)
    assert broken["says"].startswith(f"第 {seq} 条（登录，")
    assert broken["says"].endswith("被改动过。")
