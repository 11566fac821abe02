"""A workspace is shaped on the screens and used at once; what was shaped goes to an empty workspace as files."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESK, LOCALES
from tests.browser.visit import Visit
from tests.browser.words import Words

SLUG, BRANCH, EMAIL, PASSWORD = "atelier", "atelier-branch", "shaper@example.com", "a long enough password"
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
Fill = Callable[[Locator], None]


@pytest.fixture
def shaper(product, browser, catalog):
    """The administrator of two new, empty workspaces, at the sign-in page."""
    for slug in (SLUG, BRANCH):
        made = product.command(
            "create-workspace", slug, slug, "--email", EMAIL, "--person", "老板", typed=f"{PASSWORD}\n"
        )
        assert made.returncode == 0, made.stderr
    context = browser.new_context(
        locale=LOCALES[LANGUAGE], viewport=DESK, base_url=product.address, reduced_motion="reduce"
    )
    visit = Visit(context, product.address, Words(LANGUAGE, catalog), SLUG)
    yield visit
    context.close()
    assert visit.problems == []


def test_a_business_is_shaped_used_and_carried_to_an_empty_workspace(shaper, product, tmp_path):
    _sign_in(shaper)
    kinds = {each["key"]: each["label"][LANGUAGE] for each in shaper.api("GET", "design/kinds")["kinds"]}
    builder = Builder(shaper, kinds)

    builder.make_project()
    builder.make_milestone()
    builder.sum_up_on_the_company()
    builder.lay_out()
    builder.set_rules()

    _fill_in_a_project(shaper)
    _import(shaper)
    _move_on_the_board(shaper)
    _look_at_a_company(shaper)
    _carry(shaper, product, tmp_path / "configuration")


def _sign_in(shaper: Visit) -> None:
    page = shaper.open("/sign-in")
    page.locator("input[type=email], input[name=email]").fill(EMAIL)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/w/**")


class Builder:
    """An administrator among the designers."""

    def __init__(self, shaper: Visit, kinds: dict[str, str]) -> None:
        self.shaper, self.page, self.say, self.kinds = shaper, shaper.page, shaper.say, kinds

    def make_project(self) -> None:
        """An object of twelve fields beside its name, its phases the columns of its board."""
        self._new_object("project", "项目", "Project")
        self.add_field("choice", "阶段", "Phase", self._phases)
        self.add_field("lookup", "客户", "Customer", lambda panel: self._pick(panel, "关联对象", self._company()))
        for kind, chinese, english in PLAIN:
            self.add_field(kind, chinese, english)
        self.add_field("formula", "毛利", "Margin", self._margin)
        self._tab("objects.settings")
        self._pick(self.page.locator("form"), self.say("objects.board_field"), "阶段")
        self.shaper.button("ui.save").click()
        expect(self.page.get_by_text(self.say("objects.saved", name="项目"))).to_be_visible()

    def make_milestone(self) -> None:
        """An object whose records are lines of a project, edited within its form."""
        self._new_object("milestone", "里程碑", "Milestone")
        self.add_field("lookup", "所属项目", "Project", lambda panel: self._pick(panel, "关联对象", "项目"))
        self.add_field("date", "计划日期", "Planned on")
        self.add_field("money", "应收金额", "Amount due")
        self.shaper.open("settings/objects/project")

        def lines(panel: Locator) -> None:
            self._pick(panel, "明细对象", "里程碑")
            self._pick(panel, "指向主记录的字段", "所属项目")
            self._pick(panel, "合计的列", "应收金额")
            self.page.keyboard.press("Escape")

        self.add_field("sub_table", "交付里程碑", "Deliveries", lines)
        expect(self.page.locator("tbody tr")).to_have_count(1 + 12)

    def sum_up_on_the_company(self) -> None:
        """How many projects a company has and what they come to."""
        self.shaper.open("settings/objects/company")
        over = self.say("formula.relation_by", object="项目", field="客户")

        def total(panel: Locator) -> None:
            self._pick(panel, self.say("formula.over"), over)
            self._pick(panel, self.say("formula.function"), "合计")
            self._pick(panel, self.say("formula.field"), "合同金额")

        self.add_field("roll_up", "项目数", "Projects", lambda panel: self._pick(panel, self.say("formula.over"), over))
        self.add_field("roll_up", "项目总额", "Project total", total)

    def lay_out(self) -> None:
        """Two columns, and the risks in a section of their own."""
        self.shaper.open("settings/objects/project?tab=layouts")
        self.shaper.button("layouts.new_layout").click()
        self._words("layouts.layout_name", "项目布局", "Project layout")
        self.shaper.button("layouts.add_section").click()
        sections = self.page.locator("section").filter(
            has=self.page.get_by_role("combobox", name=self.say("layouts.columns"))
        )
        sections.first.get_by_role("combobox", name=self.say("layouts.columns")).select_option("2")
        own = sections.last
        own.get_by_role("textbox", name=self.say("objects.in_chinese", name=self.say("layouts.section_name"))).fill(
            "风险"
        )
        own.get_by_role("textbox", name=self.say("objects.in_english", name=self.say("layouts.section_name"))).fill(
            "Risk"
        )
        self.shaper.button("layouts.place_of", name="风险说明").click()
        self.page.get_by_role("menuitem", name=self.say("layouts.move_to", name="风险"), exact=True).click()
        expect(self.page.get_by_role("region", name="风险", exact=True)).to_contain_text("风险说明")
        self.shaper.button("layouts.save").click()
        expect(self.page.get_by_text(self.say("layouts.saved", name="项目布局"))).to_be_visible()

    def set_rules(self) -> None:
        """The risks are asked for where the project is important, and then they must be told."""
        self._tab("layouts.tab_rules")

        def important() -> None:
            drawer = self.shaper.dialog()
            drawer.get_by_text(self.say("layouts.when_where"), exact=True).click()
            self.shaper.button("filter.add_rule", drawer).click()
            self.page.get_by_role("menuitem", name="重要程度", exact=True).click()
            drawer.get_by_role("radio", name=self.say("field-kinds.stars", most=5, value=4)).press("Space")

        self._rule("重要项目写明风险", "Risks of important projects", "visible", important)

        def by_formula() -> None:
            drawer = self.shaper.dialog()
            drawer.get_by_text(self.say("layouts.when_formula"), exact=True).click()
            box = drawer.get_by_role("textbox", name=self.say("layouts.formula"), exact=True)
            box.fill("重要程度 >= 4")
            expect(drawer.get_by_text("是/否", exact=True)).to_be_visible()

        self._rule("重要项目必须有风险说明", "Important projects tell their risks", "required", by_formula)

    def add_field(self, kind: str, chinese: str, english: str, fill: Fill | None = None) -> None:
        """Add a field and wait until it stands among the fields."""
        self.shaper.button("objects.new_field").click()
        panel = self.shaper.dialog()
        panel.get_by_role("button", name=self.kinds[kind], exact=True).click()
        self._words("objects.field_name", chinese, english, panel)
        if fill:
            fill(panel)
        self.shaper.button("objects.add_field", panel).click()
        expect(panel).to_be_hidden()
        row = self.page.get_by_role("row").filter(has=self.page.get_by_role("button", name=chinese, exact=True))
        expect(row).to_be_visible()

    def _new_object(self, key: str, chinese: str, english: str) -> None:
        self.shaper.open("settings/objects")
        self.shaper.button("objects.new").click()
        dialog = self.shaper.dialog()
        self._words("objects.name", chinese, english, dialog)
        dialog.get_by_role("textbox", name=self.say("objects.key"), exact=True).fill(key)
        self.shaper.button("objects.create", dialog).click()
        expect(self.page.get_by_role("heading", level=1, name=chinese)).to_be_visible()

    def _phases(self, panel: Locator) -> None:
        for place, (chinese, english) in enumerate(PHASES, start=1):
            self.shaper.button("objects.add_option", panel).click()
            number = self.say("objects.option_number", count=place)
            panel.get_by_role("textbox", name=self.say("objects.in_chinese", name=number)).fill(chinese)
            panel.get_by_role("textbox", name=self.say("objects.in_english", name=number)).fill(english)

    def _margin(self, panel: Locator) -> None:
        box = panel.get_by_role("textbox", name=self.say("formula.expression"), exact=True)
        box.fill("合同金额 - 成本")
        expect(panel.get_by_role("combobox", name=self.say("formula.currency"))).to_be_visible()
        expect(box).to_have_attribute("aria-invalid", "false")

    def _rule(self, chinese: str, english: str, effect: str, condition: Callable[[], None]) -> None:
        self.shaper.button("layouts.new_rule").click()
        drawer = self.shaper.dialog()
        self._words("objects.name", chinese, english, drawer)
        self._pick(drawer, self.say("layouts.effect"), self.say(f"layouts.effect_{effect}"))
        self._pick(drawer, self.say("layouts.fields"), "风险说明")
        self.page.keyboard.press("Tab")
        condition()
        self.shaper.button("ui.save", drawer).click()
        expect(drawer).to_be_hidden()
        expect(self.page.get_by_role("row").filter(has_text=chinese)).to_be_visible()

    def _words(self, key: str, chinese: str, english: str, within: Locator | None = None) -> None:
        name, place = self.say(key), within or self.page
        place.get_by_role("textbox", name=self.say("objects.in_chinese", name=name)).fill(chinese)
        place.get_by_role("textbox", name=self.say("objects.in_english", name=name)).fill(english)

    def _pick(self, within: Locator, name: str, option: str) -> None:
        within.get_by_role("combobox", name=name).or_(within.get_by_role("textbox", name=name)).first.click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def _tab(self, key: str) -> None:
        self.page.get_by_role("tab", name=self.say(key), exact=True).click()

    def _company(self) -> str:
        return self.shaper.words.object("company")


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
    expect(_tile(shaper, "import.will_create")).to_have_text(str(ROWS), timeout=LONG_MS)
    expect(_tile(shaper, "import.will_error")).to_have_text("1")
    problems = page.get_by_role("region", name=shaper.say("import.problems"))
    expect(problems).to_contain_text("风险说明")
    shaper.button("import.run_good", count=ROWS).click()
    expect(page.get_by_role("heading", name=shaper.say("import.result_done"))).to_be_visible(timeout=LONG_MS)
    page = shaper.open("o/project")
    expect(page.get_by_text(shaper.say("list.count", count=ROWS + 1))).to_be_visible()


def _tile(shaper: Visit, key: str) -> Locator:
    """The figure under a word such as "will be created"."""
    return shaper.page.get_by_text(shaper.say(key), exact=True).locator("xpath=following-sibling::*")


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
