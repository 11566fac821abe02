"""The designer of objects and fields: a business modelled on the screens and used at once; what is refused and asked."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.designer import Designer
from tests.browser.words import in_chinese, in_english

pytestmark = pytest.mark.slow
STAGES = [("规划", "Planning"), ("进行中", "Running"), ("完成", "Done")]


@pytest.fixture
def designer(visit, language) -> Iterator[Designer]:
    """An administrator; what they make is given up afterwards."""
    someone = visit("administrator", language)
    known = {each["key"] for each in someone.api("GET", "design/objects")["objects"]}
    yield Designer(someone, language)
    company = someone.api("GET", "design/objects/company")
    for field in company["parts"]:
        if field["custom"] and field["state"] == "active":
            someone.api("POST", "actions/design/archive-field", {"params": {"field": field["id"], "confirm": True}})
    for made in someone.api("GET", "design/objects")["objects"]:
        if made["key"] not in known and made["state"] == "active":
            params = {"object": made["id"], "confirm": True}
            someone.api("POST", "actions/design/archive-object", {"params": params})


@pytest.fixture
def trial(designer) -> Designer:
    """The designer at an object with a text and a choice, and three records in it."""
    someone = designer.someone
    options = [{"key": key, "label": {"zh-CN": key, "en": key}, "color": "blue"} for key in ("red", "green", "blue")]
    fields = [
        {"kind": "text", "key": "name", "label": "Name"},
        {"kind": "text", "key": "size", "label": "Size"},
        {"kind": "choice", "key": "hue", "label": "Hue", "settings": {"options": options}},
    ]
    key = f"trial_{designer.language[:2]}_{len(someone.api('GET', 'design/objects')['objects'])}"
    params = {"label": "Trial", "key": key, "fields": fields, "values": {"group": "customers"}}
    someone.api("POST", "actions/design/create-object", {"params": params})
    for name, size, hue in (("One", "12", "red"), ("Two", "about 7", "red"), ("Three", "30", "green")):
        someone.create(key, name=name, size=size, hue=hue)
    designer.object = key
    someone.open(f"settings/objects/{key}")
    return designer


@in_english
def test_a_business_is_modelled_on_the_screens_and_used_without_a_restart(designer, visit):
    someone, page, say, word = designer.someone, designer.page, designer.say, designer.word
    colleague = visit("administrator", designer.language).open("o/company")
    projects = word("项目", "Projects")

    key = designer.new_object("项目", "Project")
    designer.add_field("choice", "阶段", "Phase", lambda panel: designer.options(panel, STAGES))
    customers = someone.words.object("company")
    target = word("关联对象", "Object")
    designer.add_field("lookup", "客户", "Customer", lambda panel: designer.pick(panel, target, customers))
    for kind, chinese, english in (
        ("money", "预算", "Budget"), ("money", "已花费", "Spent"), ("date", "开始日期", "Starts on"),
        ("date", "结束日期", "Ends on"), ("person", "项目经理", "Manager"), ("rating", "重要程度", "Importance"),
        ("boolean", "对外", "External"), ("long_text", "说明", "Description"),
    ):  # fmt: skip
        designer.add_field(kind, chinese, english)

    def left(panel: Locator) -> None:
        box = panel.get_by_role("textbox", name=say("formula.expression"), exact=True)
        box.press_sequentially(word("预", "Bud"))
        expect(page.get_by_role("option", name=word("预算", "Budget"))).to_be_visible()
        box.press("Enter")
        box.press_sequentially(" -")
        expect(panel.get_by_text(word("公式没有写完", "not finished"), exact=False)).to_be_visible()
        box.press_sequentially(word(" 已花费", " Spent"))
        expect(box).to_have_attribute("aria-invalid", "false")
        # Amounts of money give money.
        expect(panel.get_by_role("combobox", name=say("formula.currency"))).to_have_value(
            "CNY 人民币" if designer.language != "en" else "CNY Chinese Yuan"
        )

    designer.add_field("formula", "余额", "Left", left)
    expect(page.locator("tbody tr")).to_have_count(12)

    designer.show_on_board(word("项目", "Project"), word("阶段", "Phase"))

    # A field of the company sums up its projects.
    someone.open("settings/objects/company")

    def budgets(panel: Locator) -> None:
        over = say("formula.relation_by", object=projects, field=word("客户", "Customer"))
        designer.sum_up(panel, over, word("合计", "Sum"), word("预算", "Budget"))

    designer.add_field("roll_up", "项目预算", "Project budget", budgets)

    # The object stands in the navigation of a page that somebody else opened before it was made.
    colleague.get_by_role("link", name=projects, exact=True).click()
    customer = someone.find("company", {"field": "name", "op": "not_empty"}, "name")[0]
    dialog = colleague.get_by_role("dialog")
    colleague.locator("main header").first.get_by_role("button", name=say("list.new"), exact=True).click()
    dialog.get_by_label(word("名称", "Name"), exact=True).fill("Aurora")
    dialog.get_by_role("combobox", name=word("阶段", "Phase")).click()
    colleague.get_by_role("option", name=word("进行中", "Running"), exact=True).click()
    dialog.get_by_role("textbox", name=word("客户", "Customer")).fill(customer["name"])
    # The option to make another one of that name is offered as well.
    colleague.get_by_role("option", name=re.compile(f"^{re.escape(customer['name'])}")).first.click()
    dialog.get_by_label(word("预算", "Budget"), exact=True).fill("5000")
    dialog.get_by_label(word("已花费", "Spent"), exact=True).fill("1200")
    dialog.get_by_role("button", name=say("form.save"), exact=True).click()
    expect(dialog).to_be_hidden()

    expect(colleague.get_by_role("gridcell", name="Aurora")).to_be_visible()
    made = someone.find(key, {"field": "name", "op": "eq", "value": "Aurora"}, "left")[0]
    assert (Decimal(made["left"]["amount"]), made["left"]["currency"]) == (3800, "CNY")
    company = someone.api("GET", "design/objects/company")["parts"]
    total = next(
        each["key"] for each in company if each["kind"] == "roll_up" and each["custom"] and each["state"] == "active"
    )
    found = someone.api("GET", f"records/company/{customer['id']}?select={total}")[total]
    assert (Decimal(found["amount"]), found["currency"]) == (5000, "CNY")
    colleague.goto(colleague.url.split("?")[0] + "?view=board")
    column = colleague.get_by_role("region", name=word("进行中", "Running"), exact=True)
    expect(column.get_by_role("article").filter(has_text="Aurora")).to_be_visible()


@in_chinese
def test_an_option_in_use_asks_for_a_replacement(trial):
    someone, page, say = trial.someone, trial.page, trial.say
    page.get_by_role("button", name="Hue", exact=True).click()
    someone.button("objects.remove_option", name="red").click()
    someone.button("ui.save", someone.dialog()).click()
    question = page.get_by_role("dialog", name=say("objects.edit_field", name="Hue")).last
    trial.pick(question, say("objects.replace_option", count=2, name="red"), "green")
    someone.button("ui.save", question).click()
    expect(page.get_by_text(say("objects.field_saved", name="Hue"))).to_be_visible()
    green = {"field": "hue", "op": "eq", "value": "green"}
    expect(page.get_by_role("dialog")).to_have_count(0)
    for _ in range(50):
        if len(someone.find(trial.object, green, "name")) == 3:
            break
        page.wait_for_timeout(200)
    assert len(someone.find(trial.object, green, "name")) == 3


@in_english
def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unasked(trial):
    someone, page, say = trial.someone, trial.page, trial.say
    page.get_by_role("button", name="Size", exact=True).click()
    panel = someone.dialog()
    trial.both(panel, "objects.field_name", "我的尺寸", "My size")
    theirs = {"label": {"zh-CN": "他的尺寸", "en": "Their size"}}
    params = {"field": f"{trial.object}.size", "values": theirs}
    someone.api("POST", "actions/design/update-field", {"params": params})
    someone.button("ui.save", panel).click()
    clash = page.get_by_role("dialog", name=say("objects.clash"))
    expect(clash).to_contain_text(trial.word("他的尺寸", "Their size"))
    someone.button("objects.clash_theirs", clash).click()
    expect(page.get_by_role("button", name=trial.word("他的尺寸", "Their size"), exact=True)).to_be_visible()


@in_chinese
def test_another_kind_shows_first_what_is_lost_and_is_taken_back(trial):
    someone, say = trial.someone, trial.say
    trial.menu("Size", "objects.convert")
    dialog = someone.dialog()
    trial.pick(dialog, say("objects.convert_to"), trial.kinds["integer"])
    someone.button("objects.convert_look", dialog).click()
    expect(dialog.get_by_role("cell", name="about 7", exact=True)).to_be_visible()
    someone.button("objects.convert_lossy", dialog, shown=1).click()
    expect(dialog).to_be_hidden()
    row = trial.row("Size")
    expect(row).to_contain_text(trial.kinds["integer"])
    expect(row).not_to_contain_text(trial.kinds["text"])
    assert someone.find(trial.object, {"field": "size", "op": "gte", "value": 12}, "size", sort=[
        {"field": "size", "dir": "asc"}
    ])[0]["size"] == 12  # fmt: skip

    trial.menu("Size", "objects.convert_revert")
    someone.button("objects.convert_revert", someone.dialog()).click()
    expect(row).not_to_contain_text(trial.kinds["integer"])
    expect(row).to_contain_text(trial.kinds["text"])
    two = someone.find(trial.object, {"field": "name", "op": "eq", "value": "Two"}, "size")
    assert two[0]["size"] == "about 7"


@in_english
def test_a_field_is_archived_with_its_values_restored_and_a_change_rolled_back(trial):
    someone, page, say = trial.someone, trial.page, trial.say
    trial.menu("Size", "objects.archive")
    question = someone.dialog()
    expect(question).to_contain_text("3")
    someone.button("objects.archive", question).click()
    expect(trial.row("Size")).to_have_count(0)
    someone.button("objects.archived_fields", count=1).click()
    someone.button("objects.restore").click()
    expect(trial.row("Size")).to_be_visible()
    assert someone.find(trial.object, {"field": "name", "op": "eq", "value": "One"}, "size")[0]["size"] == "12"

    page.get_by_role("tab", name=say("objects.changes"), exact=True).click()
    someone.button("objects.roll_back", page.get_by_role("tabpanel")).first.click()
    someone.button("objects.roll_back", someone.dialog()).click()
    page.get_by_role("tab", name=say("objects.fields"), exact=True).click()
    expect(page.get_by_role("button", name=say("objects.archived_fields", count=1))).to_be_visible()


@in_chinese
def test_an_object_tells_what_goes_with_it_before_it_is_archived(trial):
    someone, page, say = trial.someone, trial.page, trial.say
    page = someone.open("settings/objects")
    someone.button("objects.actions_of", name="Trial").click()
    page.get_by_role("menuitem", name=say("objects.archive")).click()
    question = someone.dialog()
    expect(question).to_contain_text("3")
    someone.button("objects.archive", question).click()
    expect(page.get_by_role("link", name="Trial", exact=True)).to_have_count(0)


@in_chinese
@pytest.mark.parametrize("role", ["manager", "salesperson"])
def test_others_find_no_entry_and_are_told_whom_to_ask(visit, language, role):
    someone = visit(role, language)
    page = someone.open("settings/objects")
    expect(page.get_by_text(someone.say("objects.forbidden"), exact=True)).to_be_visible()
    settings = page.get_by_role("navigation", name=someone.say("settings.title"))
    expect(settings.get_by_text(someone.say("settings.profile"), exact=True)).to_be_visible()
    expect(settings.get_by_text(someone.say("settings.objects"), exact=True)).to_have_count(0)
