"""Make a contract of an accepted quote, or of parts of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.catalogue import api as catalogue
from guanxi.areas.catalogue.api import TakenPart
from guanxi.areas.contracts.errors import WrongStage, wrong
from guanxi.areas.contracts.hooks.documents import QUOTE_TO_CONTRACT
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, writes
from guanxi.infra.http.shapes import Id

ACCEPTED = "accepted"
_KEPT = ("company", "contact", "opportunity", "owner")


@dataclass(frozen=True)
class ContractQuote:
    """The quote, and what of it is agreed upon; without parts all that is left."""

    quote: UUID
    parts: Sequence[TakenPart] = ()


class MadeContract(TypedDict):
    """The draft."""

    contract: Id


@action("contracts.contract_quote", params=ContractQuote, permission="contract.create")
def contract_quote(ctx: Context, params: ContractQuote) -> MadeContract:
    """Make a draft with the quote's terms, lines and prices.

    WrongStage for a quote that was not accepted; NothingLeft when all of it was taken over; Invalid for more than is left.
    """
    row = locking.lock(ctx, ctx.object("quote"), [params.quote], "read", ())[params.quote]
    if row["status"] != ACCEPTED:
        raise WrongStage("quote_not_accepted", row["name"] or row["number"])
    if row["company"] is None:
        raise wrong("quote", "company_missing")
    lines = catalogue.take(ctx, QUOTE_TO_CONTRACT, params.quote, params.parts)
    values: dict[str, Any] = {key: str(row[key]) for key in _KEPT if row[key] is not None}
    values |= catalogue.terms_for(ctx, "contract", row)
    values |= {"quote": str(params.quote), "name": row["name"], "lines": [{"values": one} for one in lines]}
    (made,) = writes.create(ctx.as_system(), "contract", [values])
    return {"contract": str(made)}
