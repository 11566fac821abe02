"""From an accepted quote to a contract that is planned, signed, ordered in part and asked for ahead, on screen."""

from playwright.sync_api import Page, expect

from tests.browser.papers import made, sign
from tests.browser.visit import Visit


def _plan(someone: Visit, page: Page) -> None:
    page.get_by_role("tab", name=someone.say("page.tab_plan")).first.click()
    someone.button("contracts.make_plan").click()
    dialog = someone.dialog()
    name = someone.say("contracts.part_label", place=2, name=someone.say("contracts.share"))
    dialog.get_by_role("textbox", name=name).fill("60%")
    expect(dialog.get_by_role("status")).to_have_text(someone.say("contracts.plan_missing", amount="¥100"))
    dialog.get_by_role("textbox", name=name).fill("70%")
    someone.button("contracts.keep_plan", dialog).click()
    expect(dialog).to_have_count(0)


def test_a_quote_becomes_a_contract_and_its_orders(visit, language):
    someone = visit("administrator", language)
    company = someone.create("company", name=f"Contract walk {language}")
    lines = [{"values": {"name": f"Gateway {language}", "list_price": "100", "quantity": "10"}}]
    quote = someone.create("quote", name=f"Gateways {language}", company=company, lines=lines)
    someone.api("POST", "actions/quotes/record-answer", {"params": {"quote": quote, "answer": "accepted"}})

    page = someone.open(f"o/quote/{quote}")
    someone.button("documents.to_contract").click()
    someone.button("documents.make_draft", someone.dialog()).click()
    contract = made(page, "contract")
    chain = page.get_by_role("navigation", name=someone.say("documents.chain"))
    expect(chain.get_by_text(f"Gateways {language}")).to_be_visible()
    _plan(someone, page)
    someone.button("contracts.submit").click()
    sign(someone, "ours", "Li")
    sign(someone, "theirs", "Wang")
    stages = page.get_by_role("list", name=someone.say("contracts.stages"))
    expect(stages.locator("[aria-current=step]")).to_have_text(someone.say("contracts.stage_in_force"))

    someone.button("documents.to_order").click()
    dialog = someone.dialog()
    dialog.get_by_role("textbox").first.fill("11")
    someone.button("documents.make_draft", dialog).click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_role("textbox").first.fill("4")
    someone.button("documents.make_draft", dialog).click()
    page.wait_for_url("**/o/sales_order/**")
    someone.button("orders.confirm").click()
    someone.button("documents.down_payment").click()
    someone.button("documents.make_invoice", someone.dialog()).click()
    invoice = made(page, "invoice")
    assert someone.api("GET", f"records/invoice/{invoice}")["amount"]["amount"] == "120"
    assert someone.api("GET", f"records/contract/{contract}")["invoiced_amount"]["amount"] == "120"
