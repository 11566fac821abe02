"""Lines on their way in: name, unit, tax and prices of the product, and what the line comes to by itself."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.catalogue import queries
from guanxi.areas.catalogue.documents.declaration import (
    ITEM,
    TERMS,
    PricedDocument,
    currency_of,
    known,
    line_of,
    terms_of,
)
from guanxi.areas.catalogue.queries import Item
from guanxi.areas.catalogue.rules import line_prices
from guanxi.areas.catalogue.rules import lines as rules
from guanxi.areas.catalogue.rules.pricing import Customer, NoPrice, Price
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit.money import Money

_ZERO = Decimal(0)
_LINE = ("kind", "quantity", "unit_price", "tax_percent", "optional", "chosen")


def price(ctx: Context, document: PricedDocument, batch: list[Write]) -> None:
    """Fill what follows from product and price book, and refuse what the document does not have."""
    fields = known(ctx, document.object, ("company", "amount", *TERMS))
    parents = reads.native(
        ctx.as_system(), document.object, list({write.value(document.parent) for write in batch} - {None}), fields
    )
    for write in batch:
        if (write.value("kind") or ITEM) != ITEM:
            write.new.update(product=None, quantity=_ZERO, list_price=None, unit_price=None, tax_rate=None)
    products = {write.value("product") for write in batch} - {None}
    items = queries.items(ctx, products)
    percents = queries.tax_percents(ctx, {write.value("tax_rate") for write in batch} - {None}
                                    | {one.tax_rate for one in items.values() if one.tax_rate})  # fmt: skip
    found = _prices(ctx, document, batch, parents)
    roundings = queries.roundings(ctx)
    _number(ctx, document, batch)
    errors: list[FieldError] = []
    for write in batch:
        item = items.get(write.value("product"))
        _take_over(write, item)
        if "tax_rate" in write.new:
            write.new["tax_percent"] = percents.get(write.new["tax_rate"], _ZERO)
        if error := _price(write, found.get(write.id)) or _wrong(document, write, item):
            errors.append(error)
            continue
        parent = parents.get(write.value(document.parent))
        if parent is not None:
            line = line_of({key: write.value(key) for key in _LINE})
            (amounts,), _ = rules.document([line], terms_of(ctx, parent, roundings))
            write.new.update(told(amounts, currency_of(ctx, parent), write.value("unit_cost"), line.quantity))
    if errors:
        raise Invalid(errors)


def told(amounts: rules.Amounts, currency: str, cost: Money | None, quantity: Decimal) -> dict[str, Any]:
    """The amounts of a line as its record keeps them."""
    margin = None
    if cost is not None and cost.currency == currency:
        margin = Money(amounts.net - cost.amount * quantity, currency).rounded()
    kept = {key: Money(getattr(amounts, key), currency) for key in ("net", "tax", "total")}
    return {**kept, "margin": margin}


def _prices(
    ctx: Context, document: PricedDocument, batch: list[Write], parents: Mapping[UUID, dict[str, Any]]
) -> dict[UUID, Price | NoPrice]:
    """The prices that hold by now for lines that are new or have another product or quantity."""
    wanted = [
        write
        for write in batch
        if write.value("product") is not None
        and write.value(document.parent) in parents
        and (write.op == "create" or not write.new.keys().isdisjoint({"product", "quantity", "list_price"}))
    ]
    if not wanted:
        return {}
    currencies = {currency_of(ctx, parents[write.value(document.parent)]) for write in wanted}
    prices = queries.price_list(ctx, {write.value("product") for write in wanted}, currencies, [ctx.today])
    companies = {parents[write.value(document.parent)]["company"] for write in wanted} - {None}
    customers = queries.customers(ctx, companies)
    found: dict[UUID, Price | NoPrice] = {}
    for write in wanted:
        parent = parents[write.value(document.parent)]
        customer = customers.get(parent["company"], Customer())
        quantity = write.value("quantity") or _ZERO
        try:
            found[write.id] = prices.price(
                write.value("product"), quantity, customer, currency_of(ctx, parent), ctx.today
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
        write.new.update(line_prices.prices(asked, write.new, write.old or {}, found))
    except line_prices.PriceChanged as changed:
        params = {"now": f"{changed.now.normalize():f}", "seen": f"{changed.seen.normalize():f}"}
        return FieldError("list_price", "catalogue.price_changed", params, write.row)
    return None


def _wrong(document: PricedDocument, write: Write, item: Item | None) -> FieldError | None:
    """What the document does not have, or the unit does not count."""
    if (write.value("kind") or ITEM) != ITEM:
        return None
    quantity = write.value("quantity") or _ZERO
    if item is not None and item.digits is not None and _decimals(quantity) > item.digits:
        return FieldError("quantity", "catalogue.quantity_digits", {"digits": item.digits}, write.row)
    if not document.zero_lines and not quantity:
        return FieldError("quantity", "catalogue.zero_line", row=write.row)
    if not document.negative_lines:
        for key in ("quantity", "unit_price"):
            if (write.value(key) or _ZERO) < 0:
                return FieldError(key, "catalogue.negative_line", row=write.row)
    return None


def _take_over(write: Write, item: Item | None) -> None:
    """What the line takes from its product, where it does not say otherwise."""
    if item is None or (write.op == "update" and "product" not in write.new):
        return
    own = {"name": item.name, "unit": item.unit, "tax_rate": item.tax_rate}
    write.new.update({key: value for key, value in own.items() if key not in write.asked or not write.new.get(key)})
    write.new["unit_cost"] = item.cost


def _number(ctx: Context, document: PricedDocument, batch: list[Write]) -> None:
    """New lines stand behind those that there are."""
    fresh = [write for write in batch if write.op == "create" and write.new.get("position") is None]
    parents = {write.new.get(document.parent) for write in fresh} - {None}
    if not parents:
        return
    system = ctx.as_system()
    where = {"field": document.parent, "op": "in", "value": [str(one) for one in parents]}
    rows = reads.native(system, document.lines, reads.ids(system, document.lines, where), (document.parent, "position"))
    last: dict[UUID, int] = {}
    for row in rows.values():
        parent = row[document.parent]
        last[parent] = max(last.get(parent, 0), row["position"] or 0)
    for write in fresh:
        parent = write.new.get(document.parent)
        if parent is not None:
            last[parent] = write.new["position"] = last.get(parent, 0) + 1


def _decimals(value: Decimal | None) -> int:
    exponent = (value or _ZERO).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
