"""Every screen in both languages, light and dark, wide and narrow: axe finds nothing, nobody else's server is asked."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.visit import Visit

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
NEWEST = [{"field": "created_at", "dir": "desc"}]
PUBLIC = [
    "/sign-in", "/sign-in?workspace=yunfan&problem=single_sign_on.clock_differs", "/forgot-password",
    "/reset-password/unknown", "/accept-invitation/unknown", "/nowhere",
]  # fmt: skip
INSIDE = [
    "", "o/opportunity", "o/opportunity?view=board", "o/company", "{opportunity}", "{company}?tab=group", "{contact}",
    "{lead}", "search?q=科技", "import", "settings/members", "settings/departments", "settings/organisation",
    "settings/sessions",
    "settings/api-keys", "settings/apps", "settings/audit?key=ERP",
    "settings/profile", "settings/security", "settings/password-rules", "settings/import-history", "settings/pipelines",
    "settings/objects", "settings/objects/opportunity", "settings/objects/opportunity?tab=relations",
    "settings/objects/opportunity?tab=settings", "settings/objects/opportunity?tab=changes",
    "settings/roles", "settings/roles/compare", "settings/roles/{role}", "settings/roles/{role}?tab=fields",
    "settings/roles/{role}?tab=system", "settings/roles/{role}?tab=sign-in", "settings/roles/{role}?tab=members",
    "settings/access-rules", "{member}?tab=rights", "settings/objects/company?tab=access",
    "settings/single-sign-on", "settings/single-sign-on/new", "settings/single-sign-on/new?protocol=saml",
    "settings/single-sign-on/new?step=people",
    "settings/configuration", "settings/configuration?tab=sandboxes", "settings/configuration?tab=log",
]  # fmt: skip


def violations(page: Page) -> list[str]:
    """What axe holds against the page as it stands, as rule and element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")["violations"]
    return [f"{each['id']} ({each['impact']}): {node['html'][:160]}" for each in found for node in each["nodes"]]


def _settle(page: Page) -> None:
    """Wait until the page has said what it is about and asks for nothing more."""
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.wait_for_function("() => document.getAnimations().every(({ playState }) => playState !== 'running')")


def _check(someone: Visit, path: str) -> dict[str, list[str]]:
    """The faults of one screen by how it is looked at."""
    page = someone.page
    page.set_viewport_size(DESK)
    someone.open(path)
    faults = {}
    for width, size in (("wide", DESK), ("narrow", PHONE)):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            _settle(page)
            if found := violations(page):
                faults[f"{path} {width} {scheme}"] = found
    return faults


@pytest.mark.parametrize("path", PUBLIC)
def test_a_screen_before_signing_in_is_accessible(visit, language, path):
    assert _check(visit(None, language), path) == {}


@pytest.mark.parametrize("path", INSIDE)
def test_a_screen_of_the_workspace_is_accessible(visit, language, path):
    someone = visit("administrator", language)
    if "{" in path:
        key = path[path.index("{") + 1 : path.index("}")]
        newest = someone.api("POST", f"records/{key}/query", {"select": ["name"], "sort": NEWEST, "limit": 1})
        id_ = newest["rows"][0]["id"]
        path = path.replace("{" + key + "}", id_ if path.startswith("settings/") else f"o/{key}/{id_}")
    assert _check(someone, path) == {}


def test_a_dialog_and_a_filter_in_use_are_accessible(visit, language):
    someone = visit("manager", language)
    page = someone.open('o/opportunity?where={"field":"status","op":"in","value":["won"]}')
    expect(page.get_by_role("gridcell").first).to_be_visible()
    page.get_by_role("button", name=re.compile(f"^{someone.say('list.filter')}")).click()
    _settle(page)
    assert violations(page) == []
    page.keyboard.press("Escape")
    dialog = someone.begin_new()
    someone.button("form.expand", dialog).click()
    someone.button("form.save", dialog).click()
    _settle(page)
    assert violations(page) == []


def test_the_dialog_of_shares_is_accessible(visit, language):
    someone = visit("manager", language)
    newest = someone.api("POST", "records/company/query", {"select": ["name"], "sort": NEWEST, "limit": 1})["rows"][0]
    page = someone.open(f"o/company/{newest['id']}")
    someone.button("page.more").click()
    page.get_by_role("menuitem", name=someone.say("page.share")).click()
    expect(someone.dialog().get_by_text(someone.say("share.owner"), exact=True)).to_be_visible()
    _settle(page)
    assert violations(page) == []
