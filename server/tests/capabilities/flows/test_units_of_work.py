"""Batches of several flows that share a transaction: each has a change set of its own, and fails alone."""

from guanxi.capabilities.flows import runs
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.feed.telling import catch_up
from tests.capabilities.flows.conftest import Automation, rule
from tests.support.clients import Client

CREATED = {"kind": "record.created", "settings": {}}


def write(**values: str) -> dict:
    """A step that sets fields."""
    return {"kind": "record.update", "settings": {"values": {key: {"value": one} for key, one in values.items()}}}


def test_each_flow_has_a_change_set_of_its_own(automation: Automation) -> None:
    flows = {
        automation.flow(rule(CREATED, write(description="甲")), name="说明"): "description",
        automation.flow(rule(CREATED, write(address="乙"), write(level="C")), name="地址"): "address",
    }
    made = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()

    with work(automation.workspace, SYSTEM, via="system") as ctx:
        rows = ctx.run(
            "SELECT s.label, s.counts, array_agg(k ORDER BY c.seq) FROM sys_change_set s JOIN sys_change c ON"
            " c.change_set = s.id, jsonb_object_keys(c.diff) k WHERE s.via = 'flow' GROUP BY s.id ORDER BY s.label->>'name'",
        )
    told = {label["flow"]: (counts, keys[0]) for label, counts, keys in rows}
    assert {flow: key for flow, (_, key) in told.items()} == flows
    assert sorted(counts["company.update"] for counts, _ in told.values()) == [1, 2]
    assert all(label["path"] == [label["flow"]] for label, _, _ in rows)
    record = automation.admin.get(f"records/company/{made['id']}").json()
    assert (record["description"], record["address"], record["level"]) == ("甲", {"street": "乙"}, "C")


def test_one_flow_fails_and_the_others_go_on(automation: Automation) -> None:
    bad = automation.flow(
        rule(CREATED, {"kind": "set", "settings": {"values": {"x": {"value": "不是网址"}}}},
             {"kind": "record.update", "settings": {"values": {"website": {"data": "x"}}}})
    )  # fmt: skip
    good = automation.flow(rule(CREATED, write(description="甲")))
    for name in ("一", "二"):
        Client.signed_in_as("salesperson").make(name=name)
    automation.round()
    assert [one["state"] for one in automation.runs(bad)] == ["failed", "failed"]
    assert [one["state"] for one in automation.runs(good)] == ["done", "done"]
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        labels = ctx.run("SELECT DISTINCT label->>'flow' FROM sys_change_set WHERE via = 'flow'")
    assert labels == [(good,)]


def test_what_is_due_is_taken_in_hand_by_actor_and_flow(automation: Automation) -> None:
    first, second = (automation.flow(rule(CREATED, write(description=text))) for text in ("甲", "乙"))
    own = automation.flow(rule(CREATED, write(address="丙")), run_as="owner")
    for name in ("一", "二"):
        Client.signed_in_as("administrator").make(name=name)
    catch_up(automation.workspace)
    by_run = {one["id"]: flow for flow in (first, second, own) for one in automation.runs(flow)}
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        parts = runs.due(ctx, ())
    found = [(actor is None, [by_run[one] for one in ids]) for actor, ids in parts]
    assert sorted((is_system, len(set(flows)), len(flows)) for is_system, flows in found) == [
        (False, 1, 2),
        (True, 2, 4),
    ]
    together = next(flows for is_system, flows in found if is_system)
    assert together[0] == together[1] != together[2] == together[3]
    automation.round()
    assert all(one["state"] == "done" for flow in (first, second, own) for one in automation.runs(flow))
