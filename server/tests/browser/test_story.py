"""One customer from a stranger's form to cash and what follows from it, as the people of a company would do it."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.papers import made, pay, sign
from tests.browser.story_setup import ITEM, Story, prepare

PRODUCT = "工业数据网关 G200"


@pytest.fixture
def story(visit, language):
    told = Story(visit, language)
    prepare(told)
    yield told
    told.clear()


def _form(story: Story) -> str:
    (row,) = story.boss.find("web_form", {"field": "id", "op": "eq", "value": story.form}, "token")
    page = story.stranger.open(f"/f/{row['token']}?utm_campaign=story")
    label = story.boss.words.field
    for key, text in (("name", "何总"), ("company_name", story.name), ("title", "总经理"), ("mobile", story.mobile),
                      ("need", "本季度上线销售自动化")):  # fmt: skip
        page.get_by_label(re.compile("^" + label("lead", key))).fill(text)
    page.get_by_label(label("lead", "industry")).select_option("media")
    page.wait_for_function("() => performance.now() > 3500")  # nobody is taken for a person sooner
    page.get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_be_visible()
    where = {"field": "company_name", "op": "eq", "value": story.name}
    graded = {
        "and": [
            where,
            {"field": "grade", "op": "eq", "value": "A"},
            {"field": "owner", "op": "eq", "value": story.me["id"]},
        ]
    }
    (lead,) = story.boss.until(lambda: story.boss.find("lead", graded, "name"))
    return lead["id"]


def _accept(story: Story, lead: str) -> None:
    page = story.sales.open(f"o/lead/{lead}?tab=grade")
    expect(page.get_by_text("留有公司名称")).to_be_visible()
    with page.expect_response("**/actions/sales/accept-lead"):
        story.sales.button("assignment.accept").click()
    expect(story.sales.button("assignment.accept")).to_be_hidden()


def _convert(story: Story) -> str:
    story.sales.button("sales.convert").click()
    with story.sales.page.expect_response("**/actions/sales/convert-lead") as answer:
        story.sales.button("sales.convert", story.sales.dialog()).click()
    expect(story.sales.dialog()).to_be_hidden()
    return answer.value.json()["result"]["opportunity"]


def _through_gates(story: Story, deal: str) -> None:
    """Into the second stage, which asks for a next step, and for something that has been done."""
    sales = story.sales
    page = sales.open(f"o/opportunity/{deal}")
    expect(page.get_by_text(sales.say("sales.wants_items", count=1))).to_be_visible()
    sales.button("sales.fill_now").click()
    dialog = sales.dialog()
    expect(sales.button("sales.confirm", dialog)).to_be_disabled()
    with page.expect_response("**/actions/sales/check-items"):
        dialog.get_by_role("checkbox", name=ITEM).click()
    dialog.locator("[data-field=next_step] input").fill("报价")
    with page.expect_response("**/records/opportunity/*"):
        sales.button("sales.confirm", dialog).click()
    expect(dialog).to_be_hidden()


def _quote(story: Story, deal: str) -> str:
    """Ten gateways with a discount that the salesperson may not give; it is submitted where it was typed."""
    sales = story.sales
    page = sales.page
    sales.button("quotes.make").click()
    quote = made(page, "quote")
    page.get_by_role("tab", name=sales.words.field("quote", "lines"), exact=True).click()
    grid = page.get_by_role("grid", name=sales.words.field("quote", "lines"))
    grid.focus()
    page.keyboard.press("Insert")
    row = grid.locator("tbody tr").first
    expect(row).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    sales.choose(page.get_by_role("textbox", name=re.compile(" 1 ")).first, PRODUCT)
    expect(row).to_contain_text("6,800")
    _type(row, "quantity", "10")
    _type(row, "discount", "25")
    expect(row.locator("[data-column=total]")).to_have_text("¥51,000")
    sales.button("field-kinds.save_lines").click()
    dialog = sales.dialog()
    expect(dialog.get_by_text("总经理", exact=True)).to_be_visible()
    sales.button("approvals.submit", dialog).click()
    expect(page.get_by_role("link", name=sales.say("approvals.open_approval"))).to_be_visible()
    return quote


def _type(row: Locator, column: str, text: str) -> None:
    row.locator(f"[data-column={column}]").click()
    row.page.keyboard.type(text)
    row.page.keyboard.press("Enter")


def _approve(story: Story, quote: str) -> None:
    """Two people, one after the other."""
    for one in (story.manager, story.boss):
        page = one.open("approvals")
        page.get_by_role("link", name=story.name).first.click()
        one.button("approvals.act_approve", page.locator("footer").last).click()
        one.button("approvals.act_approve", one.dialog()).click()
        expect(one.dialog()).to_have_count(0)
    where = {"and": [{"field": "id", "op": "eq", "value": quote}, {"field": "amount", "op": "gt", "value": 0}]}
    story.sales.until(lambda: story.sales.find("quote", where, "name"))


def _offer(story: Story, quote: str, browser: Browser) -> None:
    """Printed, sent by a link, and accepted there by the customer."""
    sales = story.sales
    page = sales.open(f"o/quote/{quote}")
    sales.button("quotes.more").click()
    printed = page.get_by_role("menuitem", name="PDF").first.get_attribute("href")
    answer = page.request.get(f"{sales.address}{printed}")
    assert (answer.ok, answer.body()[:5]) == (True, b"%PDF-")
    page.keyboard.press("Escape")
    sales.button("quotes.share").click()
    sales.button("quotes.create_link").click()
    address = page.get_by_role("textbox", name=sales.say("quotes.link_ready")).input_value()
    guest = browser.new_context(locale=story.language)
    try:
        offer = guest.new_page()
        offer.goto(address)
        expect(offer.locator("[data-total] dd")).to_have_text("¥51,000")
        offer.get_by_role("button", name=sales.say("offer.accept")).click()
        offer.get_by_role("textbox").first.fill("何总")
        offer.get_by_role("button", name=sales.say("offer.confirm_accept")).click()
        expect(offer.get_by_role("status")).to_contain_text("何总")
    finally:
        guest.close()


def _order(story: Story, quote: str) -> str:
    """A contract that both sides signed, and its order, all of which is shipped and arrives."""
    boss = story.boss
    page = boss.open(f"o/quote/{quote}")
    boss.button("documents.to_contract").click()
    boss.button("documents.make_draft", boss.dialog()).click()
    made(page, "contract")
    boss.button("contracts.submit").click()
    sign(boss, "ours", "陈志远")
    sign(boss, "theirs", "何总")
    boss.button("documents.to_order").click()
    boss.button("documents.make_draft", boss.dialog()).click()
    order = made(page, "sales_order")
    boss.button("orders.confirm").click()
    boss.button("orders.ship").click()
    boss.button("orders.ship_do", boss.dialog()).click()
    made(page, "shipment")
    boss.button("orders.send").click()
    boss.button("orders.send", boss.dialog()).click()
    boss.button("orders.deliver").click()
    boss.button("orders.deliver", boss.dialog()).click()
    expect(boss.dialog()).to_have_count(0)
    return order


def _cash(story: Story, order: str) -> str:
    """Invoiced, and paid in two parts."""
    boss = story.boss
    page = boss.open(f"o/sales_order/{order}")
    page.get_by_role("tab", name=boss.say("page.tab_progress")).click()
    boss.button("orders.invoice").click()
    boss.button("orders.invoice_do", boss.dialog()).click()
    invoice = made(page, "invoice")
    boss.button("billing.issue").click()
    boss.button("billing.issue", boss.dialog()).click()
    pay(boss, page, "20000")
    expect(page.get_by_text(boss.say("billing.is_open", open="¥31,000"))).to_be_visible()
    pay(boss, page, "31000")
    expect(page.get_by_text(boss.say("billing.is_settled"))).to_be_visible()
    return invoice


def _statement(story: Story, movements: int) -> None:
    """Nothing is open after so many movements."""
    boss = story.boss
    (company,) = boss.find("company", {"field": "name", "op": "eq", "value": story.name}, "name")
    page = boss.open(f"o/company/{company['id']}")
    page.get_by_role("tab", name=boss.say("page.tab_statement")).click()
    account = page.get_by_role("region", name=boss.say("billing.account_in", currency="CNY"))
    expect(account.get_by_role("row")).to_have_count(movements + 3)
    expect(account.get_by_role("row").last.get_by_role("cell").last).to_have_text("¥0")


def _refund(story: Story, invoice: str) -> None:
    """One gateway comes back: it is credited, and its price paid back."""
    boss = story.boss
    boss.open(f"o/invoice/{invoice}")
    boss.button("billing.cancel").click()
    boss.dialog().get_by_role("textbox").first.fill("5100")
    boss.button("billing.cancel", boss.dialog()).click()
    expect(boss.dialog()).to_have_count(0)
    where = {"and": [
        {"field": "company.name", "op": "eq", "value": story.name}, {"field": "open_amount", "op": "gt", "value": 0},
        {"field": "kind", "op": "eq", "value": "received"},
    ]}  # fmt: skip
    (payment,) = boss.find("payment", where, "number")
    boss.open(f"o/payment/{payment['id']}")
    boss.button("billing.refund").click()
    boss.dialog().get_by_role("textbox").first.fill("5100")
    boss.button("billing.refund", boss.dialog()).click()
    expect(boss.dialog()).to_have_count(0)


def _won(story: Story) -> Decimal:
    """What the forecast of this month says that the salesperson has won."""
    told = story.sales.api("GET", f"forecast?period=month&person={story.me['id']}")
    return Decimal(told["node"]["won"])


def _win(story: Story, deal: str) -> None:
    """The accepted quote took the opportunity on; it is closed as won, and forecast and target are told."""
    sales = story.sales
    before = _won(story)
    page = sales.open(f"o/opportunity/{deal}")
    stages = page.get_by_role("navigation", name=sales.say("sales.stages"))
    expect(stages.locator("[aria-current=step]")).to_contain_text("合同审批")
    stages.locator("[data-end=won]").click()
    with page.expect_response("**/records/opportunity/*"):
        sales.button("sales.confirm", sales.dialog()).click()
    expect(stages.locator("[data-end=won][aria-current=step]")).to_be_visible()
    assert _won(story) - before == 51_000


def test_from_a_form_to_cash(story: Story, browser: Browser) -> None:
    lead = _form(story)
    _accept(story, lead)
    deal = _convert(story)
    _through_gates(story, deal)
    quote = _quote(story, deal)
    _approve(story, quote)
    _offer(story, quote, browser)
    _win(story, deal)
    order = _order(story, quote)
    invoice = _cash(story, order)
    _statement(story, 3)
    _refund(story, invoice)
    _statement(story, 5)
