"""Give up what is still open of an invoice, and think better of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.billing import crediting, ledger
from guanxi.areas.billing.errors import NotAnInvoice, NothingOpen, NotWrittenOff, StillADraft, wrong
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.engine.records.writes import Change
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class WriteOff:
    """The invoice, the day (today) and why."""

    invoice: UUID
    day: date | None = None
    reason: str | None = None


@dataclass(frozen=True)
class TakeBackWriteOff:
    """The invoice that is hoped for again."""

    invoice: UUID


class WrittenOff(TypedDict):
    """The invoice and its state."""

    invoice: Id
    status: str


@action("billing.write_off", params=WriteOff, permission="payment.edit")
def write_off(ctx: Context, params: WriteOff) -> WrittenOff:
    """Write off all that is open of an invoice as a bad debt; NothingOpen when nothing is."""
    row = ledger.held(ctx, "invoice", params.invoice)
    if row["kind"] != "invoice":
        raise NotAnInvoice(row["number"])
    if row["status"] == "draft":
        raise StillADraft(row["number"])
    if row["open_amount"].amount <= 0:
        raise NothingOpen(row["number"])
    day = params.day or ctx.today
    if not row["issued_on"] <= day <= ctx.today:
        raise wrong("day", "write_off_day", begins=row["issued_on"].isoformat())
    values = {
        "written_off_amount": row["open_amount"],
        "written_off_on": day.isoformat(),
        "write_off_reason": params.reason,
    }
    return _written(ctx, params.invoice, values)


@action("billing.take_back_write_off", params=TakeBackWriteOff, permission="payment.edit")
def take_back_write_off(ctx: Context, params: TakeBackWriteOff) -> WrittenOff:
    """Have what was written off be owed again, so that it can be paid after all."""
    row = ledger.held(ctx, "invoice", params.invoice)
    if row["written_off_amount"] is None:
        raise NotWrittenOff(row["number"])
    values = {"written_off_amount": None, "written_off_on": None, "write_off_reason": None}
    return _written(ctx, params.invoice, values)


def _written(ctx: Context, invoice: UUID, values: Mapping[str, object]) -> WrittenOff:
    writes.update(ctx.as_system(), "invoice", [Change(invoice, values)])
    ledger.add_up(ctx, [invoice], [])
    return {"invoice": str(invoice), "status": crediting.state_of(ctx, invoice)}
