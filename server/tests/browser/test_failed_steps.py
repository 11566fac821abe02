"""A run of which two ways failed: each step shows its error and what it was given, and is put right by itself."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_accessibility import violations
from tests.browser.test_running_flows import _named, _run
from tests.browser.visit import Visit
from tests.browser.words import in_chinese


def _two_ways(name: str) -> dict[str, Any]:
    first = {"values": {"grade": {"value": "不是级别"}, "site": {"text": "{name}的网站"}}}
    write = {"kind": "record.update", "next": {}}
    return {
        "object": "company", "triggers": [_named(name)], "start": "n0",
        "nodes": [
            {"id": "n0", "kind": "set", "settings": first, "next": {"out": "n1"}},
            {"id": "n1", "kind": "parallel", "settings": {"ways": 2}, "next": {"1": "n2", "2": "n3"}},
            {"id": "n2", **write, "label": {"zh-CN": "写网站"}, "settings": {"values": {"website": {"data": "site"}}}},
            {"id": "n3", **write, "label": {"zh-CN": "写级别"}, "settings": {"values": {"level": {"data": "grade"}}}},
        ],
    }  # fmt: skip


@in_chinese
def test_each_failed_step_is_put_right_by_itself(visit: Callable[..., Visit], language: str) -> None:
    boss = visit("administrator", language)
    say, name = boss.say, "两路都失败"
    flow = boss.create("flow", name=name, kind="process", run_as="system", definition=_two_ways(name))
    boss.api("POST", "actions/flows/publish", {"params": {"flow": flow}})
    boss.create("company", name=f"{name}的公司")
    run = _run(boss, flow, "failed")["id"]

    page = boss.open(f"settings/automation/runs/{run}")
    expect(boss.button("automation.retry_all_steps", count=2)).to_be_visible()
    page.get_by_text(say("automation.path"), exact=True).first.click()
    stands = page.get_by_role("listitem").filter(has=boss.button("automation.retry_step"))
    expect(stands).to_have_count(2)
    first = (
        page.get_by_role("listitem").filter(has=page.get_by_text(say("automation.outcome_failed"), exact=True)).first
    )
    first.get_by_text(say("automation.step_data"), exact=True).click()
    expect(first.get_by_role("definition").filter(has_text=f"{name}的公司的网站")).to_be_visible()
    assert violations(page) == []

    site = stands.filter(has_text="写网站")
    boss.button("automation.edit_data", site).click()
    good = '{"site": "https://example.com", "grade": "不是级别"}'
    boss.dialog().get_by_role("textbox", name=say("automation.remembered")).fill(good)
    boss.button("automation.save_and_retry", boss.dialog()).click()
    expect(boss.dialog()).to_have_count(0)
    expect(stands).to_have_count(1)
    boss.button("automation.skip", stands.filter(has_text="写级别")).click()
    expect(page.locator("header").get_by_text(say("automation.run_done"), exact=True)).to_be_visible()
    steps = [(one["node"], one["outcome"]) for one in boss.api("GET", f"flows/runs/{run}")["record_of_steps"]]
    assert ("n3", "again") not in steps
    assert ("n2", "again") in steps
