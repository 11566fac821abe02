"""Contracts have priced lines or an amount, are locked once they leave the desk, and follow what becomes of their invoices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from guanxi.areas.billing import api as billing
from guanxi.areas.catalogue.api import Conversion, PricedDocument, converts, declare
from guanxi.areas.contracts import plans
from guanxi.areas.contracts.rules.states import OPEN, TERMINATED
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.titles import titles
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import Conflict, FieldError, Invalid
from guanxi.kit.money import Money

CONTRACT = declare(
    PricedDocument(
        "contract", lines="contract_line", parent="contract", negative_lines=True, open_in=OPEN,
        frozen=frozenset({"name", "kind", "contact", "opportunity", "starts_on", "ends_on", "clauses", "customer_number"}),
    )
)  # fmt: skip
QUOTE_TO_CONTRACT = converts(Conversion("quote", "contract", "quote_line", ended=frozenset({TERMINATED})))
_SOURCES = (("quote", ("name", "company", "contact", "opportunity")), ("opportunity", ("name", "company", "contact")))


@hook("contract", "before", fields={"opportunity", "company", "starts_on", "ends_on"}, ops=("create", "update"))
def contracts_are_complete(ctx: Context, batch: list[Write]) -> None:
    """Name, company and contact come from the quote or opportunity unless given; a contract ends after it begins."""
    system = ctx.as_system()
    for key, fields in _SOURCES:
        named = {write.new[key] for write in batch if write.new.get(key)}
        rows = reads.native(system, key, list(named), fields)
        for write in batch:
            source = rows.get(write.new.get(key) or write.id, {})
            write.new.update({name: source[name] for name in source if source[name] and write.value(name) is None})
    companies = {write.value("company") for write in batch if not write.value("name")} - {None}
    names = titles(system, {("company", one) for one in companies})
    errors = []
    for write in batch:
        if not write.value("name"):
            write.new["name"] = names.get(("company", write.value("company"))) or "—"
        if write.value("company") is None and not ctx.actor.is_system:
            errors.append(FieldError("company", "fields.required", row=write.row))
        begins, ends = write.value("starts_on"), write.value("ends_on")
        if begins and ends and ends < begins:
            errors.append(FieldError("ends_on", "contracts.ends_before_it_begins", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("contract", "after", fields={"amount"}, ops=("update",))
def plans_follow_the_amount(ctx: Context, batch: list[Write]) -> None:
    """Shares in percent are worked out anew."""
    for write in batch:
        if (write.old or {}).get("amount") != write.value("amount"):
            plans.follow_amount(ctx, write.id, write.value("amount"))


@hook("contract_instalment", "before")
@hook("contract_signature", "before")
def made_by_verbs(ctx: Context, batch: list[Write]) -> None:
    """A plan is whole or refused, and a signature may begin the contract: nobody writes one by itself."""
    if not ctx.actor.is_system and not all(write.along for write in batch):
        raise Conflict("contracts.by_verb")


@hook("contract_instalment", "after", fields={"amount", "contract"})
def contracts_know_their_plan(ctx: Context, batch: list[Write]) -> None:
    """What the instalments come to stands on the contract."""
    for contract in {write.value("contract") for write in batch if not write.along} - {None}:
        plans.add_up(ctx, contract)


@hook("invoice", "after", fields={"contract", "amount", "status", "settled_amount", "credited_amount"})
def contracts_follow_their_invoices(ctx: Context, batch: list[Write]) -> None:
    """What was invoiced of a contract, and what came in for its instalments."""
    contracts: set[UUID] = {write.value("contract") for write in batch} - {None}
    if not contracts:
        return
    system = ctx.as_system()
    where = {"field": "invoice", "op": "in", "value": [str(write.id) for write in batch]}
    plans.follow_invoices(ctx, reads.ids(system, "contract_instalment", where))
    rows: dict[UUID, dict[str, Any]] = reads.native(system, "contract", list(contracts), ("amount",))
    changes = []
    for one, row in rows.items():
        currency = row["amount"].currency if row["amount"] else ctx.workspace.currency
        changes.append(Change(one, {"invoiced_amount": Money(billing.invoiced(ctx, "contract", one), currency)}))
    writes.update(system, "contract", changes)
