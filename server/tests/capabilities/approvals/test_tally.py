"""What the decisions at a node come to: every mode with every sequence of decisions, against a plain model."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations, product
from typing import get_args
from uuid import UUID

import pytest

from guanxi.capabilities.approvals.store import Task
from guanxi.capabilities.approvals.tally import Mode, opened, verdict

NOW = datetime(2026, 3, 2, tzinfo=UTC)
PEOPLE = 3


def task(number: int, state: str = "open", **values) -> Task:
    id_ = UUID(int=number)
    made = Task(id_, UUID(int=0), "n", 1, 0, "approve", id_, state, 1, None, None, None, NOW, None, None, None)
    return replace(made, **values)


def expected(mode: str, decisions: list[tuple[int, str]], percent: int) -> str | None:
    """The words of the house rule, decision after decision."""
    yes = no = 0
    for _, one in decisions:
        yes, no = yes + (one == "approved"), no + (one == "rejected")
        if mode == "vote":
            if yes * 100 >= percent * PEOPLE:
                return "approved"
            if (PEOPLE - no) * 100 < percent * PEOPLE:
                return "rejected"
        elif no:
            return "rejected"
        elif mode == "any" or yes == PEOPLE:
            return "approved"
    return None


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("percent", [1, 34, 50, 67, 100])
def test_every_order_of_every_decision(mode: Mode, percent: int) -> None:
    orders = [range(PEOPLE)] if mode == "in_turn" else permutations(range(PEOPLE))
    for order, said in product(orders, product(("approved", "rejected"), repeat=PEOPLE)):
        first = {0: "open"} if mode == "in_turn" else {}
        tasks = [
            task(n + 1, first.get(n, "queued" if first else "open"), position=n if first else 0) for n in range(PEOPLE)
        ]
        decisions: list[tuple[int, str]] = []
        for who, decision in zip(order, said, strict=True):
            if verdict(mode, tasks, percent) is not None:
                break
            assert tasks[who].state == "open"
            tasks[who].state = decision
            decisions.append((who, decision))
            assert verdict(mode, tasks, percent) == expected(mode, decisions, percent), (mode, percent, decisions)
            for one in opened(mode, tasks):
                one.state = "open"


def test_who_passed_their_task_on_counts_nothing() -> None:
    assert verdict("all", [task(1, "transferred"), task(2, "approved")]) == "approved"
    assert verdict("all", [task(1, "transferred"), task(2)]) is None


def test_somebody_who_was_added_has_to_be_heard_and_raises_no_threshold() -> None:
    added = task(9, origin=UUID(int=1))
    assert verdict("any", [task(1, "approved"), added]) is None
    assert verdict("any", [task(1, "approved"), replace(added, state="approved")]) == "approved"
    assert verdict("any", [task(1, "approved"), replace(added, state="rejected")]) == "rejected"
    three = [task(1, "approved"), task(2, "approved"), task(3)]
    assert verdict("vote", [*three, added], 66) == "approved"


def test_after_the_first_of_two_the_second_is_asked() -> None:
    tasks = [task(1, "approved"), task(2, "queued", position=1), task(3, "queued", position=2)]
    assert [one.id for one in opened("in_turn", tasks)] == [UUID(int=2)]
    assert opened("in_turn", [task(1), task(2, "queued", position=1)]) == []
