"""What of a quote is printed, in the language of its template, as words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from guanxi.areas.quotes.customers.telling import OfferedLine, lines_of
from guanxi.areas.quotes.printing import letterhead
from guanxi.capabilities.printing.paper import pdf
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.titles import titles
from guanxi.infra.i18n import sentence
from guanxi.kit import money

COLUMNS = ("number", "name", "quantity", "list_price", "discount", "unit_price", "tax_percent", "tax", "total")
SOURCE = Path(__file__).parent / "quote.typ"
_QUOTE = ("name", "number", "version", "company", "contact", "owner", "issued_on", "valid_until", "terms", "currency",
          "amount", "net_amount", "tax_amount", "discount", "prices_include_tax", "answered_by", "signature")  # fmt: skip


def printed(ctx: Context, quote: UUID, language: str, template: UUID | None = None) -> bytes:
    """The quote as PDF, by the template that is named, else by the default one of the language, else plainly.

    ``ctx`` must be one that may tell the quote: access is asked for before.
    """
    system = ctx.as_system()
    row = reads.native(system, "quote", [quote], _QUOTE)[quote]
    own = letterhead.template(system, language, template)
    language = own.get("language") or language
    data = _data(system, quote, row, own, language)
    return pdf(SOURCE, data, letterhead.pictures(system, own, {"accepted": row["signature"]}))


def _data(
    system: Context, quote: UUID, row: Mapping[str, Any], own: Mapping[str, Any], language: str
) -> dict[str, Any]:
    def say(code: str, **params: Any) -> str:
        return sentence(f"quotes.print_{code}", params, language)

    currency = row["amount"].currency if row["amount"] else row["currency"] or system.workspace.currency
    lines = lines_of(system, quote)
    people = (("company", row["company"]), ("contact", row["contact"]), ("member", row["owner"]))
    words = titles(system, {one for one in people if one[1]})
    columns = _columns(own.get("columns"), lines)
    version = say("version", version=row["version"] or 1)
    facts = [
        (say("number"), f"{row['number'] or ''} {version}".strip()),
        (say("issued_on"), _day(row["issued_on"])),
        (say("company"), words.get(("company", row["company"])) or ""),
        (say("valid_until"), _day(row["valid_until"])),
        (say("contact"), words.get(("contact", row["contact"])) or ""),
        (say("owner"), words.get(("member", row["owner"])) or ""),
    ]
    totals = [] if not row["discount"] else [(say("on_total"), f"{row['discount'].normalize():f}%")]
    for key in ("net", "tax"):
        amount = row[f"{key}_amount"]
        totals.append((say(f"{key}_total"), _money(amount.amount if amount else Decimal(0), currency)))
    terms = [one for one in (row["terms"], own.get("terms")) if one]
    return {
        "lang": "en" if language == "en" else "zh",
        "title": own.get("title") or say("title"),
        "seller": own.get("seller") or system.workspace.name,
        "intro": own.get("intro") or "",
        "footer": own.get("footer") or f"{system.workspace.name} · {row['number'] or ''} {version}",
        "facts": facts,
        "columns": [{"key": key, "label": say(f"column_{key}")} for key in columns],
        "rows": _rows(lines, columns, currency, say),
        "totals": totals,
        "total": [say("grand_total"), _money(row["amount"].amount if row["amount"] else Decimal(0), currency)],
        "terms": [[say("terms"), "\n".join(terms)]] if terms else [],
        "seller_signs": say("seller_signs"),
        "customer_signs": say("customer_signs"),
        "customer": row["answered_by"] or "",
    }


def _columns(chosen: Any, lines: list[OfferedLine]) -> list[str]:
    """Those of the template; a discount is left out where none is given."""
    wanted = {"name", "total", *(chosen or COLUMNS)}
    if not chosen and not any(Decimal(line["discount"] or 0) for line in lines):
        wanted -= {"list_price", "discount"}
    return [key for key in COLUMNS if key in wanted]


def _rows(lines: list[OfferedLine], columns: list[str], currency: str, say: Callable[..., str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    count, group = 0, Decimal(0)
    for line in lines:
        if line["kind"] != "item":
            total = _money(group, currency) if line["kind"] == "subtotal" else ""
            name = line["name"] or (say("subtotal") if line["kind"] == "subtotal" else "")
            rows.append({"kind": line["kind"], "name": name, "total": total})
            group = Decimal(0)
            continue
        count += 1
        left = line["optional"] and not line["chosen"]
        group += Decimal(0) if left else Decimal(line["total"])
        name = f"{line['name']} {say('optional')}" if line["optional"] else line["name"]
        cells = {
            "number": str(count),
            "name": name,
            "quantity": f"{_plain(line['quantity'])} {line['unit'] or ''}".strip(),
            "list_price": _price(line["list_price"], currency),
            "discount": f"{_plain(line['discount'])}%" if Decimal(line["discount"] or 0) else "",
            "unit_price": _price(line["unit_price"], currency),
            "tax_percent": f"{_plain(line['tax_percent'])}%",
            "tax": _money(Decimal(line["tax"]), currency),
            "total": _money(Decimal(line["total"]), currency),
        }
        rows.append({"kind": "item", "left": left, "cells": [cells[key] for key in columns]})
    return rows


def _money(amount: Decimal, currency: str) -> str:
    return f"{money.symbol(currency)}{amount:,.{money.decimals(currency)}f}"


def _price(text: str | None, currency: str) -> str:
    """A unit price, which may be finer than what can be paid."""
    if text is None:
        return ""
    exponent = Decimal(text).normalize().as_tuple().exponent
    digits = max(money.decimals(currency), -exponent if isinstance(exponent, int) else 0)
    return f"{Decimal(text):,.{digits}f}"


def _plain(text: str | None) -> str:
    return f"{Decimal(text or 0).normalize():,f}"


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
