"""A new workspace takes over a real company's pipeline: its own stages first, then four files, all on the screens."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.slow
MAVEN = Path(__file__).parents[1] / "data" / "crm_pipeline_maven"
LONG_MS = 90_000
"""A file of thousands of rows on a busy machine."""
STAGES = (("Prospecting", "open", 10), ("Engaging", "open", 40), ("Won", "won", 100), ("Lost", "lost", 0))


def test_a_real_pipeline_comes_in_whole(founder):
    boss = founder("maven")
    _make_pipeline(boss)

    counted = [
        _import(boss, "member", "sales_teams.csv", missing=("manager", "regional_office")),
        _import(boss, "company", "accounts.csv"),
        _import(boss, "product", "products.csv"),
        _import(boss, "opportunity", "sales_pipeline.csv", chosen={"close_date": "closed_on"}),
    ]

    assert counted == ["35", "85", "7", "8,800"]
    _check_list(boss)


def _make_pipeline(boss: Visit) -> None:
    """A pipeline without stages, then its four, each by the dialog."""
    words, page = boss.words, boss.open("settings/pipelines")
    boss.button("pipelines.add").click()
    dialog = boss.dialog()
    dialog.get_by_role("textbox", name=words.field("pipeline", "name")).fill("Maven")
    dialog.get_by_role("combobox", name=boss.say("pipelines.begin_with")).click()
    page.get_by_role("option", name=boss.say("pipelines.begin_empty"), exact=True).click()
    boss.button("ui.save", dialog).click()
    card = page.get_by_role("region", name="Maven", exact=True)
    for name, category, probability in STAGES:
        boss.button("pipelines.add_stage", card).click()
        dialog.get_by_role("textbox", name=words.field("stage", "name")).fill(name)
        dialog.get_by_role("combobox", name=words.field("stage", "category")).click()
        page.get_by_role("option", name=words.option("stage", "category", category), exact=True).click()
        dialog.get_by_role("textbox", name=words.field("stage", "probability")).fill(str(probability))
        boss.button("ui.save", dialog).click()
        expect(card.get_by_text(name, exact=True)).to_be_visible()
    expect(card.get_by_role("listitem")).to_contain_text([name for name, _, _ in STAGES])


def _import(
    boss: Visit, object_key: str, file: str, missing: tuple[str, ...] = (), chosen: dict[str, str] | None = None
) -> str:
    """Bring one file in and answer how many records it made: what is unknown is created or given another word."""
    words, page = boss.words, boss.open("import")
    page.get_by_role("combobox", name=boss.say("import.object")).click()
    page.get_by_role("option", name=words.objects(object_key), exact=True).click()
    page.locator("input[type=file]").set_input_files(MAVEN / file)
    boss.button("import.next").click()
    for column in missing:
        options = boss.button("import.options_of", column=column)
        box = page.get_by_role("checkbox", name=boss.say("import.create_missing"))
        expect(options).to_be_visible()
        options.click()
        box.check()
        options.click()
        expect(box).to_be_hidden()
    for column, field in (chosen or {}).items():
        target = page.get_by_role("combobox", name=boss.say("import.target_of", column=column))
        target.fill(words.field(object_key, field))
        page.get_by_role("option", name=words.field(object_key, field), exact=True).first.click()
    boss.button("import.next").click()
    boss.button("import.check", page.locator("footer")).click()
    made = boss.tile("import.will_create")
    expect(made).to_be_visible(timeout=LONG_MS)
    if boss.tile("import.will_error").inner_text() != "0":
        _replace_unknown(boss)
        boss.button("import.check_again").click()
        expect(boss.tile("import.will_error")).to_have_text("0", timeout=LONG_MS)
    count = made.inner_text()
    boss.button("import.run", page.locator("footer"), count=int(count.replace(",", ""))).click()
    expect(page.get_by_role("heading", name=boss.say("import.result_done"))).to_be_visible(timeout=LONG_MS)
    return count


def _replace_unknown(boss: Visit) -> None:
    """Give every value that was not recognised the first word that is offered."""
    empty = boss.page.get_by_role("combobox").and_(boss.page.get_by_placeholder(boss.say("import.read_as")))
    expect(empty.first).to_be_visible()
    for place in range(empty.count()):
        empty.nth(place).click()
        boss.page.get_by_role("option").first.click()


def _check_list(boss: Visit) -> None:
    """The list says how many there are; grouped by stage, how many were won and for how much."""
    page = boss.open("o/opportunity?group=stage")
    expect(page.get_by_text(boss.say("list.count", count=8800))).to_be_visible(timeout=LONG_MS)
    for name in ("Prospecting", "Engaging"):  # their rows would lie between the top and what is looked for
        boss.button("grid.collapse", name=name).click()
    won = page.get_by_role("row").filter(has=boss.button("grid.collapse", name="Won"))
    expect(won).to_contain_text("4,238")
    expect(won).to_contain_text("10,005,534")
