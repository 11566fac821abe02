"""A second factor on the screens: set up, used, required; and a passkey of the browser itself."""

import os
import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from guanxi.packs.sample.sign_ins import SIGN_INS
from guanxi.packs.sample.workspace import SLUG
from tests.browser.conftest import DESK
from tests.browser.contexts import Contexts
from tests.browser.visit import Visit
from tests.browser.words import Words, in_chinese
from tests.support.browsers import code
from tests.support.product import Product

SALES = SIGN_INS[2]["email"]
PASSWORD = SIGN_INS[2]["password"]
pytestmark = pytest.mark.slow
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def own() -> Iterator[Product]:
    """A product of its own at a name, since passkeys belong to names and second factors would lock others out."""
    made = Product("up", server=os.environ.get("DATABASE_URL"))
    made.start(GUANXI_URL=f"http://localhost:{made.port}")
    yield made
    made.remove()


@pytest.fixture(scope="module")
def own_contexts(own: Product, browser: Browser) -> Contexts:
    """Where the pages at that name come from."""
    return Contexts(browser, f"http://localhost:{own.port}")


@pytest.fixture
def open_browser(own: Product, own_contexts: Contexts) -> Iterator[Callable[[str], Visit]]:
    """A function from a language to a fresh browser."""
    visits: list[Visit] = []

    def make(language: str = "zh-CN") -> Visit:
        page = own_contexts.page(language, DESK, None)
        visits.append(Visit(page, f"http://localhost:{own.port}", Words(language, {"objects": []})))
        return visits[-1]

    yield make
    problems = [problem for one in visits for problem in one.problems]
    for one in visits:
        own_contexts.give_back(one.words.language, one.page)
    assert problems == []


@pytest.fixture
def clean(own: Product) -> None:
    """Nobody has a second factor or is asked for one."""
    own.script(
        """
from allauth.mfa.models import Authenticator
from guanxi.capabilities.identity.models import Attempts, Device, Workspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
from guanxi.app.areas import registry
registry()
for model in (Authenticator, Attempts, Device):
    model.objects.all().delete()
with work(engine_workspace(Workspace.objects.get()), SYSTEM, via="system") as ctx:
    for id_, role in reads.native(ctx, "role", reads.ids(ctx, "role", None), ("permissions",)).items():
        permissions = {k: v for k, v in role["permissions"].items() if k != "sign_in"}
        if permissions != role["permissions"]:
            writes.update(ctx, "role", [writes.Change(id_, {"permissions": permissions})])
"""
    )


def sign_in(visit: Visit, email: str = SALES) -> Page:
    """Enter address and password."""
    page = visit.open("/sign-in")
    page.get_by_label(visit.say("identity.email")).fill(email)
    page.get_by_label(visit.say("identity.password"), exact=True).fill(PASSWORD)
    visit.button("identity.sign_in").click()
    return page


def entered(page: Page) -> None:
    """The workspace is open."""
    expect(page).to_have_url(re.compile(f"/w/{SLUG}"))


def set_up_app(visit: Visit) -> tuple[str, list[str]]:
    """Set up the app of which the button was just pressed; its secret and the recovery codes."""
    page = visit.page
    page.get_by_role("button", name=visit.say("security.app_type")).click()
    secret = page.locator("pre").inner_text().replace(" ", "")
    page.get_by_label(visit.say("security.app_code")).fill(code(secret))
    visit.button("security.app_turn_on").click()
    kept = page.get_by_role("list", name=visit.say("security.codes"))
    expect(kept.get_by_role("listitem")).to_have_count(10)
    codes = [one.replace(" ", "") for one in kept.get_by_role("listitem").all_inner_texts()]
    visit.button("security.codes_kept").click()
    return secret, codes


@in_chinese
def test_an_app_is_set_up_and_asked_for_and_a_recovery_code_stands_in(open_browser, clean, language):
    mine = open_browser(language)
    page = sign_in(mine)
    entered(page)
    mine.open("settings/security")
    mine.button("security.set_up").click()
    secret, codes = set_up_app(mine)
    expect(page.get_by_text(mine.say("security.codes_left", left=10, all=10))).to_be_visible()

    other = open_browser(language)
    page = sign_in(other)
    expect(page.get_by_role("heading", name=other.say("identity.code_title"))).to_be_visible()
    page.get_by_label(other.say("identity.code"), exact=True).fill("000000")
    other.button("identity.continue").click()
    expect(page.get_by_text(other.say("lib.auth_code"))).to_be_visible()
    other.button("identity.use_recovery_code").click()
    expect(page.get_by_label(other.say("identity.recovery_code"), exact=True)).to_be_visible()
    expect(page.get_by_text(other.say("lib.auth_code"))).to_have_count(0)
    other.button("identity.use_code").click()
    page.get_by_label(other.say("identity.code"), exact=True).fill(_fresh(secret))
    page.get_by_role("checkbox", name=other.say("identity.trust_device")).check()
    other.button("identity.continue").click()
    entered(page)
    page.request.delete("/_allauth/browser/v1/auth/session", headers=_headers(other))
    sign_in(other)
    entered(page)

    third = open_browser(language)
    page = sign_in(third)
    third.button("identity.use_recovery_code").click()
    page.get_by_label(third.say("identity.recovery_code"), exact=True).fill(codes[0])
    third.button("identity.continue").click()
    entered(page)
    third.open("settings/security")
    expect(page.get_by_text(third.say("security.codes_left", left=9, all=10))).to_be_visible()


def test_a_passkey_of_the_browser_signs_in(open_browser, clean):
    mine = open_browser("en")
    tool = mine.page.context.new_cdp_session(mine.page)
    tool.send("WebAuthn.enable")
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page = sign_in(mine)
    entered(page)
    mine.open("settings/security")
    mine.button("security.passkey_add").click()
    mine.dialog().get_by_label(mine.say("security.passkey_name")).fill("My laptop")
    mine.button("security.passkey_go", mine.dialog()).click()
    expect(page.get_by_text("My laptop")).to_be_visible()
    page.request.delete("/_allauth/browser/v1/auth/session", headers=_headers(mine))

    mine.open("/sign-in")
    mine.button("identity.use_passkey").click()
    entered(page)


def test_a_role_that_asks_for_one_leads_to_setting_it_up(open_browser, clean):
    administrator = open_browser("zh-CN")
    entered(sign_in(administrator, SIGN_INS[0]["email"]))
    (role,) = administrator.find("role", {"field": "key", "op": "eq", "value": "salesperson"}, "permissions")
    demanded = {**role["permissions"], "sign_in": {"second_factor": "required"}}
    administrator.api("PATCH", f"records/role/{role['id']}", {"values": {"permissions": demanded}})

    mine = open_browser("zh-CN")
    page = sign_in(mine)
    expect(page.get_by_role("heading", name=mine.say("security.needed_title"))).to_be_visible()
    mine.open("o/company")
    expect(page.get_by_role("heading", name=mine.say("security.needed_title"))).to_be_visible()
    mine.button("security.needed_app").click()
    set_up_app(mine)
    expect(page).to_have_url(re.compile(f"/w/{SLUG}/o/company"))
    mine.open("settings/security")
    expect(page.get_by_text(mine.say("security.two_step_required"))).to_be_visible()
    expect(mine.button("security.remove")).to_be_disabled()

    administrator.open("settings/members")
    administrator.page.get_by_role("link", name=_name(mine), exact=True).click()
    administrator.page.get_by_role("tab", name=administrator.say("settings.member_sign_in")).click()
    expect(administrator.page.get_by_text(administrator.say("security.required"))).to_be_visible()
    administrator.button("security.end").click()
    expect(administrator.page.get_by_text(administrator.say("security.sessions_none"))).to_be_visible()
    mine.open("o/company")
    expect(page).to_have_url(re.compile("/sign-in"))


def _name(visit: Visit) -> str:
    return visit.api("GET", "me")["member"]["name"]


def _headers(visit: Visit) -> dict[str, str]:
    token = next(each["value"] for each in visit.page.context.cookies() if each["name"] == "csrftoken")
    return {"X-CSRFToken": token, "Origin": visit.address}


def _fresh(secret: str) -> str:
    """A code with time left to type it."""
    left = 30 - time.time() % 30
    if left < 5:
        time.sleep(left)
    return code(secret)
