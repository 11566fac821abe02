"""Flows that go on: a person fills in a form, runs move to a new version, one that failed is repaired, all are looked at."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_automation import _pick
from tests.browser.visit import Visit
from tests.browser.words import in_chinese

WAIT = {"kind": "wait", "settings": {"time": {"amount": 3, "unit": "days"}}}


def _named(name: str) -> dict[str, Any]:
    """A trigger for new companies whose name says that they are this test's."""
    where = {"where": {"field": "name", "op": "contains", "value": name}}
    return {"id": "t", "kind": "record.created", "settings": {"where": where}}


def _steps(name: str, *nodes: dict[str, Any]) -> dict[str, Any]:
    """A definition whose steps follow each other."""
    keys = [f"n{number}" for number, _ in enumerate(nodes)]
    following = [{"out": key} for key in keys[1:]] + [{}]
    chain = [{"id": key, "next": to, **node} for key, to, node in zip(keys, following, nodes, strict=True)]
    return {"object": "company", "triggers": [_named(name)], "start": "n0", "nodes": chain}


def _write(**value: Any) -> dict[str, Any]:
    return {"kind": "record.update", "settings": {"values": {"description": value}}}


def _publish(boss: Visit, name: str, *nodes: dict[str, Any]) -> str:
    definition = _steps(name, *nodes)
    flow = boss.create("flow", name=name, kind="process", run_as="system", definition=definition)
    boss.api("POST", "actions/flows/publish", {"params": {"flow": flow}})
    return flow


def _run(boss: Visit, flow: str, state: str) -> dict[str, Any]:
    return boss.until(lambda: boss.api("GET", f"flows/runs?flow={flow}&state={state}")["runs"])[0]


def _description(boss: Visit, company: str) -> str | None:
    return boss.api("GET", f"records/company/{company}")["description"]


@in_chinese
def test_a_person_fills_in_the_form_that_a_run_waits_for(visit: Callable[..., Visit], language: str) -> None:
    boss, seller = visit("administrator", language), visit("salesperson", language)
    questions = [
        {"name": "grade", "label": "客户等级", "kind": "choice", "options": ["A 级", "B 级"], "required": True},
        {"name": "remark", "label": "评语", "kind": "long_text"},
    ]
    asked = {"title": "评估 {name}", "people": [{"kind": "owner"}], "questions": questions, "as": "form"}
    flow = _publish(boss, "客户评估表", {"kind": "form", "settings": asked}, _write(data="form.remark"))
    company = seller.create("company", name="客户评估表的公司")
    _run(boss, flow, "waiting")

    page, say = seller.open("forms"), seller.say
    page.get_by_role("link", name="评估 客户评估表的公司").click()
    seller.button("forms.send").click()
    expect(page.get_by_role("combobox", name="客户等级")).to_have_attribute("aria-invalid", "true")
    _pick(seller, page.locator("form"), "客户等级", "B 级")
    page.get_by_role("textbox", name="评语").fill("值得投入")
    seller.button("forms.send").click()
    expect(page.get_by_text(say("forms.none_open"), exact=True)).to_be_visible()
    page.get_by_role("tab", name=say("forms.box_done"), exact=True).click()
    expect(page.get_by_role("link", name="评估 客户评估表的公司")).to_be_visible()

    assert _run(boss, flow, "done")["record"]["id"] == company
    assert _description(boss, company) == "值得投入"


@in_chinese
def test_runs_move_to_the_new_version_by_the_map_that_is_shown(visit: Callable[..., Visit], language: str) -> None:
    boss = visit("administrator", language)
    say, name = boss.say, "搬到新版本"
    first = {**WAIT, "label": {"zh-CN": "等三天", "en": "Wait"}}
    flow = _publish(boss, name, first, _write(value="旧"))
    boss.create("company", name=f"{name}的公司")
    run = _run(boss, flow, "waiting")
    second = {**WAIT, "label": {"zh-CN": "再等三天", "en": "Wait on"}}
    changed = _steps(name, _write(value="先"), second, _write(value="新"))
    boss.api("PATCH", f"records/flow/{flow}", {"values": {"definition": changed}})
    boss.api("POST", "actions/flows/publish", {"params": {"flow": flow}})

    page = boss.open(f"settings/automation/{flow}?tab=versions")
    expect(page.get_by_text(say("automation.older_runs", count=1))).to_be_visible()
    boss.button("automation.move_runs").click()
    dialog = boss.dialog()
    goes_on = dialog.get_by_role("combobox", name=say("automation.go_on_at", name="等三天"))
    expect(goes_on).to_have_value("再等三天")
    boss.button("automation.move_now", dialog).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(say("automation.older_runs", count=1))).to_have_count(0)

    moved = boss.api("GET", f"flows/runs/{run['id']}")
    assert (moved["version"], [one["node"] for one in moved["tokens"]]) == (2, ["n1"])
    boss.open(f"settings/automation/runs/{run['id']}")
    expect(page.get_by_text(say("automation.outcome_moved"), exact=True).first).to_be_visible()


@in_chinese
def test_a_step_that_failed_is_repaired_from_the_failed_runs(visit: Callable[..., Visit], language: str) -> None:
    boss = visit("administrator", language)
    say, name = boss.say, "编号回写"
    rename = {"kind": "record.update", "settings": {"values": {"name": {"data": "order.title"}}}}
    flow = _publish(boss, name, rename, _write(value="已回写"))
    company = boss.create("company", name=f"{name}的公司")
    _run(boss, flow, "failed")

    page = boss.open("settings/automation?tab=status")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))
    row.get_by_role("link", name="1", exact=True).click()
    page.get_by_role("link", name=say("automation.run_failed"), exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    boss.button("automation.edit_data").first.click()
    dialog = boss.dialog()
    data = dialog.get_by_role("textbox", name=say("automation.remembered"))
    data.fill("{")
    expect(boss.button("automation.save_and_retry", dialog)).to_be_disabled()
    data.fill('{"order": {"title": "编号回写 A-17"}}')
    boss.button("automation.save_and_retry", dialog).click()
    expect(dialog).to_have_count(0)
    expect(page.locator("header").get_by_text(say("automation.run_done"), exact=True)).to_be_visible()

    told = boss.api("GET", f"records/company/{company}")
    assert (told["name"], told["description"]) == ("编号回写 A-17", "已回写")


@pytest.fixture
def boss_who_resumes(visit: Callable[..., Visit], language: str) -> Iterator[Visit]:
    """Whatever becomes of the test, automation goes on after it."""
    boss = visit("administrator", language)
    yield boss
    boss.api("POST", "actions/flows/resume-all", {"params": {}})


@in_chinese
def test_what_waits_and_what_is_paused_is_told_of_automation(boss_who_resumes: Visit, language: str) -> None:
    boss = boss_who_resumes
    say, name = boss.say, "暂停的流程"
    paused = _publish(boss, name, _write(value="不会写"))
    boss.api("PATCH", f"records/flow/{paused}", {"values": {"state": "paused"}})
    going = _publish(boss, "积压的流程", _write(value="恢复后写"))

    page = boss.open("settings/automation?tab=status")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))
    expect(row.get_by_text(say("automation.state_paused"), exact=True)).to_be_visible()
    boss.button("automation.stop_all").click()
    boss.button("automation.stop_all", boss.dialog()).click()
    expect(page.get_by_text(say("automation.all_stopped"))).to_be_visible()
    company = boss.create("company", name="积压的流程与暂停的流程")
    boss.until(lambda: [1] * boss.api("GET", "flows/status")["due"])
    boss.open("settings/automation?tab=status")
    expect(boss.tile("automation.due_steps").first).to_have_text("1")
    expect(boss.tile("automation.due_steps").last).to_contain_text(say("automation.since", time=""))

    boss.button("automation.resume_all").click()
    expect(page.get_by_text(say("automation.all_stopped"))).to_have_count(0)
    assert _run(boss, going, "done")["record"]["id"] == company
    assert _description(boss, company) == "恢复后写"
    boss.open("settings/automation?tab=status")
    expect(boss.tile("automation.due_steps")).to_have_text("0")
