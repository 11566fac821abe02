"""Lines of opportunities: priced when they are written, and the opportunity's amount is what they come to.

Lines that are written with their opportunity, one by one or by an import go the same way: ``priced`` before they are
written, ``opportunities_follow`` after. A discount above the limit of whoever gives it becomes the opportunity's
``discount_excess``, and flows that want to be asked about that are asked before anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.catalogue import api as catalogue
from guanxi.areas.catalogue.api import Customer, NoPrice, Price
from guanxi.areas.sales.rules import lines as rules
from guanxi.capabilities.approvals.holding import changes_wait_for_approval
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit import money
from guanxi.kit.money import Money

_TERMS = ("company", "currency", "amount", "prices_include_tax", "discount")
_LINE = ("opportunity", "quantity", "list_price", "discount", "unit_price", "tax_percent", "unit_cost", "margin",
         "net", "tax", "total")  # fmt: skip
_ZERO = Decimal(0)


@hook("opportunity_line", "before", fields=rules.AMOUNTS, ops=("create", "update"))
def priced(ctx: Context, batch: list[Write]) -> None:
    """Fill name, unit, tax and prices from the product, and work out what the line comes to."""
    parents = {write.value("opportunity") for write in batch} - {None}
    deals = reads.native(ctx.as_system(), "opportunity", list(parents), _TERMS)
    products = {write.value("product") for write in batch} - {None}
    items = catalogue.items(ctx, products)
    percents = catalogue.tax_percents(ctx, {write.value("tax_rate") for write in batch} - {None}
                                      | {one.tax_rate for one in items.values() if one.tax_rate})  # fmt: skip
    found = _prices(ctx, batch, deals)
    _number(ctx, batch)
    errors: list[FieldError] = []
    for write in batch:
        item = items.get(write.value("product"))
        _take_over(write, item)
        if "tax_rate" in write.new:
            write.new["tax_percent"] = percents.get(write.new["tax_rate"], _ZERO)
        if error := _price(write, found.get(write.id)):
            errors.append(error)
            continue
        if item is not None and item.digits is not None and _decimals(write.value("quantity")) > item.digits:
            errors.append(FieldError("quantity", "sales.quantity_digits", {"digits": item.digits}, write.row))
            continue
        deal = deals.get(write.value("opportunity"))
        if deal is not None:
            _come_to(write, terms_of(ctx, deal), currency_of(ctx, deal))
    if errors:
        raise Invalid(errors)


@dataclass
class _Touched:
    """What was done to the lines of one opportunity: those whose discount rose."""

    raised: list[tuple[Decimal, Decimal]] = field(default_factory=list)
    """List price and unit price of each."""
    row: int = 0
    all_rose: bool = False
    at: datetime | None = None
    """When it is told to have happened, of lines brought in with their past."""


@hook("opportunity_line", "after", fields=rules.AMOUNTS, ops=("create", "update", "delete", "restore"))
def opportunities_follow(ctx: Context, batch: list[Write]) -> None:
    """The amounts of the opportunities become those of their lines; held where a discount has to be approved."""
    touched: dict[UUID, _Touched] = {}
    for write in batch:
        if write.along:
            continue  # the opportunity itself is being deleted
        before = write.old or {}
        for parent in {before.get("opportunity"), write.value("opportunity")} - {None}:
            one = touched.setdefault(parent, _Touched(row=write.row, at=write.at))
            if write.op in ("create", "update") and parent == write.value("opportunity"):
                now = write.value("list_price") or _ZERO, write.value("unit_price") or _ZERO
                was = before.get("list_price") or _ZERO, before.get("unit_price") or _ZERO
                if write.op == "create" or _given(*now, _ZERO) > _given(*was, _ZERO):
                    one.raised.append(now)
    follow(ctx, touched)


@hook("opportunity", "after", fields={"discount", "prices_include_tax", "currency"}, ops=("update",))
def lines_follow(ctx: Context, batch: list[Write]) -> None:
    """Terms that hold for all lines change what each comes to."""
    touched = {
        write.id: _Touched(row=write.row, all_rose=_rose(write))
        for write in batch
        if write.value("line_count") and not write.new.keys().isdisjoint({"discount", "prices_include_tax", "currency"})
    }
    follow(ctx, touched)


@hook("opportunity", "before", fields={"amount", "currency"}, ops=("update",))
def amounts_of_lines_are_not_typed(ctx: Context, batch: list[Write]) -> None:
    """Where there are lines, the amount is their total and the currency is theirs."""
    if ctx.undoes is not None or ctx.actor.is_system:
        return
    errors = []
    for write in batch:
        if (write.old or {}).get("line_count"):
            keys = [key for key in ("amount", "currency") if key in write.asked]
            errors += [FieldError(key, f"sales.{key}_of_lines", row=write.row) for key in keys]
    if errors:
        raise Invalid(errors)


def follow(ctx: Context, touched: Mapping[UUID, _Touched]) -> None:
    """Bring opportunities, and what is handed down to their lines, to what the lines come to.

    The opportunities are locked first, so that of two people who change lines at once the second adds up both.
    """
    system = ctx.as_system()
    there = reads.visible(system, "opportunity", list(touched))
    if not there:
        return
    deals = locking.lock(
        ctx if ctx.undoes is None else system, ctx.snapshot.object("opportunity"), sorted(there), "edit", ()
    )
    where = {"field": "opportunity", "op": "in", "value": [str(one) for one in there]}
    rows = reads.native(system, "opportunity_line", reads.ids(system, "opportunity_line", where), (*_LINE, "position"))
    by_deal: dict[UUID, list[tuple[UUID, dict[str, Any]]]] = {one: [] for one in there}
    for line, row in sorted(rows.items(), key=lambda one: (one[1]["position"] or 0, one[0])):
        by_deal[row["opportunity"]].append((line, row))
    limit = catalogue.discount_limit(ctx)
    corrections: list[Change] = []
    changes: list[Change] = []
    for one, deal in deals.items():
        mine = by_deal[one]
        if not mine and not deal["line_count"]:
            continue
        changed, totals = _totals(ctx, deal, mine)
        corrections += changed
        values = {**totals, **_excess(limit, deal, mine, touched[one])}
        if mine and values["amount"].amount < 0:
            raise Invalid([FieldError("amount", "sales.lines_below_zero", row=touched[one].row)])
        ask_first(ctx, one, deal, values, touched[one])
        changes.append(Change(one, values | ({"updated_at": touched[one].at} if touched[one].at else {})))
    if corrections:
        writes.update(system, "opportunity_line", corrections)
    if changes:
        writes.update(system, "opportunity", changes)


def ask_first(ctx: Context, record: UUID, deal: dict[str, Any], values: Mapping[str, Any], touched: _Touched) -> None:
    """Flows that want to be asked about what becomes of the opportunity are, as if whoever writes had written it."""
    if ctx.undoes is not None:
        return
    new = {key: value for key, value in values.items() if deal.get(key) != value}
    if (touched.raised or touched.all_rose) and values.get("discount_excess"):
        new["discount_excess"] = values["discount_excess"]
    else:
        new.pop("discount_excess", None)
    if new:
        write = Write("update", record, deal, new, touched.row, deal["rev"] + 1, object="opportunity")
        changes_wait_for_approval(ctx, [write])


def terms_of(ctx: Context, deal: Mapping[str, Any]) -> catalogue.lines.Terms:
    """The terms that hold for all lines of an opportunity; its taxes are rounded line by line."""
    return catalogue.lines.Terms(
        digits=money.decimals(currency_of(ctx, deal)),
        discount=deal["discount"] or _ZERO,
        tax_included=deal["prices_include_tax"] is not False,
    )


def currency_of(ctx: Context, deal: Mapping[str, Any]) -> str:
    """The currency of the lines: the one chosen, else that of the amount, else the workspace's."""
    amount = deal["amount"]
    return str(deal["currency"] or (amount.currency if amount else None) or ctx.workspace.currency)


def _prices(ctx: Context, batch: list[Write], deals: Mapping[UUID, dict[str, Any]]) -> dict[UUID, Price | NoPrice]:
    """The prices that hold by now for lines that are new or have another product or quantity."""
    wanted = [
        write
        for write in batch
        if write.value("product") is not None
        and write.value("opportunity") in deals
        and (write.op == "create" or not write.new.keys().isdisjoint({"product", "quantity", "list_price"}))
    ]
    if not wanted:
        return {}
    currencies = {currency_of(ctx, deals[write.value("opportunity")]) for write in wanted}
    prices = catalogue.price_list(ctx, {write.value("product") for write in wanted}, currencies, [ctx.today])
    companies = {deals[write.value("opportunity")]["company"] for write in wanted} - {None}
    customers = catalogue.customers(ctx, companies)
    found: dict[UUID, Price | NoPrice] = {}
    for write in wanted:
        deal = deals[write.value("opportunity")]
        customer = customers.get(deal["company"], Customer())
        quantity = write.value("quantity") or _ZERO
        try:
            found[write.id] = prices.price(
                write.value("product"), quantity, customer, currency_of(ctx, deal), ctx.today
            )
        except NoPrice as none:
            found[write.id] = none
        except KeyError:
            continue  # a product that is not there is refused as a reference
    return found


def _price(write: Write, found: Price | NoPrice | None) -> FieldError | None:
    """Set the prices of a line; what is wrong with them."""
    asked = {key for key in write.asked if write.new.get(key) is not None}
    if isinstance(found, NoPrice):
        other = write.op == "create" or "product" in write.new
        if other and asked.isdisjoint({"list_price", "unit_price"}):
            return FieldError("product", found.code, found.params, write.row)
        found = None
    try:
        write.new.update(rules.prices(asked, write.new, write.old or {}, found))
    except rules.PriceChanged as changed:
        params = {"now": f"{changed.now.normalize():f}", "seen": f"{changed.seen.normalize():f}"}
        return FieldError("list_price", "sales.price_changed", params, write.row)
    return None


def _take_over(write: Write, item: catalogue.Item | None) -> None:
    """What the line takes from its product, where it does not say otherwise."""
    if item is None or (write.op == "update" and "product" not in write.new):
        return
    told = {"name": item.name, "unit": item.unit, "tax_rate": item.tax_rate}
    write.new.update({key: value for key, value in told.items() if key not in write.asked or not write.new.get(key)})
    write.new["unit_cost"] = item.cost


def _come_to(write: Write, terms: catalogue.lines.Terms, currency: str) -> None:
    line = catalogue.lines.Line(
        write.value("quantity") or _ZERO, write.value("unit_price") or _ZERO, write.value("tax_percent") or _ZERO
    )
    (amounts,), _ = catalogue.lines.document([line], terms)
    write.new.update(_told(amounts, currency, write.value("unit_cost"), line.quantity))


def _told(amounts: catalogue.lines.Amounts, currency: str, cost: Money | None, quantity: Decimal) -> dict[str, Any]:
    margin = None
    if cost is not None and cost.currency == currency:
        margin = Money(amounts.net - cost.amount * quantity, currency).rounded()
    told = {key: Money(getattr(amounts, key), currency) for key in ("net", "tax", "total")}
    return {**told, "margin": margin}


def _number(ctx: Context, batch: list[Write]) -> None:
    """New lines stand behind those that there are."""
    fresh = [write for write in batch if write.op == "create" and write.new.get("position") is None]
    parents = {write.new.get("opportunity") for write in fresh} - {None}
    if not parents:
        return
    system = ctx.as_system()
    where = {"field": "opportunity", "op": "in", "value": [str(one) for one in parents]}
    rows = reads.native(
        system, "opportunity_line", reads.ids(system, "opportunity_line", where), ("opportunity", "position")
    )
    last: dict[UUID, int] = {}
    for row in rows.values():
        last[row["opportunity"]] = max(last.get(row["opportunity"], 0), row["position"] or 0)
    for write in fresh:
        parent = write.new.get("opportunity")
        if parent is not None:
            last[parent] = write.new["position"] = last.get(parent, 0) + 1


def _totals(
    ctx: Context, deal: Mapping[str, Any], mine: list[tuple[UUID, dict[str, Any]]]
) -> tuple[list[Change], dict[str, Any]]:
    """The lines that come to something else by now, and what all come to."""
    if not mine:
        return [], {"line_count": 0, "net_amount": None, "tax_amount": None, "amount": deal["amount"]}
    currency = currency_of(ctx, deal)
    lines = [
        catalogue.lines.Line(row["quantity"] or _ZERO, row["unit_price"] or _ZERO, row["tax_percent"] or _ZERO)
        for _, row in mine
    ]
    amounts, total = catalogue.lines.document(lines, terms_of(ctx, deal))
    changed = []
    for (line, row), one, told in zip(mine, lines, amounts, strict=True):
        values = _told(told, currency, row["unit_cost"], one.quantity)
        if any(row[key] != value for key, value in values.items()):
            changed.append(Change(line, values))
    return changed, {
        "line_count": len(mine),
        "net_amount": Money(total.net, currency),
        "tax_amount": Money(total.tax, currency),
        "amount": Money(total.total, currency),
    }


def _excess(
    limit: Decimal | None, deal: Mapping[str, Any], mine: list[tuple[UUID, dict[str, Any]]], touched: _Touched
) -> dict[str, Any]:
    """By how much the discounts are above the limit: of those that rose, else as it was unless they fell since."""
    on_total = deal["discount"] or _ZERO
    every = [(row["list_price"] or _ZERO, row["unit_price"] or _ZERO) for _, row in mine]
    if limit is None:
        return {"discount_excess": None if not mine else deal["discount_excess"]}
    above = _above(every, on_total, limit)
    rose = _above(every if touched.all_rose else touched.raised, on_total, limit)
    return {"discount_excess": rose or min(deal["discount_excess"] or _ZERO, above)}


def _above(lines: Iterable[tuple[Decimal, Decimal]], on_total: Decimal, limit: Decimal) -> Decimal:
    return max([_ZERO, *(_given(listed, price, on_total) - limit for listed, price in lines)])


def _given(listed: Decimal, price: Decimal, on_total: Decimal) -> Decimal:
    return catalogue.lines.effective_discount(listed, price, on_total)


def _rose(write: Write) -> bool:
    return "discount" in write.new and (write.new["discount"] or _ZERO) > ((write.old or {}).get("discount") or _ZERO)


def _decimals(value: Decimal | None) -> int:
    exponent = (value or _ZERO).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
