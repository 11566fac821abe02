"""Flows put records into pools and give away what lies there, in turn, past those who hold enough."""

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
from tests.capabilities.flows.conftest import automation, drafts, rule  # noqa: F401 - two are fixtures
from tests.support import world

CREATED = {"kind": "record.created", "settings": {}}


def step(kind, **settings):
    return {"kind": kind, "settings": settings}


def member(name):
    return world.membership(name).member_id


def test_records_go_into_a_pool_and_out_again_in_turn(automation):  # noqa: F811 - a fixture
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        (pool,) = writes.create(ctx, "pool", [{"name": "公海", "object": "lead", "for_everyone": True, "shown": []}])
        full = str(member("other_salesperson"))
        writes.create(ctx, "holding_limit", [{"name": "上限", "object": "lead", "most": 0, "members": [full]}])
    people = [{"kind": "role", "role": "salesperson"}]
    automation.flow(
        rule(
            CREATED,
            step("pool_release", pool="公海", reason="官网新线索"),
            step("pool_give", people=people, mode="round_robin"),
            of="lead",
        )
    )
    for number in range(4):
        automation.admin.make("lead", name=f"客户{number}")

    automation.round()

    with work(automation.workspace, SYSTEM, via="system") as ctx:
        rows = reads.native(ctx, "lead", reads.ids(ctx, "lead", None), ("owner", "pool"))
        kinds = [
            row["kind"] for row in reads.native(ctx, "pool_move", reads.ids(ctx, "pool_move", None), ("kind",)).values()
        ]
    given = [row["owner"] for row in rows.values()]
    assert all(row["pool"] is None for row in rows.values())
    assert sorted(given) == sorted([member("salesperson"), member("colleague")] * 2)
    assert (kinds.count("released"), kinds.count("given")) == (4, 4)
    assert pool


@pytest.mark.parametrize("kind", ["pool_release", "pool_give"])
def test_only_for_objects_with_pools(drafts, kind):  # noqa: F811 - a fixture
    people = {"people": [{"kind": "owner"}], "mode": "first"} if kind == "pool_give" else {}

    found = drafts.problems(rule(CREATED, step(kind, **people), of="opportunity"))

    assert "pools.object_without_pools" in found


def given_by(flows, *steps, **flow):
    """How a flow fared with a lead that lay in a pool: the state of its run, and the lead's owner and pool."""
    made = flows.flow(rule(CREATED, *steps, of="lead"), **flow)
    with work(flows.workspace, SYSTEM, via="system") as ctx:
        (pool,) = writes.create(ctx, "pool", [{"name": "公海", "object": "lead", "for_everyone": True, "shown": []}])
        (lead,) = writes.create(ctx, "lead", [{"name": "客户", "owner": None, "pool": str(pool)}])
    flows.round()
    with work(flows.workspace, SYSTEM, via="system") as ctx:
        row = reads.native(ctx, "lead", [lead], ("owner", "pool"))[lead]
    (run,) = flows.runs(made)
    return run["state"], row["owner"], row["pool"], pool


def test_a_flow_gives_from_a_pool_what_its_actor_may_give(automation):  # noqa: F811 - a fixture
    chosen = str(member("salesperson"))
    give = step("pool_give", people=[{"kind": "member", "members": [chosen]}], mode="first")

    state, owner, lies_in, pool = given_by(automation, give, run_as="owner", owner=chosen)

    assert (state, owner, lies_in) == ("failed", None, pool)


def test_what_the_system_gives_an_owner_leaves_its_pool(automation):  # noqa: F811 - a fixture
    chosen = member("salesperson")
    give = step("assign", people=[{"kind": "member", "members": [str(chosen)]}], mode="first")

    state, owner, lies_in, _ = given_by(automation, give)

    assert (state, owner, lies_in) == ("done", chosen, None)
