"""The audit log on the screens: what was done is found, verified and exported; looking as somebody else is marked."""

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import expect

from guanxi.packs.sample.sign_ins import SIGN_INS
from tests.browser.conftest import PHONE
from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english

REASON = "她说看不到某个客户"
SELLER = next(one["email"] for one in SIGN_INS if one["role"] == "salesperson")


def _rows(who: Visit):
    return who.page.locator("tbody tr")


@in_chinese
def test_what_was_done_is_found_told_verified_and_exported(visit, language, tmp_path: Path):
    seller, boss = visit("salesperson", language), visit("administrator", language)
    me = seller.api("GET", "me")["member"]
    company = seller.create("company", name=f"Audited {language}")
    seller.api("POST", f"records/company/{company}/shares", {"department": me["department"]["id"], "level": "read"})

    page = boss.open("settings/audit?kinds=share,change&period=today")
    expect(_rows(boss).first).to_contain_text(f"Audited {language}")
    expect(_rows(boss).first).to_contain_text(me["name"])
    _rows(boss).first.click()
    expect(boss.dialog()).to_contain_text(f"Audited {language}")
    boss.button("audit.same_record", boss.dialog()).click()
    expect(_rows(boss)).to_have_count(2)
    expect(page).to_have_url(re.compile(f"record={company}"))

    with page.expect_download() as saving:
        boss.button("audit.export").click()
    saving.value.save_as(tmp_path / "log.csv")
    lines = list(csv.reader(io.StringIO((tmp_path / "log.csv").read_text(encoding="utf-8-sig"))))
    assert len(lines) == 3
    assert any(f"Audited {language}" in cell for cell in lines[1])

    boss.button("audit.clear").first.click()
    with page.expect_response("**/audit/verify"):
        boss.button("audit.verify").click()
    expect(page.get_by_text(boss.say("audit.is_whole"))).to_be_visible()
    seller.api("DELETE", f"records/company/{company}")


def test_people_without_the_right_do_not_meet_the_log(visit):
    seller = visit("salesperson")

    page = seller.open("settings/profile")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name=seller.say("settings.audit"))).to_have_count(0)
    expect(seller.open("settings/audit").get_by_role("alert").first).to_be_visible()


@in_english
def test_looking_as_somebody_else_is_asked_for_marked_and_ended(visit, language):
    boss = visit("administrator", language)
    (seller,) = boss.find("member", {"field": "email", "op": "eq", "value": SELLER}, "name")
    bar = boss.page.get_by_role("region", name=boss.say("app.view_as"))

    page = boss.open(f"o/member/{seller['id']}")
    boss.button("app.view_as_begin").click()
    begin = boss.button("app.view_as_begin", boss.dialog())
    expect(begin).to_be_disabled()
    boss.dialog().get_by_role("textbox").fill(REASON)
    begin.click()

    expect(bar).to_contain_text(seller["name"])
    me = boss.api("GET", "me")
    assert me["member"]["name"] == seller["name"]
    expect(boss.open("o/company").get_by_role("heading", level=1)).to_be_visible()
    expect(bar).to_be_visible()
    refused = page.request.fetch(
        f"{boss.address}/api/v1/{boss.slug}/records/company",
        method="POST",
        data={"values": {"name": "x"}},
        headers={"X-CSRFToken": _token(boss), "Origin": boss.address},
    )
    assert (refused.status, refused.json()["code"]) == (403, "access.view_as_read_only")

    with page.expect_navigation():
        boss.button("app.view_as_end", bar).click()
    expect(bar).to_have_count(0)
    assert boss.api("GET", "me")["view_as"] is None
    said = [one["says"] for one in boss.api("GET", "audit?kinds=view_as_begin,view_as_end&limit=2")["items"]]
    assert len(said) == 2
    assert REASON in said[1]


def test_the_bar_fits_a_phone(visit):
    boss = visit("administrator", viewport=PHONE)
    (seller,) = boss.find("member", {"field": "email", "op": "eq", "value": SELLER}, "name")
    boss.api("POST", "view-as", {"member": seller["id"], "reason": REASON})

    page = boss.open("")
    bar = page.get_by_role("region", name=boss.say("app.view_as"))
    expect(bar).to_contain_text(seller["name"])
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    with page.expect_navigation():
        boss.button("app.view_as_end", bar).click()
    expect(bar).to_have_count(0)


def test_the_watermark_of_a_role_lies_over_its_screens_and_takes_no_click(visit):
    boss = visit("administrator")
    (role,) = boss.find("role", {"field": "key", "op": "eq", "value": "manager"}, "permissions")
    marked = {**role["permissions"], "sign_in": {"watermark": True}}
    boss.api("PATCH", f"records/role/{role['id']}", {"values": {"permissions": marked}})
    manager = visit("manager")
    try:
        name = manager.api("GET", "me")["member"]["name"]
        page = manager.open("o/company")
        mark = page.locator("body > div[style*='image/svg']")
        expect(mark).to_have_css("pointer-events", "none")
        picture = mark.evaluate("one => decodeURIComponent(getComputedStyle(one).backgroundImage)")
        assert name in picture
        page.emulate_media(media="print")
        expect(mark).to_be_visible()
        page.emulate_media(media="screen")
        manager.begin_new()
        expect(manager.dialog()).to_be_visible()
    finally:
        boss.api("PATCH", f"records/role/{role['id']}", {"values": {"permissions": role["permissions"]}})


def _token(who: Visit) -> str:
    return next(one["value"] for one in who.page.context.cookies() if one["name"] == "csrftoken")
