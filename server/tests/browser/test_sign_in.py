"""Signing in, and what a person sees first."""

import re

import pytest
from playwright.sync_api import expect

from guanxi.packs.sample.sign_ins import PASSWORD, SIGN_INS
from tests.browser.conftest import PHONE

EMAIL = SIGN_INS[2]["email"]
BUTTON = {"zh-CN": "登录", "en": "Sign in"}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_person_signs_in_and_stands_in_the_workspace(visit, language):
    page = visit(None, language).open("/")
    page.locator("input[name=email]").fill(EMAIL)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name=BUTTON[language], exact=True).click()

    expect(page).to_have_url(re.compile(r"/w/yunfan"))


def test_a_wrong_password_says_so_and_signs_nobody_in(visit):
    page = visit(None, "en").open("/sign-in")
    page.locator("input[name=email]").fill(EMAIL)
    page.locator("input[type=password]").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_text("Email or password is not correct")).to_be_visible()
    assert page.request.get("/api/v1/session").json()["authenticated"] is False


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_a_list_shows_records_without_scrolling_the_page_sideways(visit, viewport):
    page = visit("manager", "zh-CN", viewport).open("o/opportunity")

    expect(page.get_by_text("OPP-", exact=False).or_(page.get_by_role("row")).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
