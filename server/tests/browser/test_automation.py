"""A rule written on one page, published, seen at work on a record and in its runs; who may not, does not meet it."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accessibility import violations
from tests.browser.visit import Visit


def _pick(who: Visit, within: Locator, name: str, option: str) -> None:
    """Choose from a list by its name."""
    box = within.get_by_role("combobox", name=name, exact=True)
    box.click()
    who.page.get_by_role("option", name=option, exact=True).click()


def _kind(who: Visit, kinds: list[dict], key: str) -> str:
    """What a kind of trigger or step is called."""
    return next(each["label"][who.words.language] for each in kinds if each["key"] == key)


def _add(who: Visit, button: str, kind: str) -> None:
    """Add a trigger or a step."""
    who.button(button).click()
    who.page.get_by_role("menuitem").filter(has=who.page.get_by_text(kind, exact=True)).first.click()


def test_a_rule_is_written_published_and_seen_at_work(visit, language):
    boss = visit("administrator", language)
    say, page = boss.say, boss.open("settings/automation")
    kinds = boss.api("GET", "flows/kinds")
    name = f"Rule {language}"

    boss.button("automation.new", page.locator("main header").first).click()
    boss.dialog().get_by_label(say("automation.name")).fill(name)
    _pick(boss, boss.dialog(), say("automation.object"), boss.words.object("company"))
    boss.button("automation.create", boss.dialog()).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)

    # Written while the server says what is wrong: nothing can be published before it is right.
    _add(boss, "automation.add_trigger", _kind(boss, kinds["triggers"], "record.created"))
    _add(boss, "automation.add_step", _kind(boss, kinds["steps"], "record.update"))
    expect(boss.button("automation.publish")).to_be_disabled()
    step = page.get_by_role("region", name=re.compile(_kind(boss, kinds["steps"], "record.update")))
    _pick(boss, step, say("steps.add_field"), boss.words.field("company", "description"))
    text = "由规则填写" if language == "zh-CN" else "Written by a rule"
    step.get_by_role("textbox", name=boss.words.field("company", "description"), exact=True).fill(text)
    sentence = page.locator("main").get_by_text(f"{boss.words.field('company', 'description')} = {text}")
    expect(sentence.first).to_be_visible()
    expect(page.get_by_text(say("automation.unsaved"), exact=True)).to_be_visible()
    assert violations(page) == []

    boss.button("automation.publish").click()
    boss.button("automation.publish", boss.dialog()).click()
    expect(page.get_by_text(say("automation.version_number", number=1), exact=True)).to_be_visible()
    expect(boss.dialog()).to_have_count(0)

    # It does what it says, tells the record's readers that it did, and keeps the run.
    company = boss.create("company", name=f"Ruled {language}")
    page.get_by_role("tab", name=say("automation.runs"), exact=True).click()
    done = page.get_by_role("link", name=say("automation.run_done"), exact=True)
    expect(done).to_be_visible()
    assert boss.find("company", {"field": "id", "op": "eq", "value": company}, "description")[0]["description"] == text
    done.click()
    expect(page.get_by_text(say("automation.outcome_done"), exact=True).last).to_be_visible()
    expect(page.get_by_role("link", name=f"Ruled {language}", exact=True)).to_be_visible()
    assert violations(page) == []

    # Paused, it does nothing; narrow, nothing lies beyond the edge.
    boss.open("settings/automation")
    row = page.get_by_role("row").filter(has_text=name)
    row.get_by_role("switch").click(force=True)
    expect(row.get_by_role("switch")).not_to_be_checked()
    flow = next(each["id"] for each in boss.find("flow", {"field": "name", "op": "eq", "value": name}, "name"))
    other = boss.create("company", name=f"Unruled {language}")
    page.set_viewport_size(PHONE)
    boss.open(f"settings/automation/{flow}")
    expect(boss.button("automation.save")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESK)
    assert boss.api("GET", f"flows/runs?record={other}")["runs"] == []


def test_people_without_the_right_do_not_meet_automation(visit):
    seller = visit("salesperson")

    page = seller.open("settings/profile")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name=seller.say("settings.automation"), exact=True)).to_have_count(0)
    seller.open("settings/automation")
    expect(page.get_by_text(seller.say("automation.forbidden"), exact=True)).to_be_visible()


def test_the_bell_tells_that_nothing_came_yet(visit, language):
    seller = visit("salesperson", language)

    page = seller.open()
    page.get_by_role("button", name=seller.say("notifications.title"), exact=True).click()
    expect(seller.dialog()).to_contain_text(seller.say("notifications.none"))
