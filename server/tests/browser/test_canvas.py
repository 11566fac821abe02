"""Flows built on the canvas from nothing, published, run and looked at; comments, keys, files and versions besides."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.test_automation import _pick
from tests.browser.visit import Visit
from tests.browser.words import in_chinese

HALF_CARD, UNDER = 66, 150


class Canvas:
    """The canvas of a flow that is open."""

    def __init__(self, who: Visit) -> None:
        self.who, self.page, self.say = who, who.page, who.say
        self.kinds = who.api("GET", "flows/kinds")
        self.flow = self.page.get_by_role("application", name=self.say("automation.canvas"), exact=True)

    def called(self, sort: str, key: str) -> str:
        """What a kind of trigger or step is called."""
        return next(each["label"][self.who.words.language] for each in self.kinds[sort] if each["key"] == key)

    def cards(self, name: str | None = None) -> Locator:
        """The cards, or those of a name."""
        cards = self.flow.locator(".react-flow__node-part")
        return cards.filter(has=self.page.get_by_text(name, exact=True)) if name else cards

    def ways(self) -> Locator:
        """The connections."""
        return self.flow.locator(".react-flow__edge")

    def drag(self, sort: str, key: str, x: float, y: float) -> Locator:
        """Drag a kind from the palette to a place; the settings that open."""
        palette = self.page.get_by_role("region", name=self.say("automation.canvas_palette"), exact=True)
        name = self.called(sort, key)
        item = palette.get_by_role("button", name=name, exact=True)
        item.drag_to(self.flow, target_position={"x": x, "y": y})
        return self.panel(name)

    def panel(self, name: str) -> Locator:
        """The settings of a part."""
        panel = self.page.get_by_role(
            "complementary", name=self.say("automation.canvas_settings", name=name), exact=True
        )
        expect(panel).to_be_visible()
        return panel

    def add(self, button: Locator, key: str) -> Locator:
        """Put a step in by a "+"; the settings that open."""
        name = self.called("steps", key)
        self.who.button("automation.canvas_fit").click()
        button.click()
        self.page.get_by_role("menuitem").filter(has=self.page.get_by_text(name, exact=True)).first.click()
        return self.panel(name)

    def people(self, panel: Locator, whom: str) -> None:
        """Name the people that a step means."""
        panel.get_by_role("combobox", name=self.say("steps.add_people"), exact=True).first.click()
        self.page.get_by_role("option", name=self.say(f"steps.people_{whom}"), exact=True).click()


def _begin(boss: Visit, kind: str, name: str, object_key: str) -> Canvas:
    """A new flow by the dialog, its canvas over the whole window."""
    page = boss.open("settings/automation")
    boss.button("automation.new", page.locator("main header").first).click()
    dialog = boss.dialog()
    dialog.get_by_role("button").filter(has=page.get_by_text(boss.say(f"automation.kind_{kind}"), exact=True)).click()
    dialog.get_by_label(boss.say("automation.name")).fill(name)
    _pick(boss, dialog, boss.say("automation.object"), boss.words.object(object_key))
    boss.button("automation.create", dialog).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    boss.button("automation.canvas_full").click()
    return Canvas(boss)


def _publish(boss: Visit) -> None:
    boss.button("automation.canvas_small").click()
    boss.button("automation.publish").click()
    boss.button("automation.publish", boss.dialog()).click()
    expect(boss.page.get_by_text(boss.say("automation.version_number", number=1), exact=True)).to_be_visible()
    expect(boss.dialog()).to_have_count(0)


def _open_run(boss: Visit, page: Page, flow: str, record: str, state: str) -> None:
    (run,) = boss.until(lambda: boss.api("GET", f"flows/runs?flow={flow}&record={record}&state={state}")["runs"])
    boss.open(f"settings/automation/runs/{run['id']}")
    expect(page.get_by_role("application", name=boss.say("automation.canvas_of_run"), exact=True)).to_be_visible()


@in_chinese
def test_an_inquiry_is_assigned_waited_for_and_escalated(visit, language, tmp_path: Path):
    boss, seller = visit("administrator", language), visit("salesperson", language)
    name = "首次咨询跟进"
    canvas = _begin(boss, "process", name, "lead")
    page, say = boss.page, boss.say

    # Built by dragging: each step that is dropped under an open way is connected to it.
    canvas.drag("triggers", "record.created", 420, 80)
    canvas.people(canvas.drag("steps", "assign", 420, 80 + UNDER), "starter")
    wait = canvas.drag("steps", "wait_for", 420, 80 + 2 * UNDER)
    _pick(boss, wait, "等待", "被更新")
    wait.get_by_role("textbox", name="最长等待", exact=True).fill("3")
    tell = canvas.drag("steps", "notify", 420 + HALF_CARD, 80 + 3 * UNDER)
    canvas.people(tell, "superior")
    tell.get_by_role("textbox", name="标题", exact=True).fill("三天没有回应")
    expect(canvas.cards()).to_have_count(4)
    expect(canvas.ways()).to_have_count(3)
    expect(canvas.cards(canvas.called("steps", "wait_for"))).to_contain_text("3 天")
    assert violations(page) == []

    # By keys: from step to step, into the settings and back, away and back again.
    tell.press("Escape")
    first = canvas.cards(canvas.called("triggers", "record.created"))
    first.focus()
    first.press("ArrowDown")
    expect(canvas.cards(canvas.called("steps", "assign"))).to_be_focused()
    page.keyboard.press("Enter")
    canvas.panel(canvas.called("steps", "assign")).press("Escape")
    expect(canvas.cards(canvas.called("steps", "assign"))).to_be_focused()
    page.keyboard.press("Control+d")
    expect(canvas.cards(canvas.called("steps", "assign"))).to_have_count(2)
    page.keyboard.press("Control+z")
    canvas.cards(canvas.called("steps", "assign")).press("Delete")
    expect(canvas.cards()).to_have_count(3)
    expect(canvas.ways()).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(canvas.cards()).to_have_count(4)
    page.keyboard.press("Control+y")
    expect(canvas.cards()).to_have_count(3)
    boss.button("automation.canvas_undo").click()
    boss.button("automation.canvas_arrange").click()
    _publish(boss)

    # It runs: the lead goes to whoever made it, nobody answers, and the superior hears of it.
    flow = boss.find("flow", {"field": "name", "op": "eq", "value": name}, "name")[0]["id"]
    lead = seller.create("lead", name="无人回应的咨询", company_name="甲公司")
    _open_run(boss, page, flow, lead, "waiting")
    expect(page.locator(".react-flow__node-part").filter(has_text=say("automation.run_waiting"))).to_have_count(1)
    assert violations(page) == []
    boss.button("automation.skip").click()
    page.get_by_role("menuitem", name=say("automation.port_timeout"), exact=True).click()
    expect(page.locator("header").get_by_text(say("automation.run_done"), exact=True)).to_be_visible()
    expect(page.locator(".react-flow__node-part").filter(has_text=say("automation.canvas_not_reached"))).to_have_count(
        0
    )

    # As a file to other programs and back, with a comment beside; what the draft differs in is told.
    page = boss.open(f"settings/automation/{flow}")
    expect(canvas.cards()).to_have_count(4)
    with page.expect_download() as download:
        boss.button("automation.more_tools").click()
        page.get_by_role("menuitem", name=say("automation.bpmn_write"), exact=True).click()
    file = tmp_path / "flow.bpmn"
    download.value.save_as(file)
    file.write_text(file.read_text(encoding="utf-8").replace('name="发送通知"', 'name="告诉主管"'), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(canvas.cards("告诉主管")).to_be_visible()
    boss.button("automation.save").click()
    expect(page.get_by_text(say("automation.unsaved"), exact=True)).to_have_count(0)
    page.get_by_role("tab", name=say("automation.versions"), exact=True).click()
    boss.button("automation.compare_draft").click()
    expect(boss.dialog().get_by_text("步骤名称：发送通知 → 告诉主管").last).to_be_visible()
    assert violations(page) == []


def test_an_approval_is_written_from_top_to_bottom(visit):
    boss = visit("administrator", "en")
    canvas = _begin(boss, "approval", "Large order", "opportunity")
    page, say = boss.page, boss.say

    # The simple mode: from top to bottom by "+", ways side by side that meet by themselves.
    boss.button("automation.trigger").click()
    page.get_by_role("menuitem").filter(has_text=canvas.called("triggers", "record.created")).first.click()
    plus = page.get_by_role("button", name=re.compile("^" + say("automation.canvas_insert", way=".*")))
    sales = canvas.add(plus.first, "approval.approve")
    canvas.people(sales, "starter")
    sales.get_by_role("textbox", name=say("automation.step_name")).fill("Sales")
    ways = canvas.add(
        page.get_by_role("button", name=say("automation.canvas_insert", way=f"Sales → {say('automation.canvas_end')}")),
        "parallel",
    )
    ways.get_by_role("textbox", name="Ways", exact=True).fill("3")
    for number, department in enumerate(("Legal", "Finance", "Production"), start=1):
        way = say("automation.port_way", number=number)
        join = canvas.called("steps", "join")
        step = canvas.add(
            page.get_by_role("button", name=say("automation.canvas_insert", way=f"{way} → {join}")), "approval.approve"
        )
        canvas.people(step, "starter")
        step.get_by_role("textbox", name=say("automation.step_name")).fill(department)
    expect(canvas.cards()).to_have_count(7)
    boss.button("automation.canvas_fit").click()
    assert violations(page) == []
    boss.button("automation.canvas_small").click()
    expect(boss.button("automation.publish")).to_be_enabled()
