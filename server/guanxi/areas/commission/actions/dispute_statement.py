"""A member says what is wrong with their statement, and is answered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.commission.errors import NotYours, WrongState, wrong
from guanxi.areas.commission.keeping import STATEMENT
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.http.shapes import Id

LONGEST = 2000


@dataclass(frozen=True)
class DisputeStatement:
    """The statement, and what is wrong with it."""

    statement: UUID
    reason: str


@dataclass(frozen=True)
class AnswerDispute:
    """The statement, and what is said to its dispute."""

    statement: UUID
    answer: str


class DisputedStatement(TypedDict):
    """The statement, and how its dispute stands."""

    statement: Id
    dispute: str


@action("commission.dispute_statement", params=DisputeStatement, permission="commission_statement.read")
def dispute_statement(ctx: Context, params: DisputeStatement) -> DisputedStatement:
    """Dispute one's own statement; NotFound for one that the caller does not see, NotYours for somebody else's."""
    # Of two presses of the button the second finds the dispute of the first.
    locking.lock(ctx, ctx.object(STATEMENT), [params.statement], "read", ())
    row = reads.get(ctx, STATEMENT, params.statement)
    if row["member"] is None or row["member"]["id"] != str(ctx.author):
        raise NotYours
    reason = _said(params.reason, "reason")
    if row["status"] == "draft" or row["dispute"] == "open":
        raise WrongState("not_to_be_disputed")
    return _written(ctx, params.statement, {
        "dispute": "open", "dispute_reason": reason, "disputed_at": ctx.now, "answer": None, "answered_by": None,
        "answered_at": None,
    })  # fmt: skip


@action("commission.answer_dispute", params=AnswerDispute, permission="commission_statement.edit")
def answer_dispute(ctx: Context, params: AnswerDispute) -> DisputedStatement:
    """Answer a dispute; WrongState where there is none that waits."""
    locking.lock(ctx, ctx.object(STATEMENT), [params.statement], "edit", ())
    answer = _said(params.answer, "answer")
    row = reads.native(ctx.as_system(), STATEMENT, [params.statement], ("dispute",))[params.statement]
    if row["dispute"] != "open":
        raise WrongState("no_dispute")
    values = {"dispute": "answered", "answer": answer, "answered_by": ctx.author, "answered_at": ctx.now}
    return _written(ctx, params.statement, values)


def _said(text: str, field: str) -> str:
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise wrong(field, "words_needed", longest=LONGEST)
    return said


def _written(ctx: Context, statement: UUID, values: dict[str, object]) -> DisputedStatement:
    writes.update(ctx.as_system(), STATEMENT, [Change(statement, values)])
    return {"statement": str(statement), "dispute": str(values["dispute"])}
