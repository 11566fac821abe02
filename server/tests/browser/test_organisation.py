"""The organisation on the screens: a further position, a delegation, a department moved, the chart by keys."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.looks import violations
from tests.browser.words import in_chinese, in_english


@in_chinese
def test_a_position_and_a_delegation_are_given_and_taken(visit, language):
    boss = visit("administrator", language)
    say, page = boss.say, boss.open("settings/members")
    row = page.get_by_role("row").filter(has_text="黄蕾")

    boss.button("settings.actions_of", name="黄蕾").click()
    page.get_by_role("menuitem", name=say("organisation.positions")).click()
    dialog = boss.dialog()
    dialog.get_by_role("combobox", name=say("organisation.department")).click()
    page.get_by_role("option", name="深圳部").click()
    dialog.get_by_label(say("organisation.job_title")).fill("支援")
    assert violations(page) == []
    boss.button("organisation.add_position", dialog).click()
    expect(dialog.get_by_role("listitem")).to_contain_text("深圳部")
    boss.button("organisation.close", dialog).click()
    expect(row).to_contain_text(say("organisation.also", department="深圳部", title="支援"))

    page.get_by_role("combobox", name=say("settings.department")).click()
    page.get_by_role("option", name="华南大区").click()
    expect(row).to_be_visible()
    page.get_by_role("checkbox", name=say("organisation.with_below")).uncheck()
    expect(row).to_have_count(0)

    page = boss.open("settings/members")
    boss.button("settings.actions_of", name="黄蕾").click()
    page.get_by_role("menuitem", name=say("organisation.delegations")).click()
    dialog = boss.dialog()
    dialog.get_by_role("textbox", name=say("organisation.delegate")).fill("刘洋")
    page.get_by_role("option", name="刘洋").first.click()
    dialog.get_by_role("textbox", name=say("organisation.ends_on")).fill("2099-12-31")
    page.keyboard.press("Tab")
    boss.button("organisation.add_delegation", dialog).click()
    boss.button("organisation.edit_delegation", dialog, name="刘洋").click()
    dialog.get_by_label(say("organisation.note")).fill("年假")
    boss.button("ui.save", dialog).click()
    expect(dialog.get_by_role("listitem")).to_contain_text("年假")
    boss.button("organisation.remove_delegation", dialog, name="刘洋").click()
    expect(dialog.get_by_role("listitem")).to_have_count(0)
    boss.button("organisation.close", dialog).click()
    (held,) = boss.find("position", {"field": "title", "op": "eq", "value": "支援"})
    boss.api("DELETE", f"records/position/{held['id']}")


@in_english
def test_people_who_came_by_an_import_are_invited_together(visit, language):
    boss = visit("administrator", language)
    (role,) = boss.find("role", {"field": "key", "op": "eq", "value": "salesperson"})
    known = {"department": None, "status": "active"}
    names = [f"Imported {number} {language}" for number in (1, 2)]
    ids = [
        boss.create(
            "member", name=name, email=f"{name.replace(' ', '-').lower()}@example.com", roles=[role["id"]], **known
        )
        for name in names
    ]
    lost = boss.create("member", name=f"Unreachable {language}", roles=[role["id"]], **known)
    page = boss.open("settings/members")
    page.get_by_role("searchbox").fill("Imported")
    boss.button("organisation.invite_many").click()
    dialog = boss.dialog()
    expect(dialog.get_by_role("checkbox", name=f"Unreachable {language}")).to_be_disabled()
    for box in dialog.get_by_role("checkbox").all():
        if box.is_enabled():
            box.uncheck()
    for name in names:
        dialog.get_by_role("checkbox", name=name).check()
    assert violations(page) == []
    dialog.get_by_role("button", name=boss.say("organisation.invite_many_do", count=2, shown=2), exact=True).click()
    expect(dialog.get_by_text(boss.say("organisation.invited_many", done=2, total=2))).to_be_visible()
    boss.button("organisation.close", dialog).click()

    assert {boss.api("GET", f"records/member/{id_}")["status"] for id_ in ids} == {"invited"}
    for id_ in (*ids, lost):
        boss.api("DELETE", f"records/member/{id_}")


@in_chinese
def test_a_department_is_moved_by_mouse_and_by_menu(visit, language):
    boss = visit("administrator", language)
    say = boss.say
    above = boss.create("department", name=f"Above {language}")
    below = boss.create("department", name=f"Below {language}")
    page = boss.open("settings/departments")
    rows = page.get_by_role("listitem")
    moved = rows.filter(has_text=f"Below {language}")

    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        moved.drag_to(rows.filter(has_text=f"Above {language}"))
    assert boss.api("GET", f"records/department/{below}")["path"] == f"Above {language}/Below {language}"

    boss.button("settings.actions_of", name=f"Below {language}").click()
    page.get_by_role("menuitem", name=say("settings.move")).click()
    boss.dialog().get_by_role("combobox").click()
    page.get_by_role("option", name="市场运营部").click()
    boss.button("ui.save", boss.dialog()).click()
    expect(boss.dialog()).to_have_count(0)
    assert boss.api("GET", f"records/department/{below}")["parent"]["title"] == "市场运营部"
    for id_ in (below, above):
        boss.api("DELETE", f"records/department/{id_}")


@in_english
def test_the_chart_is_read_with_keys_and_on_a_phone(visit, language):
    someone = visit("salesperson", language)
    page = someone.open("settings/organisation")
    tree = page.get_by_role("tree")
    top = tree.get_by_role("treeitem", name="总经理办公室")

    top.focus()
    for key in ("ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(tree.get_by_role("treeitem", name="上海一部")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(tree.get_by_role("treeitem", name="华东大区")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(tree.get_by_role("treeitem", name="上海一部")).to_have_count(0)
    expect(tree.get_by_role("treeitem", name="华东大区")).to_have_attribute("aria-expanded", "false")
    assert violations(page) == []

    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE["width"]
    assert violations(page) == []
