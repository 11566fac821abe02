"""The stages of a contract, the moves between them, and what follows from days. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

DRAFT, IN_APPROVAL, APPROVED, SIGNED = "draft", "in_approval", "approved", "signed"
IN_FORCE, EXPIRED, TERMINATED = "in_force", "expired", "terminated"
OPEN = frozenset({DRAFT})
"""Terms, lines and the payment plan are changed here alone."""
AGREED = frozenset({SIGNED, IN_FORCE, EXPIRED})
"""Signed by both sides and not given up."""
LIVE = frozenset({SIGNED, IN_FORCE})
STEPS: Mapping[str, frozenset[str]] = {
    DRAFT: frozenset({IN_APPROVAL, APPROVED}),
    IN_APPROVAL: frozenset({APPROVED, DRAFT}),
    APPROVED: frozenset({SIGNED, IN_FORCE, EXPIRED, DRAFT, TERMINATED}),
    SIGNED: frozenset({IN_FORCE, EXPIRED, TERMINATED}),
    IN_FORCE: frozenset({EXPIRED, TERMINATED}),
    EXPIRED: frozenset({TERMINATED}),
    TERMINATED: frozenset(),
}
"""From each stage to which."""
OURS, THEIRS = "ours", "theirs"
SIDES = (OURS, THEIRS)


def may_become(before: str | None, after: str) -> bool:
    """Whether a contract goes from one stage to the other."""
    return after in STEPS.get(before or DRAFT, frozenset())


def in_time(starts: date | None, ends: date | None, today: date) -> str:
    """The stage of a contract that both sides have signed: before, within or after its term."""
    if ends is not None and ends < today:
        return EXPIRED
    return SIGNED if starts is not None and starts > today else IN_FORCE


def to_be_reminded(ends: date | None, days: int | None, reminded: date | None, today: date) -> bool:
    """Whether its owner is to be told that it ends, once for each end."""
    if ends is None or not days or reminded == ends or ends < today:
        return False
    return today >= ends - timedelta(days=days)


def next_term(
    starts: date | None, ends: date, from_: date | None = None, until: date | None = None
) -> tuple[date, date]:
    """The term of a renewal: as long as the former one and right after it, unless told."""
    begins = from_ or ends + timedelta(days=1)
    if until is not None:
        return begins, until
    length = ends - starts if starts is not None and starts <= ends else timedelta(days=364)
    return begins, begins + length
