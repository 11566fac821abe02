"""Contracts of quotes that were accepted long ago: on the desk, signed and paid in part, and about to end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from guanxi.engine.actions import run
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change

_AGO = (3, 90, 340)
"""How many days ago each was signed."""
_YEAR = timedelta(days=364)
_DAYS_TO_PAY = 10
_DRAFT, _ABOUT_TO_END = 0, 2
_CLAUSES = "<p>1. 交货：收到首付款后 20 个工作日内。</p><p>2. 质保：验收合格之日起 12 个月。</p><p>3. 争议：协商不成的，提交卖方所在地法院。</p>"
_PLAN = (
    {"name": "首付款", "percent": "30", "event": "signing", "days": 7},
    {"name": "到货款", "percent": "60", "event": "delivery", "days": 15},
    {"name": "质保金", "percent": "10", "event": "acceptance", "days": 365},
)


def contracts(ctx: Context) -> None:
    """One for each of the quotes that were accepted first, each further on its way than the one before."""
    where = {"field": "status", "op": "eq", "value": "accepted"}
    query = reads.Query(select=("name",), where=where, sort=(("answered_at", "asc"),), limit=len(_AGO))
    for place, row in enumerate(reads.page(ctx, "quote", query).rows):
        _contract(ctx, row["id"], place)


def _contract(ctx: Context, quote: str, place: int) -> None:
    def do(verb: str, **params: Any) -> dict[str, Any]:
        return dict(run(ctx, verb, params))

    contract = do("contracts.contract_quote", quote=quote)["contract"]
    day = ctx.today - timedelta(days=_AGO[place])
    term = {"starts_on": day.isoformat(), "ends_on": (day + _YEAR).isoformat(), "clauses": _CLAUSES}
    writes.update(ctx, "contract", [Change(UUID(contract), term)])
    do("contracts.plan_payments", contract=contract, instalments=list(_PLAN))
    if place == _DRAFT:
        return
    do("contracts.submit_contract", contract=contract)
    do("contracts.sign_contract", contract=contract, side="ours", person="陈志远", position="总经理", signed_on=day)
    do("contracts.sign_contract", contract=contract, side="theirs", person="采购负责人", signed_on=day)
    _pay(ctx, do, contract, day, place)


def _pay(ctx: Context, do: Callable[..., dict[str, Any]], contract: str, day: date, place: int) -> None:
    """The first instalment is paid; where goods arrived the second one is asked for as well."""
    delivered = place == _ABOUT_TO_END
    if delivered:
        do("contracts.note_event", contract=contract, event="delivery", on=day + timedelta(days=30))
    ids = reads.ids(ctx, "contract_instalment", {"field": "contract", "op": "eq", "value": contract})
    rows = reads.native(ctx, "contract_instalment", ids, ("position", "amount", "due_on", "contract.company"))
    for one, row in sorted(rows.items(), key=lambda item: item[1]["position"])[: 2 if delivered else 1]:
        made = do("contracts.invoice_instalment", instalment=str(one))
        due = row["due_on"]
        do("billing.issue_invoice", invoice=made["invoice"], issued_on=due, due_on=due + timedelta(days=_DAYS_TO_PAY))
        paid = due + timedelta(days=_DAYS_TO_PAY - 2)
        if row["position"] == 1 and paid <= ctx.today:
            amount = str(row["amount"].amount)
            do(
                "billing.record_payment", company=str(row["contract.company"]), amount=amount,
                currency=row["amount"].currency, paid_on=paid, method="bank_transfer",
                items=[{"invoice": made["invoice"], "amount": amount}],
            )  # fmt: skip
