"""Moving opportunities on the board, by mouse and by menu."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import Visit


def _two_open_stages(someone: Visit) -> tuple[dict, dict]:
    """The first two open stages of the default pipeline."""
    where = {"and": [
        {"field": "pipeline.is_default", "op": "eq", "value": True},
        {"field": "category", "op": "eq", "value": "open"},
    ]}  # fmt: skip
    first, second, *_ = someone.find("stage", where, "name", "pipeline", sort=[{"field": "position", "dir": "asc"}])
    return first, second


@pytest.fixture
def board(visit, language):
    """The salesperson's board with one new opportunity in its first column."""
    someone = visit("salesperson", language)
    first, second = _two_open_stages(someone)
    name = f"Board {language}"
    record = someone.create("opportunity", name=name, pipeline=first["pipeline"]["id"], stage=first["id"])
    page = someone.open("o/opportunity?view=board&search=" + name)
    yield someone, page, name, first["name"], second["name"]
    someone.api("DELETE", f"records/opportunity/{record}")


def _column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def _moved(someone: Visit, name: str, column: str) -> Locator:
    return someone.page.get_by_role("alert").filter(has_text=someone.say("board.moved", name=name, column=column))


def test_a_card_is_dragged_to_the_next_stage_and_taken_back(board):
    someone, page, name, first, second = board
    card = _column(page, first).get_by_role("article").filter(has_text=name)
    card.drag_to(_column(page, second), source_position={"x": 60, "y": 60})
    expect(_column(page, second).get_by_role("article").filter(has_text=name)).to_be_visible()

    toast = _moved(someone, name, second)
    someone.button("ui.undo", toast).click()
    expect(_column(page, first).get_by_role("article").filter(has_text=name)).to_be_visible()
    expect(_column(page, second).get_by_role("article").filter(has_text=name)).to_be_hidden()


def test_a_card_is_moved_by_its_menu_with_the_keyboard(board):
    someone, page, name, first, second = board
    _column(page, first).get_by_role("button", name=someone.say("board.move", name=name)).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(someone.say("board.move_to"))).to_be_visible()
    page.get_by_role("menuitem", name=second, exact=True).press("Enter")

    expect(_column(page, second).get_by_role("article").filter(has_text=name)).to_be_visible()
    expect(_moved(someone, name, second)).to_be_visible()
    where = {"field": "name", "op": "eq", "value": name}
    assert [row["stage"]["title"] for row in someone.find("opportunity", where, "stage")] == [second]


def test_a_loss_asks_for_its_reason(board):
    someone, page, name, first, _ = board
    where = {"and": [
        {"field": "pipeline.is_default", "op": "eq", "value": True},
        {"field": "category", "op": "eq", "value": "lost"},
    ]}  # fmt: skip
    lost = someone.find("stage", where, "name")[0]["name"]
    _column(page, first).get_by_role("button", name=someone.say("board.move", name=name)).click()
    page.get_by_role("menuitem", name=lost, exact=True).click()
    dialog = someone.dialog()
    dialog.get_by_role("combobox", name=someone.words.field("opportunity", "loss_reason")).click()
    page.get_by_role("option", name=someone.words.option("opportunity", "loss_reason", "price"), exact=True).click()
    someone.button("sales.confirm", dialog).click()

    expect(_moved(someone, name, lost)).to_be_visible()
