"""What others change appears without a reload."""

from playwright.sync_api import expect

from tests.browser.words import in_chinese


@in_chinese
def test_a_change_by_a_colleague_appears_in_the_list_and_on_the_record_page(visit, language):
    seller, manager = visit("salesperson", language), visit("manager", language)
    company = seller.create("company", name=f"Live {language}", short_name="before")
    record = manager.open(f"o/company/{company}")
    expect(record.locator("[data-fact=short_name]")).to_contain_text("before")
    listed = seller.open(f"o/company?search=Live {language}")
    cell = listed.get_by_role("gridcell", name=f"Live {language}", exact=True)
    expect(cell).to_be_visible()

    label = manager.words.field("company", "name")
    record.get_by_role("button", name=manager.say("page.edit_field", name=label), exact=True).click()
    record.get_by_role("textbox", name=label, exact=True).fill(f"Live {language} changed")
    record.keyboard.press("Enter")
    expect(listed.get_by_role("gridcell", name=f"Live {language} changed", exact=True)).to_be_visible()

    seller.api("PATCH", f"records/company/{company}", {"values": {"short_name": "after"}})
    expect(record.locator("[data-fact=short_name]")).to_contain_text("after")
