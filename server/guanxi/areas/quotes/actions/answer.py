"""Note what a customer answered by other ways than the link, and mark a quote as sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.quotes import moving
from guanxi.areas.quotes.errors import WrongState
from guanxi.areas.quotes.rules import states
from guanxi.engine.actions import action
from guanxi.engine.context import Context


class QuoteStatus(TypedDict):
    """The state that the quote is in by now."""

    status: str


@dataclass(frozen=True)
class OfQuote:
    """The quote."""

    quote: UUID


@dataclass(frozen=True)
class RecordAnswer:
    """What the customer said, who it was, and why not."""

    quote: UUID
    answer: Literal["accepted", "declined"]
    person: str | None = None
    reason: str | None = None


@action("quotes.mark_sent", params=OfQuote, permission="quote.edit")
def mark_sent(ctx: Context, params: OfQuote) -> QuoteStatus:
    """From now on the customer may answer and nobody changes it. WrongState unless it is a draft with lines or approved."""
    quote = moving.locked(ctx, params.quote)
    send(ctx, params.quote, quote)
    return {"status": states.SENT}


@action("quotes.record_answer", params=RecordAnswer, permission="quote.edit")
def record_answer(ctx: Context, params: RecordAnswer) -> QuoteStatus:
    """Keep the answer; an accepted quote takes its opportunity on. WrongState for one that is answered or out of date."""
    quote = moving.locked(ctx, params.quote)
    moving.check(params.quote, quote, params.answer, "not_to_be_answered")
    _has_lines(params.quote, quote)
    kept = {"answered_at": ctx.now, "answered_by": params.person, "decline_reason": params.reason}
    moving.to(ctx, params.quote, params.answer, **{key: value for key, value in kept.items() if value is not None})
    if params.answer == states.ACCEPTED:
        moving.accepted(ctx, params.quote, quote)
    return {"status": params.answer}


def send(ctx: Context, quote: UUID, row: dict[str, object]) -> None:
    """Put a locked quote into the customer's hands."""
    moving.check(quote, row, states.SENT, "not_to_be_sent")
    _has_lines(quote, row)
    if states.is_over(row, ctx.today):
        raise WrongState("out_of_date", quote, str(row["status"]))
    moving.to(ctx, quote, states.SENT, sent_at=ctx.now)


def _has_lines(quote: UUID, row: dict[str, object]) -> None:
    if not row["line_count"]:
        raise WrongState("without_lines", quote, str(row["status"]))
