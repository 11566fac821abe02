"""The gate of a stage: what it wants is told on the page, asked for on the way in, and asked for on the board."""

import pytest
from playwright.sync_api import expect

from tests.browser.words import in_chinese, in_english

ITEM = "Budget confirmed"


@pytest.fixture
def gated(visit, language):
    """The administrator with an opportunity before a stage that wants a next step and a thing done."""
    someone = visit("administrator", language)
    pipeline = someone.create("pipeline", name=f"Gated {language}", position=95)
    first = someone.create("stage", name="Alpha", pipeline=pipeline, position=1, probability=10,
                           guidance="<p>Ask who decides</p>", key_fields=["next_step", "amount"])  # fmt: skip
    second = someone.create("stage", name="Beta", pipeline=pipeline, position=2, probability=40,
                            entry_fields=["next_step"], checklist=[{"name": ITEM}])  # fmt: skip
    deal = someone.create("opportunity", name=f"Gate {language}", stage=first)
    yield someone, deal, pipeline, second
    someone.api("DELETE", f"records/opportunity/{deal}")
    someone.api("DELETE", f"records/pipeline/{pipeline}")


def _pass_through(someone):
    dialog = someone.dialog()
    expect(someone.button("sales.confirm", dialog)).to_be_disabled()
    with someone.page.expect_response("**/actions/sales/check-items"):
        dialog.get_by_role("checkbox", name=ITEM).click()
    dialog.locator("[data-field=next_step] input").fill("Visit them")
    with someone.page.expect_response("**/records/opportunity/*"):
        someone.button("sales.confirm", dialog).click()
    expect(dialog).to_be_hidden()


@in_english
def test_what_the_next_stage_wants_is_filled_in_on_the_way(gated):
    someone, deal, _, second = gated
    page = someone.open(f"o/opportunity/{deal}")
    expect(page.get_by_text(someone.say("sales.wants_items", count=1))).to_be_visible()
    someone.button("sales.guidance").click()
    expect(page.get_by_text("Ask who decides")).to_be_visible()

    someone.button("sales.fill_now").click()
    _pass_through(someone)

    (row,) = someone.find("opportunity", {"field": "id", "op": "eq", "value": deal}, "stage", "next_step")
    assert (row["stage"]["id"], row["next_step"]) == (second, "Visit them")


@in_chinese
def test_the_board_asks_for_what_is_missing(gated):
    someone, deal, _, second = gated
    page = someone.open("o/opportunity?view=board&search=Gate")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Gated zh-CN", exact=True).click()
    card = page.get_by_role("region", name="Alpha", exact=True).get_by_role("article")
    card.drag_to(page.get_by_role("region", name="Beta", exact=True), source_position={"x": 60, "y": 60})

    _pass_through(someone)

    expect(page.get_by_role("region", name="Beta", exact=True).get_by_role("article")).to_be_visible()
    (row,) = someone.find("opportunity", {"field": "id", "op": "eq", "value": deal}, "stage")
    assert row["stage"]["id"] == second
