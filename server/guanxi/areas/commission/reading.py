"""What commission is paid of, read in as many statements whatever its number: orders, contracts, invoices, allocations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.catalogue import api as catalogue
from guanxi.areas.commission.plans import unit_of
from guanxi.areas.commission.rules.pieces import Piece
from guanxi.areas.commission.rules.plan import Basis, Component, Version
from guanxi.areas.commission.rules.tiers import rounded
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.reads import Query
from guanxi.engine.records.sums import earliest
from guanxi.kit.money import Money
from guanxi.kit.sharing import share

ZERO, ONE = Decimal(0), Decimal(1)
SIGNED = ("signed", "in_force", "expired", "terminated")
Row = Mapping[str, Any]


@dataclass
class Sources:
    """The pieces of a period, and the currencies that no rate was known of."""

    pieces: list[Piece] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def read(ctx: Context, versions: Sequence[Version], begins: date, ends: date) -> Sources:
    """The pieces that the components of some versions may be about."""
    components = [one for version in versions for one in version.components]
    reader = _Reader(ctx.as_system(), components, begins, ends)
    for basis, collect in _BASES.items():
        mine = [one for one in components if one.basis == basis]
        if mine:
            collect(reader, any(_needs_lines(one) for one in mine))
    return reader.sources


def _needs_lines(one: Component) -> bool:
    return bool(one.products or one.categories or one.measure == "margin"
                or one.margin_from is not None or one.margin_to is not None)  # fmt: skip


class _Reader:
    """Reads the sources of a period; what all of them need is read once."""

    def __init__(self, ctx: Context, components: Sequence[Component], begins: date, ends: date) -> None:
        self.ctx, self.begins, self.ends = ctx, begins, ends
        self.sources = Sources()
        self.unit = unit_of(ctx)
        self._rates: dict[str, catalogue.Rates] = {}
        self._factors: dict[tuple[str, date], Decimal | None] = {}
        self._above = _categories(ctx)
        self._first = _first_deals(ctx) if any(one.customers in ("new", "existing") for one in components) else {}
        shared = any(one.credit in ("splits", "overlay") for one in components)
        self._splits, self._overlays = _teams(ctx) if shared else ({}, {})

    def rows(self, object_key: str, select: Sequence[str], where: Any) -> Iterator[tuple[UUID, dict[str, Any]]]:
        """Native values of all records that a filter keeps."""
        for items, chunk in reads.stream(self.ctx, object_key, Query(select=select, where=where)):
            for row in chunk:
                yield row[0], {item.path: reads.native_value(item, row) for item in items}

    def in_period(self, path: str) -> list[dict[str, Any]]:
        """That a day lies in the period."""
        return [
            {"field": path, "op": "gte", "value": self.begins.isoformat()},
            {"field": path, "op": "lte", "value": self.ends.isoformat()},
        ]

    def factor(self, currency: str, day: date) -> Decimal | None:
        """What a unit was worth; None where no rate is known, which is noted."""
        if (currency, day) not in self._factors:
            if currency not in self._rates:
                self._rates[currency] = catalogue.rate_history(self.ctx, {currency})
            try:
                self._factors[currency, day] = self._rates[currency].on(currency, day)
            except catalogue.RateMissing:
                self.sources.missing.add(currency)
                self._factors[currency, day] = None
        return self._factors[currency, day]

    def take(self, basis: Basis, source: tuple[str, UUID], row: Row, prefix: str, day: date, gross: Money | None,
            *, net: Decimal | None = None, margin: Decimal | None = None, standing: Decimal = ONE) -> None:  # fmt: skip
        """A piece of a source; amounts are in the currency of ``gross``."""
        if gross is None:
            return
        rate = self.factor(gross.currency, day)
        if rate is None:
            return
        company = row.get(f"{prefix}company")
        deals = [row.get(f"{prefix}{path}") for path in ("opportunity", "order.opportunity", "contract.opportunity")]
        deal = next((one for one in deals if one is not None), None)
        renews = [row.get(f"{prefix}{path}") for path in ("previous", "contract.previous")]
        self.sources.pieces.append(Piece(
            object=source[0], id=source[1], number=row.get(f"{prefix}number") or "", day=day, basis=basis,
            gross=self._told(gross.amount, rate), net=self._told(net, rate), margin=self._told(margin, rate),
            product=row.get("product"), categories=self._above.get(row.get("product.category"), frozenset()),
            company=company, first_deal=self._first.get(company), renewal=any(one is not None for one in renews),
            owner=row.get(f"{prefix}owner"), splits=self._splits.get(deal, ()), overlays=self._overlays.get(deal, ()),
            standing=standing,
        ))  # fmt: skip

    def _told(self, amount: Any, rate: Decimal) -> Any:
        return amount if amount is None or rate == 1 else rounded(amount * rate, self.unit)


def _amount(value: Any) -> Decimal | None:
    return value.amount if isinstance(value, Money) else None


def _orders(reader: _Reader, _needs: bool) -> None:
    """Confirmed orders by their lines, less what was cancelled; those without lines as a whole."""
    head = ("number", "ordered_on", "company", "owner", "opportunity", "contract.previous")
    signed = {"field": "status", "op": "not_in", "value": ["draft"]}
    select = [f"order.{one}" for one in head]
    select += ["product", "product.category", "net", "total", "margin", "quantity", "cancelled_quantity"]
    where = {"and": [*reader.in_period("order.ordered_on"), {**signed, "field": "order.status"}]}
    for id_, row in reader.rows("order_line", select, where):
        reader.take(
            "order_signed", ("order_line", id_), row, "order.", row["order.ordered_on"], row["total"],
            net=_amount(row["net"]), margin=_amount(row["margin"]),
            standing=_left(row["quantity"], row["cancelled_quantity"]),
        )  # fmt: skip
    bare = {"or": [{"field": "line_count", "op": "is_empty"}, {"field": "line_count", "op": "eq", "value": 0}]}
    where = {"and": [*reader.in_period("ordered_on"), signed, bare]}
    for id_, row in reader.rows("sales_order", [*head, "amount", "status"], where):
        standing = ZERO if row["status"] == "cancelled" else ONE
        reader.take("order_signed", ("sales_order", id_), row, "", row["ordered_on"], row["amount"], standing=standing)


def _contracts(reader: _Reader, needs: bool) -> None:
    """Signed contracts; of one that was terminated what had been invoiced."""
    head = ("number", "signed_on", "company", "owner", "opportunity", "previous", "status", "amount", "invoiced_amount")
    where = [*reader.in_period("signed_on"), {"field": "status", "op": "in", "value": list(SIGNED)}]
    with_lines = set()
    if needs:
        select = [f"contract.{one}" for one in head]
        select += ["contract", "product", "product.category", "net", "total", "margin"]
        for _, row in reader.rows("contract_line", select, {"and": [_at(one, "contract.") for one in where]}):
            with_lines.add(row["contract"])
            reader.take(
                "contract_signed", ("contract", row["contract"]), row, "contract.", row["contract.signed_on"],
                row["total"], net=_amount(row["net"]), margin=_amount(row["margin"]), standing=_kept(row, "contract."),
            )  # fmt: skip
    for id_, row in reader.rows("contract", [*head, "net_amount"], {"and": where}):
        if id_ not in with_lines:
            reader.take(
                "contract_signed", ("contract", id_), row, "", row["signed_on"], row["amount"],
                net=_amount(row["net_amount"]), standing=_kept(row, ""),
            )  # fmt: skip


_INVOICE = (
    "number", "issued_on", "company", "owner", "order.opportunity", "contract.opportunity", "contract.previous",
    "amount", "net_amount", "credited_amount", "written_off_amount",
)  # fmt: skip
_LINE = ("product", "product.category", "net", "total", "margin")


def _invoices(reader: _Reader, needs: bool) -> None:
    """Issued invoices, less what credit notes took off and what was written off."""
    where = [
        *reader.in_period("issued_on"), {"field": "kind", "op": "eq", "value": "invoice"},
        {"field": "status", "op": "not_in", "value": ["draft"]},
    ]  # fmt: skip
    with_lines = set()
    if needs:
        select = ["invoice", *(f"invoice.{one}" for one in _INVOICE), *_LINE]
        for id_, row in reader.rows("invoice_line", select, {"and": [_at(one, "invoice.") for one in where]}):
            with_lines.add(row["invoice"])
            reader.take(
                "invoiced", ("invoice_line", id_), row, "invoice.", row["invoice.issued_on"], row["total"],
                net=_amount(row["net"]), margin=_amount(row["margin"]), standing=_uncredited(row, "invoice."),
            )  # fmt: skip
    for id_, row in reader.rows("invoice", _INVOICE, {"and": where}):
        if id_ not in with_lines:
            reader.take(
                "invoiced", ("invoice", id_), row, "", row["issued_on"], row["amount"], net=_amount(row["net_amount"]),
                standing=_uncredited(row, ""),
            )  # fmt: skip


def _received(reader: _Reader, needs: bool) -> None:
    """What payments settled of invoices; by product, in proportion to the lines of the invoice."""
    where = {"and": [*reader.in_period("allocated_on"), {"field": "payment", "op": "not_empty"}]}
    select = ["invoice", "allocated_on", "amount", *(f"invoice.{one}" for one in _INVOICE)]
    found = list(reader.rows("payment_allocation", select, where))
    lines = _lines_of(reader, {row["invoice"] for _, row in found}) if needs else {}
    for id_, row in found:
        amount: Money = row["amount"]
        source, day = ("payment_allocation", id_), row["allocated_on"]
        whole = _amount(row["invoice.amount"])
        mine = lines.get(row["invoice"], ())
        if not mine:
            net = _amount(row["invoice.net_amount"])
            net = rounded(net * amount.amount / whole, reader.unit) if net is not None and whole else None
            reader.take("received", source, row, "invoice.", day, amount, net=net)
            continue
        totals = [_amount(line["total"]) or ZERO for line in mine]
        for line, total, part in zip(mine, totals, share(amount.amount, totals, reader.unit), strict=True):
            of = part / total if total > 0 else ZERO
            net, margin = (None if value is None else rounded(value * of, reader.unit)
                           for value in (_amount(line["net"]), _amount(line["margin"])))  # fmt: skip
            reader.take(
                "received",
                source,
                {**row, **line},
                "invoice.",
                day,
                Money(part, amount.currency),
                net=net,
                margin=margin,
            )


def _lines_of(reader: _Reader, invoices: set[UUID]) -> dict[UUID, list[Row]]:
    """The lines of invoices that have any."""
    found: dict[UUID, list[Row]] = {}
    ids = sorted(invoices)
    for start in range(0, len(ids), 5000):
        where = {"field": "invoice", "op": "in", "value": [str(one) for one in ids[start : start + 5000]]}
        for _, row in reader.rows("invoice_line", ["invoice", *_LINE], where):
            found.setdefault(row["invoice"], []).append({key: row[key] for key in _LINE})
    return found


_BASES = {"order_signed": _orders, "contract_signed": _contracts, "invoiced": _invoices, "received": _received}


def _at(condition: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {**condition, "field": f"{prefix}{condition['field']}"}


def _left(quantity: Decimal | None, cancelled: Decimal | None) -> Decimal:
    return ONE if not quantity or not cancelled else (quantity - cancelled) / quantity


def _kept(row: Row, prefix: str) -> Decimal:
    """The share of a contract that counts: all, or what was invoiced before it was terminated."""
    if row[f"{prefix}status"] != "terminated":
        return ONE
    whole = _amount(row[f"{prefix}amount"])
    return min((_amount(row[f"{prefix}invoiced_amount"]) or ZERO) / whole, ONE) if whole else ZERO


def _uncredited(row: Row, prefix: str) -> Decimal:
    """The share of an invoice that was neither credited nor written off."""
    whole = _amount(row[f"{prefix}amount"])
    gone = sum((_amount(row[f"{prefix}{key}"]) or ZERO for key in ("credited_amount", "written_off_amount")), ZERO)
    return (whole - gone) / whole if whole else ONE


def _categories(ctx: Context) -> dict[UUID | None, frozenset[UUID]]:
    """Each category with all above it."""
    rows = reads.native(ctx, "product_category", reads.ids(ctx, "product_category", None), ("parent",))
    found: dict[UUID | None, frozenset[UUID]] = {}
    for one in rows:
        path, at = [], one
        while at in rows and at not in path:
            path.append(at)
            at = rows[at]["parent"]
        found[one] = frozenset(path)
    return found


def _first_deals(ctx: Context) -> dict[UUID | None, date]:
    """When each company first ordered, signed or was invoiced."""
    sold = {"field": "status", "op": "not_in", "value": ["draft"]}
    billed = {"and": [sold, {"field": "kind", "op": "eq", "value": "invoice"}]}
    agreed = {"field": "status", "op": "in", "value": list(SIGNED)}
    found: dict[UUID | None, date] = {}
    for key, day, where in (
        ("sales_order", "ordered_on", sold), ("contract", "signed_on", agreed), ("invoice", "issued_on", billed),
    ):  # fmt: skip
        for company, first in earliest(ctx, key, "company", day, where).items():
            found[company] = min(first, found.get(company, first))
    return found


Shares = dict[UUID | None, tuple[tuple[UUID, Decimal], ...]]


def _teams(ctx: Context) -> tuple[Shares, Shares]:
    """Revenue and overlay splits by opportunity."""
    found: dict[str, dict[UUID, list[tuple[UUID, Decimal]]]] = {"revenue": {}, "overlay": {}}
    select = ("opportunity", "member", "split_type", "percent")
    where = {"and": [{"field": "split_type", "op": "not_empty"}, {"field": "percent", "op": "gt", "value": 0}]}
    for items, chunk in reads.stream(ctx, "opportunity_member", Query(select=select, where=where)):
        for row in chunk:
            one = {item.path: reads.native_value(item, row) for item in items}
            found[one["split_type"]].setdefault(one["opportunity"], []).append((one["member"], one["percent"]))
    return tuple({deal: tuple(sorted(some)) for deal, some in mine.items()} for mine in found.values())  # type: ignore[return-value]
