"""A workspace is shaped on the screens and used at once; what was shaped goes to an empty workspace as files."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.designer import Designer, Fill
from tests.browser.visit import Visit

pytestmark = pytest.mark.slow
SLUG, BRANCH = "atelier", "atelier-branch"
LANGUAGE = "zh-CN"
LONG_MS = 60_000
"""A file of hundreds of rows on a busy machine."""
ROWS, CUSTOMERS = 500, 5
PHASES = (("规划", "Planning"), ("进行中", "Running"), ("完成", "Done"))
PLAIN = (
    ("money", "合同金额", "Contract amount"),
    ("money", "成本", "Cost"),
    ("date", "开始日期", "Starts on"),
    ("date", "截止日期", "Due on"),
    ("person", "项目经理", "Manager"),
    ("rating", "重要程度", "Importance"),
    ("progress", "完成度", "Progress"),
    ("long_text", "风险说明", "Risks"),
)
HEADER = "名称,阶段,客户,合同金额,成本,开始日期,截止日期,重要程度,完成度,风险说明"


def test_a_business_is_shaped_used_and_carried_to_an_empty_workspace(founder, product, tmp_path):
    shaper = founder(SLUG, BRANCH)
    designer = Designer(shaper, LANGUAGE)

    _make_project(designer)
    _make_milestone(designer)
    _sum_up_on_the_company(designer)
    _lay_out(designer)
    _set_rules(designer)

    _fill_in_a_project(shaper)
    _import(shaper)
    _move_on_the_board(shaper)
    _look_at_a_company(shaper)
    _carry(shaper, product, tmp_path / "configuration")


def _make_project(designer: Designer) -> None:
    """An object of twelve fields beside its name, its phases the columns of its board."""
    customers = designer.someone.words.object("company")
    designer.new_object("项目", "Project", "project")
    designer.add_field("choice", "阶段", "Phase", lambda panel: designer.options(panel, PHASES))
    designer.add_field("lookup", "客户", "Customer", lambda panel: designer.pick(panel, "关联对象", customers))
    for kind, chinese, english in PLAIN:
        designer.add_field(kind, chinese, english)

    def margin(panel: Locator) -> None:
        box = panel.get_by_role("textbox", name=designer.say("formula.expression"), exact=True)
        box.fill("合同金额 - 成本")
        expect(panel.get_by_role("combobox", name=designer.say("formula.currency"))).to_be_visible()
        expect(box).to_have_attribute("aria-invalid", "false")

    designer.add_field("formula", "毛利", "Margin", margin)
    designer.show_on_board("项目", "阶段")


def _make_milestone(designer: Designer) -> None:
    """An object whose records are lines of a project, edited within its form."""
    designer.new_object("里程碑", "Milestone", "milestone")
    designer.add_field("lookup", "所属项目", "Project", lambda panel: designer.pick(panel, "关联对象", "项目"))
    designer.add_field("date", "计划日期", "Planned on")
    designer.add_field("money", "应收金额", "Amount due")
    page = designer.someone.open("settings/objects/project")

    def lines(panel: Locator) -> None:
        designer.pick(panel, "明细对象", "里程碑")
        designer.pick(panel, "指向主记录的字段", "所属项目")
        designer.pick(panel, "合计的列", "应收金额")
        page.keyboard.press("Escape")

    designer.add_field("sub_table", "交付里程碑", "Deliveries", lines)
    expect(page.locator("tbody tr")).to_have_count(1 + 12)


def _sum_up_on_the_company(designer: Designer) -> None:
    """How many projects a company has and what they come to."""
    designer.someone.open("settings/objects/company")
    over = designer.say("formula.relation_by", object="项目", field="客户")
    designer.add_field("roll_up", "项目数", "Projects", lambda panel: designer.sum_up(panel, over))
    designer.add_field(
        "roll_up", "项目总额", "Project total", lambda panel: designer.sum_up(panel, over, "合计", "合同金额")
    )


def _lay_out(designer: Designer) -> None:
    """Two columns, and the risks in a section of their own."""
    shaper, say = designer.someone, designer.say
    page = shaper.open("settings/objects/project?tab=layouts")
    shaper.button("layouts.new_layout").click()
    designer.both(page.locator("main"), "layouts.layout_name", "项目布局", "Project layout")
    shaper.button("layouts.add_section").click()
    sections = page.locator("section").filter(has=page.get_by_role("combobox", name=say("layouts.columns")))
    sections.first.get_by_role("combobox", name=say("layouts.columns")).select_option("2")
    designer.both(sections.last, "layouts.section_name", "风险", "Risk")
    shaper.button("layouts.place_of", name="风险说明").click()
    page.get_by_role("menuitem", name=say("layouts.move_to", name="风险"), exact=True).click()
    expect(page.get_by_role("region", name="风险", exact=True)).to_contain_text("风险说明")
    shaper.button("layouts.save").click()
    expect(page.get_by_text(say("layouts.saved", name="项目布局"))).to_be_visible()


def _set_rules(designer: Designer) -> None:
    """The risks are asked for where the project is important, and then they must be told."""
    designer.tab("layouts.tab_rules")
    shaper, say = designer.someone, designer.say

    def important(drawer: Locator) -> None:
        drawer.get_by_text(say("layouts.when_where"), exact=True).click()
        shaper.button("filter.add_rule", drawer).click()
        designer.page.get_by_role("menuitem", name="重要程度", exact=True).click()
        drawer.get_by_role("radio", name=say("field-kinds.stars", most=5, value=4)).press("Space")

    def by_formula(drawer: Locator) -> None:
        drawer.get_by_text(say("layouts.when_formula"), exact=True).click()
        drawer.get_by_role("textbox", name=say("layouts.formula"), exact=True).fill("重要程度 >= 4")
        expect(drawer.get_by_text("是/否", exact=True)).to_be_visible()

    _rule(designer, "重要项目写明风险", "Risks of important projects", "visible", important)
    _rule(designer, "重要项目必须有风险说明", "Important projects tell their risks", "required", by_formula)


def _rule(designer: Designer, chinese: str, english: str, effect: str, condition: Fill) -> None:
    """Make a rule about the risks."""
    designer.someone.button("layouts.new_rule").click()
    drawer = designer.someone.dialog()
    designer.both(drawer, "objects.name", chinese, english)
    designer.pick(drawer, designer.say("layouts.effect"), designer.say(f"layouts.effect_{effect}"))
    designer.pick(drawer, designer.say("layouts.fields"), "风险说明")
    designer.page.keyboard.press("Tab")
    condition(drawer)
    designer.someone.button("ui.save", drawer).click()
    expect(drawer).to_be_hidden()
    expect(designer.page.get_by_role("row").filter(has_text=chinese)).to_be_visible()


def _fill_in_a_project(shaper: Visit) -> None:
    """The form asks for the risks once the project is important, and insists on them."""
    page, say = shaper.open("o/project"), shaper.say
    dialog = shaper.begin_new()
    shaper.button("form.expand", dialog).click()
    dialog.get_by_label("名称", exact=True).fill("极光计划")
    risks = dialog.get_by_role("textbox", name="风险说明")
    expect(dialog.get_by_role("textbox", name="合同金额")).to_be_visible()
    expect(risks).to_be_hidden()
    dialog.get_by_role("radio", name=say("field-kinds.stars", most=5, value=5)).press("Space")
    expect(risks).to_be_visible()
    shaper.button("form.save", dialog).click()
    expect(risks).to_have_attribute("aria-invalid", "true")
    expect(dialog).to_contain_text("重要项目必须有风险说明")
    risks.fill("人手不足")
    shaper.button("form.save", dialog).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("gridcell", name="极光计划")).to_be_visible()


def _file() -> bytes:
    """Five hundred projects of five customers, and one more that is important and keeps quiet about its risks."""
    lines = [HEADER]
    for place in range(ROWS):
        begins = date(2026, 1, 5) + timedelta(days=place % 300)
        important = place % 5
        lines.append(
            f"项目{place:03},{PHASES[place % 2][0]},客户{place % CUSTOMERS},{10_000 + place},{4_000 + place},"
            f"{begins},{begins + timedelta(days=90)},{important + 1},{place % 100},{'工期紧张' if important > 2 else ''}"
        )
    lines.append("沉默的项目,规划,客户0,1,1,2026-01-05,2026-04-05,5,0,")
    return "\n".join(lines).encode()


def _import(shaper: Visit) -> None:
    """The file comes in with the customers it names; the row that breaks a rule stays out."""
    page = shaper.open("import")
    page.get_by_role("combobox", name=shaper.say("import.object")).click()
    page.get_by_role("option", name="项目", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "projects.csv", "mimeType": "text/csv", "buffer": _file()}
    )
    shaper.button("import.next").click()
    for column in HEADER.split(","):
        expect(page.get_by_role("combobox", name=shaper.say("import.target_of", column=column))).to_have_value(column)
    options = shaper.button("import.options_of", column="客户")
    options.click()
    page.get_by_role("checkbox", name=shaper.say("import.create_missing")).check()
    options.click()
    shaper.button("import.next").click()
    shaper.button("import.check", page.locator("footer")).click()
    expect(shaper.tile("import.will_create")).to_have_text(str(ROWS), timeout=LONG_MS)
    expect(shaper.tile("import.will_error")).to_have_text("1")
    problems = page.get_by_role("region", name=shaper.say("import.problems"))
    expect(problems).to_contain_text("风险说明")
    shaper.button("import.run_good", count=ROWS).click()
    expect(page.get_by_role("heading", name=shaper.say("import.result_done"))).to_be_visible(timeout=LONG_MS)
    page = shaper.open("o/project")
    expect(page.get_by_text(shaper.say("list.count", count=ROWS + 1))).to_be_visible()


def _move_on_the_board(shaper: Visit) -> None:
    """A card goes to the next phase by mouse."""
    page = shaper.open("o/project?view=board")
    before, after = (page.get_by_role("region", name=name, exact=True) for name in ("进行中", "完成"))
    card = before.get_by_role("article").filter(has_text="项目499")
    card.drag_to(after, source_position={"x": 60, "y": 40})
    expect(after.get_by_role("article").filter(has_text="项目499")).to_be_visible()
    moved = shaper.find("project", {"field": "name", "op": "eq", "value": "项目499"}, "phase", "margin")[0]
    done = shaper.api("GET", "design/objects/project")["parts"]
    options = next(each["values"]["settings"]["options"] for each in done if each["key"] == "phase")
    assert moved["phase"] == next(each["key"] for each in options if each["label"][LANGUAGE] == "完成")
    assert Decimal(moved["margin"]["amount"]) == 6_000


def _look_at_a_company(shaper: Visit) -> None:
    """Its page tells how many projects it has and what they come to."""
    company = shaper.find("company", {"field": "name", "op": "eq", "value": "客户2"}, "name")[0]
    page = shaper.open(f"o/company/{company['id']}")
    amounts = [10_000 + place for place in range(ROWS) if place % CUSTOMERS == 2]
    for name, text in (("项目数", str(len(amounts))), ("项目总额", f"{sum(amounts):,}")):
        expect(page.get_by_role("main")).to_contain_text(name)
        expect(page.get_by_role("main")).to_contain_text(text)


def _carry(shaper: Visit, product, folder: Path) -> None:
    """Exported from one workspace, applied to the other; then nothing differs, and the other one works at once."""

    def config(verb: str, slug: str, *more: str) -> tuple[int, str]:
        made = product.command("config", verb, str(folder), "--workspace", slug, *more)
        return made.returncode, made.stdout + made.stderr

    code, said = config("export", SLUG)
    assert code == 0, said
    code, said = config("diff", BRANCH)
    assert (code, "objects/project/object.toml" in said) == (2, True), said
    code, said = config("apply", BRANCH)
    assert code == 0, said
    for slug in (BRANCH, SLUG):
        code, said = config("diff", slug)
        assert code == 0, said

    page = shaper.open(f"/w/{BRANCH}/o/company")
    page.get_by_role("link", name="项目", exact=True).click()
    expect(page).to_have_url(f"{shaper.address}/w/{BRANCH}/o/project")
    dialog = shaper.begin_new()
    shaper.button("form.expand", dialog).click()
    dialog.get_by_role("radio", name=shaper.say("field-kinds.stars", most=5, value=5)).press("Space")
    expect(dialog.get_by_role("textbox", name="风险说明")).to_be_visible()
