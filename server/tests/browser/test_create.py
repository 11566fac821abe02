"""Creating a record in the dialog."""

from playwright.sync_api import expect

from tests.browser.words import in_chinese

NAMES = {"zh-CN": "蓝鲸精密仪器有限公司", "en": "Blue Whale Instruments"}


def test_a_company_is_created_in_the_dialog_which_tells_what_is_missing(visit, language):
    someone = visit("salesperson", language)
    page = someone.open("o/company")
    dialog = someone.begin_new()
    name = dialog.get_by_label(someone.words.field("company", "name"))
    expect(name).to_be_focused()

    someone.button("form.save", dialog).click()
    missing = someone.say("field-kinds.invalid_required", name=someone.words.field("company", "name"))
    expect(dialog.get_by_text(missing)).to_be_visible()
    expect(name).to_have_attribute("aria-invalid", "true")

    name.fill(NAMES[language])
    dialog.get_by_role("combobox", name=someone.words.field("company", "level")).click()
    page.get_by_role("option").first.click()
    someone.button("form.save", dialog).click()
    expect(dialog).to_be_hidden()
    created = someone.say("form.created", name=someone.words.object("company"), title=NAMES[language])
    expect(page.get_by_text(created)).to_be_visible()
    expect(page.get_by_role("gridcell", name=NAMES[language])).to_be_visible()


@in_chinese
def test_a_half_filled_form_asks_before_it_is_closed_and_keeps_a_draft(visit, language):
    someone = visit("salesperson", language)
    page = someone.open("o/contact")
    name = someone.words.field("contact", "name")
    someone.begin_new().get_by_label(name, exact=True).fill("draft")
    page.keyboard.press("Escape")
    someone.button("form.keep_draft").click()
    expect(page.get_by_role("dialog")).to_be_hidden()

    dialog = someone.begin_new()
    expect(dialog.get_by_text(someone.say("form.draft_restored"))).to_be_visible()
    expect(dialog.get_by_label(name, exact=True)).to_have_value("draft")
