"""Special cases of who is asked: nobody, the submitter, somebody who has decided already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Empty = Literal["approve", "reject", "administrator", "members"]
Self = Literal["ask", "approve", "superior", "leave_out"]
Repeat = Literal["ask", "approve"]


@dataclass(frozen=True)
class Asked:
    """Who is asked at a node, who counts as having approved without being asked and why, or what is decided at once."""

    people: tuple[UUID, ...] = ()
    passed: tuple[tuple[UUID, str], ...] = ()
    decided: Literal["approved", "rejected"] | None = None


def asked(
    found: Sequence[UUID],
    submitter: UUID | None,
    earlier: Collection[UUID],
    *,
    empty: Empty,
    itself: Self,
    repeat: Repeat,
    instead: Sequence[UUID],
    superior: Callable[[UUID], UUID | None],
) -> Asked:
    """The people of a node after the special cases.

    ``earlier`` have approved at a node before, ``instead`` are asked where nobody is found, as ``empty`` says.
    """
    people: list[UUID] = []
    passed: list[tuple[UUID, str]] = []
    for one in dict.fromkeys(found):
        if one == submitter and itself == "approve":
            passed.append((one, "self"))
        elif one == submitter and itself == "leave_out":
            continue
        elif one == submitter and itself == "superior":
            above = superior(one)
            if above is not None and above not in people:
                people.append(above)
        elif one in earlier and repeat == "approve":
            passed.append((one, "repeat"))
        else:
            people.append(one)
    if people or passed:
        return Asked(tuple(dict.fromkeys(people)), tuple(passed))
    if empty in ("administrator", "members") and instead:
        return Asked(tuple(dict.fromkeys(instead)))
    return Asked(decided="rejected" if empty == "reject" else "approved")
