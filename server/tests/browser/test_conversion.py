"""A lead is converted into what is there already, that is taken back, and an admin says which field goes where."""

from playwright.sync_api import expect

from tests.browser.words import in_chinese, in_english


@in_chinese
def test_a_lead_is_converted_into_what_is_there_and_back(visit, language):
    someone = visit("administrator", language)
    company = someone.create("company", name="走查重复精密")
    lead = someone.create("lead", name="走查来客", company_name="走查重复精密有限公司")
    page = someone.open(f"o/lead/{lead}")
    someone.button("sales.convert").click()
    someone.button("sales.use_this", someone.dialog(), title="走查重复精密").click()
    with page.expect_response("**/actions/sales/convert-lead"):
        someone.button("sales.convert", someone.dialog()).click()
    expect(someone.dialog()).to_be_hidden()
    (row,) = someone.find("lead", {"field": "id", "op": "eq", "value": lead}, "converted_company", "status")
    assert (row["converted_company"]["id"], row["status"]) == (company, "converted")

    page = someone.open(f"o/lead/{lead}")
    someone.button("page.more").click()
    page.get_by_role("menuitem", name=someone.say("sales.revert_conversion")).click()
    expect(someone.dialog().get_by_text("走查重复精密有限公司的商机")).to_be_visible()
    with page.expect_response("**/actions/sales/revert-conversion"):
        someone.button("conversion.revert", someone.dialog()).click()
    expect(someone.button("sales.convert")).to_be_visible()


@in_english
def test_an_admin_says_which_field_goes_where(visit, language):
    boss = visit("administrator", language)
    page = boss.open("settings/conversion")
    card = page.locator("section", has=page.get_by_role("heading", name=boss.words.object("contact"), exact=True))
    boss.button("conversion.add", card).click()
    place = card.get_by_role("listitem").count()
    contact = boss.words.object("contact")
    card.get_by_role("combobox", name=boss.say("conversion.target", place=place, object=contact), exact=True).click()
    page.get_by_role("option", name=boss.words.field("contact", "description"), exact=True).click()
    card.get_by_role("combobox", name=boss.say("conversion.source", place=place), exact=True).click()
    page.get_by_role("option", name=boss.words.field("lead", "need"), exact=True).click()
    boss.button("ui.save", card).click()
    expect(page.get_by_text(boss.say("conversion.saved"))).to_be_visible()
    boss.button("conversion.reset", card).click()
    expect(boss.button("conversion.reset", card)).to_have_count(0)
