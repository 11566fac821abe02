"""Rules, layouts and record types made on the screens: forms and pages follow them, and the API holds the same."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.looks import faults
from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english

OPTIONS = [("open", "处理中", "Open"), ("lost", "已放弃", "Given up")]


class Model:
    """An administrator at an object of their own, and the words of its parts."""

    def __init__(self, someone: Visit, language: str) -> None:
        self.someone, self.page, self.say, self.language = someone, someone.page, someone.say, language
        self.key = f"repair_{len(someone.api('GET', 'design/objects')['objects'])}"

    def word(self, chinese: str, english: str) -> str:
        """The word of the screen's language."""
        return english if self.language == "en" else chinese

    def make(self) -> None:
        """The object, with a choice, a text and a number."""
        options = [{"key": key, "label": {"zh-CN": zh, "en": en}} for key, zh, en in OPTIONS]
        self.design("create-object", key=self.key, label={"zh-CN": "报修", "en": "Repair"}, fields=[
            {"kind": "text", "key": "name", "label": {"zh-CN": "名称", "en": "Name"}, "required": True},
            {"kind": "choice", "key": "progress", "label": {"zh-CN": "进度", "en": "Progress"},
             "settings": {"options": options}},
            {"kind": "text", "key": "reason", "label": {"zh-CN": "原因", "en": "Reason"}},
            {"kind": "integer", "key": "count", "label": {"zh-CN": "数量", "en": "Count"}},
        ])  # fmt: skip

    def design(self, verb: str, **params: object) -> dict:
        """Change the configuration behind the screens."""
        return self.someone.api("POST", f"actions/design/{verb}", {"params": params})["result"]

    def open(self, tab: str) -> None:
        """A tab of the object in the designer."""
        self.someone.open(f"settings/objects/{self.key}?tab={tab}")

    def name(self, within: Locator, chinese: str, english: str, of: str = "objects.name") -> None:
        """Fill in words in both languages."""
        for language, words in (("objects.in_chinese", chinese), ("objects.in_english", english)):
            within.get_by_role("textbox", name=self.say(language, name=self.say(of)), exact=True).fill(words)

    def pick(self, within: Locator, label: str, *options: str) -> None:
        """Choose from a list by its label."""
        box = within.get_by_role("combobox", name=label, exact=True)
        box.click()
        for option in options:
            self.page.get_by_role("option", name=option, exact=True).click()
        box.blur()

    def refused(self, **values: object) -> list[dict]:
        """What the API says to a record with these values; nothing of it may be kept."""
        before = self.someone.api("POST", f"records/{self.key}/count", {})["count"]
        token = next(each["value"] for each in self.page.context.cookies() if each["name"] == "csrftoken")
        answer = self.page.request.post(
            f"{self.someone.address}/api/v1/{self.someone.slug}/records/{self.key}",
            data={"values": values},
            headers={"X-CSRFToken": token, "Origin": self.someone.address, "Accept-Language": self.language},
        )
        assert answer.status == 422, answer.text()
        assert self.someone.api("POST", f"records/{self.key}/count", {})["count"] == before
        return answer.json()["fields"]


@pytest.fixture
def model(visit, language) -> Iterator[Model]:
    """A business of its own, given up afterwards."""
    made = Model(visit("administrator", language), language)
    made.make()
    yield made
    made.design("archive-object", object=made.key, confirm=True)


def test_a_rule_made_on_the_screen_holds_in_the_form_and_in_the_api(model):
    reason, progress = model.word("原因", "Reason"), model.word("进度", "Progress")
    given_up = model.word("已放弃", "Given up")
    model.open("rules")
    model.someone.button("layouts.new_rule").click()
    panel = model.someone.dialog()
    model.name(panel, "放弃要写原因", "A reason for giving up")
    model.pick(panel, model.say("layouts.fields"), reason)
    panel.get_by_text(model.say("layouts.when_where"), exact=True).click()
    model.someone.button("ui.save", panel).click()
    expect(panel.get_by_text(model.say("layouts.when_missing"), exact=True)).to_be_visible()
    model.someone.button("filter.add_rule", panel).click()
    model.page.get_by_role("menuitem", name=progress, exact=True).click()
    model.pick(panel, progress, given_up)
    model.name(panel, "放弃时请写明原因", "Say why it was given up", of="layouts.message")
    model.someone.button("ui.save", panel).click()
    expect(panel).to_be_hidden()
    expect(model.page.get_by_role("row").filter(has_text=reason)).to_contain_text(model.say("layouts.is_active"))

    model.someone.open(f"o/{model.key}")
    dialog = model.someone.begin_new()
    field = dialog.locator("[data-field=reason]")
    expect(field).to_be_visible()
    expect(field).not_to_contain_text("*")
    dialog.get_by_role("textbox", name=model.word("名称", "Name"), exact=True).fill("K-1")
    model.pick(dialog, progress, given_up)
    expect(field).to_contain_text("*")
    model.someone.button("form.save", dialog).click()
    expect(field).to_contain_text(model.word("放弃时请写明原因", "Say why it was given up"))
    assert model.someone.api("POST", f"records/{model.key}/count", {})["count"] == 0

    problem, *others = model.refused(name="K-1", progress="lost")
    assert (problem["field"], problem["code"], others) == ("reason", "rules.invalid", [])
    assert problem["message"] == model.word("放弃时请写明原因", "Say why it was given up")

    dialog.get_by_role("textbox", name=reason, exact=True).fill("x")
    model.someone.button("form.save", dialog).click()
    expect(dialog).to_be_hidden()
    kept = model.someone.find(model.key, {"field": "name", "op": "eq", "value": "K-1"}, "progress", "reason")
    assert [(row["progress"], row["reason"]) for row in kept] == [("lost", "x")]


@in_english
def test_a_change_in_place_that_needs_more_opens_the_form_with_what_was_typed(model):
    model.design("create-component", object=model.key, kind="rule", values={
        "label": {"zh-CN": "放弃要写原因", "en": "A reason"}, "position": 0, "effect": "required", "fields": ["reason"],
        "when": {"where": {"field": "progress", "op": "eq", "value": "lost"}},
    })  # fmt: skip
    record = model.someone.create(model.key, name="K-2", progress="open")
    page = model.someone.open(f"o/{model.key}/{record}")
    progress, reason = model.word("进度", "Progress"), model.word("原因", "Reason")
    model.someone.button("page.edit_field", page.locator("aside"), name=progress).click()
    page.get_by_role("option", name=model.word("已放弃", "Given up"), exact=True).click()

    box = page.get_by_role("textbox", name=reason, exact=True)
    expect(box).to_be_focused()
    assert model.someone.api("GET", f"records/{model.key}/{record}")["progress"] == "open"
    box.fill("x")
    model.someone.button("page.save").click()
    expect(page.locator("aside [data-fact=reason]")).to_contain_text("x")
    assert model.someone.api("GET", f"records/{model.key}/{record}")["progress"] == "lost"


@in_chinese
def test_a_layout_in_two_columns_is_designed_and_shown_on_the_record_page(model):
    page = model.page
    model.open("layouts")
    model.someone.button("layouts.new_layout").click()
    model.name(page.locator("main"), "两列", "Two columns", of="layouts.layout_name")
    model.someone.button("layouts.add_section").click()
    section = page.get_by_role("region", name=model.word("新分组", "New section"), exact=True)
    palette = page.get_by_role("region", name=model.say("layouts.palette"), exact=True)
    # By mouse from the palette, by menu from another place.
    chip = page.locator("[data-place=name]")
    model.someone.button("layouts.add_section").scroll_into_view_if_needed()
    chip.drag_to(section.get_by_text(model.say("layouts.drop_here")))
    expect(section.locator("[data-place=name]")).to_be_visible()
    count = model.word("数量", "Count")
    model.someone.button("layouts.place_of", name=count).click()
    page.get_by_role("menuitem", name=model.say("layouts.move_to", name=model.word("新分组", "New section"))).click()
    expect(section.locator("[data-place]")).to_have_count(2)
    expect(palette.locator("[data-place=count]")).to_have_count(0)
    page.get_by_text(model.say("layouts.part_tabs"), exact=True).click()
    page.get_by_role("switch", name=model.say("layouts.own_part")).check(force=True)
    model.someone.button("layouts.save").click()
    expect(page.get_by_role("row").filter(has_text=model.word("两列", "Two columns"))).to_be_visible()

    record = model.someone.create(model.key, name="K-3", count=7)
    model.someone.open(f"o/{model.key}/{record}")
    facts = page.get_by_role("tabpanel")
    name, amount = facts.locator("[data-fact=name]"), facts.locator("[data-fact=count]")
    expect(amount).to_contain_text("7")
    left, right = name.bounding_box(), amount.bounding_box()
    assert left is not None
    assert right is not None
    assert abs(left["y"] - right["y"]) < 2
    assert right["x"] > left["x"] + left["width"] / 2


@in_english
def test_the_type_chosen_first_decides_what_the_form_asks_for(model):
    page = model.page
    for chinese, english in (("大单", "Large"), ("小单", "Small")):
        model.open("record-types")
        model.someone.button("layouts.new_type").click()
        panel = model.someone.dialog()
        model.name(panel, chinese, english)
        if chinese == "小单":
            model.pick(
                panel,
                model.say("layouts.left_of", name=model.word("进度", "Progress")),
                model.word("处理中", "Open"),
            )
        model.someone.button("ui.save", panel).click()
        expect(panel).to_be_hidden()
    types = model.someone.api("GET", "catalog")["objects"]
    small = next(each["record_types"] for each in types if each["key"] == model.key)[1]
    model.design("create-component", object=model.key, kind="layout", values={
        "label": {"zh-CN": "小单", "en": "Small"}, "position": 0, "record_type": small["key"],
        "quick": ["name", "progress"],
    })  # fmt: skip

    model.someone.open(f"o/{model.key}")
    dialog = model.someone.begin_new()
    expect(dialog.locator("[data-field=count]")).to_be_visible()
    dialog.get_by_role("radio", name=model.word("小单", "Small")).click()
    expect(dialog.locator("[data-field=count]")).to_have_count(0)
    dialog.get_by_role("combobox", name=model.word("进度", "Progress"), exact=True).click()
    expect(page.get_by_role("option")).to_have_text([model.word("处理中", "Open")])
    page.keyboard.press("Escape")
    problem, *_ = model.refused(name="K-4", progress="lost", record_type=small["key"])
    assert (problem["field"], problem["code"]) == ("progress", "types.option")


@pytest.mark.parametrize("tab", ["layouts", "rules", "record-types"])
def test_the_designers_are_accessible(model, tab):
    page = model.page
    new = {"layouts": "layouts.new_layout", "rules": "layouts.new_rule", "record-types": "layouts.new_type"}[tab]
    model.open(tab)
    model.someone.button(new).click()
    expect(page.get_by_role("textbox").first).to_be_visible()
    assert faults(model.someone) == {}
