"""Mailboxes on the screens: tried, connected, paused, removed; what is wrong with one is told where it stands."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.looks import violations
from tests.browser.words import in_chinese
from tests.support.mail_server import PASSWORD, USER, MailServer


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    """A mail server with an empty inbox."""
    made = MailServer().start()
    yield made
    made.stop()


@in_chinese
def test_a_mailbox_is_tried_connected_and_removed(visit, language, mail_server):
    boss = visit("administrator", language)
    say, page = boss.say, boss.open("settings/mailboxes")
    boss.button("mailboxes.connect").first.click()
    dialog = boss.dialog()
    dialog.get_by_label(say("mailboxes.name")).fill("销售邮箱")
    dialog.get_by_label(say("mailboxes.host")).fill("127.0.0.1")
    dialog.get_by_role("combobox", name=say("mailboxes.security")).click()
    page.get_by_role("option", name=say("mailboxes.security_none")).click()
    dialog.get_by_label(say("mailboxes.port")).fill(str(mail_server.port))
    dialog.get_by_label(say("mailboxes.user")).fill(USER)
    dialog.get_by_role("textbox", name=say("mailboxes.password")).fill("guessed")
    boss.button("mailboxes.try", dialog).click()
    expect(dialog.get_by_role("alert")).to_contain_text("拒绝登录")
    dialog.get_by_role("textbox", name=say("mailboxes.password")).fill(PASSWORD)
    boss.button("mailboxes.try", dialog).click()
    expect(dialog.get_by_role("status")).to_contain_text("连接成功")
    assert violations(page) == []
    boss.button("ui.save", dialog).click()
    row = page.get_by_role("listitem").filter(has_text="销售邮箱")
    expect(row).to_contain_text(USER)
    boss.button("mailboxes.actions_of", name="销售邮箱").click()
    page.get_by_role("menuitem", name=say("mailboxes.pause")).click()
    expect(row).to_contain_text(say("mailboxes.state_paused"))
    boss.button("mailboxes.actions_of", name="销售邮箱").click()
    page.get_by_role("menuitem", name=say("mailboxes.remove")).click()
    boss.button("mailboxes.remove", boss.dialog()).click()
    expect(row).to_have_count(0)
    expect(page.get_by_text(say("mailboxes.none"))).to_be_visible()
