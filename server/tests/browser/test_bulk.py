"""Changing many records at once, and taking it back."""

from playwright.sync_api import expect


def test_selected_records_are_changed_together_and_the_change_is_undone(visit, language):
    someone = visit("salesperson", language)
    names = [f"Bulk {language} {number}" for number in (1, 2)]
    for name in names:
        someone.create("company", name=name, level="A")
    mine = {"field": "name", "op": "starts_with", "value": f"Bulk {language} "}
    page = someone.open(f"o/company?search=Bulk {language}")
    for name in names:
        row = page.get_by_role("row").filter(has_text=name)
        row.hover()
        row.get_by_role("checkbox", name=someone.say("grid.select_row")).click()
    someone.button("list.bulk_edit").click()
    dialog = someone.dialog()
    level = someone.words.field("company", "level")
    dialog.get_by_role("combobox", name=someone.say("list.field")).click()
    page.get_by_role("option", name=level, exact=True).click()
    dialog.get_by_role("combobox", name=level).click()
    page.get_by_role("option", name=someone.words.option("company", "level", "B"), exact=True).click()
    someone.button("list.save_many", dialog, count=2).click()

    toast = page.get_by_role("alert").filter(
        has_text=someone.say("list.bulk_saved", 2, name=someone.words.objects("company"))
    )
    expect(toast).to_be_visible()
    assert {row["level"] for row in someone.find("company", mine, "level")} == {"B"}
    someone.button("ui.undo", toast).click()
    expect(page.get_by_text(someone.say("ui.undone"))).to_be_visible()
    assert {row["level"] for row in someone.find("company", mine, "level")} == {"A"}
