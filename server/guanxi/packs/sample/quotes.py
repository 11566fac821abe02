"""Quotes of the opportunities that have lines and came as far as a proposal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guanxi.packs.sample.chance import Chance
from guanxi.packs.sample.draft import Draft
from guanxi.packs.sample.sales import LOST, STAGES, WON, Deal

_PROPOSAL = STAGES.index("proposal")
_TERMS = "1. 付款：合同签订后支付 30%，验收后支付 70%。\n2. 交货：收到预付款后 20 个工作日内。\n3. 质保：验收之日起 12 个月。"
_TRAINING = {"name": "现场培训（两天）", "list_price": "6000", "quantity": "1", "optional": True}
_DAYS_TO_ANSWER = 6
_WITH_HEADINGS = 3


def quotes(chance: Chance, deals: list[Deal], lines: list[Draft]) -> list[Draft]:
    """One for each such opportunity: answered where it is decided, else in the customer's hands or on the desk."""
    by_deal: dict[str, list[Draft]] = {}
    for line in lines:
        by_deal.setdefault(line.values["opportunity"].name, []).append(line)
    made: list[Draft] = []
    for place, deal in enumerate(one for one in deals if one.draft.name in by_deal):
        begun = next((at for stage, at in deal.entered if _PROPOSAL <= stage < WON), None)
        if begun is None:
            continue
        quote = Draft("quote", f"quote:{deal.draft.name}", deal.draft.owner, begun, _values(chance, deal, begun, place))
        made += [quote, *_lines(quote, by_deal[deal.draft.name], place)]
    return made


def _values(chance: Chance, deal: Deal, begun: datetime, place: int) -> dict[str, Any]:
    issued = begun.astimezone(chance.zone).date()
    values: dict[str, Any] = {
        "opportunity": deal.draft.ref,
        "company": deal.customer.company.ref,
        "contact": deal.contact.ref,
        "name": deal.draft.values["name"],
        "issued_on": issued,
        "valid_until": issued + timedelta(days=30),
        "terms": _TERMS,
    }
    answered = {WON: "accepted", LOST: "declined"}.get(deal.stage)
    if answered:
        at = min(begun + timedelta(days=_DAYS_TO_ANSWER), chance.now)
        values |= {"status": answered, "sent_at": begun, "answered_at": at, "answered_by": deal.contact.values["name"]}
    elif deal.stage > _PROPOSAL or place % 2:
        values |= {"status": "sent", "sent_at": begun}
    return values


def _lines(quote: Draft, lines: list[Draft], place: int) -> list[Draft]:
    rows: list[dict[str, Any]] = [
        {key: value for key, value in one.values.items() if key not in ("opportunity", "position")} for one in lines
    ]
    if place % _WITH_HEADINGS == 0:
        rows = [{"kind": "heading", "name": "产品与服务"}, *rows, {"kind": "subtotal", "name": "小计"}, _TRAINING]
    return [
        Draft("quote_line", f"{quote.name}:{number}", quote.owner, quote.at,
              {**values, "quote": quote.ref, "position": number})
        for number, values in enumerate(rows, 1)
    ]  # fmt: skip
