"""The screen of pipelines: stages put in order by mouse and by key, one in use emptied and deleted; not for everybody."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english


@pytest.fixture
def channel(visit, language):
    """The administrator at a pipeline of three open stages, of which the first holds an opportunity."""
    someone = visit("administrator", language)
    name = f"Channel {language}"
    pipeline = someone.create("pipeline", name=name, position=90)
    first, *_ = [
        someone.create("stage", name=stage, pipeline=pipeline, position=place, probability=place * 10)
        for place, stage in enumerate(("Alpha", "Beta", "Gamma"), start=1)
    ]
    deal = someone.create("opportunity", name=f"Deal {language}", stage=first)
    page = someone.open("settings/pipelines")
    yield someone, page.get_by_role("region", name=name, exact=True), pipeline, deal
    someone.api("DELETE", f"records/opportunity/{deal}")
    someone.api("DELETE", f"records/pipeline/{pipeline}")


def _stages(someone: Visit, pipeline: str) -> list[str]:
    """The stages as the server has them."""
    where = {"field": "pipeline", "op": "eq", "value": pipeline}
    return [row["name"] for row in someone.find("stage", where, "name", sort=[{"field": "position", "dir": "asc"}])]


def _handle(someone: Visit, card: Locator, name: str, place: int) -> Locator:
    return someone.button("pipelines.move_stage", card, name=name, place=place, of=3)


@in_english
def test_stages_are_put_in_order_by_key_and_by_mouse(channel):
    someone, card, pipeline, _ = channel
    _handle(someone, card, "Alpha", 1).focus()
    with someone.page.expect_response("**/records/stage/bulk"):
        someone.page.keyboard.press("ArrowDown")
    expect(_handle(someone, card, "Alpha", 2)).to_be_focused()
    assert _stages(someone, pipeline) == ["Beta", "Alpha", "Gamma"]

    rows = card.get_by_role("listitem")
    with someone.page.expect_response("**/records/stage/bulk"):
        _handle(someone, card, "Gamma", 3).drag_to(rows.first, target_position={"x": 200, "y": 4})
    expect(rows).to_contain_text(["Gamma", "Beta", "Alpha"])
    assert _stages(someone, pipeline) == ["Gamma", "Beta", "Alpha"]


@in_chinese
def test_a_stage_in_use_is_deleted_once_its_opportunities_have_another(channel):
    someone, card, pipeline, deal = channel
    someone.button("pipelines.delete_stage", card, name="Alpha").click()
    dialog = someone.dialog()
    expect(dialog).to_contain_text(someone.say("pipelines.stage_used", count=1))
    dialog.get_by_role("combobox", name=someone.say("pipelines.move_to")).click()
    someone.page.get_by_role("option", name="Beta", exact=True).click()
    someone.button("pipelines.move_and_delete", dialog).click()

    expect(card.get_by_role("listitem")).to_have_count(2)
    assert _stages(someone, pipeline) == ["Beta", "Gamma"]
    assert someone.api("GET", f"records/opportunity/{deal}")["stage"]["title"] == "Beta"


@in_english
def test_a_pipeline_in_use_shows_what_stands_in_the_way(channel):
    someone, card, pipeline, _ = channel
    card.get_by_role("button", name=someone.say("pipelines.actions_of", name=card.get_attribute("aria-label"))).click()
    someone.page.get_by_role("menuitem", name=someone.say("ui.delete")).click()
    expect(someone.dialog()).to_contain_text(someone.say("pipelines.pipeline_used", count=1))
    assert _stages(someone, pipeline) == ["Alpha", "Beta", "Gamma"]


@in_chinese
@pytest.mark.parametrize("role", ["manager", "salesperson"])
def test_others_find_no_entry_and_are_told_whom_to_ask(visit, language, role):
    someone = visit(role, language)
    page = someone.open("settings/pipelines")
    expect(page.get_by_text(someone.say("pipelines.forbidden"), exact=True)).to_be_visible()
    settings = page.get_by_role("navigation", name=someone.say("settings.title"))
    expect(settings.get_by_text(someone.say("settings.profile"), exact=True)).to_be_visible()
    expect(settings.get_by_text(someone.say("settings.pipelines"), exact=True)).to_have_count(0)
