"""Pages the server draws itself ask nobody else's server either; for the client's screens every test watches this."""

from playwright.sync_api import expect

from guanxi.packs.sample.workspace import SLUG


def test_the_console_of_the_api_comes_whole_from_here(visit):
    someone = visit("administrator")
    page = someone.open(f"/api/v1/{SLUG}/docs")
    expect(page.get_by_role("heading").first).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_the_outbox_of_development_comes_whole_from_here(visit):
    page = visit("administrator").open("/dev/outbox")
    expect(page.locator("body")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
