"""A screen as axe sees it: both sizes in both colours, each of the four once between the two languages."""

import json
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.visit import Visit

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
WAITING = "[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root"
AXE_MS = 60_000
AT_REST = """scheme => document.documentElement.dataset.mantineColorScheme === scheme
    && document.getAnimations().every(({ playState }) => playState !== "running")"""
Looks = tuple[tuple[str, ViewportSize, str], ...]
LOOKS: dict[str, Looks] = {
    "zh-CN": (("wide", DESK, "light"), ("narrow", PHONE, "dark")),
    "en": (("wide", DESK, "dark"), ("narrow", PHONE, "light")),
}
"""How a screen is looked at in each language. Words decide where things are, not their colours, and the other way
round: each language meets both sizes and both colours, and each size is seen in both colours."""
SETTINGS_LOOKS: dict[str, Looks] = {
    "zh-CN": (*LOOKS["zh-CN"], ("wide", DESK, "dark")),
    "en": (*LOOKS["en"], ("wide", DESK, "light")),
}
"""The looks at a screen that is opened in one language only: wide in both colours, narrow in one of them."""


def violations(page: Page) -> list[str]:
    """What axe holds against the page as it stands, as rule and element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    # Waited for, not evaluated: evaluating has no end where a screen is in a loop.
    found = page.wait_for_function(f"axe.run(document, {json.dumps(RULES)})", timeout=AXE_MS).json_value()["violations"]
    return [f"{each['id']} ({each['impact']}): {node['html'][:160]}" for each in found for node in each["nodes"]]


def settle(page: Page, scheme: str = "light") -> None:
    """Wait until the page stands in its colours, has said what it is about and waits for nothing more."""
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.locator(WAITING)).to_have_count(0)
    page.wait_for_function(AT_REST, arg=scheme)


def faults(visit: Visit, looks: Looks | None = None) -> dict[str, list[str]]:
    """The faults of the screen that is open, by how it is looked at: else as in the visitor's language."""
    page, found = visit.page, {}
    for width, size, scheme in looks or LOOKS[visit.words.language]:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        settle(page, scheme)
        if wrong := violations(page):
            found[f"{width} {scheme}"] = wrong
    return found
