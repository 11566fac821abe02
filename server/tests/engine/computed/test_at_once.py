"""Several writers at once, records that are there already, and crashes half-way: the values end up right."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.design import computing, steps
from guanxi.engine.objects import install
from guanxi.engine.records import reads, recompute, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.database.cursor import cursor
from tests.support import computed_world
from tests.support.formula_world import define
from tests.support.threads import side_by_side

WRITERS = 6


@pytest.fixture
def workspace(committing_empty_database: str) -> Iterator[Workspace]:
    """A workspace of its own that commits."""
    from django.db import connection, transaction

    with transaction.atomic():
        made = computed_world.build()
    yield made.workspace
    connection.close()


def opened(workspace: Workspace) -> Any:
    """A unit of work of the system."""
    return work(workspace, SYSTEM, via="system")


def branch_with(workspace: Workspace, deals: int) -> tuple[UUID, UUID, list[UUID]]:
    """A group, its branch, and deals of the branch."""
    with opened(workspace) as ctx:
        (group,) = writes.create(ctx, "group", [{"name": "集团"}])
        (branch,) = writes.create(ctx, "branch", [{"name": "分部", "group": group}])
        rows = [{"name": f"{n}", "branch": branch, "status": "won", "amount": "1"} for n in range(deals)]
        return group, branch, writes.create(ctx, "deal", rows) if rows else []


def test_writers_of_one_parents_children_miss_nothing(workspace: Workspace) -> None:
    group, branch, deals = branch_with(workspace, WRITERS)

    def add(ctx: Context) -> None:
        for _ in range(5):
            writes.create(ctx, "deal", [{"name": "新", "branch": branch, "status": "won", "amount": "10"}])

    def change(deal: UUID) -> Callable[[Context], None]:
        return lambda ctx: writes.update(ctx, "deal", [Change(deal, {"amount": "100"})]) and None

    wrong = side_by_side(workspace, [add, add, *(change(deal) for deal in deals)])

    assert wrong == []
    with opened(workspace) as ctx:
        assert reads.get(ctx, "branch", branch, ("deals", "won"))["deals"] == WRITERS + 10
        assert reads.get(ctx, "group", group, ("total",))["total"]["amount"] == str(WRITERS * 100 + 100)
        assert recompute.verify(ctx).wrong == {}


def test_giving_a_parent_away_while_its_children_are_written_does_not_stand_still(workspace: Workspace) -> None:
    _, branch, deals = branch_with(workspace, 4)
    _, other, _ = branch_with(workspace, 0)

    def rename(ctx: Context) -> None:
        writes.update(ctx, "branch", [Change(branch, {"name": "新名"}), Change(other, {"name": "旧名"})])

    def move(deal: UUID, to: UUID) -> Callable[[Context], None]:
        return lambda ctx: writes.update(ctx, "deal", [Change(deal, {"branch": to})]) and None

    def remove(ctx: Context) -> None:
        writes.delete(ctx, "deal", deals[3:])

    for _ in range(5):
        moves = [move(deals[0], other), move(deals[1], branch), move(deals[2], other)]
        assert side_by_side(workspace, [rename, *moves]) == []
        assert side_by_side(workspace, [move(deals[0], branch), move(deals[1], other), move(deals[2], branch)]) == []
    assert side_by_side(workspace, [remove, rename]) == []

    with opened(workspace) as ctx:
        assert recompute.verify(ctx).wrong == {}


@pytest.mark.parametrize("by", ["favourites", "helpers"])
def test_a_writer_who_goes_on_from_parent_to_linked_child_waits_for_nobody_for_ever(
    workspace: Workspace, by: str
) -> None:
    with opened(workspace) as ctx:
        (deal,) = writes.create(ctx, "deal", [{"name": "新", "amount": "1"}])
        (branch,) = writes.create(ctx, "branch", [{"name": "分部", "favourites": [deal]}])
        writes.update(ctx, "deal", [Change(deal, {"helpers": [branch]})])
    change = {"amount": "2"} if by == "favourites" else {"helpers": []}
    parent_written = threading.Event()

    def parent_then_child(ctx: Context) -> None:
        writes.update(ctx, "branch", [Change(branch, {"name": "新名"})])
        parent_written.set()
        time.sleep(1)  # the other one has got as far as it can
        writes.update(ctx, "deal", [Change(deal, {"remark": "好"})])

    def child(ctx: Context) -> None:
        parent_written.wait(30)
        writes.update(ctx, "deal", [Change(deal, change)])

    assert side_by_side(workspace, [parent_then_child, child]) == []
    with opened(workspace) as ctx:
        assert recompute.verify(ctx).wrong == {}


def test_records_that_are_there_get_the_value_in_batches_that_go_on_after_a_crash(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import transaction

    branches = [branch_with(workspace, 2)[1] for _ in range(5)]
    fields = (
        *computed_world.BRANCH,
        ("late_count", "roll_up", {"object": "deal", "by": "branch", "function": "count"}),
        ("late_sum", "roll_up", {"object": "deal", "by": "branch", "function": "sum", "field": "amount"}),
    )
    with transaction.atomic():
        cursor().execute(f'SET LOCAL search_path = "{workspace.schema}", public')
        install.install(cursor(), [define("branch", fields)])
    with opened(workspace) as ctx:
        assert {reads.get(ctx, "branch", one, ("late_count",))["late_count"] for one in branches} == {None}
    monkeypatch.setattr(recompute, "BATCH", 2)
    assert computing.STEP == "compute"
    done, real = [], recompute.batch

    def crashing(ctx: Context, obj: Any, field: Any, after: UUID | None) -> UUID | None:
        done.append((field.key, after))
        if len(done) == 3:
            raise RuntimeError("the worker died")
        return real(ctx, obj, field, after)

    monkeypatch.setattr(recompute, "batch", crashing)
    steps.run(workspace)
    steps.run(workspace)

    assert [after for key, after in done if key == "late_count"].count(None) == 1
    with opened(workspace) as ctx:
        rows = [reads.get(ctx, "branch", one, ("late_count", "late_sum")) for one in branches]
        assert [(row["late_count"], row["late_sum"]["amount"], row["rev"]) for row in rows] == [(2, "2", 1)] * 5
        assert ctx.run("SELECT count(*) FROM sys_ddl_step WHERE state = 'waiting'") == [(0,)]
        assert recompute.verify(ctx).wrong == {}


def test_a_formula_over_its_own_record_can_have_an_index_that_serves_orders_and_filters(workspace: Workspace) -> None:
    from django.db import transaction

    branch_with(workspace, 3)
    with transaction.atomic():
        cursor().execute(f'SET LOCAL search_path = "{workspace.schema}", public')
        made = define(
            "deal", (*computed_world.DEAL, ("half", "formula", {"expression": "amount / 2", "result": "money"}))
        )
        indexed = tuple(replace(one, attributes={**one.attributes, "index": one.key == "half"}) for one in made.fields)
        install.install(cursor(), [replace(made, fields=indexed)])
    steps.run(workspace)

    with opened(workspace) as ctx:
        indexes = [
            one for (one,) in ctx.run("SELECT indexname FROM pg_indexes WHERE tablename = 'rec_deal' ORDER BY 1")
        ]
        assert [one for one in indexes if "half" in one] == ["ix_deal_half_kind"]
        expression = (
            ctx.snapshot.object("deal").fields["half"].kind.expression(ctx.snapshot.object("deal").fields["half"], "t")
        )
        ctx.run("SET LOCAL enable_seqscan = off")
        ctx.run("SET LOCAL enable_sort = off")
        plan = ctx.run(
            f"EXPLAIN SELECT t.id FROM rec_deal t WHERE t.deleted_at IS NULL AND {expression} IS NOT NULL"
            f" ORDER BY {expression} DESC, t.id DESC LIMIT 50"
        )
        assert "ix_deal_half_kind" in str(plan), plan
        assert len(reads.page(ctx, "deal", reads.Query(("half",), sort=(("half", "desc"),))).rows) == 3
