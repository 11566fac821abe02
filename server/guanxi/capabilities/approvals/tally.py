"""What the tasks of a node come to: pure functions, the whole semantics of any, all, in turn and vote.

any      the first decision counts
all      everybody approves; the first rejection rejects
in_turn  as all, but each is asked when the one before has approved
vote     enough weight approves, or enough is left over against it that it cannot any more
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Literal

from guanxi.capabilities.approvals.store import OPEN, Task

Mode = Literal["any", "all", "in_turn", "vote"]
Verdict = Literal["approved", "rejected"]


def verdict(mode: Mode, tasks: Sequence[Task], percent: int = 50) -> Verdict | None:
    """What is decided, as soon as it is; None while it is not. Tasks that were passed on or taken back count nothing."""
    counted = [one for one in tasks if one.state in (*OPEN, "approved", "rejected")]
    approved = [one for one in counted if one.state == "approved"]
    rejected = [one for one in counted if one.state == "rejected"]
    undecided = [one for one in counted if one.state in OPEN]
    if not counted:
        return "approved"
    if mode == "vote":
        needed = needed_weight(counted, percent)
        yes, left = (sum(one.weight for one in ones) for ones in (approved, undecided))
        if yes >= needed:
            return "approved"
        return "rejected" if yes + left < needed else None
    if rejected:
        return "rejected"
    if mode == "any":
        # Whoever was asked before somebody does not decide for them, and whoever was asked too is heard.
        waiting = {one.id for one in undecided if one.state == "queued"}
        counts = any(one.origin not in waiting for one in approved)
        return "approved" if counts and not any(one.origin is not None for one in undecided) else None
    return None if undecided else "approved"


def needed_weight(counted: Sequence[Task], percent: int) -> int:
    """The weight that approves: at least one, at most all. Those who were added do not raise it."""
    total = sum(one.weight for one in counted if one.origin is None)
    return min(max(1, ceil(total * percent / 100)), max(total, 1))


def opened(mode: Mode, tasks: Sequence[Task]) -> list[Task]:
    """Tasks that are queued and whose turn has come."""
    queued = [one for one in tasks if one.state == "queued"]
    if not queued or any(one.state == "open" for one in tasks):
        return []
    first = min(one.position for one in queued)
    return [one for one in queued if one.position == first]
