"""A product with the sample workspace for the browser tests of each worker, pages signed in as its people."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIRequestContext, Browser, Playwright, StorageState, expect

from guanxi.packs.sample.sign_ins import PASSWORD, SIGN_INS
from guanxi.packs.sample.workspace import SLUG
from tests.browser.contexts import LOCALES, Contexts
from tests.browser.visit import PATIENCE_MS, Visit
from tests.browser.words import Words
from tests.support.product import Product

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below this folder needs a browser. Long files begin, so that both products end at the same time."""
    own = [item for item in items if Path(__file__).parent in item.path.parents]
    slow = {item.path for item in own if item.get_closest_marker("slow")}
    length = Counter(item.path for item in own)
    for item in own:
        item.add_marker(pytest.mark.browser)
    others = [item for item in items if Path(__file__).parent not in item.path.parents]
    items[:] = [*others, *sorted(own, key=lambda item: (item.path not in slow, -length[item.path]))]


@pytest.fixture(params=LOCALES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the screens: a test that asks for it runs once in each."""
    return request.param


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's own Chromium."""
    path = os.environ.get("GUANXI_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    return {**browser_type_launch_args, "executable_path": path, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """The running product."""
    made = Product("up", server=os.environ.get("DATABASE_URL"))
    made.start()
    yield made
    made.remove()


@pytest.fixture(scope="session")
def signed_in(playwright: Playwright, product: Product) -> Callable[[str], StorageState]:
    """A function from a role to the cookies of its person; each signs in once."""
    known: dict[str, StorageState] = {}

    def state(role: str) -> StorageState:
        if role not in known:
            request = playwright.request.new_context(base_url=product.address)
            _sign_in(request, product.address, next(entry for entry in SIGN_INS if entry["role"] == role))
            known[role] = request.storage_state()
            request.dispose()
        return known[role]

    return state


@pytest.fixture(scope="session")
def catalog(playwright: Playwright, product: Product, signed_in: Callable[[str], StorageState]) -> dict:
    """What the workspace's objects and fields are called."""
    request = playwright.request.new_context(base_url=product.address, storage_state=signed_in("administrator"))
    answer = request.get(f"/api/v1/{SLUG}/catalog").json()
    request.dispose()
    return answer


@pytest.fixture(scope="session")
def contexts(browser: Browser, product: Product) -> Contexts:
    """Where the pages of visits come from."""
    return Contexts(browser, product.address)


@pytest.fixture
def visit(product: Product, contexts: Contexts, signed_in, catalog: dict) -> Iterator[Callable[..., Visit]]:
    """A function (role or None, language, viewport, slug) -> Visit; at the end no page may have had a problem."""
    visits: list[Visit] = []

    def make(
        role: str | None = "salesperson", language: str = "zh-CN", viewport: dict | None = None, slug: str = SLUG
    ) -> Visit:
        page = contexts.page(language, viewport or DESK, signed_in(role) if role else None)
        visits.append(Visit(page, product.address, Words(language, catalog), slug))
        return visits[-1]

    yield make
    problems = [problem for one in visits for problem in one.problems]
    for one in visits:
        contexts.give_back(one.words.language, one.page)
    assert problems == []


@pytest.fixture
def founder(product: Product, visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """A function from slugs to their administrator, signed in to the first: new workspaces with nothing in them."""

    def make(*slugs: str, language: str = "zh-CN") -> Visit:
        email = f"boss@{slugs[0]}.example"
        for slug in slugs:
            person = ("--email", email, "--person", "老板", "--language", language)
            made = product.command("create-workspace", slug, slug, *person, typed=f"{PASSWORD}\n")
            assert made.returncode == 0, made.stderr
        boss = visit(None, language, slug=slugs[0])
        boss.sign_in(email, PASSWORD)
        return boss

    return make


def _sign_in(request: APIRequestContext, address: str, entry: dict[str, str]) -> None:
    request.get("/api/v1/session")
    token = next(each["value"] for each in request.storage_state()["cookies"] if each["name"] == "csrftoken")
    answer = request.post(
        "/_allauth/browser/v1/auth/login",
        data={"email": entry["email"], "password": entry["password"]},
        headers={"X-CSRFToken": token, "Origin": address},
    )
    assert answer.ok, answer.text()
