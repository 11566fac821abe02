"""Back-tests and test runs as people ask for them: nothing of the world changes, and nobody is told more than they may know."""

import hashlib
from typing import Any

import pytest
from django.db import connection

from guanxi.capabilities.flows.backtest import asking
from guanxi.infra.jobs.registry import jobs
from tests.capabilities.flows.conftest import Automation, rule
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import trust

LEVEL_A = {"where": {"field": "level", "op": "eq", "value": "A"}}
OWNER = [{"kind": "owner"}]
EVERYTHING = (
    {"kind": "record.update", "settings": {"values": {"description": {"formula": "name & level"}}}},
    {
        "kind": "record.create",
        "settings": {"object": "task", "about": "about", "values": {"subject": {"text": "{name}"}}},
    },
    {"kind": "assign", "settings": {"people": [{"kind": "role", "role": "salesperson"}], "mode": "round_robin"}},
    {"kind": "task", "settings": {"subject": "{name}", "people": OWNER, "priority": "high"}},
    {"kind": "note", "settings": {"body": "{name}"}},
    {"kind": "tag", "settings": {"add": ["重点"]}},
    {"kind": "set", "settings": {"values": {"n": {"formula": "name"}}}},
    {"kind": "mail", "settings": {"people": OWNER, "addresses": ["a@example.com"], "subject": "{name}", "body": "y"}},
    {"kind": "notify", "settings": {"people": OWNER, "subject": "{name}", "mail": True}},
    {"kind": "http", "settings": {"url": "https://example.com/{name}", "method": "POST"}},
    {"kind": "approval.approve", "settings": {"people": OWNER, "mode": "any"}, "next": {"approved": "n12"}},
    {"kind": "record.delete", "settings": {}},
)


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Jobs that were queued, instead of a worker."""
    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(asking, "enqueue", lambda name, payload: found.append((name, payload)))
    return found


def world_now(but: str = "sys_backtest") -> dict[str, tuple[int, str]]:
    """Every table of the database with its rows counted and added up, but for back-tests themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> %s",
            [but],
        )
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f"SELECT count(*), string_agg(t::text, '|' ORDER BY t::text) FROM {name} t")
            count, text = cursor.fetchone()
            found[name] = (count, hashlib.sha256((text or "").encode()).hexdigest())
    return found


def work_off(queued: list[tuple[str, dict[str, Any]]]) -> None:
    """Do the jobs."""
    while queued:
        name, payload = queued.pop(0)
        jobs()[name].handler(payload)


def backtest(
    client: Client, queued: list[tuple[str, dict[str, Any]]], flow: str, days: int = 30, **asked: Any
) -> dict[str, Any]:
    """A back-test that was asked for and done."""
    answer = client.post(f"flows/{flow}/backtests", {"days": days, **asked})
    assert answer.status_code == 202, answer.content
    work_off(queued)
    return client.get(f"flows/backtests/{answer.json()['id']}").json()


def created(*nodes: dict[str, Any], where: Any = LEVEL_A) -> dict[str, Any]:
    """A rule for new companies."""
    found = rule({"kind": "record.created", "settings": {"where": where}}, *nodes)
    for node in found["nodes"]:
        if node["kind"] == "approval.approve":
            node["next"].pop("out", None)
    return found


def test_nothing_of_the_world_changes(automation: Automation, queued: Any) -> None:
    flow = automation.draft(created(*EVERYTHING))
    sales = Client.signed_in_as("salesperson")
    one = sales.make(name="甲", level="A")
    sales.make(name="乙", level="A")
    automation.round()
    sales.get("me"), automation.admin.get("me")
    before = world_now()
    found = backtest(automation.admin, queued, flow)
    tried = automation.admin.post(f"flows/{flow}/try", {"definition": created(*EVERYTHING), "record": one["id"]})

    assert world_now() == before
    assert found["state"] == "done", found
    counts = {(each["what"], each["object"]): each["count"] for each in found["result"]["deeds"]}
    assert counts == {
        ("update", "company"): 2, ("create", "task"): 2, ("assign", "company"): counts["assign", "company"],
        ("task", "task"): 2, ("note", "note"): 2, ("tag", "company"): 2, ("mail", None): counts["mail", None],
        ("notification", None): 2, ("http", None): 2, ("approval", None): 2, ("delete", "company"): 2,
    }  # fmt: skip
    assert counts["mail", None] >= 4
    assert [line["outcome"] for line in tried.json()["way"]] == ["done"] * 12
    assert automation.admin.get(f"records/company/{one['id']}").status_code == 200


def test_a_test_run_tells_step_by_step_what_would_be_done(automation: Automation) -> None:
    definition = created(
        {"kind": "record.update", "settings": {"values": {"level": {"value": "B"}}}},
        {"kind": "notify", "settings": {"people": OWNER, "subject": "看看{name}"}},
        {"kind": "wait", "settings": {"time": {"amount": 2, "unit": "days"}}},
        {"kind": "set", "settings": {"values": {"twice": {"formula": "name & name"}}}},
    )
    flow, one = automation.draft(definition), automation.admin.make(name="甲", level="A")
    zh = automation.admin.post(f"flows/{flow}/try", {"definition": definition, "record": one["id"]}).json()
    en = automation.admin.post(
        f"flows/{flow}/try", {"definition": definition, "record": one["id"]}, Accept_Language="en"
    ).json()  # fmt: skip

    assert (zh["state"], zh["record"]["title"], zh["data"]) == ("done", "甲", {"twice": "甲甲"})
    first, second = zh["way"][0]["does"][0], zh["way"][1]["does"][0]
    assert first["says"].startswith("修改")
    assert [(value["old"], value["new"]) for value in first["values"]] != []
    assert second["values"] == [{"name": "标题", "old": None, "new": "看看甲"}]
    assert en["way"][1]["does"][0]["says"].startswith("Notify ")
    assert zh["way"][-1]["at"] > zh["way"][0]["at"]


def test_a_test_run_says_that_the_record_would_not_set_it_off_and_whom_it_would_not_tell(
    automation: Automation,
) -> None:
    colleague = [{"kind": "member", "members": [str(world.actor("colleague").member_id)]}]
    told = {"kind": "notify", "settings": {"people": [*OWNER, *colleague], "subject": "看看{name}"}}
    given = {"kind": "assign", "settings": {"people": colleague, "mode": "round_robin"}}
    mine, plain = Client.signed_in_as("salesperson"), created(told)
    flow, one = automation.draft(plain), mine.make(name="甲", level="B")

    def tried(definition: Any) -> Any:
        return automation.admin.post(f"flows/{flow}/try", {"definition": definition, "record": one["id"]}).json()

    found = tried(plain)
    assert found["unmet"] == [plain["triggers"][0]["id"]]
    assert [line["unseen"] for line in found["way"]] == [1]
    mine.patch(f"records/company/{one['id']}", {"values": {"level": "A"}, "rev": one["rev"]})
    assert tried(plain)["unmet"] == []
    # Whoever would be given the record before would be told of it.
    assert [line["unseen"] for line in tried(created(given, told))["way"]] == [0, 0]


def test_only_who_manages_automation_asks_for_one(automation: Automation, queued: Any) -> None:
    flow = automation.draft(created(EVERYTHING[0]))
    made = automation.admin.post(f"flows/{flow}/backtests", {"days": 3}).json()
    sales = Client.signed_in_as("salesperson")
    answers = [
        sales.post(f"flows/{flow}/backtests", {"days": 3}),
        sales.get(f"flows/{flow}/backtests"),
        sales.get(f"flows/backtests/{made['id']}"),
        sales.post(f"flows/backtests/{made['id']}/cancel"),
        sales.post(f"flows/{flow}/try", {"definition": created(EVERYTHING[0])}),
    ]

    assert [one.status_code for one in answers] == [403] * 5
    assert len(queued) == 1


def test_records_that_one_may_not_see_are_counted_and_never_named(automation: Automation, queued: Any) -> None:
    flow = automation.draft(created(EVERYTHING[7]))
    mine = Client.signed_in_as("salesperson").make(name="我的", level="A")
    other = Client.signed_in_as("other_salesperson").make(name="别人的", level="A")
    trust("salesperson", "automation", flow={"read": "all"})
    limited = Client.signed_in_as("salesperson")
    found = backtest(limited, queued, flow)["result"]
    unseen = limited.post(f"flows/{flow}/try", {"definition": created(EVERYTHING[7]), "record": other["id"]})

    assert (found["starts"], found["foreign"]) == (2, 1)
    assert [run["record"]["id"] for run in found["runs"]] == [mine["id"]]
    assert other["id"] not in str(found)
    assert unseen.status_code == 404


def test_records_that_a_rule_keeps_from_one_are_left_out_altogether(automation: Automation, queued: Any) -> None:
    flow = automation.draft(created(EVERYTHING[7]))
    sales = Client.signed_in_as("salesperson")
    mine = sales.make(name="我的", level="A")
    sales.make(name="机密", level="A")
    kept = {
        "name": "机密", "object": "company", "effect": "restricts", "for_everyone": True,
        "where": {"not": {"field": "name", "op": "eq", "value": "机密"}},
    }  # fmt: skip
    assert automation.admin.post("records/access_rule", {"values": kept}).status_code == 201
    trust("salesperson", "automation", flow={"read": "all"})
    found = backtest(Client.signed_in_as("salesperson"), queued, flow)["result"]

    assert (found["starts"], found["foreign"], found["changes"]) == (1, 0, None)
    assert [run["record"]["id"] for run in found["runs"]] == [mine["id"]]
    assert "flows.past_left_out" in [one["code"] for one in found["hints"]]


def test_nobody_asks_about_fields_that_they_may_not_read(automation: Automation, queued: Any) -> None:
    secret = {"where": {"field": "description", "op": "contains", "value": "x"}}
    flow = automation.draft(created(stop := {"kind": "stop", "settings": {}}, where=None))
    trust(
        "salesperson", "automation", flow={"read": "all"}, company={"read": "own", "fields": {"description": "hidden"}}
    )
    limited = Client.signed_in_as("salesperson")
    formula = {"kind": "set", "settings": {"values": {"x": {"formula": "description"}}}}
    for definition, code in (
        (created(stop, where=secret), "query.unknown_field"),
        (created(formula), "formula.unknown"),
    ):
        answer = limited.post(f"flows/{flow}/backtests", {"days": 3, "definition": definition})
        assert (answer.status_code, code in answer.content.decode()) == (409, True)
    assert queued == []
    assert limited.post(f"flows/{flow}/backtests", {"days": 3, "definition": created(stop)}).status_code == 202


def test_it_can_be_cancelled_and_is_asked_for_once_at_a_time(automation: Automation, queued: Any) -> None:
    flow = automation.draft(created(EVERYTHING[0]))
    admin = automation.admin
    first = admin.post(f"flows/{flow}/backtests", {"days": 3}).json()
    twice = admin.post(f"flows/{flow}/backtests", {"days": 3})
    ended = admin.post(f"flows/backtests/{first['id']}/cancel").json()
    work_off(queued)
    listed = admin.get(f"flows/{flow}/backtests").json()["backtests"]

    assert (twice.status_code, twice.json()["code"]) == (409, "flows.past_running")
    assert ended["state"] == "cancelled"
    assert [(one["id"], one["state"]) for one in listed] == [(first["id"], "cancelled")]
    assert admin.get(f"flows/backtests/{first['id']}").json()["result"] is None


def test_one_at_work_ends_when_it_is_told_to(
    automation: Automation, queued: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = automation.draft(created(EVERYTHING[0]))
    Client.signed_in_as("salesperson").make(name="甲", level="A")
    made = automation.admin.post(f"flows/{flow}/backtests", {"days": 3}).json()
    monkeypatch.setattr(asking.store, "at_work", lambda *_: False)
    work_off(queued)

    assert automation.admin.get(f"flows/backtests/{made['id']}").json()["state"] == "cancelled"


@pytest.mark.parametrize("days", [0, 91, "7", None, True])
def test_it_goes_back_ninety_days_at_most(automation: Automation, queued: Any, days: Any) -> None:
    flow = automation.draft(created(EVERYTHING[0]))
    answer = automation.admin.post(f"flows/{flow}/backtests", {"days": days})

    assert (answer.status_code, answer.json()["code"]) == (400, "flows.past_days")
    assert queued == []


def test_a_draft_that_makes_no_sense_is_refused_with_what_is_wrong(automation: Automation, queued: Any) -> None:
    flow = automation.draft(created(EVERYTHING[0]))
    bad = created({"kind": "record.update", "settings": {"values": {"no_such": {"value": 1}}}})
    answer = automation.admin.post(f"flows/{flow}/backtests", {"days": 3, "definition": bad})

    assert (answer.status_code, answer.json()["code"]) == (409, "flows.not_right")
    assert queued == []
