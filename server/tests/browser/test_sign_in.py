"""Signing in and out, and what a person sees first."""

import re

from playwright.sync_api import Page, expect

from guanxi.packs.sample.sign_ins import PASSWORD, SIGN_INS
from guanxi.packs.sample.workspace import SLUG

EMAIL = SIGN_INS[2]["email"]


def _fill(page: Page, say, password: str) -> None:
    page.get_by_label(say("identity.email")).fill(EMAIL)
    page.get_by_label(say("identity.password"), exact=True).fill(password)
    page.get_by_role("button", name=say("identity.sign_in"), exact=True).click()


def test_a_person_signs_in_and_out_again(visit, language):
    someone = visit(None, language)
    page = someone.open("/")
    _fill(page, someone.say, PASSWORD)
    expect(page).to_have_url(re.compile(f"/w/{SLUG}"))
    expect(page.get_by_role("navigation", name=someone.say("app.navigation"))).to_contain_text(
        someone.words.objects("opportunity")
    )

    page.get_by_role("navigation").get_by_role("button").first.click()
    page.get_by_role("menuitem", name=someone.say("app.sign_out")).click()
    expect(page.get_by_role("heading", name=someone.say("identity.sign_in_title"))).to_be_visible()
    assert page.request.get("/api/v1/session").json()["authenticated"] is False


def test_a_wrong_password_says_so_and_signs_nobody_in(visit, language):
    someone = visit(None, language)
    page = someone.open("/sign-in")
    _fill(page, someone.say, "not the password")

    expect(page.get_by_text(someone.say("lib.auth_mismatch"))).to_be_visible()
    assert page.request.get("/api/v1/session").json()["authenticated"] is False


def test_signing_in_leads_back_to_the_address_one_came_for(visit):
    someone = visit(None)
    page = someone.open("o/company")
    expect(page).to_have_url(re.compile("/sign-in"))
    _fill(page, someone.say, PASSWORD)

    expect(page).to_have_url(re.compile(f"/w/{SLUG}/o/company"))


def test_a_link_that_is_over_says_so_before_a_password_is_typed(visit, language):
    someone = visit(None, language)
    page = someone.open("/reset-password/nonsense")

    expect(page.get_by_role("heading", name=someone.say("identity.reset_over"))).to_be_visible()
    expect(page.locator("input")).to_have_count(0)
    page.get_by_role("link", name=someone.say("identity.ask_again")).click()
    expect(page).to_have_url(re.compile("/forgot-password"))


def test_setting_up_a_second_factor_is_for_who_is_signed_in(visit):
    someone = visit(None)
    page = someone.open("/second-factor?next=%2Fw%2Fx")

    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Fw%2Fx"))
    expect(page.get_by_role("heading", name=someone.say("identity.sign_in_title"))).to_be_visible()
