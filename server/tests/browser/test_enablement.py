"""A script is found for a deal and taken over into a note by one click."""

from playwright.sync_api import expect

from tests.browser.visit import Visit


def test_a_script_is_taken_over_into_a_note(visit, language):
    someone: Visit = visit("salesperson", language)
    company = someone.create("company", name="话术客户")
    deal = someone.create("opportunity", name="话术商机", company=company)
    name = f"专用开场白 {language}"
    someone.create("script", name=name, body="{company.name}您好", objection="price", language=language)

    page = someone.open(f"o/opportunity/{deal}")
    page.get_by_role("button", name=someone.words.object("note"), exact=True).first.click()
    someone.button("enablement.scripts").click()
    dialog = someone.dialog()
    dialog.get_by_role("textbox", name=someone.say("enablement.search")).fill(name)
    script = dialog.get_by_role("listitem").filter(has_text=name).first
    expect(script).to_contain_text("话术客户您好")
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    someone.button("enablement.insert", script).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("textbox", name=someone.words.field("note", "body"))).to_contain_text("话术客户您好")
    someone.button("timeline.save").click()

    entries = page.locator("li[data-activity]")
    expect(entries.and_(page.locator("[data-activity=note]"))).to_contain_text("话术客户您好")
    expect(entries.and_(page.locator("[data-activity=script_use]"))).to_contain_text("专用开场白")
