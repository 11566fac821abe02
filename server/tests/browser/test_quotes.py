"""A quote is made of an opportunity, sent by link, and accepted by somebody without an account."""

import re

from playwright.sync_api import expect

from tests.browser.visit import Visit


def test_a_quote_is_sent_by_link_and_accepted(visit):
    someone: Visit = visit("manager", "zh-CN")
    lines = [
        {"values": {"name": "安装", "list_price": "500"}},
        {"values": {"name": "设备", "list_price": "1000", "quantity": "2"}},
    ]
    deal = someone.create("opportunity", name="报价的商机", lines=lines)
    page = someone.open(f"o/opportunity/{deal}")
    page.get_by_role("button", name="生成报价单").click()
    expect(page).to_have_url(re.compile("/o/quote/"))
    quote = page.url.rsplit("/", 1)[-1].split("?")[0]
    training = {"values": {"name": "培训", "list_price": "300", "optional": True}}
    someone.api("PATCH", f"records/quote/{quote}", {"values": {"lines": [training]}})

    page.get_by_role("button", name="发送给客户").click()
    page.get_by_role("button", name="创建链接").click()
    address = page.get_by_role("textbox", name="客户链接").input_value()

    guest = page.context.browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    try:
        offer = guest.new_page()
        offer.goto(address)
        expect(offer.get_by_role("heading", name="报价的商机")).to_be_visible()
        offer.get_by_role("checkbox", name="选择“培训”").check()
        expect(offer.locator("[data-total] dd")).to_have_text("¥2,800")
        offer.get_by_role("button", name="接受报价").click()
        offer.get_by_role("textbox", name="您的姓名").fill("王芳")
        offer.get_by_role("button", name="确认接受").click()
        expect(offer.get_by_role("status")).to_contain_text("王芳")
    finally:
        guest.close()
    seen = someone.api("GET", f"records/quote/{quote}")
    assert (seen["status"], seen["answered_by"], seen["amount"]["amount"]) == ("accepted", "王芳", "2800")
    page.reload()
    expect(page.get_by_role("cell", name="培训")).to_be_visible()
    expect(page.get_by_role("button", name="添加一行")).to_have_count(0)
