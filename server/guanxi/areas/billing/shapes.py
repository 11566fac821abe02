"""What is told of statements, and of what is due."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant


class StatementLine(TypedDict):
    """A movement: what was charged or paid by it, and the balance after it. Amounts are decimals as text."""

    on: str
    kind: Literal["invoice", "credit_note", "payment", "refund", "write_off", "exchange"]
    object: str
    record: Id
    number: str
    charged: str | None
    paid: str | None
    balance: str


class StatementAccount(TypedDict):
    """What happened in one currency; above zero the customer owes us."""

    currency: str
    opening: str
    charged: str
    paid: str
    closing: str
    lines: list[StatementLine]


class Statement(TypedDict):
    """A company's account for a period, its days included; one account for each currency."""

    company: Reference
    begins: str
    ends: str
    accounts: list[StatementAccount]


class StatementPeriod(TypedDict):
    """The period; without one from the first day of the month until today."""

    begins: NotRequired[str]
    ends: NotRequired[str]


class StatementFilePeriod(StatementPeriod):
    """The period of the file, its kind (a sheet unless told), and of a PDF the language, that of the caller unless told."""

    kind: NotRequired[Literal["xlsx", "pdf"]]
    language: NotRequired[Literal["zh-CN", "en"]]


class StatementBatch(TypedDict):
    """Statements of many customers: ``done`` of ``total`` are behind it, of whom ``left_out`` got none, since the caller
    may not see all of their documents. ``stops`` while it is about to be cancelled."""

    id: Id
    begins: str
    ends: str
    kind: Literal["xlsx", "pdf"]
    language: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    stops: bool
    done: int
    total: int
    left_out: int
    size: int | None
    problem: str | None
    created_at: Instant


class StatementBatches(TypedDict):
    """The caller's own batches, the last one first."""

    batches: list[StatementBatch]


class AgedDebt(TypedDict):
    """What a company owes in one currency, by how many days it has been due, and what it paid that settles nothing yet."""

    company: Reference
    currency: str
    current: str
    days_30: str
    days_60: str
    days_90: str
    older: str
    unallocated: str
    total: str


class Receivables(TypedDict):
    """What is owed on a day: the largest debts first, ``more`` where there are more than are told, and the totals."""

    day: str
    rows: list[AgedDebt]
    more: bool
    totals: list[AgedTotal]


class AgedTotal(TypedDict):
    """What all companies that the caller sees owe in one currency."""

    currency: str
    current: str
    days_30: str
    days_60: str
    days_90: str
    older: str
    unallocated: str
    total: str
