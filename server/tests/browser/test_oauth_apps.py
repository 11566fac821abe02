"""OAuth apps on the screens: registered, asked about from being sent there to the token, changed, withdrawn, removed."""

import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from playwright.sync_api import Page, expect

from guanxi.packs.sample.sign_ins import SIGN_INS
from tests.browser.conftest import PHONE
from tests.browser.looks import violations
from tests.browser.programs import call, menu_of, press_in_menu, told, write
from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english

SALES = next(entry for entry in SIGN_INS if entry["role"] == "salesperson")
BACK = "http://127.0.0.1:9/done"
"""Where the app waits for the answer: on the person's own machine, where this test answers for it."""
VERIFIER = "a-verifier-that-only-the-app-knows-" + "v" * 20
STATE = '1e3 "quoted" 07&x'
"""What a router would like to read as a number, as quotes, as a second parameter."""


def register(visit: Visit, name: str, *, public: bool = False) -> tuple[str, str]:
    """Register an app that may ask to write companies; its client id and its secret, which a public one has not."""
    visit.open("settings/apps")
    visit.button("programs.new_app").click()
    dialog = visit.dialog()
    dialog.get_by_label(visit.say("programs.name")).fill(name)
    dialog.get_by_label(visit.say("programs.redirects")).fill(BACK)
    if public:
        dialog.get_by_role("radio", name=visit.say("programs.kind_public")).check()
    choice = dialog.get_by_role("radiogroup", name=visit.words.objects("company"), exact=True)
    choice.get_by_text(visit.say("programs.reach_write"), exact=True).click()
    visit.button("programs.register", dialog).click()
    expect(dialog.get_by_text(visit.say("programs.client_id"), exact=True)).to_be_visible()
    found = told(visit, "programs.client_id"), "" if public else told(visit, "programs.client_secret")
    visit.button("programs.done" if public else "programs.kept", dialog).click()
    return found


def question(client_id: str, **changed: str) -> str:
    """Where the app sends people."""
    challenge = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    params = {
        "response_type": "code", "client_id": client_id, "redirect_uri": BACK, "scope": "company:write",
        "state": STATE, "code_challenge": challenge, "code_challenge_method": "S256", **changed,
    }  # fmt: skip
    return f"/oauth/authorize?{urlencode(params)}"


def wait_at(page: Page) -> None:
    """Answer for the app when the browser comes back to it."""
    page.route(f"{BACK}*", lambda route: route.fulfill(status=200, body="thank you"))


def came_back(page: Page) -> dict[str, str]:
    """What the app was told."""
    page.wait_for_url(f"{BACK}*")
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def exchange(address: str, client_id: str, secret: str, code: str) -> httpx.Response:
    """The app's own request for a token."""
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER,
        "client_id": client_id, **({"client_secret": secret} if secret else {}),
    }  # fmt: skip
    return httpx.post(f"{address}/oauth/token", data=form, timeout=20)


@in_english
def test_an_app_asks_after_signing_in_acts_and_is_withdrawn(visit, language):
    boss = visit("administrator", language)
    name = f"报表助手 {secrets.token_hex(3)}"
    client_id, secret = register(boss, name)
    someone = visit(None, language)
    page = someone.page
    wait_at(page)

    someone.open(question(client_id))
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label(someone.say("identity.email")).fill(SALES["email"])
    page.get_by_label(someone.say("identity.password"), exact=True).fill(SALES["password"])
    someone.button("identity.sign_in").click()
    expect(page.get_by_role("heading", name=someone.say("programs.asks_title", name=name))).to_be_visible()
    expect(page.get_by_text(SALES["email"])).to_be_visible()
    wants = page.get_by_role("list", name=someone.say("programs.wants"))
    expect(wants.get_by_role("listitem")).to_have_count(1)
    expect(wants).to_contain_text(someone.words.objects("company"))
    expect(wants).to_contain_text(someone.say("programs.wants_to_write"))
    assert violations(page) == []
    someone.button("programs.allow").click()
    back = came_back(page)
    assert (back["state"], back["iss"]) == (STATE, boss.address)
    granted = exchange(boss.address, client_id, secret, back["code"])
    assert (granted.status_code, granted.json()["scope"]) == (200, "company:write")
    token = granted.json()["access_token"]
    assert call(boss.address, token).json()["account"]["email"] == SALES["email"]
    assert call(boss.address, token, "records/company?limit=1").status_code == 200
    assert call(boss.address, token, "records/contact?limit=1").status_code == 404

    boss.open("settings/apps")
    line = boss.page.get_by_role("listitem").filter(has_text=name)
    line.get_by_text(boss.say("programs.allowed_by", count=1, number="1")).click()
    expect(boss.dialog()).to_contain_text(someone.api("GET", "me")["member"]["name"])

    someone.open("settings/security")
    someone.button("programs.withdraw_from", name=name).click()
    someone.button("programs.withdraw", someone.dialog()).click()
    expect(page.get_by_text(someone.say("programs.withdrawn", name=name))).to_be_visible()
    expect(someone.button("programs.withdraw_from", name=name)).to_have_count(0)
    refused = call(boss.address, token)
    assert (refused.status_code, refused.json()["code"]) == (401, "access_keys.key_unknown")


@in_english
def test_a_no_tells_the_app_and_gives_nothing(visit, language):
    boss, mine = visit("administrator", language), visit("salesperson", language, PHONE)
    name = f"Cards {secrets.token_hex(3)}"
    client_id, _ = register(boss, name, public=True)
    wait_at(mine.page)

    mine.open(question(client_id))
    mine.button("programs.refuse").click()
    back = came_back(mine.page)

    assert (back["error"], back["state"]) == ("access_denied", STATE)
    assert name not in {grant["app"] for grant in mine.api("GET", "app-grants")["grants"]}


@in_chinese
def test_a_question_that_cannot_be_put_is_refused_in_a_sentence(visit, language):
    boss, mine = visit("administrator", language), visit("salesperson", language)
    name = f"Wrong {secrets.token_hex(3)}"
    client_id, _ = register(boss, name)
    page = mine.page

    mine.open(question("nobody"))
    expect(page.get_by_role("heading", name=mine.say("programs.problem_client"))).to_be_visible()
    mine.open(question(client_id, redirect_uri="https://evil.example/done"))
    expect(page.get_by_role("heading", name=mine.say("programs.problem_redirect"))).to_be_visible()
    expect(page.get_by_text("evil.example")).to_have_count(0)
    assert violations(page) == []
    mine.open("/oauth/authorize?%zz")
    expect(page.get_by_role("heading", name=mine.say("programs.problem_request"))).to_be_visible()

    wait_at(page)
    mine.open(question(client_id, scope="contact:read"))
    assert came_back(page)["error"] == "invalid_scope"

    boss.open("settings/apps")
    mine.open(question(client_id))
    expect(mine.button("programs.allow")).to_be_visible()
    menu_of(boss, name)
    press_in_menu(boss, "programs.remove")
    boss.button("programs.remove", boss.dialog()).click()
    expect(boss.page.get_by_text(boss.say("programs.app_removed", name=name))).to_be_visible()
    mine.button("programs.allow").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert "/oauth/authorize" in page.url


@in_english
def test_somebody_of_another_workspace_is_told_so_and_comes_back_as_who_belongs(visit, founder, language):
    boss = visit("administrator", language)
    name = f"Ours {secrets.token_hex(3)}"
    client_id, _ = register(boss, name)
    stranger = founder(f"else-{secrets.token_hex(3)}", language=language)
    page = stranger.page

    stranger.open(question(client_id))
    expect(page.get_by_role("heading", name=stranger.say("programs.problem_others"))).to_be_visible()
    expect(page.get_by_text(name)).to_be_visible()
    stranger.button("programs.another_account").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label(stranger.say("identity.email")).fill(SALES["email"])
    page.get_by_label(stranger.say("identity.password"), exact=True).fill(SALES["password"])
    stranger.button("identity.sign_in").click()
    expect(page.get_by_text(SALES["email"])).to_be_visible()
    expect(stranger.button("programs.allow")).to_be_visible()


@in_chinese
def test_an_app_is_changed_and_what_it_loses_is_taken_from_its_members(visit, language):
    boss, mine = visit("administrator", language), visit("salesperson", language)
    name = f"Change {secrets.token_hex(3)}"
    client_id, secret = register(boss, name)
    wait_at(mine.page)
    mine.open(question(client_id))
    mine.button("programs.allow").click()
    tokens = exchange(boss.address, client_id, secret, came_back(mine.page)["code"]).json()

    boss.page.get_by_role("button", name=name, exact=True).click()
    dialog = boss.dialog()
    choice = dialog.get_by_role("radiogroup", name=boss.words.objects("company"), exact=True)
    choice.get_by_text(boss.say("programs.reach_read"), exact=True).click()
    boss.button("programs.save", dialog).click()
    expect(boss.page.get_by_text(boss.say("programs.app_saved", name=name))).to_be_visible()
    made = write(boss.address, tokens["access_token"], "x")
    assert made.status_code == 403
    assert call(boss.address, tokens["access_token"], "records/company?limit=1").status_code == 200

    menu_of(boss, name)
    press_in_menu(boss, "programs.new_secret")
    boss.button("programs.new_secret", boss.dialog()).click()
    fresh = told(boss, "programs.client_secret")
    boss.button("programs.kept", boss.dialog()).click()
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"], "client_id": client_id}
    old = httpx.post(f"{boss.address}/oauth/token", data={**form, "client_secret": secret}, timeout=20)
    new = httpx.post(f"{boss.address}/oauth/token", data={**form, "client_secret": fresh}, timeout=20)
    assert (old.status_code, new.status_code, new.json()["scope"]) == (401, 200, "company:read")


@in_english
def test_only_who_is_in_charge_of_security_sees_the_apps(visit, language):
    mine = visit("salesperson", language)
    page = mine.open("settings/apps")
    expect(page.get_by_text(mine.say("ui.forbidden"))).to_be_visible()
    expect(mine.button("programs.new_app")).to_have_count(0)
    expect(page.get_by_role("link", name=mine.say("settings.apps"))).to_have_count(0)
