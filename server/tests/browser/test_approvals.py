"""A change that has to be approved: submitted where it is made, decided on a phone, sent back, changed, approved."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.looks import faults
from tests.browser.visit import Visit
from tests.browser.words import in_chinese

FROM = 900_000_000
"""Nothing else in the sample earns as much: other tests meet no approval."""


@pytest.fixture
def flow(visit) -> str:
    """A flow that asks the manager and then the administrator before a company earns very much."""
    administrator = visit("administrator")
    earlier = administrator.find("flow", {"field": "name", "op": "eq", "value": "大额营收审批"})
    if earlier:
        return earlier[0]["id"]
    nodes = [
        _node("first", visit("manager"), "主管", {"approved": "last"}, rights={"annual_revenue": "edit"}),
        _node("last", administrator, "总经理", {}),
    ]
    where = {"where": {"field": "annual_revenue", "op": "gte", "value": FROM}}
    trigger = {"op": "update", "fields": ["annual_revenue"], "where": where}
    definition = {
        "object": "company",
        "triggers": [{"id": "t", "kind": "approval.before", "settings": trigger}],
        "start": "first",
        "nodes": nodes,
    }
    values = {"name": "大额营收审批", "kind": "approval", "run_as": "system", "definition": definition}
    made = administrator.create("flow", **values)
    administrator.api("POST", "actions/flows/publish", {"params": {"flow": made}})
    return made


def _node(key: str, person: Visit, name: str, following: dict, **settings: object) -> dict:
    people = [{"kind": "member", "members": [person.api("GET", "me")["member"]["id"]]}]
    return {
        "id": key,
        "kind": "approval.approve",
        "label": {"zh-CN": name, "en": name},
        "settings": {"people": people, "mode": "any", **settings},
        "next": following,
    }


def _act(someone: Visit, key: str, comment: str = "") -> None:
    """Press a button at the foot of the approval, or in its menu, and say it in the dialog."""
    foot = someone.page.locator("footer").last
    direct = someone.button(key, foot)
    expect(foot).to_be_visible()
    if direct.count():
        direct.click()
    else:
        someone.button("approvals.more", foot).click()
        someone.page.get_by_role("menuitem", name=someone.say(key)).click()
    dialog = someone.dialog()
    if comment:
        dialog.get_by_role("textbox").last.fill(comment)
    someone.button(key, dialog).click()
    expect(dialog).to_have_count(0)


def _state(page: Page, someone: Visit, state: str) -> Locator:
    return page.locator("header").get_by_text(someone.say(f"approvals.state_{state}"), exact=True)


@in_chinese
def test_a_change_is_submitted_sent_back_changed_and_approved(visit, flow, language):
    sales, manager, boss = visit("salesperson"), visit("manager", viewport=PHONE), visit("administrator")
    company = sales.create("company", name="待审批的公司")
    page = sales.open(f"o/company/{company}")
    label = sales.words.field("company", "annual_revenue")
    page.get_by_role("button", name=sales.say("page.edit_field", name=label), exact=True).first.click()
    page.get_by_role("textbox", name=label).first.fill("950000000")
    page.keyboard.press("Enter")

    dialog = sales.dialog()
    expect(dialog.get_by_text("主管")).to_be_visible()
    expect(dialog.get_by_text("总经理")).to_be_visible()
    dialog.get_by_role("textbox").fill("集团合并报表")
    sales.button("approvals.submit", dialog).click()
    expect(page.get_by_role("link", name=sales.say("approvals.open_approval"))).to_be_visible()
    expect(sales.button("page.edit")).to_have_attribute("aria-disabled", "true")
    assert (
        sales.find("company", {"field": "id", "op": "eq", "value": company}, "annual_revenue")[0]["annual_revenue"]
        is None
    )

    phone = manager.open("approvals")
    phone.get_by_role("link", name="待审批的公司").click()
    expect(phone.get_by_text("集团合并报表")).to_be_visible()
    _act(manager, "approvals.act_approve", "同意")
    expect(_state(phone, manager, "pending")).to_be_visible()

    desk = boss.open("approvals")
    desk.get_by_role("link", name="待审批的公司").click()
    _act(boss, "approvals.act_return", "请核对金额")

    page.get_by_role("link", name=sales.say("approvals.open_approval")).click()
    expect(_state(page, sales, "returned")).to_be_visible()
    page.get_by_role("textbox", name=label).click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("920000000")
    _act(sales, "approvals.act_resubmit", "已改")
    for one in (manager, boss):
        one.open("approvals").get_by_role("link", name="待审批的公司").click()
        _act(one, "approvals.act_approve")
    expect(_state(page, sales, "approved")).to_be_visible()

    page = sales.open(f"o/company/{company}?tab=approvals")
    expect(page.get_by_role("tabpanel").get_by_text(sales.say("approvals.state_approved"))).to_be_visible()
    expect(sales.button("page.edit")).not_to_have_attribute("aria-disabled", "true")
    found = sales.find("company", {"field": "id", "op": "eq", "value": company}, "annual_revenue")
    assert float(found[0]["annual_revenue"]["amount"]) == 920_000_000


@in_chinese
def test_several_are_approved_together(visit, flow, language):
    sales, manager = visit("salesperson"), visit("manager")
    names = ["一起审批甲", "一起审批乙"]
    for name in names:
        params = {"flow": flow, "object": "company", "op": "update", "record": sales.create("company", name=name),
                  "values": {"annual_revenue": {"amount": "930000000", "currency": "CNY"}}}  # fmt: skip
        sales.api("POST", "actions/approvals/submit", {"params": params})
    page = manager.open("approvals")
    for name in names:
        page.get_by_role("checkbox", name=manager.say("approvals.choose", title=name)).check()
    manager.button("approvals.act_approve").click()
    dialog = manager.dialog()
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    manager.button("approvals.act_approve", dialog).click()
    expect(page.get_by_text(manager.say("approvals.decided_some", 2))).to_be_visible()
    for name in names:
        expect(page.get_by_role("link", name=name)).to_have_count(0)


def test_everybody_can_read_and_use_it(visit, flow, language):
    sales, manager = visit("salesperson", language), visit("manager", language)
    params = {"flow": flow, "object": "company", "op": "update", "record": sales.create("company", name=f"审批 {language}"),
              "values": {"annual_revenue": {"amount": "940000000", "currency": "CNY"}}, "comment": "请看"}  # fmt: skip
    approval = sales.api("POST", "actions/approvals/submit", {"params": params})["result"]["approval"]
    page = manager.open("approvals")
    expect(page.get_by_role("link", name=f"审批 {language}")).to_be_visible()
    assert faults(manager) == {}
    page = manager.open(f"approvals/{approval}")
    expect(manager.button("approvals.act_approve")).to_be_visible()
    assert faults(manager) == {}
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation").first).to_be_hidden()
    expect(manager.button("approvals.act_approve")).to_be_hidden()
    expect(page.get_by_text("请看")).to_be_visible()
    page.emulate_media(media="screen")
