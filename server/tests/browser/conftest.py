"""One product with the sample workspace for all browser tests, pages signed in as its people."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from guanxi.packs.sample.sign_ins import SIGN_INS
from guanxi.packs.sample.workspace import SLUG
from tests.support.product import Product

LOCALES = {"zh-CN": "zh-CN", "en": "en-GB"}
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
PATIENCE_MS = 20_000
"""A shared build machine is slow; a passing test never waits so long."""

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below this folder needs a browser, and one product is enough for all of it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's own Chromium."""
    path = os.environ.get("GUANXI_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    return {**browser_type_launch_args, "executable_path": path, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """The running product."""
    made = Product("up")
    made.start()
    yield made
    made.remove()


class Visit:
    """A page in the browser, with what went wrong behind it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._watch_origin)

    def open(self, path: str = "") -> Page:
        """Go to a path below the workspace, or to an absolute one."""
        self.page.goto(f"{self.address}{path}" if path.startswith("/") else f"{self.address}/w/{SLUG}/{path}")
        return self.page

    def _watch_origin(self, request) -> None:
        host = request.url.split("/")[2] if "://" in request.url else "127.0.0.1"
        if host.partition(":")[0] not in {"127.0.0.1", "localhost"}:
            self.problems.append(f"foreign origin: {request.url}")


@pytest.fixture
def visit(product: Product, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """A function (role or None, language, viewport) -> Visit; at the end no page may have had a problem."""
    visits: list[Visit] = []

    def make(role: str | None = "salesperson", language: str = "zh-CN", viewport: dict | None = None) -> Visit:
        context = browser.new_context(locale=LOCALES[language], viewport=viewport or DESK, base_url=product.address)
        if role is not None:
            _sign_in(context.request, product.address, next(entry for entry in SIGN_INS if entry["role"] == role))
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        visits.append(Visit(page, product.address))
        return visits[-1]

    yield make
    problems = [problem for one in visits for problem in one.problems]
    for one in visits:
        one.page.context.close()
    assert problems == []


def _sign_in(request, address: str, entry: dict[str, str]) -> None:
    request.get(f"{address}/api/v1/session")
    token = next(c["value"] for c in request.storage_state()["cookies"] if c["name"] == "csrftoken")
    answer = request.post(
        f"{address}/_allauth/browser/v1/auth/login",
        data={"email": entry["email"], "password": entry["password"]},
        headers={"X-CSRFToken": token, "Origin": address},
    )
    assert answer.ok, answer.text()
