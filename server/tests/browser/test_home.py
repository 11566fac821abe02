"""The workbench: what waits for oneself, and where it waits in a department."""

from playwright.sync_api import expect

from tests.browser.looks import violations
from tests.browser.words import in_chinese, in_english


@in_chinese
def test_a_lead_waits_on_the_workbench_until_somebody_calls(visit, language):
    someone = visit("salesperson", language)
    lead = someone.create("lead", name="等电话的人", company_name="久候公司")
    page = someone.open("")
    card = page.locator("section").filter(has=page.get_by_role("heading", name=someone.say("home.my_leads")))
    expect(card.get_by_role("heading")).to_be_visible()
    card.get_by_role("link", name=someone.say("home.all")).click()
    expect(page.get_by_role("gridcell", name="等电话的人")).to_be_visible()

    someone.create("note", body="<p>打过电话</p>", about={"object": "lead", "id": lead})
    followed = {"and": [
        {"field": "id", "op": "eq", "value": lead}, {"field": "first_follow_up_at", "op": "not_empty"},
    ]}  # fmt: skip
    someone.until(lambda: someone.find("lead", followed, "name"))
    page.reload()
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.get_by_role("gridcell", name="等电话的人")).to_have_count(0)


@in_english
def test_a_manager_sees_where_leads_wait_and_opens_them(visit, language):
    someone = visit("manager", language)
    page = someone.open("")
    page.get_by_text(someone.say("home.department"), exact=True).click()
    table = page.get_by_role("table")
    expect(table.get_by_role("row").nth(1)).to_be_visible()
    assert violations(page) == []
    table.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("grid")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name=someone.say("home.response_stalled", days=3)).click()
    expect(page.get_by_role("grid")).to_be_visible()
