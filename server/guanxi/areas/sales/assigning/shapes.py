"""Shapes of assignment over HTTP."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant


class LeadGiven(TypedDict):
    """That a lead was given to somebody, or put into a pool (without a member), with the reasons in words."""

    id: Id
    member: Reference | None
    state: Literal["given", "waiting", "accepted", "expired", "replaced", "pooled"]
    at: Instant
    due_at: Instant | None
    answered_at: Instant | None
    reasons: list[str]


class LeadAssignments(TypedDict):
    """To whom a lead was given, the last one first.

    `to_accept` is until when the reader has to accept it; `awaits` while nobody was there whom it could be given to;
    `may_assign` whether the reader may have the rules give it to somebody.
    """

    to_accept: Instant | None
    awaits: bool
    may_assign: bool
    given: list[LeadGiven]
