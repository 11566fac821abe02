"""Statements of all customers with a movement in a period: begin, stop, go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from guanxi.areas.billing.shapes import StatementBatch
from guanxi.areas.billing.statements import making
from guanxi.areas.billing.statements.telling import told
from guanxi.engine.actions import action
from guanxi.engine.context import Context


@dataclass(frozen=True)
class MakeStatements:
    """The period (this month until today), the kind of file, and the language, that of the caller unless given."""

    begins: date | None = None
    ends: date | None = None
    kind: Literal["pdf", "xlsx"] = "pdf"
    language: Literal["zh-CN", "en"] | None = None


@dataclass(frozen=True)
class OneBatch:
    """The batch."""

    batch: UUID


@action("billing.make_statements", params=MakeStatements, permission="invoice.read")
def make_statements(ctx: Context, params: MakeStatements) -> StatementBatch:
    """Have statements of all customers with a movement in a period made in the background, for the caller alone.

    Customers whose documents the caller may not all see are left out.
    """
    begins, ends = (day.isoformat() if day else None for day in (params.begins, params.ends))
    return told(ctx, making.begin(ctx, begins, ends, params.kind, params.language or ctx.language))


@action("billing.cancel_statements", params=OneBatch, permission="invoice.read")
def cancel_statements(ctx: Context, params: OneBatch) -> StatementBatch:
    """Stop making one's own statements; what was made is kept, so that one can go on."""
    return told(ctx, making.cancel(ctx, params.batch))


@action("billing.resume_statements", params=OneBatch, permission="invoice.read")
def resume_statements(ctx: Context, params: OneBatch) -> StatementBatch:
    """Go on making one's own statements where it was stopped or failed."""
    return told(ctx, making.resume(ctx, params.batch))
