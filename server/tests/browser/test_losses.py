"""Losses are looked at from several sides and followed to the deals behind them."""

from playwright.sync_api import expect


def test_losses_by_competitor_are_followed_to_their_deals(visit):
    someone = visit("administrator", "zh-CN")
    page = someone.open("losses?period=all")
    expect(page.get_by_text(someone.say("losses.win_rate"))).to_be_visible()
    table = page.get_by_role("table")
    expect(table.get_by_role("link", name="价格过高")).to_be_visible()

    sides = page.get_by_role("radiogroup", name=someone.say("losses.by"))
    sides.get_by_text(someone.say("losses.by_competitor"), exact=True).click()
    row = table.get_by_role("row").filter(has_text="启明数据")
    expect(row).to_be_visible()
    number = row.get_by_role("cell").first.inner_text()
    row.get_by_role("link", name="启明数据").click()

    page.wait_for_url("**/o/opportunity**")
    lost = {"and": [
        {"field": "status", "op": "eq", "value": "lost"},
        {"field": "competition.competitor.name", "op": "eq", "value": "启明数据"},
    ]}  # fmt: skip
    assert str(someone.api("POST", "records/opportunity/count", {"where": lost})["count"]) == number
