"""A statement as a sheet that accountants go on working with."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import write_worksheet

from guanxi.areas.billing.shapes import Statement
from guanxi.infra.i18n import sentence

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = ("day", "kind", "number", "currency", "charged", "paid", "balance")
_DIGITS = 15
"""More digits than a number in a sheet keeps are told as text."""


def workbook(statement: Statement, language: str) -> bytes:
    """One row for each balance and each movement, currency after currency."""
    names = {key: sentence(f"billing.column_{key}", {}, language) for key in _COLUMNS}

    def row(day: str, kind: str, currency: str, balance: str, **more: Any) -> dict[str, Any]:
        told = {
            "day": date.fromisoformat(day), "kind": sentence(f"billing.movement_{kind}", {}, language), "number": None,
            "currency": currency, "charged": None, "paid": None, "balance": number(balance), **more,
        }  # fmt: skip
        return {names[key]: told[key] for key in _COLUMNS}

    rows = []
    for one in statement["accounts"]:
        currency = one["currency"]
        rows.append(row(statement["begins"], "opening", currency, one["opening"]))
        rows += [
            row(
                line["on"], line["kind"], currency, line["balance"], number=line["number"],
                charged=number(line["charged"]), paid=number(line["paid"]),
            )
            for line in one["lines"]
        ]  # fmt: skip
        sums = {"charged": number(one["charged"]), "paid": number(one["paid"])}
        rows.append(row(statement["ends"], "closing", currency, one["closing"], **sums))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.xlsx"
        content = rows or [dict.fromkeys(names.values())]
        write_worksheet(content, str(path), freeze_row=1, bold_headers=True, autofit=True, datetime_format="yyyy-mm-dd")
        return path.read_bytes()


def number(text: str | None) -> float | str | None:
    """An amount as a sheet keeps it: as text where it has more digits than a number there."""
    if text is None:
        return None
    return float(text) if len(text.strip("-").replace(".", "")) <= _DIGITS else text
