"""What holds of targets: whose they are, that they say one thing, and that there is one of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guanxi.areas.forecast.errors import OutsideOfTree
from guanxi.areas.forecast.places import manages, owner_of, places
from guanxi.areas.forecast.rules.periods import period_of
from guanxi.areas.forecast.rules.tree import COMPANY, Node, department, person
from guanxi.areas.forecast.targets import COUNTED
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.titles import titles
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid

OBJECT = "sales_target"
_KEY = ("person", "department", "product", "category", "period", "starts_on", "measure")
_SAID = frozenset({*_KEY, "amount", "quantity"})
_PLACED = frozenset({"person", "department"})


@hook(OBJECT, "before", fields=_SAID, ops=("create", "update"))
def targets_say_one_thing(ctx: Context, batch: list[Write]) -> None:
    """Begin with their period, name what the measure counts and nothing else, and belong to who is to reach them."""
    where = places(ctx, OBJECT)
    errors: list[FieldError] = []
    for write in batch:
        if problem := _problem(ctx, write):
            errors.append(FieldError(problem[0], f"forecast.{problem[1]}", problem[2], row=write.row))
            continue
        day, unit = write.value("starts_on"), write.value("period")
        if day is None or unit is None:
            continue  # refused as required
        write.new["starts_on"] = period_of(unit, day, ctx.workspace.fiscal_month).begins
        node = _node(write)
        if not manages(ctx, where, node) or (write.old and not manages(ctx, where, _node_before(write))):
            raise OutsideOfTree
        if write.op == "create" or write.changed & _PLACED:
            write.new["owner"] = owner_of(where.there, node) or write.value("owner") or ctx.author
    if errors:
        raise Invalid(errors)
    _name(ctx, [write for write in batch if write.value("starts_on") is not None])


@hook(OBJECT, "before", ops=("delete", "restore"))
def targets_are_taken_away_by_who_sets_them(ctx: Context, batch: list[Write]) -> None:
    """Nobody takes away a target outside of their departments."""
    where = places(ctx, OBJECT)
    if not all(manages(ctx, where, _node_before(write)) for write in batch):
        raise OutsideOfTree


@hook(OBJECT, "after", ops=("create", "update", "restore"))
def there_is_one_of_each(ctx: Context, batch: list[Write]) -> None:
    """Two targets of the same person or department for the same would be none."""
    system = ctx.as_system()
    written = reads.native(system, OBJECT, [write.id for write in batch], _KEY)
    days = sorted(row["starts_on"].isoformat() for row in written.values())
    if not days:
        return
    within = [
        {"field": "starts_on", "op": "gte", "value": days[0]}, {"field": "starts_on", "op": "lte", "value": days[-1]},
    ]  # fmt: skip
    others = reads.ids(system, OBJECT, {"and": within})
    known: dict[tuple[Any, ...], int] = {}
    for row in reads.native(system, OBJECT, others, _KEY).values():
        key = tuple(row[one] for one in _KEY)
        known[key] = known.get(key, 0) + 1
    errors = [
        FieldError("starts_on", "forecast.target_exists", row=write.row)
        for write in batch
        if write.id in written and known[tuple(written[write.id][one] for one in _KEY)] > 1
    ]
    if errors:
        raise Invalid(errors)


@hook("department", "after", fields={"head"}, ops=("update",))
def targets_follow_the_head(ctx: Context, batch: list[Write]) -> None:
    """The target of a department belongs to who heads it now."""
    new = {write.id: write.new["head"] for write in batch if write.new.get("head")}
    if not new or OBJECT not in ctx.snapshot.objects:
        return
    system = ctx.as_system()
    ids = reads.ids(system, OBJECT, {"field": "department", "op": "in", "value": [str(one) for one in new]})
    rows = reads.native(system, OBJECT, ids, ("department",))
    writes.update(system, OBJECT, [Change(one, {"owner": new[row["department"]]}) for one, row in rows.items()])


def _problem(ctx: Context, write: Write) -> tuple[str, str, dict[str, Any]] | None:
    if write.value("person") is not None and write.value("department") is not None:
        return "department", "one_of_both", {}
    if write.value("product") is not None and write.value("category") is not None:
        return "category", "product_or_category", {}
    measure = write.value("measure")
    if measure == "received_amount" and (write.value("product") or write.value("category")):
        return ("product" if write.value("product") else "category"), "received_of_product", {}
    if measure == COUNTED:
        if write.value("quantity") is None:
            return "quantity", "quantity_needed", {}
        write.new["amount"] = None
        return None
    amount = write.value("amount")
    if amount is None:
        return "amount", "amount_needed", {}
    if amount.currency != ctx.workspace.currency:
        return "amount", "own_currency", {"currency": ctx.workspace.currency}
    write.new["quantity"] = None
    return None


def _node(write: Write) -> Node:
    return _of(write.value("person"), write.value("department"))


def _node_before(write: Write) -> Node:
    before = write.old or {}
    return _of(before.get("person"), before.get("department"))


def _of(of_person: Any, of_department: Any) -> Node:
    if of_person is not None:
        return person(of_person)
    return COMPANY if of_department is None else department(of_department)


def _name(ctx: Context, batch: list[Write]) -> None:
    """Who, when and of what, as it reads in every language."""
    system = ctx.as_system()
    found = titles(system, {key for write in batch for key in _named(write)})
    for write in batch:
        parts = [found.get(key) or "" for key in _named(write)] or [ctx.workspace.name]
        period = period_of(write.value("period"), write.value("starts_on"), ctx.workspace.fiscal_month)
        write.new["name"] = " · ".join([*parts, period.name])[:300]


def _named(write: Write) -> Iterator[tuple[str, Any]]:
    for field, key in (
        ("person", "member"),
        ("department", "department"),
        ("product", "product"),
        ("category", "product_category"),
    ):
        if write.value(field) is not None:
            yield key, write.value(field)
