"""Addresses that lead nowhere, or where one may not go: a sentence and a way on."""

import pytest
from playwright.sync_api import expect

from guanxi.packs.sample.workspace import SLUG
from tests.browser.words import in_chinese, in_english

NOBODY = "01a200de-38ac-7000-8000-000000000000"


def test_an_unknown_address_leads_home(visit, language):
    someone = visit("salesperson", language)
    page = someone.open("/w/nowhere/at/all")
    expect(page.get_by_text(someone.say("app.page_not_found"), exact=True)).to_be_visible()
    page.get_by_role("link", name=someone.say("app.to_home")).click()
    expect(page.get_by_role("navigation", name=someone.say("app.navigation"))).to_be_visible()


@in_english
def test_a_workspace_one_does_not_belong_to_says_so(visit, language):
    someone = visit("salesperson", language)
    page = someone.open("/w/not-mine")
    expect(page.get_by_role("main").or_(page.locator("#root"))).to_contain_text(someone.say("ui.not_found"))


@in_chinese
def test_a_record_that_is_gone_leads_back_to_the_list(visit, language):
    someone = visit("salesperson", language)
    page = someone.open(f"o/company/{NOBODY}")
    expect(page.get_by_text(someone.say("page.gone", name=someone.words.object("company")))).to_be_visible()
    page.get_by_text(someone.say("page.back_to_list", name=someone.words.objects("company"))).click()
    expect(page.get_by_role("grid")).to_be_visible()


@in_english
def test_a_colleague_s_opportunity_looks_like_one_that_does_not_exist(visit, language):
    someone, manager = visit("salesperson", language), visit("manager", language)
    me = someone.api("GET", "me")["member"]["id"]
    theirs = manager.find("opportunity", {"field": "owner", "op": "ne", "value": me}, "name")[0]
    page = someone.open(f"o/opportunity/{theirs['id']}")
    expect(page.get_by_text(someone.say("page.gone", name=someone.words.object("opportunity")))).to_be_visible()
    expect(page.get_by_text(theirs["name"])).to_have_count(0)


@in_english
def test_an_unknown_object_says_so(visit, language):
    someone = visit("salesperson", language)
    page = someone.open("o/spaceship")
    expect(page.get_by_text(someone.say("list.unknown_object"))).to_be_visible()


@in_chinese
@pytest.mark.parametrize("path", ["settings/departments", "settings/members"])
def test_a_salesperson_looks_at_the_organisation_but_cannot_change_it(visit, language, path):
    someone = visit("salesperson", language)
    page = someone.open(path)
    expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible()
    expect(page.get_by_text(SLUG)).to_have_count(0)
    for forbidden in ("settings.invite", "settings.add_department"):
        expect(someone.button(forbidden)).to_have_count(0)
