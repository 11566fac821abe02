"""Single sign-on on the screens: set up, tried, switched on, signed in with; and what is said when it does not work."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from guanxi.packs.sample.sign_ins import SIGN_INS
from guanxi.packs.sample.workspace import SLUG
from tests.browser.conftest import DESK, PHONE
from tests.browser.contexts import Contexts
from tests.browser.visit import Visit
from tests.browser.words import Words, in_chinese
from tests.support.oidc_provider import CLIENT, PASSWORD, SECRET, OidcProvider
from tests.support.product import Product
from tests.support.saml_provider import SIGN_IN, SamlProvider

pytestmark = pytest.mark.slow
ADMINISTRATOR, SALES = SIGN_INS[0], SIGN_INS[2]
DOMAIN = ADMINISTRATOR["email"].partition("@")[2]
GROUP = "crm-managers"
SERVICE = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">
<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{consumer}" index="1"/>
</md:SPSSODescriptor></md:EntityDescriptor>"""
POST = """<form method="post" action="{where}"><input name="SAMLResponse" value="{answer}"></form>
<script>document.forms[0].submit()</script>"""


@pytest.fixture(scope="module")
def own() -> Iterator[Product]:
    """A product of its own: an identity provider changes how everybody signs in."""
    made = Product("up", server=os.environ.get("DATABASE_URL"))
    made.start()
    yield made
    made.remove()


@pytest.fixture(scope="module")
def directory() -> Iterator[OidcProvider]:
    """A running OpenID Connect provider."""
    made = OidcProvider()
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def own_contexts(own: Product, browser: Browser) -> Contexts:
    """Where the pages of that product come from."""
    return Contexts(browser, own.address)


@pytest.fixture
def open_browser(own: Product, own_contexts: Contexts) -> Iterator[Callable[..., Visit]]:
    """A function from a language to a fresh browser."""
    visits: list[Visit] = []

    def make(language: str = "zh-CN", viewport: dict | None = None) -> Visit:
        page = own_contexts.page(language, viewport or DESK, None)
        visits.append(Visit(page, own.address, Words(language, {"objects": []})))
        return visits[-1]

    yield make
    problems = [problem for one in visits for problem in one.problems if SIGN_IN not in problem]
    for one in visits:
        own_contexts.give_back(one.words.language, one.page)
    assert problems == []


@pytest.fixture
def administrator(open_browser) -> Iterator[Callable[[str], Visit]]:
    """A function from a language to the administrator's browser; no identity provider is left behind."""
    made: list[Visit] = []

    def sign_in(language: str = "zh-CN") -> Visit:
        visit = open_browser(language)
        visit.sign_in(ADMINISTRATOR["email"], ADMINISTRATOR["password"])
        made.append(visit)
        return visit

    yield sign_in
    for one in made[0].api("GET", "single-sign-on")["providers"]:
        made[0].api("POST", "actions/single-sign-on/remove-provider", {"params": {"provider": one["id"]}})


def field(visit: Visit, key: str):
    """The field with a label of the settings screen."""
    return visit.page.get_by_role("textbox", name=re.compile(f"^{re.escape(visit.say(f'single-sign-on.{key}'))}"))


def choose(visit: Visit, key: str, option: str, **values: object) -> None:
    """Choose an option of a list by its label."""
    visit.page.get_by_role("combobox", name=visit.say(f"single-sign-on.{key}", **values)).click()
    visit.page.get_by_role("option", name=option, exact=True).click()


def begin(visit: Visit, protocol: str) -> None:
    """Open the form of a new provider."""
    visit.open("settings/single-sign-on")
    visit.button("single-sign-on.add").click()
    visit.page.get_by_role("menuitem", name=visit.say(f"single-sign-on.protocol_{protocol}")).click()


def press(visit: Visit, key: str) -> None:
    """Press a button of the settings screen."""
    visit.button(f"single-sign-on.{key}").click()


def at_the_provider(page: Page, email: str) -> None:
    """Sign in over there."""
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").first.click()


def role_names(visit: Visit) -> dict[str, str]:
    """Names of the roles by their keys."""
    rows = visit.find("role", {"field": "key", "op": "not_empty"}, "key", "name")
    return {row["key"]: row["name"] for row in rows}


def set_up(visit: Visit, directory: OidcProvider, **params: object) -> dict:
    """An active provider, made behind the screens; the directory sends people back to it."""
    roles = visit.find("role", {"field": "key", "op": "eq", "value": "salesperson"}, "key")
    whole = {
        "name": "公司账号", "protocol": "oidc", "issuer": directory.issuer, "client_id": CLIENT, "secret": SECRET,
        "is_active": True, "default_role": roles[0]["id"], **params,
    }  # fmt: skip
    made = visit.api("POST", "actions/single-sign-on/save-provider", {"params": whole})["result"]
    directory.sends_back_to(made["callback_url"])
    return made


@in_chinese
def test_a_provider_is_set_up_tried_switched_on_and_signed_in_with(open_browser, administrator, directory, language):
    ann, name = f"ann-{language.lower()}@corp.example", f"安娜 {language}"
    directory.knows(ann, name=name, groups=[GROUP, "staff"])
    mine = administrator(language)
    page, roles = mine.page, role_names(mine)

    begin(mine, "oidc")
    directory.sends_back_to(field(mine, "callback").input_value())
    field(mine, "name").fill("公司账号")
    field(mine, "issuer").fill(f"{directory.issuer}/wrong")
    press(mine, "check")
    expect(page.get_by_role("alert").filter(has_text="404")).to_be_visible()
    field(mine, "issuer").fill(f"{directory.issuer}/")
    press(mine, "check")
    expect(page.get_by_role("status").filter(has_text=directory.issuer)).to_be_visible()
    expect(mine.button("single-sign-on.next")).to_be_disabled()
    field(mine, "client_id").fill(CLIENT)
    page.get_by_label(mine.say("single-sign-on.secret"), exact=True).fill("not the secret")
    press(mine, "next")

    choose(mine, "default_role", roles["salesperson"])
    field(mine, "roles_claim").fill("groups")
    press(mine, "pair_add")
    page.get_by_label(mine.say("single-sign-on.pair_value", number=1)).fill(GROUP)
    expect(page.get_by_text(mine.say("single-sign-on.missing_pair"))).to_be_visible()
    choose(mine, "pair_role", roles["manager"], number=1)
    press(mine, "save")

    press(mine, "try")
    at_the_provider(page, ann)
    refused = {"zh-CN": "身份提供方拒绝了登录。请检查客户端 ID 和客户端密钥", "en": "Check client ID and secret"}[
        language
    ]
    expect(page.get_by_role("alert").filter(has_text=refused)).to_be_visible()
    page.get_by_role("button", name=mine.say("single-sign-on.step_connection")).click()
    press(mine, "secret_change")
    page.get_by_label(mine.say("single-sign-on.secret"), exact=True).fill(SECRET)
    press(mine, "save")
    page.get_by_role("button", name=mine.say("single-sign-on.step_try")).click()
    press(mine, "try_again")
    made = mine.say("single-sign-on.outcome_made", name=name, roles=roles["manager"])
    expect(page.get_by_role("status").filter(has_text=made)).to_be_visible()
    expect(page.get_by_text(f"{GROUP} → {roles['manager']}")).to_be_visible()
    expect(page.get_by_text(f"staff → {mine.say('single-sign-on.told_unmapped')}")).to_be_visible()
    assert mine.find("member", {"field": "email", "op": "eq", "value": ann}) == [], "a trial makes nobody"
    page.get_by_role("switch", name=mine.say("single-sign-on.active")).click(force=True)
    expect(page.get_by_text(mine.say("single-sign-on.now_on"))).to_be_visible()

    other = open_browser(language)
    other.open("/sign-in")
    other.button("company-sign-in.with", name="公司账号").click()
    at_the_provider(other.page, ann)
    expect(other.page).to_have_url(re.compile(f"/w/{SLUG}"))
    me = other.api("GET", "me")
    assert (me["member"]["name"], me["roles"]) == (name, ["manager"])
    other.open("settings/security")
    closed = Words("zh-CN", {"objects": []}).say("security.closed")  # a new member speaks the workspace's language
    expect(other.page.get_by_role("heading", name=closed)).to_be_visible()
    expect(other.page.locator("input[type=password]")).to_have_count(0)

    mine.open("settings/members")
    row = page.get_by_role("row").filter(has_text=ann)
    expect(row).to_contain_text(name)
    expect(row).to_contain_text(roles["manager"])


def test_a_stranger_is_told_why_at_the_sign_in_page_and_may_try_again(open_browser, administrator, directory):
    directory.knows("stranger@corp.example")
    set_up(administrator(), directory, makes_members=False)
    theirs = open_browser("en", PHONE)

    theirs.open(f"/sign-in?workspace={SLUG}")
    theirs.button("company-sign-in.with", name="公司账号").click()
    at_the_provider(theirs.page, "stranger@corp.example")

    expect(theirs.page.get_by_text("You are not a member of this workspace.")).to_be_visible()
    assert theirs.page.request.get("/api/v1/session").json()["authenticated"] is False
    theirs.button("company-sign-in.again", name="公司账号").click()
    expect(theirs.page).to_have_url(re.compile("problem=single_sign_on.not_a_member"))


def test_a_member_who_is_sent_to_the_provider_comes_back_to_where_they_wanted(open_browser, administrator, directory):
    directory.knows(ADMINISTRATOR["email"])
    directory.knows(SALES["email"])
    boss = administrator("zh-CN")
    set_up(boss, directory)
    boss.open("settings/single-sign-on")
    only = boss.page.get_by_role("switch", name=boss.say("single-sign-on.only_switch"))
    expect(only).to_be_disabled()
    expect(boss.page.get_by_text(boss.say("single-sign-on.only_unproved"))).to_be_visible()
    proves = open_browser("zh-CN")
    proves.open("/sign-in")
    proves.button("company-sign-in.with", name="公司账号").click()
    at_the_provider(proves.page, ADMINISTRATOR["email"])
    expect(proves.page).to_have_url(re.compile(f"/w/{SLUG}"))
    seller = open_browser("zh-CN")
    seller.sign_in(SALES["email"], SALES["password"])
    seller.page.goto("about:blank")

    boss.page.reload()
    only.click(force=True)
    boss.button("single-sign-on.only_confirm", boss.dialog()).click()
    expect(boss.page.get_by_text(boss.say("single-sign-on.required_now"))).to_be_visible()

    # The page sends itself on before all of it is loaded.
    seller.page.goto(f"{seller.address}/w/{SLUG}/o/company", wait_until="commit")
    expect(seller.page).to_have_url(re.compile(r"/sign-in\?.*needed"))
    expect(seller.page.get_by_text("该工作区需通过身份提供方进入")).to_be_visible()
    seller.button("company-sign-in.with", name="公司账号").click()
    at_the_provider(seller.page, SALES["email"])
    expect(seller.page).to_have_url(re.compile(f"/w/{SLUG}/o/company"))
    expect(seller.page.get_by_role("heading").first).to_be_visible()
    boss.open("o/company")
    expect(boss.page).to_have_url(re.compile(f"/w/{SLUG}/o/company"))


def test_a_saml_provider_is_set_up_by_its_metadata_and_signed_in_with(open_browser, administrator, tmp_path: Path):
    mine = administrator("zh-CN")
    page, roles = mine.page, role_names(mine)
    begin(mine, "saml")
    field(mine, "name").fill("企业 SAML")
    addresses = {"entity": field(mine, "entity_id").input_value(), "consumer": field(mine, "consumer").input_value()}
    saml = SamlProvider(tmp_path, SERVICE.format(**addresses))
    field(mine, "metadata").fill("<nonsense/>")
    press(mine, "metadata_read")
    expect(page.get_by_role("alert").filter(has_text="元数据")).to_be_visible()
    field(mine, "metadata").fill(saml.metadata)
    press(mine, "metadata_read")
    expect(page.get_by_text(mine.say("single-sign-on.metadata_done", count=1))).to_be_visible()
    expect(field(mine, "idp_sign_in")).to_have_value(SIGN_IN)
    press(mine, "next")
    choose(mine, "default_role", roles["salesperson"])
    press(mine, "save")
    page.get_by_role("switch", name=mine.say("single-sign-on.active")).click(force=True)
    expect(page.get_by_text(mine.say("single-sign-on.now_on"))).to_be_visible()

    theirs = open_browser("zh-CN")

    def answers(route: Route) -> None:
        claims = {"mail": ["saml@corp.example"], "displayName": ["萨米"]}
        answer = saml.answers(route.request.url, claims=claims)
        body = POST.format(where=addresses["consumer"], answer=answer)
        route.fulfill(content_type="text/html", body=body)

    theirs.page.route(f"{SIGN_IN}**", answers)
    theirs.open("/sign-in")
    theirs.button("company-sign-in.with", name="企业 SAML").click()

    expect(theirs.page).to_have_url(re.compile(f"/w/{SLUG}"))
    me = theirs.api("GET", "me")
    assert (me["member"]["name"], me["roles"]) == ("萨米", ["salesperson"])


def test_where_there_are_several_workspaces_the_mail_address_finds_the_provider(
    open_browser, administrator, directory, own
):
    """The last of this file: from here on there are two workspaces."""
    directory.knows(SALES["email"])
    set_up(administrator(), directory, domains=[DOMAIN])
    person = ("--email", "boss@other.example", "--person", "老板")
    made = own.command("create-workspace", "other", "另一家", *person, typed="a long enough password\n")
    assert made.returncode == 0, made.stderr
    theirs = open_browser("zh-CN")
    page = theirs.open("/sign-in")

    expect(theirs.button("company-sign-in.other")).to_be_visible()
    expect(theirs.button("company-sign-in.with", name="公司账号")).to_have_count(0)
    page.get_by_label(theirs.say("identity.email")).fill("somebody@nowhere.example")
    theirs.button("company-sign-in.other").click()
    theirs.button("company-sign-in.find").click()
    expect(page.get_by_text(theirs.say("company-sign-in.none", who="somebody@nowhere.example"))).to_be_visible()
    page.get_by_label(theirs.say("company-sign-in.who")).fill(SALES["email"])
    theirs.button("company-sign-in.find").click()
    at_the_provider(page, SALES["email"])

    expect(page).to_have_url(re.compile(f"/w/{SLUG}"))
    assert theirs.api("GET", "me")["roles"] == ["salesperson"]
