"""The flows that are shipped: offered, made into drafts in the caller's language, published and run from end to end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from guanxi.app.areas import registry
from guanxi.capabilities.flows.templates import templates
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import writes
from tests.capabilities.flows.conftest import Automation, Drafts
from tests.support import world
from tests.support.clients import Client

registry()


def made(drafts: Drafts, key: str, language: str = "zh-CN") -> dict[str, Any]:
    """A draft of a template."""
    answer = drafts.admin.request(
        "POST", "actions/flows/from-template", {"params": {"template": key}}, Accept_Language=language
    )
    assert answer.status_code == 200, answer.content
    return drafts.admin.get(f"records/flow/{answer.json()['result']['flow']}").json()


def published(automation: Automation, key: str) -> str:
    """A template that is on."""
    flow = made(automation, key)["id"]
    answer = automation.admin.post("actions/flows/publish", {"params": {"flow": flow}})
    assert answer.status_code == 200, answer.content.decode()
    return str(flow)


def superior(of: str, who: str) -> None:
    """Have somebody report to somebody."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        change = {"manager": str(world.actor(who).member_id)}
        writes.update(ctx, "member", [writes.Change(world.actor(of).member_id, change)])


def tasks(automation: Automation) -> list[tuple[str, str]]:
    """Subjects and owners of all tasks."""
    rows = automation.admin.post("records/task/query", {"select": ["subject", "owner"]}).json()["rows"]
    return sorted((one["subject"], one["owner"]["id"]) for one in rows)


def told(client: Client) -> list[str]:
    """Titles of somebody's notifications."""
    return [one["title"] for one in client.get("notifications").json()["items"]]


def change(client: Client, object_key: str, id_: str, **values: Any) -> Any:
    """Write a record."""
    rev = client.get(f"records/{object_key}/{id_}").json()["rev"]
    return client.patch(f"records/{object_key}/{id_}", {"values": values, "rev": rev})


def me(name: str) -> str:
    """A person's id."""
    return str(world.actor(name).member_id)


def test_they_are_offered_to_those_who_look_after_automation(drafts: Drafts) -> None:
    answer = drafts.admin.get("flows/templates").json()["templates"]
    assert [one["key"] for one in answer] == [
        "first_inquiry", "mail_to_lead", "large_order", "discount", "quote_discount", "contract_approval", "idle_customer", "birthday", "renewal",
        "handed_over",
    ]  # fmt: skip
    sales = Client.signed_in_as("salesperson")
    assert sales.get("flows/templates").status_code == 403
    refused = sales.post("actions/flows/from-template", {"params": {"template": "birthday"}})
    assert refused.status_code == 403
    refused = drafts.admin.post("actions/flows/from-template", {"params": {"template": "no_such"}})
    assert (refused.status_code, refused.json()["code"]) == (404, "flows.no_such_template")
    assert drafts.admin.post("records/flow/count", {}).json()["count"] == 0


@pytest.mark.parametrize("key", [one.key for one in templates()])
def test_each_is_a_draft_in_the_callers_language(drafts: Drafts, key: str) -> None:
    chinese, english = made(drafts, key), made(drafts, key, "en")
    template = next(one for one in templates() if one.key == key)
    assert (chinese["name"], english["name"]) == (template.name["zh-CN"], template.name["en"])
    assert {chinese["state"], english["state"]} == {"draft"}
    assert chinese["object"] == template.object
    assert all(ord(one) < 0x2E80 for one in str(english["definition"]))
    problems = drafts.problems(chinese["definition"])
    assert set(problems) <= ({"fields.setting_nobody"} if key == "large_order" else set())


def test_a_first_inquiry_goes_to_the_superior_after_three_days_without_response(automation: Automation) -> None:
    superior("salesperson", "manager")
    flow = published(automation, "first_inquiry")
    lead = automation.admin.make("lead", name="李先生")
    other = automation.admin.make("lead", name="王女士")
    automation.round()
    owners = {automation.admin.get(f"records/lead/{one['id']}").json()["owner"]["id"] for one in (lead, other)}
    assert owners == {me("salesperson"), me("colleague")}
    assert [subject for subject, _ in tasks(automation)] == ["联系新线索：李先生", "联系新线索：王女士"]

    mine = next(
        one
        for one in (lead, other)
        if automation.admin.get(f"records/lead/{one['id']}").json()["owner"]["id"] == me("salesperson")
    )
    answered = next(one for one in (lead, other) if one is not mine)
    assert change(automation.admin, "lead", answered["id"], status="contacted").status_code == 200
    automation.later(days=9)
    automation.deliver()

    assert [run["state"] for run in automation.runs(flow)] == ["done", "done"]
    name = "李先生" if mine is lead else "王女士"
    assert f"线索 {name} 超过 3 个工作日未联系" in told(Client.signed_in_as("manager"))
    escalated = [one for one in tasks(automation) if one[0].startswith("督促")]
    assert escalated == [(f"督促或改派线索：{name}", me("manager"))]


def departments(**heads: str) -> None:
    """Departments with their heads."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        for name, head in heads.items():
            writes.create(ctx, "department", [{"name": name, "head": me(head), "position": 90}])


def test_a_large_order_is_approved_by_four_departments_side_by_side(automation: Automation) -> None:
    superior("salesperson", "manager")
    departments(法务部="colleague", 财务部="administrator", 生产部="read_only")
    flow = published(automation, "large_order")
    sales = Client.signed_in_as("salesperson")
    stages = automation.admin.post("records/stage/query", {"select": ["name", "category"]}).json()["rows"]
    won = next(one["id"] for one in stages if one["category"] == "won")
    small, large = (
        sales.make(
            "opportunity", name=name, company=sales.make(name=name)["id"], amount={"amount": amount, "currency": "CNY"}
        )
        for name, amount in (("小单", "1000"), ("大单", "2000000"))
    )
    assert change(sales, "opportunity", small["id"], stage=won).status_code == 200
    assert automation.runs(flow) == []
    held = change(sales, "opportunity", large["id"], stage=won)
    assert held.status_code == 409, held.content
    params = {"flow": flow, "object": "opportunity", "record": large["id"], "op": "update", "values": {"stage": won}}
    begun = sales.post("actions/approvals/submit", {"params": params})
    assert begun.status_code == 200, begun.content
    automation.round()
    for name in ("manager", "colleague", "administrator", "read_only"):
        assert automation.admin.get(f"records/opportunity/{large['id']}").json()["status"] != "won"
        approve(Client.signed_in_as(name))
        automation.round()

    assert automation.runs(flow)[0]["state"] == "done"
    assert sales.get(f"records/opportunity/{large['id']}").json()["stage"]["id"] == won
    assert "大额订单 大单 已完成会审" in told(sales)


def test_no_way_leads_round_the_approval_of_a_large_order(automation: Automation) -> None:
    departments(法务部="colleague", 财务部="administrator", 生产部="read_only")
    published(automation, "large_order")
    sales = Client.signed_in_as("salesperson")
    stages = automation.admin.post("records/stage/query", {"select": ["name", "category"]}).json()["rows"]
    won = next(one["id"] for one in stages if one["category"] == "won")
    company = sales.make(name="甲")["id"]

    def money(amount: str) -> dict[str, str]:
        return {"amount": amount, "currency": "CNY"}

    begun = {"name": "直接赢单", "company": company, "stage": won, "amount": money("3000000")}
    refused = sales.post("records/opportunity", {"values": begun})
    assert (refused.status_code, refused.json()["code"]) == (409, "approvals.needed")
    assert sales.post("records/opportunity/count", {}).json()["count"] == 0

    small = sales.make("opportunity", **{**begun, "amount": money("1000")})["id"]
    refused = change(sales, "opportunity", small, amount=money("5000000"))
    assert (refused.status_code, refused.json()["code"]) == (409, "approvals.needed")
    both = sales.make("opportunity", name="一起改", company=company)["id"]
    assert change(sales, "opportunity", both, stage=won, amount=money("1000000")).status_code == 409
    assert change(sales, "opportunity", small, amount=money("999999")).status_code == 200


def approve(client: Client) -> None:
    """Approve the one task that somebody has."""
    (one,) = client.get("approvals?box=to_do").json()["approvals"]
    task = client.get(f"approvals/{one['id']}").json()["task"]
    answer = client.post("actions/approvals/decide", {"params": {"task": task, "decision": "approve"}})
    assert answer.status_code == 200, answer.content


def test_an_idle_customer_is_told_to_the_owner_and_a_week_later_to_the_superior(automation: Automation) -> None:
    superior("salesperson", "manager")
    flow = published(automation, "idle_customer")
    automation.round()
    sales = Client.signed_in_as("salesperson")
    idle, busy, prospect = (
        sales.make(name=name, type=kind) for name, kind in (("静", "customer"), ("动", "customer"), ("潜", "prospect"))
    )
    for one in (idle, busy, prospect):
        sales.make("note", body="<p>见面</p>", about={"object": "company", "id": one["id"]})
    automation.round()
    automation.later(days=31)
    automation.round()
    assert [str(run["record"]) for run in automation.runs(flow)] in ([idle["id"], busy["id"]], [busy["id"], idle["id"]])
    assert ("回访客户：静（30 天无往来）", me("salesperson")) in tasks(automation)

    sales.make("note", body="<p>又见面</p>", about={"object": "company", "id": busy["id"]})
    automation.later(days=8)
    automation.round()
    assert {run["state"] for run in automation.runs(flow)} == {"done"}
    assert told(Client.signed_in_as("manager")) == ["客户 静 已 37 天无往来"]


def test_a_birthday_is_told_three_days_before(automation: Automation) -> None:
    published(automation, "birthday")
    automation.at_local("2027-03-01T08:00")
    automation.round()
    sales = Client.signed_in_as("salesperson")
    sales.make("contact", name="寿星", birthday="1980-03-04")
    sales.make("contact", name="别人", birthday="1980-03-05")
    sales.make("contact", name="没填")
    automation.at_local("2027-03-01T09:01")
    automation.round()
    assert tasks(automation) == [("寿星 三天后生日，准备祝福", me("salesperson"))]
    automation.at_local("2028-03-01T09:01")
    automation.round()
    assert [subject for subject, _ in tasks(automation)] == ["寿星 三天后生日，准备祝福"] * 2


def test_a_renewal_is_told_a_month_before_the_year_is_over(automation: Automation) -> None:
    flow = published(automation, "renewal")
    sales = Client.signed_in_as("salesperson")
    stages = automation.admin.post("records/stage/query", {"select": ["name", "category"]}).json()["rows"]
    won = next(one["id"] for one in stages if one["category"] == "won")
    company = sales.make(name="甲")["id"]
    sales.make("opportunity", name="赢了", company=company, stage=won)
    sales.make("opportunity", name="还没", company=company)
    automation.round()
    automation.later(days=334)
    automation.round()
    assert automation.runs(flow) == []
    automation.later(days=2)
    automation.round()

    assert tasks(automation) == [("联系续约：赢了", me("salesperson"))]
    assert told(sales) == ["赢了 将满一年，请联系续约"]


def test_who_is_given_a_company_gets_in_touch_or_their_superior_hears_of_it(automation: Automation) -> None:
    superior("colleague", "manager")
    flow = published(automation, "handed_over")
    sales = Client.signed_in_as("salesperson")
    left, called = sales.make(name="冷"), sales.make(name="热")
    for one in (left, called):
        assert change(automation.admin, "company", one["id"], owner=me("colleague")).status_code == 200
    automation.round()
    assert [subject for subject, owner in tasks(automation) if owner == me("colleague")] == [
        "新接手客户：冷，请主动联系", "新接手客户：热，请主动联系",
    ]  # fmt: skip
    with work(world.workspace(), SYSTEM, via="system", now=automation.now() + timedelta(days=2)) as ctx:
        about = {"object": "company", "id": called["id"]}
        writes.create(ctx, "note", [{"body": "<p>联系了</p>", "about": about, "owner": UUID(me("colleague"))}])
    automation.later(days=6)
    automation.round()

    assert {run["state"] for run in automation.runs(flow)} == {"done"}
    assert told(Client.signed_in_as("manager")) == ["交接的客户 冷 尚未联系"]
