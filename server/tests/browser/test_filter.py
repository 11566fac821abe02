"""Finding records: conditions on own fields and over relations, as chips, kept as a view."""

import re

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english


def _add_condition(page: Page, someone: Visit, *path: str) -> None:
    """Choose a field, stepping through relations."""
    someone.button("filter.add_rule").click()
    *relations, field = path
    for relation in relations:
        page.get_by_role("menuitem", name=someone.say("filter.fields_of", name=relation), exact=True).click()
    page.get_by_role("menuitem", name=field, exact=True).click()


def test_conditions_on_own_fields_and_over_a_relation_narrow_the_list(visit, language):
    someone = visit("manager", language)
    words = someone.words
    page = someone.open("o/opportunity")
    expect(page.get_by_role("gridcell").first).to_be_visible()
    someone.button("list.filter").click()

    _add_condition(page, someone, words.field("opportunity", "amount"))
    page.get_by_role("textbox", name=words.field("opportunity", "amount"), exact=True).fill("200000")
    _add_condition(page, someone, words.field("opportunity", "company"), words.field("company", "name"))
    page.get_by_role("textbox", name=words.field("company", "name"), exact=True).fill("有限公司")

    chips = page.get_by_role("list", name=someone.say("filter.active"))
    expect(chips.get_by_role("listitem")).to_have_count(2)
    expect(chips).to_contain_text(words.field("opportunity", "amount"))
    expect(chips).to_contain_text("有限公司")
    where = {"and": [
        {"field": "amount", "op": "gte", "value": "200000"},
        {"field": "company.name", "op": "contains", "value": "有限公司"},
    ]}  # fmt: skip
    found = someone.api("POST", "records/opportunity/count", {"where": where})["count"]
    assert found > 0
    expect(page.get_by_text(someone.say("list.count", found))).to_be_visible()

    page.keyboard.press("Escape")
    page.reload()
    expect(chips.get_by_role("listitem")).to_have_count(2)
    chips.get_by_role("button", name=re.compile(re.escape(someone.say("filter.remove_named", name="")))).first.click()
    expect(chips.get_by_role("listitem")).to_have_count(1)


@in_english
def test_a_filtered_list_is_kept_as_a_view(visit, language):
    someone = visit("manager", language)
    name = f"View {language}"
    page = someone.open("o/opportunity?where=" + '{"field":"status","op":"in","value":["won"]}')
    someone.button("views.save_as").click()
    someone.dialog().get_by_label(someone.say("views.name")).fill(name)
    someone.button("views.save", someone.dialog()).click()
    tab = page.get_by_role("main").get_by_role("button", name=name, exact=True)
    expect(tab).to_have_attribute("aria-current", "page")
    expect(page).not_to_have_url(re.compile("where="))

    page.goto(page.url.partition("?")[0])
    tab.click()
    won = someone.api("POST", "records/opportunity/count", {"where": {"field": "status", "op": "eq", "value": "won"}})
    expect(page.get_by_text(someone.say("list.count", won["count"]))).to_be_visible()


@in_chinese
def test_nothing_found_says_how_to_go_on(visit, language):
    someone = visit("manager", language)
    page = someone.open("o/company")
    page.get_by_role("searchbox").or_(
        page.get_by_label(someone.say("list.search_in", name=someone.words.objects("company")))
    ).first.fill("nobody is called like this")
    expect(page.get_by_text(someone.say("list.nothing_matches"))).to_be_visible()
    someone.button("list.clear_filters").click()
    expect(page.get_by_role("gridcell").first).to_be_visible()
