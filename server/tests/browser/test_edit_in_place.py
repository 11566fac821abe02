"""Changing one value where it stands."""

from playwright.sync_api import expect

from tests.browser.words import in_chinese, in_english


def test_a_value_is_changed_on_the_record_page(visit, language):
    someone = visit("salesperson", language)
    company = someone.create("company", name=f"To be edited {language}")
    page = someone.open(f"o/company/{company}")
    label = someone.words.field("company", "short_name")
    page.get_by_role("button", name=someone.say("page.edit_field", name=label), exact=True).click()
    page.get_by_role("textbox", name=label, exact=True).fill("Short")
    page.keyboard.press("Enter")

    expect(page.locator("[data-fact=short_name]")).to_contain_text("Short")
    expect(page.locator("[data-fact=short_name]")).not_to_have_attribute("data-saving", "true")
    page.reload()
    expect(page.locator("[data-fact=short_name]")).to_contain_text("Short")
    someone.tab(someone.say("page.tab_changes"))
    expect(page.get_by_role("tabpanel")).to_contain_text("Short")


@in_chinese
def test_a_refused_value_stays_with_its_reason(visit, language):
    someone = visit("salesperson", language)
    company = someone.create("company", name=f"To be refused {language}")
    page = someone.open(f"o/company/{company}")
    label = someone.words.field("company", "mail")
    page.get_by_role("button", name=someone.say("page.edit_field", name=label), exact=True).click()
    page.get_by_role("textbox", name=label, exact=True).fill("no address")
    page.keyboard.press("Enter")

    expect(page.get_by_text(someone.say("field-kinds.invalid_mail"))).to_be_visible()


@in_english
def test_a_cell_is_changed_in_the_list_by_keyboard(visit, language):
    someone = visit("salesperson", language)
    name = f"Cell {language}"
    company = someone.create("company", name=name)
    page = someone.open("o/company")
    cell = page.get_by_role("gridcell", name=name, exact=True)
    cell.dblclick(position={"x": 150, "y": 10})
    page.get_by_role("textbox", name=someone.words.field("company", "name")).fill(f"{name}, renamed")
    page.keyboard.press("Enter")

    expect(page.get_by_role("gridcell", name=f"{name}, renamed", exact=True)).to_be_visible()
    saved = {"field": "name", "op": "eq", "value": f"{name}, renamed"}
    page.wait_for_function("() => !document.querySelector('[data-state=saving]')")
    assert [row["id"] for row in someone.find("company", saved)] == [company]
