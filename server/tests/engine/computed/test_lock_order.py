"""Values above values: whoever writes at whatever level at the same time, nobody waits for the other for ever."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects import install
from guanxi.engine.records import computed, reads, recompute, stale, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.database.cursor import cursor
from tests.support import computed_world
from tests.support.formula_world import Fields, define
from tests.support.threads import side_by_side

Job = Callable[[Context], object]
NODE: Fields = (
    ("name", "text", {}),
    ("above", "lookup", {"target": "node"}),
    ("weight", "integer", {}),
    ("carried", "roll_up", {"object": "node", "by": "above", "function": "sum", "field": "weight"}),
)
FIRM: Fields = (
    ("name", "text", {}),
    ("leader", "lookup", {"target": "agent"}),
    ("people", "roll_up", {"object": "agent", "by": "firm", "function": "count"}),
)
AGENT: Fields = (
    ("name", "text", {}),
    ("firm", "lookup", {"target": "firm"}),
    ("led", "roll_up", {"object": "firm", "by": "leader", "function": "count"}),
)


@pytest.fixture
def workspace(committing_empty_database: str) -> Iterator[Workspace]:
    """A workspace of its own that commits, with a tree and with two objects that feed each other."""
    from django.db import connection, transaction

    with transaction.atomic():
        made = computed_world.build()
        cursor().execute(f'SET LOCAL search_path = "{made.workspace.schema}", public')
        install.install(cursor(), [define("node", NODE), define("firm", FIRM), define("agent", AGENT)])
    yield made.workspace
    connection.close()


def opened(workspace: Workspace) -> Any:
    """A unit of work of the system."""
    return work(workspace, SYSTEM, via="system")


class Pause:
    """Lets one thread go as far as a function and wait there until the other has got as far as it can."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, name: str, where: Callable[[Any], bool], *, after: bool
    ) -> None:
        self.reached = threading.Event()
        self._thread: threading.Thread | None = None
        real = getattr(computed, name)

        def slow(ctx: Context, obj: Any, *more: Any) -> Any:
            mine = threading.current_thread() is self._thread and where(obj) and not self.reached.is_set()
            result = real(ctx, obj, *more) if after else None
            if mine:
                self.reached.set()
                time.sleep(1)
            return result if after else real(ctx, obj, *more)

        monkeypatch.setattr(computed, name, slow)

    def first(self, job: Job) -> Job:
        """The one who waits."""

        def run(ctx: Context) -> None:
            self._thread = threading.current_thread()
            job(ctx)

        return run

    def second(self, job: Job) -> Job:
        """The other one, who begins then."""

        def run(ctx: Context) -> None:
            assert self.reached.wait(30)
            job(ctx)

        return run


def update(object_key: str, *changes: Change) -> Job:
    """A job that writes some records."""
    return lambda ctx: writes.update(ctx, object_key, list(changes))


def three_levels(workspace: Workspace) -> tuple[list[UUID], list[UUID], list[UUID]]:
    """Groups with branches with deals."""
    with opened(workspace) as ctx:
        groups = writes.create(ctx, "group", [{"name": f"集团{n}"} for n in range(3)])
        branches = writes.create(ctx, "branch", [{"name": f"分部{n}", "group": groups[n % 3]} for n in range(6)])
        deals = [
            {"name": f"{n}", "branch": branches[n % 6], "status": "won", "amount": "1", "day": "2026-01-01"}
            for n in range(18)
        ]
        return groups, branches, writes.create(ctx, "deal", deals)


def right(workspace: Workspace) -> bool:
    """Whether every stored value is what it should be."""
    with opened(workspace) as ctx:
        return recompute.verify(ctx).wrong == {}


def test_a_deal_and_its_branch_written_at_once_both_end_in_their_group(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups, branches, deals = three_levels(workspace)
    pause = Pause(monkeypatch, "climb", lambda obj: obj.key == "branch", after=False)

    wrong = side_by_side(
        workspace,
        [
            pause.first(update("deal", Change(deals[0], {"amount": "100"}))),
            pause.second(update("branch", Change(branches[0], {"group": groups[1]}))),
        ],
    )

    assert wrong == []
    assert pause.reached.is_set()
    assert right(workspace)
    with opened(workspace) as ctx:
        totals = [reads.get(ctx, "group", one, ("total",))["total"]["amount"] for one in groups]
        assert totals == ["3", "108", "6"]


def test_who_waited_while_the_branch_went_to_another_group_locks_that_one_instead(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups, branches, deals = three_levels(workspace)
    pause = Pause(monkeypatch, "hold", lambda obj: obj.key == "branch", after=True)
    read: list[dict[str, set[UUID]]] = []
    real = computed.Line._read

    def noting(line: Any, keys: Any) -> Any:
        found = real(line, keys)
        if threading.current_thread() is not pause._thread:
            read.append(found)
        return found

    monkeypatch.setattr(computed.Line, "_read", noting)

    wrong = side_by_side(
        workspace,
        [
            pause.first(update("branch", Change(branches[0], {"group": groups[1]}))),
            pause.second(update("deal", Change(deals[0], {"amount": "100"}))),
        ],
    )

    assert wrong == []
    assert [sorted(found["group"]) for found in read] == [[groups[1]], [groups[1]]]
    assert right(workspace)


def test_records_of_one_tree_are_locked_with_those_above_them(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(workspace) as ctx:
        # The lower a node, the earlier its id: the order of the tree is not the order of the ids.
        low, middle, high, top = writes.create(ctx, "node", [{"name": str(n), "weight": 1} for n in range(4)])
        pairs = [(low, middle), (middle, high), (high, top)]
        writes.update(ctx, "node", [Change(one, {"above": above}) for one, above in pairs])
    pause = Pause(monkeypatch, "hold", lambda obj: obj.key == "node", after=True)

    wrong = side_by_side(
        workspace,
        [
            pause.first(update("node", Change(high, {"weight": 5}), Change(low, {"weight": 7}))),
            pause.second(update("node", Change(middle, {"weight": 3}))),
        ],
    )

    assert wrong == []
    with opened(workspace) as ctx:
        assert [reads.get(ctx, "node", one, ("carried",))["carried"] for one in (middle, high, top)] == [7, 3, 5]


def test_objects_that_feed_each_other_are_locked_in_one_order(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(workspace) as ctx:
        (firm,) = writes.create(ctx, "firm", [{"name": "公司"}])
        (agent,) = writes.create(ctx, "agent", [{"name": "人"}])
    pause = Pause(monkeypatch, "hold", lambda obj: obj.key == "agent", after=True)

    wrong = side_by_side(
        workspace,
        [
            pause.first(update("agent", Change(agent, {"firm": firm}))),
            pause.second(update("firm", Change(firm, {"leader": agent}))),
        ],
    )

    assert wrong == []
    with opened(workspace) as ctx:
        assert reads.get(ctx, "firm", firm, ("people",))["people"] == 1
        assert reads.get(ctx, "agent", agent, ("led",))["led"] == 1


def test_values_that_waited_for_the_end_of_an_import_are_caught_up_beside_writers_above_them(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups, branches, deals = three_levels(workspace)
    with opened(workspace) as ctx, stale.noted(ctx):
        writes.update(ctx, "deal", [Change(deals[0], {"amount": "50"})])
        now = ctx.now
    pause = Pause(monkeypatch, "climb", lambda obj: obj.key == "branch", after=False)

    wrong = side_by_side(
        workspace,
        [
            pause.first(lambda ctx: stale.catch_up(ctx, now)),
            pause.second(update("branch", Change(branches[0], {"group": groups[2]}))),
        ],
    )

    assert wrong == []
    assert pause.reached.is_set()
    assert right(workspace)


def test_writers_at_every_level_who_move_things_about_all_end(workspace: Workspace) -> None:
    groups, branches, deals = three_levels(workspace)

    def busy(seed: int) -> Job:
        draw = random.Random(seed)  # noqa: S311 - no secret

        def run(ctx: Context) -> None:
            sort = draw.choice(("amount", "amount", "move deal", "move branch", "several", "group"))
            if sort == "amount":
                writes.update(ctx, "deal", [Change(draw.choice(deals), {"amount": str(draw.randint(1, 99))})])
            elif sort == "move deal":
                writes.update(ctx, "deal", [Change(draw.choice(deals), {"branch": draw.choice(branches)})])
            elif sort == "move branch":
                writes.update(ctx, "branch", [Change(draw.choice(branches), {"group": draw.choice(groups)})])
            elif sort == "several":
                some = draw.sample(branches, 3)
                writes.update(ctx, "branch", [Change(one, {"group": draw.choice(groups)}) for one in some])
            else:
                writes.update(ctx, "group", [Change(draw.choice(groups), {"name": str(draw.random())})])

        return run

    for turn in range(20):
        assert side_by_side(workspace, [busy(turn * 10 + one) for one in range(6)]) == []

    assert right(workspace)
