"""Four people and one change: two branches at the same time, sent back, somebody added, one stood in for, taken back."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from guanxi.packs.sample.sign_ins import PASSWORD
from tests.browser.conftest import PHONE
from tests.browser.visit import Visit
from tests.browser.words import in_chinese

MANY = 70_000
"""Nothing else in the sample employs as many: other tests meet no approval."""
EMAIL = "lawyer@example.com"


@pytest.fixture
def lawyer(visit: Callable[..., Visit], language: str) -> Iterator[Visit]:
    """Somebody who joins for the walk and leaves after it."""
    boss, guest = visit("administrator", language), visit(None, language)
    (role,) = boss.find("role", {"field": "key", "op": "eq", "value": "salesperson"})
    person = {"email": EMAIL, "name": "李法务", "roles": [role["id"]]}
    link = boss.api("POST", "actions/identity/invite-member", {"params": person})["result"]["link"]
    page = guest.open(f"/accept-invitation/{link.rpartition('/')[2]}")
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/w/**")
    yield guest
    me = guest.api("GET", "me")["member"]["id"]
    boss.api("PATCH", f"records/member/{me}", {"values": {"status": "left"}})


@pytest.fixture
def flow(visit: Callable[..., Visit], lawyer: Visit, language: str) -> Iterator[str]:
    """Finance and law at the same time, then the general manager."""
    boss = visit("administrator", language)
    nodes: list[dict[str, Any]] = [
        {"id": "split", "kind": "parallel", "settings": {"ways": 2}, "next": {"1": "finance", "2": "law"}},
        _node("finance", visit("manager", language), "财务", {"approved": "meet"}),
        _node("law", lawyer, "法务", {"approved": "meet"}),
        {"id": "meet", "kind": "join", "settings": {"mode": "all"}, "next": {"out": "last"}},
        _node("last", boss, "总经理", {}),
    ]
    where = {"where": {"field": "employees", "op": "gte", "value": MANY}}
    settings = {"op": "update", "fields": ["employees"], "where": where}
    trigger = {"id": "t", "kind": "approval.before", "settings": settings}
    definition = {"object": "company", "triggers": [trigger], "start": "split", "nodes": nodes}
    made = boss.create("flow", name="大客户会签", kind="approval", run_as="system", definition=definition)
    boss.api("POST", "actions/flows/publish", {"params": {"flow": made}})
    yield made
    boss.api("PATCH", f"records/flow/{made}", {"values": {"state": "paused"}})


def _node(key: str, person: Visit, name: str, following: dict) -> dict:
    return {
        "id": key, "kind": "approval.approve", "label": {"zh-CN": name, "en": name}, "next": following,
        "settings": {"people": [{"kind": "member", "members": [_me(person)]}], "mode": "any"},
    }  # fmt: skip


def _me(person: Visit) -> str:
    return person.api("GET", "me")["member"]["id"]


def _submit(sales: Visit, company: str) -> None:
    page = sales.open(f"o/company/{company}")
    label = sales.words.field("company", "employees")
    page.get_by_role("button", name=sales.say("page.edit_field", name=label), exact=True).first.click()
    page.get_by_role("textbox", name=label).first.fill(str(MANY))
    page.keyboard.press("Enter")
    dialog = sales.dialog()
    for name in ("财务", "法务", "总经理"):
        expect(dialog.get_by_text(name, exact=True)).to_be_visible()
    sales.button("approvals.submit", dialog).click()
    expect(page.get_by_role("link", name=sales.say("approvals.open_approval"))).to_be_visible()


def _act(
    someone: Visit, approval: str, key: str, comment: str = "", fill: Callable[[Visit], None] | None = None
) -> None:
    """Open the approval, press a button at its foot, or in its menu, and say it in the dialog."""
    page = someone.open(f"approvals/{approval}")
    foot = page.locator("footer").last
    expect(foot).to_be_visible()
    direct = someone.button(key, foot)
    menu = someone.button("approvals.more", foot)
    expect(direct.or_(menu).first).to_be_visible()
    if direct.count():
        direct.click()
    else:
        menu.click()
        page.get_by_role("menuitem", name=someone.say(key)).click()
    dialog = someone.dialog()
    if fill:
        fill(someone)
    if comment:
        dialog.get_by_role("textbox").last.fill(comment)
    someone.button(key, dialog).click()
    expect(dialog).to_have_count(0)


def _waits_for(someone: Visit, approval: str, *names: str) -> None:
    """Whom the approval waits for; steps are taken by the worker a moment after what somebody did."""

    def told() -> set[str]:
        return {one["title"] for one in someone.api("GET", f"approvals/{approval}")["waits_for"]}

    for _ in range(100):
        if told() == set(names):
            return
        someone.page.wait_for_timeout(100)
    assert told() == set(names)


def _name(person: Visit) -> str:
    return person.api("GET", "me")["member"]["name"]


@in_chinese
def test_a_change_goes_its_way_through_four_people(visit, flow, lawyer, language):
    sales, manager, boss = visit("salesperson"), visit("manager", viewport=PHONE), visit("administrator")
    company = sales.create("company", name="四人会签的公司")
    _submit(sales, company)
    (approval,) = [
        one["id"] for one in sales.api("GET", "approvals?box=submitted")["approvals"] if one["flow"]["id"] == flow
    ]
    _waits_for(sales, approval, _name(manager), "李法务")

    _act(lawyer, approval, "approvals.act_return", "请补充合同")
    page = sales.open(f"approvals/{approval}")
    expect(page.get_by_text("请补充合同").first).to_be_visible()
    _act(sales, approval, "approvals.act_resubmit", "已补充")
    _waits_for(sales, approval, _name(manager), "李法务")

    def administrator(someone: Visit) -> None:
        box = someone.dialog().get_by_role("textbox", name=someone.say("approvals.people"))
        someone.choose(box, _name(boss))

    _act(manager, approval, "approvals.act_add", fill=administrator)
    _waits_for(sales, approval, _name(boss), "李法务")
    _act(boss, approval, "approvals.act_approve", "数据没问题")
    _act(manager, approval, "approvals.act_approve")
    _waits_for(sales, approval, "李法务")

    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    boss.create("delegation", member=_me(lawyer), delegate=_me(manager), begins_on=today, ends_on=today)
    phone = manager.open(f"approvals/{approval}")
    expect(phone.get_by_text(manager.say("approvals.as_for", name="李法务"))).to_be_visible()
    _act(manager, approval, "approvals.act_approve", "代法务同意")
    _waits_for(sales, approval, _name(boss))
    _act(boss, approval, "approvals.act_approve")

    page = sales.open(f"approvals/{approval}")
    state = page.locator("header").get_by_text(sales.say("approvals.state_approved"), exact=True)
    expect(state).to_be_visible()
    said = sales.say("approvals.instead_of", name="李法务")
    expect(page.get_by_text(said).first).to_be_visible()
    assert sales.find("company", {"field": "id", "op": "eq", "value": company}, "employees")[0]["employees"] == MANY

    other = sales.create("company", name="撤回的公司")
    _submit(sales, other)
    page.get_by_role("link", name=sales.say("approvals.open_approval")).click()
    page.wait_for_url("**/approvals/*")
    _act(sales, page.url.rpartition("/")[2], "approvals.act_withdraw")
    expect(page.locator("header").get_by_text(sales.say("approvals.state_withdrawn"), exact=True)).to_be_visible()
    sales.open(f"o/company/{other}")
    expect(sales.button("page.edit")).not_to_have_attribute("aria-disabled", "true")

    desk = boss.open(f"settings/automation/{flow}?tab=statistics")
    row = desk.get_by_role("row").filter(has_text="财务")
    expect(row.get_by_role("cell").nth(1)).to_have_text("2")
