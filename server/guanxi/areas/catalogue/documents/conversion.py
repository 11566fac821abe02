"""Lines of one document that become lines of a further one, in parts or whole: never more than there was.

A line that was made of another one names it. How much of a line was taken over is added up anew from such lines, with
the document that they come from locked; so of two people who convert at once the slower is told what is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.catalogue.documents.declaration import ITEM, TERMS, known
from guanxi.areas.catalogue.documents.declare import declared
from guanxi.areas.catalogue.errors import NothingLeft, more_than_left
from guanxi.areas.catalogue.rules import conversion as rules
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid

CONVERTED = "converted_quantity"
"""Field of lines: how much of them was taken over."""
_LINE = ("name", "position", "kind", "quantity", "optional", "chosen", CONVERTED)
_CARRIED = ("kind", "product", "name", "unit", "unit_price", "list_price", "tax_rate")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Conversion:
    """Lines of ``source`` become lines of ``target``, which name them in ``field``.

    A target in one of the states ``ended`` has taken over no more than was taken over of itself. ``cancelled`` is the
    field of its lines that says how much of them was given up since.
    """

    source: str
    target: str
    field: str
    ended: frozenset[str] = frozenset()
    cancelled: str | None = None


@dataclass(frozen=True, slots=True)
class TakenPart:
    """A line and how much of it is taken over."""

    line: UUID
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that can be converted, with how much of it was."""

    parent: UUID
    name: str
    quantity: Decimal
    used: Decimal

    @property
    def left(self) -> Decimal:
        """How much is left."""
        return rules.left(self.quantity, self.used)


_conversions: list[Conversion] = []


def converts(conversion: Conversion) -> Conversion:
    """Attach what holds of a conversion to the writes of its target, which is declared by then."""
    target = declared(conversion.target)
    if target is None:
        raise ValueError(f"{conversion.target} is no declared document")
    _conversions.append(conversion)
    watched = {"quantity", conversion.field, conversion.cancelled or "quantity", CONVERTED}

    @hook(target.lines, "after", fields=watched)
    def lines_stay_within_what_they_come_from(ctx: Context, batch: list[Write]) -> None:
        _stay_within(ctx, conversion, batch)

    @hook(target.object, "after", fields={"status"}, ops=("update", "restore"))
    def what_is_left_follows_the_state(ctx: Context, batch: list[Write]) -> None:
        system = ctx.as_system()
        ids = reads.ids(system, target.lines, _among(target.parent, [write.id for write in batch]))
        rows = reads.native(system, target.lines, ids, (conversion.field,))
        if named := {row[conversion.field] for row in rows.values()} - {None}:
            recount(ctx, conversion.source, _parents(system, conversion.source, named))

    return conversion


def recount(ctx: Context, source: str, records: Iterable[UUID]) -> dict[UUID, Taken]:
    """Lock documents and bring their lines to what was taken over of them; the lines that can be converted."""
    document = _document(source)
    system = ctx.as_system()
    there = sorted(reads.visible(system, source, list(set(records))))
    if not there:
        return {}
    locking.lock(system, ctx.snapshot.object(source), there, "edit", ())
    ids = reads.ids(system, document.lines, _among(document.parent, there))
    rows = reads.native(system, document.lines, ids, (document.parent, *known(ctx, document.lines, _LINE)))
    parts = _parts(system, source, ids)
    found, changes = {}, []
    for one, row in sorted(rows.items(), key=lambda item: (item[1]["position"] or 0, item[0])):
        if (row.get("kind") or ITEM) != ITEM or (row.get("optional") and not row.get("chosen")):
            continue
        quantity = row["quantity"] or _ZERO
        its = Taken(row[document.parent], row["name"] or "", quantity, rules.taken(quantity, parts.get(one, ())))
        found[one] = its
        if (row[CONVERTED] or _ZERO) != its.used:
            changes.append(Change(one, {CONVERTED: its.used}))
    if changes:
        writes.update(system, document.lines, changes)
    return found


def take(ctx: Context, conversion: Conversion, record: UUID, parts: Sequence[TakenPart]) -> list[dict[str, Any]]:
    """Values of the target's lines, in order: the parts that are asked for, else all that is left.

    Headings and subtotals come along with everything. NothingLeft where nothing is; Invalid for more than is left.
    """
    document, target = _document(conversion.source), _document(conversion.target)
    counted = recount(ctx, conversion.source, [record])
    asked: dict[UUID, Decimal] = {}
    for place, part in enumerate(parts):
        its = counted.get(part.line)
        if its is None:
            raise Invalid([FieldError(f"parts.{place}.line", "catalogue.not_of_document")])
        asked[part.line] = asked.get(part.line, _ZERO) + part.quantity
        if not rules.fits(its.quantity, its.used, asked[part.line]):
            raise more_than_left(f"parts.{place}.quantity", its.name, its.left)
    wanted = asked or {one: its.left for one, its in counted.items() if its.left}
    if not any(counted[one].quantity > 0 for one in wanted):
        raise NothingLeft
    system = ctx.as_system()
    ids = reads.ids(system, document.lines, _among(document.parent, [record]))
    fields = known(ctx, document.lines, _CARRIED)
    rows = reads.native(system, document.lines, ids, (*fields, "position"))
    with_headings = not parts and "kind" in ctx.snapshot.object(target.lines).fields
    taken = known(ctx, target.lines, _CARRIED)
    values = []
    for one, row in sorted(rows.items(), key=lambda item: (item[1]["position"] or 0, item[0])):
        is_item = (row.get("kind") or ITEM) == ITEM
        if one not in wanted if is_item else not with_headings:
            continue
        kept = {key: row[key] for key in fields if key in taken and row[key] is not None}
        if row["product"] is not None:
            kept.pop("list_price", None)
        values.append({**kept, "quantity": wanted.get(one, _ZERO), conversion.field: one if is_item else None})
    return values


def terms_for(ctx: Context, target: str, row: dict[str, Any]) -> dict[str, Any]:
    """What holds for all lines of a document, as far as the target has the same."""
    amount = row.get("amount")
    kept = {key: row[key] for key in known(ctx, target, TERMS) if row.get(key) is not None}
    if "currency" not in kept and amount is not None:
        kept["currency"] = amount.currency
    return kept


def _stay_within(ctx: Context, conversion: Conversion, batch: list[Write]) -> None:
    named: set[UUID] = {
        line for write in batch for line in ((write.old or {}).get(conversion.field), write.value(conversion.field)) if line
    }  # fmt: skip
    if not named:
        return
    counted = recount(ctx, conversion.source, _parents(ctx.as_system(), conversion.source, named))
    for write in batch:
        its = counted.get(write.value(conversion.field))
        if its is None or write.op == "delete" or not rules.exceeds(its.quantity, its.used):
            continue
        above = its.used - its.quantity
        raise more_than_left("quantity", its.name, (write.value("quantity") or above) - above, write.row)


def _parts(system: Context, source: str, lines: Collection[UUID]) -> dict[UUID, list[Decimal]]:
    """What further documents have taken over of each line."""
    found: dict[UUID, list[Decimal]] = {}
    for one in _conversions:
        if one.source != source:
            continue
        target = _document(one.target)
        more = known(system, target.lines, (*([one.cancelled] if one.cancelled else []), CONVERTED))
        fields = (one.field, "quantity", f"{target.parent}.status", *more)
        ids = reads.ids(system, target.lines, _among(one.field, lines)) if lines else []
        for row in reads.native(system, target.lines, ids, fields).values():
            part = row["quantity"] or _ZERO
            if one.cancelled:
                part -= row[one.cancelled] or _ZERO
            if row[f"{target.parent}.status"] in one.ended:
                part = row.get(CONVERTED) or _ZERO
            found.setdefault(row[one.field], []).append(part)
    return found


def _parents(system: Context, source: str, lines: Collection[UUID]) -> set[UUID]:
    document = _document(source)
    rows = reads.native(system, document.lines, list(lines), (document.parent,))
    return {row[document.parent] for row in rows.values()}


def _document(object_key: str) -> Any:
    found = declared(object_key)
    if found is None:
        raise ValueError(f"{object_key} is no declared document")
    return found


def _among(field: str, records: Iterable[UUID]) -> dict[str, Any]:
    return {"field": field, "op": "in", "value": [str(one) for one in records]}
