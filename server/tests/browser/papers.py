"""Steps along the chain of documents that several walks take."""

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit


def sign(someone: Visit, side: str, person: str) -> None:
    """Note that somebody of `ours` or `theirs` signed the contract that is open."""
    someone.button("contracts.sign").click()
    dialog = someone.dialog()
    dialog.get_by_text(someone.say(f"contracts.side_{side}"), exact=True).click()
    dialog.get_by_label(someone.say("contracts.person")).fill(person)
    someone.button("contracts.sign", dialog).click()
    expect(dialog).to_have_count(0)


def pay(someone: Visit, page: Page, amount: str) -> None:
    """Record a payment for the invoice that is open, which settles as much of it."""
    someone.button("billing.record").click()
    dialog = someone.dialog()
    dialog.get_by_label(someone.say("billing.amount"), exact=True).fill(amount)
    settled = dialog.get_by_role("textbox", name=someone.say("billing.settle").split(" ")[0]).first
    expect(settled).to_have_value(amount)
    someone.button("billing.record", dialog).click()
    expect(dialog).to_have_count(0)


def made(page: Page, object_key: str) -> str:
    """The id of the record that the page is led to."""
    page.wait_for_url(f"**/o/{object_key}/**")
    return page.url.rsplit("/", 1)[1].split("?")[0]
