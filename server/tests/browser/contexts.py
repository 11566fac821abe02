"""Contexts of one browser that go from test to test: they keep the screens' files, and nothing of who was there."""

from collections import defaultdict

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, ViewportSize

LOCALES = {"zh-CN": "zh-CN", "en": "en-GB"}
FORGOTTEN = "local_storage,indexeddb,service_workers,cache_storage"


class Contexts:
    """Pages in a language, each in a context that nobody else uses meanwhile."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._free: defaultdict[str, list[BrowserContext]] = defaultdict(list)

    def page(self, language: str, viewport: ViewportSize, state: StorageState | None) -> Page:
        """A page with the cookies of a state and with nothing else that was kept."""
        free = self._free[language]
        context = free.pop() if free else self._new(language)
        context.clear_cookies()
        if state:
            context.add_cookies(state["cookies"])
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": self._address, "storageTypes": FORGOTTEN})
        session.detach()
        page.set_viewport_size(viewport)
        return page

    def give_back(self, language: str, page: Page) -> None:
        """Close every page of the page's context, which the next test may have."""
        context = page.context
        for each in context.pages:
            each.close()
        self._free[language].append(context)

    def _new(self, language: str) -> BrowserContext:
        return self._browser.new_context(locale=LOCALES[language], base_url=self._address, reduced_motion="reduce")
