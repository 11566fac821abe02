"""From an order to cash on screen: shipped in part, invoiced, paid in two parts, and the statement balances; it is
printed, and those of all customers are made in the background.
"""

from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import expect

from tests.browser.papers import made, pay


def test_an_order_becomes_cash(visit, language):
    someone = visit("administrator", language)
    company = someone.create("company", name=f"Cash walk {language}")
    product = someone.create("product", name=f"Gateway {language}", price="1000")
    order = someone.create("sales_order", company=company, lines=[{"values": {"product": product, "quantity": "10"}}])

    page = someone.open(f"o/sales_order/{order}")
    someone.button("orders.confirm").click()
    someone.button("orders.ship").click()
    dialog = someone.dialog()
    dialog.get_by_role("textbox").first.fill("4")
    someone.button("orders.ship_do", dialog).click()
    page.wait_for_url("**/o/shipment/**")
    someone.button("orders.send").click()
    someone.button("orders.send", someone.dialog()).click()
    expect(someone.button("orders.deliver")).to_be_visible()

    page = someone.open(f"o/sales_order/{order}?tab=progress")
    someone.tab(someone.say("page.tab_progress"))
    expect(page.get_by_role("row").filter(has_text="Gateway").get_by_role("cell").nth(3)).to_have_text("4")
    someone.button("orders.invoice").click()
    dialog = someone.dialog()
    dialog.get_by_role("textbox").first.fill("4")
    someone.button("orders.invoice_do", dialog).click()
    invoice = made(page, "invoice")
    someone.button("billing.issue").click()
    someone.button("billing.issue", someone.dialog()).click()
    pay(someone, page, "1500")
    expect(page.get_by_text(someone.say("billing.is_open", open="¥2,500"))).to_be_visible()
    pay(someone, page, "2500")
    expect(page.get_by_text(someone.say("billing.is_settled"))).to_be_visible()
    assert someone.api("GET", f"records/invoice/{invoice}")["status"] == "paid"
    assert someone.api("GET", f"records/sales_order/{order}")["status"] == "part_shipped"

    page = someone.open(f"o/company/{company}")
    someone.tab(someone.say("page.tab_statement"))
    account = page.get_by_role("region", name=someone.say("billing.account_in", currency="CNY"))
    expect(account.get_by_role("row")).to_have_count(6)
    closing = account.get_by_role("row").last.get_by_role("cell")
    expect(closing.last).to_have_text("¥0")
    expect(closing.nth(2)).to_have_text("¥4,000")

    someone.button("billing.download").click()
    with page.expect_download() as printed:
        page.get_by_role("menuitem", name="PDF").first.click()
    assert Path(printed.value.path()).read_bytes()[:5] == b"%PDF-"

    page = someone.open("receivables")
    someone.button("billing.make_statements").click()
    dialog = someone.dialog()
    dialog.get_by_text(someone.say("billing.this_month"), exact=True).click()
    dialog.get_by_text("Excel", exact=True).click()
    someone.button("billing.make_statements_do", dialog).click()
    expect(dialog).to_have_count(0)
    batch = page.get_by_role("region", name=someone.say("billing.batches")).get_by_role("listitem").first
    expect(batch).to_contain_text(someone.say("billing.batch_done"))
    with page.expect_download() as packed:
        batch.get_by_role("link").click()
    with ZipFile(packed.value.path()) as archive:
        assert [name for name in archive.namelist() if f"Cash walk {language}.xlsx" in name]
