"""Every screen light and dark, wide and narrow: axe finds nothing, nobody else's server is asked.

Those before signing in and those of daily work in both languages, those of the settings in one or the other.
"""

import re
from itertools import cycle

import pytest
from playwright.sync_api import expect

from tests.browser.contexts import LOCALES
from tests.browser.looks import SETTINGS_LOOKS, faults, settle, violations
from tests.browser.visit import Visit

NEWEST = [{"field": "created_at", "dir": "desc"}]
PUBLIC = [
    "/sign-in", "/sign-in?workspace=yunfan&problem=single_sign_on.clock_differs", "/forgot-password",
    "/reset-password/unknown", "/accept-invitation/unknown", "/nowhere",
]  # fmt: skip
WORK = [
    "", "o/opportunity", "o/opportunity?view=board", "o/company", "{opportunity}", "{company}?tab=group",
    "{contact}", "{lead}", "search?q=科技", "import",
]  # fmt: skip
SETTINGS = [
    "settings/members", "settings/departments", "settings/organisation", "settings/sessions", "settings/api-keys",
    "settings/apps", "settings/audit?key=ERP", "settings/profile", "settings/security", "settings/password-rules",
    "settings/import-history", "settings/pipelines", "settings/grading", "settings/conversion", "settings/assignment", "settings/web-forms", "settings/objects", "settings/objects/opportunity",
    "settings/objects/opportunity?tab=relations", "settings/objects/opportunity?tab=settings",
    "settings/objects/opportunity?tab=changes", "settings/roles", "settings/roles/compare", "settings/roles/{role}",
    "settings/roles/{role}?tab=fields", "settings/roles/{role}?tab=system", "settings/roles/{role}?tab=sign-in",
    "settings/roles/{role}?tab=members", "settings/access-rules", "{member}?tab=rights",
    "settings/objects/company?tab=access", "settings/single-sign-on", "settings/single-sign-on/new",
    "settings/single-sign-on/new?protocol=saml", "settings/single-sign-on/new?step=people",
    "settings/configuration", "settings/configuration?tab=sandboxes", "settings/configuration?tab=log",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_a_screen_before_signing_in_is_accessible(visit, language, path):
    someone = visit(None, language)
    someone.open(path)
    assert faults(someone) == {}


@pytest.mark.parametrize("path", WORK)
def test_a_screen_of_daily_work_is_accessible(visit, language, path):
    someone = visit("administrator", language)
    someone.open(_address(someone, path))
    assert faults(someone) == {}


@pytest.mark.parametrize(("path", "language"), list(zip(SETTINGS, cycle(LOCALES), strict=False)), indirect=["language"])
def test_a_screen_of_the_settings_is_accessible(visit, language, path):
    someone = visit("administrator", language)
    someone.open(_address(someone, path))
    assert faults(someone, SETTINGS_LOOKS[language]) == {}


def _address(someone: Visit, path: str) -> str:
    """The path with the newest record of the object in braces."""
    if "{" not in path:
        return path
    key = path[path.index("{") + 1 : path.index("}")]
    newest = someone.api("POST", f"records/{key}/query", {"select": ["name"], "sort": NEWEST, "limit": 1})
    id_ = newest["rows"][0]["id"]
    return path.replace("{" + key + "}", id_ if path.startswith("settings/") else f"o/{key}/{id_}")


def test_a_dialog_and_a_filter_in_use_are_accessible(visit, language):
    someone = visit("manager", language)
    page = someone.open('o/opportunity?where={"field":"status","op":"in","value":["won"]}')
    expect(page.get_by_role("gridcell").first).to_be_visible()
    page.get_by_role("button", name=re.compile(f"^{someone.say('list.filter')}")).click()
    settle(page)
    assert violations(page) == []
    page.keyboard.press("Escape")
    dialog = someone.begin_new()
    someone.button("form.expand", dialog).click()
    someone.button("form.save", dialog).click()
    settle(page)
    assert violations(page) == []


def test_the_dialog_of_shares_is_accessible(visit, language):
    someone = visit("manager", language)
    newest = someone.api("POST", "records/company/query", {"select": ["name"], "sort": NEWEST, "limit": 1})["rows"][0]
    page = someone.open(f"o/company/{newest['id']}")
    someone.button("page.more").click()
    page.get_by_role("menuitem", name=someone.say("page.share")).click()
    expect(someone.dialog().get_by_text(someone.say("share.owner"), exact=True)).to_be_visible()
    settle(page)
    assert violations(page) == []
