"""Targets are handed down, a forecast is adjusted with its reason, and changes and accuracy of the past are shown."""

from playwright.sync_api import expect

REGION = "华东大区"


def test_a_head_hands_targets_down_and_adjusts_the_forecast(visit, language):
    someone = visit("manager", language)
    total, part = ("900000", "225000.00") if language == "en" else ("800000", "200000.00")
    page = someone.open("forecast")
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name="江浙部", exact=True))
    expect(row).to_be_visible()
    row.get_by_role("button", name=someone.say("forecast.adjust_of", name="江浙部")).click()
    dialog = someone.dialog()
    dialog.get_by_label(someone.say("forecast.own_number", currency="CNY")).fill("123456")
    dialog.get_by_label(someone.say("forecast.reason")).fill("客户预算下调")
    someone.button("forecast.save", dialog).click()
    expect(dialog).to_have_count(0)
    expect(row).to_contain_text("¥123,456")
    row.get_by_role("button", name="江浙部", exact=True).click()
    expect(page.get_by_text("客户预算下调").first).to_be_visible()
    page.get_by_role("navigation", name=someone.say("forecast.place")).get_by_role("button", name=REGION).click()

    page.get_by_role("tab", name=someone.say("forecast.tab_targets")).click()
    mine = page.get_by_label(someone.say("forecast.target_of", name=REGION))
    mine.fill(total)
    someone.button("forecast.equally").click()
    below = page.get_by_label(someone.say("forecast.target_of", name="江浙部"))
    expect(below).to_have_value(part)
    last = page.get_by_role("row").last.get_by_role("cell").last
    expect(last).to_have_text("¥0")
    page.get_by_role("button", name=someone.say("forecast.save_targets", count=5)).click()
    expect(page.get_by_text(someone.say("forecast.targets_saved"))).to_be_visible()

    page.get_by_role("tab", name=someone.say("forecast.tab_waterfall")).click()
    expect(page.get_by_text(someone.say("forecast.step_closing"), exact=True)).to_be_visible()
    page.get_by_role("tab", name=someone.say("forecast.tab_errors")).click()
    expect(page.get_by_text(someone.say("forecast.within"), exact=True)).to_be_visible()
    expect(page.get_by_role("region").first).to_contain_text("¥")
