"""The states of a quote and the steps between them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

DRAFT, IN_APPROVAL, APPROVED, SENT = "draft", "in_approval", "approved", "sent"
ACCEPTED, DECLINED, EXPIRED, SUPERSEDED = "accepted", "declined", "expired", "superseded"
OPEN = frozenset({DRAFT})
"""Lines and terms are changed here alone; after that a new version is made."""
ANSWERED = frozenset({ACCEPTED, DECLINED})
SHOWN = frozenset({SENT, ACCEPTED, DECLINED, EXPIRED})
"""What customers get to see."""
STEPS: Mapping[str, frozenset[str]] = {
    DRAFT: frozenset({IN_APPROVAL, SENT, SUPERSEDED, ACCEPTED, DECLINED}),
    IN_APPROVAL: frozenset({APPROVED, DRAFT, SUPERSEDED}),
    APPROVED: frozenset({SENT, SUPERSEDED, ACCEPTED, DECLINED}),
    SENT: frozenset({ACCEPTED, DECLINED, EXPIRED, SUPERSEDED}),
    EXPIRED: frozenset({SENT, SUPERSEDED}),
    DECLINED: frozenset({SUPERSEDED}),
    ACCEPTED: frozenset(),
    SUPERSEDED: frozenset(),
}
"""From each state to which. What was accepted stays as it is."""
VALID_DAYS = 30


def may_become(before: str | None, after: str) -> bool:
    """Whether a quote goes from one state to the other."""
    return after in STEPS.get(before or DRAFT, frozenset())


def is_over(quote: Mapping[str, Any], today: date) -> bool:
    """Whether the last day of the offer has passed."""
    return quote["valid_until"] is not None and quote["valid_until"] < today


def until(issued: date) -> date:
    """The last day of an offer that names none."""
    return issued + timedelta(days=VALID_DAYS)
