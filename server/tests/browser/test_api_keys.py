"""API keys on the screens: made, used over HTTP, looked at, revoked."""

import re
import secrets

from playwright.sync_api import expect

from guanxi.packs.sample.sign_ins import SIGN_INS
from guanxi.packs.sample.workspace import SLUG
from tests.browser.programs import call, menu_of, press_in_menu, told, write
from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english

SALES = next(entry for entry in SIGN_INS if entry["role"] == "salesperson")


def make_key(visit: Visit, name: str) -> str:
    """Make a key on the screen; its secret."""
    visit.open("settings/api-keys")
    visit.button("programs.new_key").click()
    dialog = visit.dialog()
    dialog.get_by_label(visit.say("programs.name")).fill(name)
    expect(dialog.get_by_text(visit.say("programs.key_roles_help"))).to_be_visible()
    visit.button("programs.create", dialog).click()
    expect(visit.dialog().get_by_text(visit.say("programs.told_once"))).to_be_visible()
    return told(visit, "programs.key")


@in_english
def test_a_key_is_made_used_looked_at_and_revoked(visit, language):
    mine = visit("salesperson", language)
    name = f"ERP {secrets.token_hex(3)}"
    secret = make_key(mine, name)
    example = told(mine, "programs.try_it")
    assert re.fullmatch(rf'curl -H "Authorization: Bearer {secret}" http\S+/api/v1/{SLUG}/me', example)
    mine.page.keyboard.press("Escape")
    expect(mine.dialog()).to_be_visible()
    mine.button("programs.kept", mine.dialog()).click()
    expect(mine.page.get_by_text(secret)).to_have_count(0)

    answer = call(mine.address, secret)
    assert (answer.status_code, answer.json()["account"]["email"]) == (200, SALES["email"])
    mine.page.reload()
    line = mine.page.get_by_role("row").filter(has_text=name)
    expect(line).to_contain_text(mine.say("programs.state_active"))
    expect(line).to_contain_text("127.0.0.1")
    line.get_by_role("button", name=name, exact=True).click()
    calls = mine.page.get_by_role("list", name=mine.say("programs.calls"))
    expect(calls.get_by_role("listitem")).to_have_count(1)
    expect(calls).to_contain_text("GET me")
    mine.page.keyboard.press("Escape")

    menu_of(mine, name)
    press_in_menu(mine, "programs.revoke")
    mine.button("programs.revoke", mine.dialog()).click()
    expect(mine.page.get_by_text(mine.say("programs.key_revoked", name=name))).to_be_visible()
    expect(mine.page.get_by_role("row").filter(has_text=name)).to_have_count(0)
    refused = call(mine.address, secret)
    assert (refused.status_code, refused.json()["code"]) == (401, "access_keys.key_revoked")


@in_english
def test_a_key_is_replaced_by_one_like_it_while_it_still_works(visit, language):
    mine = visit("salesperson", language)
    name = f"Sync {secrets.token_hex(3)}"
    mine.open("settings/api-keys")
    mine.button("programs.new_key").click()
    dialog = mine.dialog()
    dialog.get_by_label(mine.say("programs.name")).fill(name)
    dialog.get_by_label(mine.say("programs.networks")).first.fill("127.0.0.1")
    dialog.get_by_label(mine.say("programs.networks")).first.press("Enter")
    mine.button("programs.create", dialog).click()
    first = told(mine, "programs.key")
    mine.button("programs.kept", mine.dialog()).click()

    menu_of(mine, name)
    press_in_menu(mine, "programs.replace")
    expect(mine.dialog().get_by_label(mine.say("programs.name"))).to_have_value(name)
    mine.button("programs.create", mine.dialog()).click()
    second = told(mine, "programs.key")
    mine.button("programs.kept", mine.dialog()).click()

    assert [call(mine.address, one).status_code for one in (first, second)] == [200, 200]
    own = [key for key in mine.api("GET", "access-keys")["keys"] if key["name"] == name]
    assert [key["networks"] for key in own] == [["127.0.0.1/32"]] * 2


@in_chinese
def test_what_a_key_cannot_be_is_said_at_its_field_and_makes_none(visit, language):
    mine = visit("salesperson", language)
    before = mine.api("GET", "access-keys")["keys"]
    mine.open("settings/api-keys")
    mine.button("programs.new_key").click()
    dialog = mine.dialog()
    expect(mine.button("programs.create", dialog)).to_be_disabled()
    dialog.get_by_label(mine.say("programs.name")).fill("x")
    dialog.get_by_role("combobox", name=mine.say("programs.networks")).or_(
        dialog.get_by_label(mine.say("programs.networks"))
    ).first.fill("everywhere")
    mine.button("programs.create", dialog).click()
    expect(dialog.get_by_text("everywhere", exact=False).last).to_be_visible()
    expect(dialog.get_by_text("203.0.113.0/24", exact=False)).to_be_visible()
    assert mine.api("GET", "access-keys")["keys"] == before


@in_english
def test_who_is_in_charge_sees_everybodys_keys_and_the_way_to_what_they_did(visit, language):
    mine, boss = visit("salesperson", language), visit("administrator", language)
    name = f"BI {secrets.token_hex(3)}"
    secret = make_key(mine, name)
    made = write(mine.address, secret, f"由密钥新建 {name}")
    assert made.status_code == 201, made.text
    mine.open("settings/api-keys")
    expect(mine.page.get_by_text(mine.say("programs.keys_everybody"), exact=True)).to_have_count(0)

    boss.open("settings/api-keys")
    expect(boss.page.get_by_role("heading", name=boss.say("programs.keys"))).to_be_visible()
    expect(boss.page.get_by_text(name)).to_have_count(0)
    boss.page.get_by_text(boss.say("programs.keys_everybody"), exact=True).click()
    line = boss.page.get_by_role("row").filter(has_text=name)
    expect(line).to_contain_text(mine.api("GET", "me")["member"]["name"])
    menu_of(boss, name)
    press_in_menu(boss, "programs.in_audit")
    expect(boss.page).to_have_url(re.compile("/settings/audit"))
    expect(boss.page.get_by_text(boss.say("audit.key_is", name=name))).to_be_visible()
    entries = boss.page.get_by_role("table").get_by_role("row").filter(has_text=name)
    expect(entries).to_have_count(1)
