"""What of a statement is printed, in a language, as words; the numbers are those of the statement as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from guanxi.areas.billing.shapes import Statement, StatementAccount
from guanxi.areas.quotes.api import pictures, template
from guanxi.capabilities.printing.paper import Press
from guanxi.engine.context import Context
from guanxi.infra.i18n import sentence
from guanxi.kit import clock, money

SOURCE = Path(__file__).parent / "statement.typ"
COLUMNS = ("day", "kind", "number", "charged", "paid", "balance")


class StatementPress:
    """Prints statements in one language, on the letterhead of that language and with its seal, as of a moment."""

    def __init__(self, ctx: Context, language: str, at: datetime | None = None) -> None:
        self._language = language
        self._own = template(ctx, language)
        self._at, self._seller = at or ctx.now, ctx.workspace.name
        self._issued = clock.today(ctx.env.time_zone, self._at).isoformat()
        self._press = Press(SOURCE, pictures(ctx, self._own))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._press.close()

    def pdf(self, statement: Statement) -> bytes:
        """One statement."""
        return self._press.pdf(words(statement, self._own, self._seller, self._issued, self._language), self._at)


def words(statement: Statement, own: Mapping[str, Any], seller: str, issued: str, language: str) -> dict[str, Any]:
    """All that is printed of a statement."""

    def say(code: str, **params: Any) -> str:
        return sentence(f"billing.print_{code}", params, language)

    customer = statement["company"]["title"] or ""
    accounts = statement["accounts"]
    return {
        "lang": "en" if language == "en" else "zh",
        "title": say("title"),
        "seller": own.get("seller") or seller,
        "footer": own.get("footer") or f"{seller} · {say('title')}",
        "facts": [
            (say("customer"), customer), (say("period"), f"{statement['begins']} – {statement['ends']}"),
            (say("issued_on"), issued), (say("currencies"), ", ".join(one["currency"] for one in accounts) or "—"),
        ],
        "intro": say("intro", begins=statement["begins"], ends=statement["ends"]),
        "nothing": say("nothing"),
        "columns": [sentence(f"billing.column_{key}", {}, language) for key in COLUMNS],
        "accounts": [
            {"title": say("account", currency=one["currency"]), "rows": _rows(statement, one, language)} for one in accounts
        ],
        "closing": [_closing(statement["ends"], one, say) for one in accounts],
        "confirm": say("confirm"),
        "seller_signs": say("seller_signs"),
        "customer_signs": say("customer_signs", customer=customer),
    }  # fmt: skip


def _rows(statement: Statement, account: StatementAccount, language: str) -> list[dict[str, Any]]:
    def kind(code: str) -> str:
        return sentence(f"billing.movement_{code}", {}, language)

    rows = [{"sum": True, "cells": [statement["begins"], kind("opening"), "", "", "", grouped(account["opening"])]}]
    rows += [
        {
            "sum": False,
            "cells": [
                line["on"], kind(line["kind"]), line["number"], grouped(line["charged"]), grouped(line["paid"]),
                grouped(line["balance"]),
            ],
        }
        for line in account["lines"]
    ]  # fmt: skip
    sums = [grouped(account[key]) for key in ("charged", "paid", "closing")]
    return [*rows, {"sum": True, "cells": [statement["ends"], kind("closing"), "", *sums]}]


def _closing(day: str, account: StatementAccount, say: Any) -> str:
    balance, currency = Decimal(account["closing"]), account["currency"]
    code = "owed" if balance > 0 else "in_credit" if balance < 0 else "even"
    return str(say(code, day=day, amount=f"{money.symbol(currency)}{grouped(str(abs(balance)))}"))


def grouped(text: str | None) -> str:
    """An amount as it is read on paper: thousands apart, every digit kept."""
    return "" if text is None else f"{Decimal(text):,f}"
