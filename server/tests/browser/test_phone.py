"""The same work on a phone of 390 pixels."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.words import in_chinese, in_english


def _fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@in_chinese
def test_a_list_is_cards_that_lead_to_the_record_and_its_timeline(visit, language):
    someone = visit("manager", language, PHONE)
    page = someone.open("o/opportunity")
    card = page.get_by_role("main").get_by_role("listitem").get_by_role("link").first
    expect(card).to_contain_text(someone.words.field("opportunity", "amount"))
    expect(page.get_by_role("grid")).to_have_count(0)
    assert _fits(page)

    card.click()
    expect(page).to_have_url(re.compile(r"/o/opportunity/[0-9a-f-]{36}"))
    expect(page.get_by_role("tab", name=someone.say("page.tab_facts"))).to_be_visible()
    page.get_by_role("tab", name=someone.say("page.tab_timeline")).click()
    expect(page.get_by_role("tabpanel")).to_contain_text(someone.words.object("note"))
    assert _fits(page)


@in_english
def test_a_contact_is_created_from_the_bar_at_the_foot(visit, language):
    someone = visit("salesperson", language, PHONE)
    page = someone.open()
    page.get_by_role("button", name=someone.say("app.new"), exact=True).click()
    page.get_by_role("menuitem", name=someone.words.object("contact"), exact=True).click()
    dialog = someone.dialog()
    dialog.get_by_label(someone.words.field("contact", "name"), exact=True).fill(f"Phone {language}")
    assert _fits(page)
    someone.button("form.save", dialog).click()
    expect(dialog).to_be_hidden()
    assert someone.find("contact", {"field": "name", "op": "eq", "value": f"Phone {language}"})


@pytest.mark.parametrize("path", ["", "o/opportunity?view=board", "import", "settings/members", "settings/profile"])
def test_no_page_scrolls_sideways(visit, path):
    someone = visit("administrator", "en", PHONE)
    page = someone.open(path)
    expect(page.get_by_role("heading").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert _fits(page)
