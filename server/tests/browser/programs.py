"""What the tests of keys and apps have in common: a program's calls, the dialog that tells a secret, the menu of a row."""

import httpx

from guanxi.packs.sample.workspace import SLUG
from tests.browser.visit import Visit


def call(address: str, secret: str, path: str = "me") -> httpx.Response:
    """A program's own call."""
    return httpx.get(f"{address}/api/v1/{SLUG}/{path}", headers={"Authorization": f"Bearer {secret}"}, timeout=20)


def write(address: str, secret: str, name: str) -> httpx.Response:
    """A program's attempt to make a company."""
    return httpx.post(
        f"{address}/api/v1/{SLUG}/records/company",
        json={"values": {"name": name}},
        headers={"Authorization": f"Bearer {secret}"},
        timeout=20,
    )


def told(visit: Visit, key: str) -> str:
    """A value of the dialog that tells what was just made."""
    return visit.dialog().get_by_text(visit.say(key), exact=True).locator("xpath=following-sibling::code").inner_text()


def menu_of(visit: Visit, name: str) -> None:
    """Open the menu of a key or an app."""
    visit.page.get_by_role("button", name=visit.say("programs.actions_of", name=name)).click()


def press_in_menu(visit: Visit, key: str) -> None:
    """Choose from the open menu."""
    visit.page.get_by_role("menuitem", name=visit.say(key), exact=True).click()
