"""A record is shared with somebody who did not see it, and taken from them again, all from its page."""

from playwright.sync_api import expect

from tests.browser.visit import Visit
from tests.browser.words import in_english


def _open_shares(someone: Visit, company: str) -> None:
    page = someone.open(f"o/company/{company}")
    someone.button("page.more").click()
    page.get_by_role("menuitem", name=someone.say("page.share")).click()


@in_english
def test_a_record_is_shared_changed_and_taken_back(visit, language):
    manager, seller = visit("manager", language), visit("salesperson", language)
    me = seller.api("GET", "me")["member"]
    company = manager.create("company", name=f"Shared {language}")
    gone = seller.say("page.gone", name=seller.words.object("company"))
    expect(seller.open(f"o/company/{company}").get_by_text(gone)).to_be_visible()

    _open_shares(manager, company)
    dialog, page = manager.dialog(), manager.page
    manager.choose(dialog.get_by_role("textbox", name=manager.say("share.receiver")), me["name"])
    manager.button("share.give", dialog).click()
    entry = dialog.get_by_role("listitem").filter(has_text=me["name"])
    expect(entry).to_be_visible()

    title = seller.open(f"o/company/{company}").get_by_role("heading", name=f"Shared {language}")
    expect(title).to_be_visible()
    expect(seller.button("page.edit")).to_have_count(0)

    entry.get_by_role("combobox", name=manager.say("share.level_of", name=me["name"])).click()
    with page.expect_response("**/shares"):
        page.get_by_role("option", name=manager.say("share.level_edit"), exact=True).click()
    expect(seller.open(f"o/company/{company}").get_by_role("heading", name=f"Shared {language}")).to_be_visible()
    expect(seller.button("page.edit")).to_be_visible()
    seller.button("page.more").click()
    seller.page.get_by_role("menuitem", name=seller.say("page.share")).click()
    expect(seller.dialog()).to_contain_text(seller.say("share.not_yours"))
    expect(seller.button("share.give", seller.dialog())).to_have_count(0)

    manager.button("share.end", dialog, name=me["name"]).click()
    expect(entry).to_have_count(0)
    expect(seller.open(f"o/company/{company}").get_by_text(gone)).to_be_visible()

    page.keyboard.press("Escape")
    by = manager.api("GET", "me")["member"]["name"]
    expect(page.get_by_text(manager.say("share.told_ended", who=by, name=me["name"]))).to_be_visible()
    manager.api("DELETE", f"records/company/{company}")
