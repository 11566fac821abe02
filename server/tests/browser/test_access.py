"""Access set up as a sales director would: a role that masks a field, given to somebody; a record explained and shared."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english

MOBILE, SHOWN, MASKED = "13812345678", "138 1234 5678", "138****5678"


@pytest.fixture
def put_back(visit, language) -> Iterator[Callable[[], None]]:
    """Lets a test change the salesperson's roles and make roles; afterwards all is as it was."""
    admin = visit("administrator", language)
    seller = visit("salesperson", language).api("GET", "me")["member"]["id"]
    before = [role["id"] for role in admin.api("GET", f"records/member/{seller}?select=roles")["roles"]]
    known = {row["id"] for row in admin.find("role", None, "key")}
    yield lambda: None
    admin.api("PATCH", f"records/member/{seller}", {"values": {"roles": before}})
    for row in admin.find("role", None, "key"):
        if row["id"] not in known:
            admin.api("DELETE", f"records/role/{row['id']}")
    for rule in admin.find("access_rule", None, "name"):
        admin.api("DELETE", f"records/access_rule/{rule['id']}")


def _new_role(admin: Visit, name: str) -> None:
    """From the preset of a salesperson, opened on its page."""
    admin.open("settings/roles")
    admin.button("roles.new").click()
    dialog = admin.dialog()
    dialog.locator("[aria-pressed=false]").first.click()
    dialog.get_by_role("textbox", name=admin.say("roles.name"), exact=False).first.fill(name)
    admin.button("roles.create", dialog).click()
    expect(admin.page.get_by_role("heading", name=name)).to_be_visible()


def _tab(admin: Visit, key: str) -> None:
    admin.page.get_by_role("tab", name=admin.say(f"roles.tab_{key}"), exact=True).click()


@in_english
def test_a_role_masks_a_field_and_is_given_after_a_look_at_what_it_does(visit, language, put_back):
    admin, seller = visit("administrator", language), visit("salesperson", language)
    me = seller.api("GET", "me")["member"]
    contact = admin.create("contact", name=f"Masked {language}", mobile=MOBILE, owner=me["id"])
    expect(seller.open(f"o/contact/{contact}").get_by_text(SHOWN).first).to_be_visible()
    admin.api("PATCH", f"records/member/{me['id']}", {"values": {"roles": []}})
    page, say = admin.page, admin.say

    _new_role(admin, f"Phone {language}")
    _tab(admin, "fields")
    page.get_by_role("button", name=admin.words.objects("contact"), exact=True).click()
    mobile = admin.words.field("contact", "mobile")
    page.get_by_label(say("roles.level_of", name=mobile), exact=True).select_option("masked")
    admin.button("roles.review").click()
    expect(admin.dialog().get_by_text(say("roles.nothing_changes"))).to_be_visible()  # nobody holds it yet
    admin.button("ui.save", admin.dialog()).click()
    expect(page.get_by_text(say("roles.saved", name=f"Phone {language}"))).to_be_visible()
    expect(page.get_by_text(say("roles.unsaved"))).to_have_count(0)

    _tab(admin, "members")
    admin.choose(page.get_by_role("textbox", name=say("roles.person")), me["name"])
    admin.button("roles.give").click()
    opened = admin.dialog().get_by_role("button").filter(has_text=admin.words.objects("contact"))
    expect(opened.first).to_contain_text(me["name"])
    admin.button("roles.give", admin.dialog()).click()
    expect(admin.dialog()).to_have_count(0)
    expect(page.get_by_role("button", name=say("roles.take_from", name=me["name"]))).to_be_visible()

    expect(seller.open(f"o/contact/{contact}").get_by_text(MASKED).first).to_be_visible()
    expect(seller.page.get_by_text(SHOWN)).to_have_count(0)
    admin.api("DELETE", f"records/contact/{contact}")


@in_chinese
def test_a_record_is_explained_before_and_after_it_is_shared(visit, language, put_back):
    admin, seller = visit("administrator", language), visit("salesperson", language)
    me, say = seller.api("GET", "me")["member"], admin.say
    company = admin.create("company", name=f"Explained {language}")
    page = admin.open(f"o/company/{company}")
    admin.button("page.more").click()
    page.get_by_role("menuitem", name=say("page.explain_access")).click()
    dialog = admin.dialog()
    expect(dialog.get_by_role("list", name=say("explain.who"))).not_to_contain_text(me["name"])
    admin.choose(dialog.get_by_role("textbox", name=say("explain.person")), me["name"])
    expect(dialog.get_by_text(say("explain.cannot_read", name=me["name"]))).to_be_visible()
    expect(dialog.get_by_role("heading", name=say("explain.would_need"))).to_be_visible()
    page.keyboard.press("Escape")

    until = "2099-01-31T00:00:00Z"
    admin.api("POST", f"records/company/{company}/shares", {"member": me["id"], "level": "read", "expires_at": until})
    admin.button("page.more").click()
    page.get_by_role("menuitem", name=say("page.share")).click()
    entry = dialog.get_by_role("listitem").filter(has_text=me["name"])
    expect(entry).to_contain_text("2099-01-31")
    expect(dialog).to_contain_text(admin.words.objects("contact"))  # what is shared along
    page.keyboard.press("Escape")
    admin.button("page.more").click()
    page.get_by_role("menuitem", name=say("page.explain_access")).click()
    dialog.get_by_role("button", name=me["name"], exact=True).click()
    expect(dialog.get_by_text(say("explain.can_read", name=me["name"]))).to_be_visible()
    expect(dialog).to_contain_text("2099-01-31")
    page.keyboard.press("Escape")
    expect(seller.open(f"o/company/{company}").get_by_role("heading", name=f"Explained {language}")).to_be_visible()
    admin.api("DELETE", f"records/company/{company}")


@in_english
def test_a_reach_is_widened_and_its_effect_told_before_it_is_saved(visit, language, put_back):
    admin, say = visit("administrator", language), visit("administrator", language).say
    (role,) = admin.find("role", {"field": "key", "op": "eq", "value": "salesperson"}, "key")
    page, companies = admin.open(f"settings/roles/{role['id']}"), admin.words.objects("company")
    cell = say("roles.cell_name", object=companies, right=say("roles.right_read"))
    own = say("roles.reach_own")

    page.get_by_role("button", name=say("roles.cell", name=cell, words=own), exact=True).click()
    page.get_by_role("menuitem").filter(has_text=say("roles.reach_help_all")).click()
    admin.button("roles.review").click()
    expect(admin.dialog().get_by_role("button").filter(has_text=companies).first).to_be_visible()
    admin.button("roles.back", admin.dialog()).click()
    admin.button("roles.reset").click()
    expect(page.get_by_role("button", name=say("roles.cell", name=cell, words=own), exact=True)).to_be_visible()


@in_chinese
def test_a_rule_opens_records_and_says_to_whom_before_it_does(visit, language, put_back):
    admin, seller = visit("administrator", language), visit("salesperson", language)
    me, say = seller.api("GET", "me")["member"], admin.say
    company = admin.create("company", name=f"Ruled {language}", credit_code=None)
    page = admin.open("settings/access-rules")
    admin.button("roles.new_rule", page.locator("main header").first).click()
    panel = admin.dialog()
    panel.get_by_role("textbox", name=say("roles.rule_name"), exact=False).first.fill(f"Rule {language}")
    admin.button("filter.add_rule", panel).click()
    page.get_by_placeholder(say("filter.find_field")).fill(admin.words.field("company", "name"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel.get_by_role("textbox", name=admin.words.field("company", "name"), exact=True).fill("Ruled")
    admin.choose(panel.get_by_label(say("roles.for_members"), exact=True).first, me["name"])
    page.keyboard.press("Escape")
    admin.button("roles.review", panel).click()
    look = page.get_by_role("dialog", name=say("roles.review_rule", name=f"Rule {language}"))
    expect(look.get_by_role("button").filter(has_text=me["name"]).first).to_be_visible()
    admin.button("ui.save", look).click()
    expect(page.get_by_role("listitem").filter(has_text=f"Rule {language}")).to_contain_text(me["name"])

    expect(seller.open(f"o/company/{company}").get_by_role("heading", name=f"Ruled {language}")).to_be_visible()
    admin.api("DELETE", f"records/company/{company}")


@in_chinese
def test_what_somebody_may_do_in_sum_stands_on_their_page(visit, language):
    admin, seller = visit("administrator", language), visit("salesperson", language)
    me, say = seller.api("GET", "me")["member"], admin.say

    page = admin.open(f"o/member/{me['id']}?tab=rights")

    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=admin.words.objects("company")))
    expect(row).to_contain_text(say("roles.reach_own"))
