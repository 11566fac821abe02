"""A rule tried on the past before it is published: nothing is done, and it is seen what would have been."""

from playwright.sync_api import expect

from tests.browser.test_accessibility import violations
from tests.browser.visit import Visit

BIG = {"where": {"field": "amount", "op": "gt", "value": 1_000_000}}
RULE = {
    "object": "opportunity",
    "triggers": [
        {"id": "t1", "kind": "record.idle", "settings": {"time": {"amount": 3, "unit": "days"}, "where": BIG}},
        {"id": "t2", "kind": "record.created", "settings": {"where": BIG}},
    ],
    "start": "n1",
    "nodes": [
        {
            "id": "n1", "kind": "notify", "next": {"out": "n2"},
            "settings": {"people": [{"kind": "owner"}], "subject": "{name} 三天没有更新"},
        },
        {
            "id": "n2", "kind": "task", "next": {},
            "settings": {"people": [{"kind": "owner"}], "subject": "跟进 {name}", "priority": "high"},
        },
    ],
}  # fmt: skip


def test_a_rule_is_tried_on_the_past_and_on_one_record(visit: type[Visit]) -> None:
    boss = visit("administrator", "zh-CN")
    say = boss.say
    name = "一百二十万的商机"
    made = boss.create("opportunity", name=name, amount=1_200_000)
    flow = boss.create("flow", name="大商机没人跟", kind="rule", definition=RULE)
    page = boss.open(f"settings/automation/{flow}?tab=backtest")

    page.get_by_label(say("automation.backtest_days")).fill("7")
    boss.button("automation.backtest_run").click()
    expect(page.get_by_role("heading", name=say("automation.backtest_runs"))).to_be_visible(timeout=60_000)
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name))
    expect(row).to_have_count(1)
    row.get_by_role("button", name=say("automation.backtest_open", record=name)).click()
    expect(page.get_by_text(say("automation.outcome_done"), exact=True).first).to_be_visible()
    assert violations(page) == []

    # What would have been done was not done.
    about = {"field": "subject", "op": "contains", "value": name}
    assert boss.find("task", about, "subject") == []

    boss.button("automation.try").click()
    dialog = boss.dialog()
    dialog.get_by_label(say("automation.try_record")).fill(name)
    page.get_by_role("option", name=name).first.click()
    boss.button("automation.try_run", dialog).click()
    expect(dialog.get_by_text(f"跟进 {name}")).to_be_visible()
    assert boss.find("task", about, "subject") == []
    assert boss.api("GET", f"records/opportunity/{made}")["rev"] == 1
