"""One person's page in the browser: opens addresses, knows the words on screen, notices what goes wrong behind it."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, Request, expect

from guanxi.packs.sample.workspace import SLUG
from tests.browser.words import Words

OWN_HOSTS = {"127.0.0.1", "localhost"}
LEFT_BY_ITSELF = ("net::ERR_ABORTED", "interrupted by another navigation")
"""How it is told that the page was on its way somewhere else."""
PATIENCE_MS = 20_000
"""A shared build machine is slow; a passing test never waits so long."""


class Visit:
    """A page, its language and its problems: script errors and requests to anybody else's server."""

    def __init__(self, page: Page, address: str, words: Words, slug: str = SLUG) -> None:
        self.page = page
        self.page.set_default_timeout(PATIENCE_MS)
        self.address, self.words, self.slug = address, words, slug
        self.say: Callable[..., str] = words.say
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self._writing: set[Request] = set()
        self.page.on("request", self._has_begun)
        self.page.on("requestfinished", self._has_ended)
        self.page.on("requestfailed", self._has_ended)

    def open(self, path: str = "") -> Page:
        """Go to a path below the workspace, or to an absolute one; again where the page was just leaving by itself."""
        address = f"{self.address}{path}" if path.startswith("/") else f"{self.address}/w/{self.slug}/{path}"
        try:
            self.page.goto(address)
        except Error as error:
            if not any(one in str(error) for one in LEFT_BY_ITSELF):
                raise
            self.page.goto(address)
        return self.page

    def button(self, key: str, within: Page | Locator | None = None, **values: object) -> Locator:
        """The button with a text of the client."""
        return (within or self.page).get_by_role("button", name=self.say(key, **values), exact=True)

    def begin_new(self) -> Locator:
        """Press the button of the list that makes a record; the dialog."""
        self.button("list.new", self.page.locator("main header").first).click()
        return self.dialog()

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the form, up to the workspace."""
        page = self.open("/sign-in")
        page.locator("input[type=email], input[name=email]").fill(email)
        page.locator("input[type=password]").fill(password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/w/**")

    def tab(self, name: str) -> None:
        """Go to a tab of the record page; what there is no room for stands behind "more"."""
        one = self.page.get_by_role("tab", name=name, exact=True)
        more = self.page.get_by_role("button", name=self.say("page.more_tabs"), exact=True)
        expect(one.or_(more).first).to_be_visible()
        if one.count():
            one.click()
            return
        more.click()
        self.page.get_by_role("menuitem", name=name, exact=True).click()
        expect(one).to_have_attribute("aria-selected", "true")

    def tile(self, key: str) -> Locator:
        """The figure under a word such as "will be created"."""
        return self.page.get_by_text(self.say(key), exact=True).locator("xpath=following-sibling::*")

    def choose(self, box: Locator, name: str) -> None:
        """Type a name into a box and take it, once the list holds nothing else and stands still.

        What is offered to be made under that name, which stands there before anything was found, is not taken.
        """
        box.fill(name)
        options = self.page.get_by_role("option")
        expect(options.filter(has_not_text=name)).to_have_count(0)
        options.filter(has_text=name).filter(has_not_text=f"“{name}”").first.click()

    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog")

    def api(self, method: str, path: str, body: dict | None = None) -> dict:
        """What the workspace's API answers to this person; used to prepare and to look behind the screen.

        A screen shows what it writes before it is written: it is waited for.
        """
        self._settle()
        if not self.page.context.cookies():
            self.page.request.get(f"{self.address}/api/v1/session")
        token = next(each["value"] for each in self.page.context.cookies() if each["name"] == "csrftoken")
        answer = self.page.request.fetch(
            f"{self.address}/api/v1/{self.slug}/{path}",
            method=method,
            data=body,
            headers={"X-CSRFToken": token, "Origin": self.address},
        )
        assert answer.ok, answer.text()
        return answer.json()

    def create(self, object_key: str, **values: object) -> str:
        """The id of a new record."""
        return self.api("POST", f"records/{object_key}", {"values": values})["id"]

    def find(self, object_key: str, where: dict, *select: str, sort: list[dict] | None = None) -> list[dict]:
        """The first records that match."""
        body = {"where": where, "select": list(select), "limit": 20, "sort": sort or []}
        return self.api("POST", f"records/{object_key}/query", body)["rows"]

    def until(self, found: Callable[[], list]) -> list:
        """What a question answers as soon as it answers anything."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while not (answer := found()):
            assert time.monotonic() < end, "nothing came of it"
            self.page.wait_for_timeout(300)
        return answer

    def _settle(self) -> None:
        """Wait until the page has written what it is writing."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while self._writing and time.monotonic() < until:
            self.page.wait_for_timeout(20)

    def _has_ended(self, request: Request) -> None:
        self._writing.discard(request)

    def _has_begun(self, request: Request) -> None:
        if request.method != "GET":
            self._writing.add(request)
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in OWN_HOSTS:
            self.problems.append(f"foreign origin: {request.url}")
