"""A change is tried in a sandbox, seen as a difference, taken over and taken back; files that cannot be taken say why."""

import io
import itertools
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.looks import settle, violations
from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english

pytestmark = pytest.mark.slow
LONG_MS = 90_000
"""A copy of a whole workspace on a busy machine."""
LEVEL, MOTTO = "objects/company/fields/level.toml", "objects/company/fields/motto.toml"
MOTTOS = 3
NUMBERS = itertools.count(1)
GRADE = {"zh-CN": "等级", "en": "Grade"}


@pytest.fixture
def keeper(founder, language: str) -> Visit:
    """The administrator of a new workspace in the language, whose companies have a field of the workspace's own."""
    visit = founder(f"keep-{next(NUMBERS)}", language=language)
    params = {"object": "company", "kind": "text", "key": "motto", "label": {"zh-CN": "口号", "en": "Motto"}}
    visit.api("POST", "actions/design/create-field", {"params": params})
    for place in range(MOTTOS):
        visit.create("company", name=f"公司{place}", motto="以人为本")
    return visit


def row(keeper: Visit, path: str) -> Locator:
    """The row of a difference."""
    return keeper.page.locator(f'li[data-path="{path}"]')


def accessible(keeper: Visit) -> None:
    """Nothing is wrong with the screen once it is at rest."""
    settle(keeper.page)
    assert violations(keeper.page) == []


def compare_again(keeper: Visit) -> None:
    """Ask anew, and wait for the answer."""
    with keeper.page.expect_response("**/configuration/compare"):
        keeper.button("configuration.compare_again").click()


def apply(keeper: Visit, count: int, *, concerns: bool = False) -> None:
    """From the plan to the log."""
    keeper.button("configuration.show_plan").click()
    dialog, go = keeper.dialog(), keeper.button("configuration.apply", count=count)
    if concerns:
        expect(go).to_be_disabled()
        dialog.get_by_role("checkbox", name=keeper.say("configuration.confirm_data")).check()
    expect(go).to_be_enabled()
    accessible(keeper)
    go.click()
    expect(dialog).to_be_hidden(timeout=LONG_MS)
    expect(keeper.page.get_by_role("tab", name=keeper.say("configuration.tab_log"))).to_have_attribute(
        "aria-selected", "true"
    )


@in_chinese
def test_a_change_goes_from_a_sandbox_to_the_workspace_and_back(keeper: Visit, language: str) -> None:
    page, say = keeper.page, keeper.say
    trial = f"{keeper.slug}-sandbox"

    keeper.open("settings/configuration?tab=sandboxes")
    keeper.button("configuration.new_sandbox").click()
    accessible(keeper)
    keeper.button("configuration.create", keeper.dialog()).click()
    sandbox = page.locator(f'li[data-slug="{trial}"]')
    expect(sandbox.get_by_text(say("configuration.state_ready"), exact=True)).to_be_visible(timeout=LONG_MS)
    sandbox.get_by_role("link", name=say("configuration.open"), exact=True).click()
    page.wait_for_url(f"**/w/{trial}")

    own, keeper.slug = keeper.slug, trial
    _change_the_level(keeper, language)
    keeper.api("POST", "actions/design/archive-field", {"params": {"field": "company.motto", "confirm": True}})
    keeper.open("settings/configuration")
    keeper.slug = own
    page.get_by_role("link", name=say("configuration.promote_there", name=own), exact=True).click()
    page.wait_for_url(f"**/w/{keeper.slug}/settings/configuration**")

    level, motto = row(keeper, LEVEL), row(keeper, MOTTO)
    expect(level).to_contain_text(say("configuration.op_changed"))
    level.get_by_role("button", name=say("configuration.attributes", count=1)).click()
    before = keeper.words.field("company", "level")
    expect(level.locator("del")).to_have_text(before)
    expect(level.locator("dd")).to_contain_text(GRADE[language])
    expect(motto).to_contain_text(say("configuration.op_removed"))
    expect(motto).to_contain_text(str(MOTTOS))
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        accessible(keeper)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    motto.get_by_role("checkbox").uncheck()
    apply(keeper, 1)
    assert _label(keeper, "level", language) == GRADE[language]
    page.go_back()
    expect(motto).to_be_visible()
    expect(level).to_have_count(0)
    apply(keeper, 1, concerns=True)
    fields = {each["key"] for each in _company(keeper)["fields"]}
    assert "motto" not in fields
    page.go_back()
    expect(page.get_by_role("heading", name=say("configuration.same"))).to_be_visible()

    page.get_by_role("tab", name=say("configuration.tab_log")).click()
    for _ in range(2):
        keeper.button("configuration.roll_back").first.click()
        keeper.button("configuration.roll_back", keeper.dialog()).click()
        expect(keeper.dialog()).to_be_hidden(timeout=LONG_MS)
    expect(page.get_by_text(say("configuration.rolled_back"), exact=True)).to_have_count(2)
    expect(keeper.button("configuration.roll_back")).to_have_count(0)
    assert _label(keeper, "level", language) == before
    found = keeper.find("company", {"field": "motto", "op": "eq", "value": "以人为本"}, "motto")
    assert len(found) == MOTTOS

    keeper.open(f"settings/configuration?tab=compare&from={trial}")
    expect(level).to_contain_text(say("configuration.changed_here"))
    page.get_by_role("tab", name=say("configuration.tab_sandboxes")).click()
    keeper.button("ui.delete", sandbox).click()
    keeper.button("ui.delete", keeper.dialog()).click()
    expect(sandbox).to_have_count(0)


def _change_the_level(keeper: Visit, language: str) -> None:
    """A field gets another name, in the designer."""
    page, say = keeper.open("settings/objects/company"), keeper.say
    page.get_by_role("button", name=keeper.words.field("company", "level"), exact=True).click()
    panel = keeper.dialog()
    name = say("objects.in_english" if language == "en" else "objects.in_chinese", name=say("objects.field_name"))
    panel.get_by_role("textbox", name=name).fill(GRADE[language])
    keeper.button("ui.save", panel).click()
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name=GRADE[language], exact=True)).to_be_visible()


def _company(keeper: Visit) -> dict:
    return next(each for each in keeper.api("GET", "catalog")["objects"] if each["key"] == "company")


def _label(keeper: Visit, key: str, language: str) -> str:
    return next(each["label"][language] for each in _company(keeper)["fields"] if each["key"] == key)


@in_english
def test_an_archive_is_taken_or_says_why_not(keeper: Visit, tmp_path: Path) -> None:
    page, say = keeper.page, keeper.say
    keeper.open("settings/configuration")
    with page.expect_download() as downloading:
        page.get_by_role("link", name=say("configuration.download")).click()
    archive = tmp_path / "configuration.zip"
    downloading.value.save_as(archive)
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name).decode() for name in opened.namelist()}
    assert MOTTO in files

    def upload(changed: dict[str, str | None]) -> None:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as made:
            for name, text in {**files, **changed}.items():
                if text is not None:
                    made.writestr(name, text)
        page.locator("input[type=file]").set_input_files(
            {"name": "mine.zip", "mimeType": "application/zip", "buffer": target.getvalue()}
        )

    upload({})
    expect(page.get_by_role("heading", name=say("configuration.same"))).to_be_visible()
    refused = page.get_by_role("alert")
    for changed, place in (
        ({"guanxi.toml": "format = 99\n"}, "guanxi.toml: format"),
        ({"guanxi.toml": None}, "guanxi.toml"),
        ({MOTTO: files[MOTTO].replace("position", "positon")}, f"{MOTTO}: positon"),
        ({"objects/company/object.toml": None}, LEVEL),
    ):
        upload(changed)
        expect(refused.get_by_text(place, exact=True).first).to_be_visible()
        assert re.search(r"bundles\.\w|design\.\w", refused.inner_text()) is None
        expect(keeper.button("configuration.show_plan")).to_have_count(0)
    page.locator("input[type=file]").set_input_files(
        {"name": "mine.zip", "mimeType": "application/zip", "buffer": b"no zip at all"}
    )
    expect(refused).to_contain_text("zip")
    accessible(keeper)

    upload({MOTTO: None})
    motto = row(keeper, MOTTO)
    expect(motto.get_by_role("checkbox")).not_to_be_checked()
    keeper.button("configuration.choose_all").click()
    expect(motto.get_by_role("checkbox")).to_be_checked()
    keeper.api("POST", "actions/design/update-field", {"params": {"field": "company.motto", "values": {"help": {
        "zh-CN": "一句话", "en": "In a sentence"}}}})  # fmt: skip
    _plan_what_moved(keeper)
    compare_again(keeper)
    expect(motto).to_be_visible()
    assert {each["key"] for each in _company(keeper)["fields"]} >= {"motto"}


def _plan_what_moved(keeper: Visit) -> None:
    """What was compared is no longer so: the plan says that, and leads back."""
    keeper.button("configuration.show_plan").click()
    dialog = keeper.dialog()
    keeper.button("configuration.compare_again", dialog).click()
    expect(dialog).to_be_hidden()
    expect(row(keeper, MOTTO)).to_be_visible()


@in_chinese
def test_who_does_not_configure_sees_nothing_of_it(visit, language: str) -> None:
    someone = visit("salesperson", language)

    page = someone.open("settings/configuration")

    expect(page.get_by_role("heading", name=someone.say("objects.forbidden"))).to_be_visible()
    expect(page.get_by_role("link", name=someone.say("settings.configuration"))).to_have_count(0)
    expect(page.get_by_role("link", name=someone.say("configuration.download"))).to_have_count(0)
