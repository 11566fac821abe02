"""Records that are called after what they point at: components, prices and rates need no name of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.titles import titles


def _named_after(key: str) -> Callable[[Context, list[Write]], None]:
    def name(ctx: Context, batch: list[Write]) -> None:
        wanted: dict[UUID, list[Write]] = {}
        for write in batch:
            own = write.op == "create" and write.new.get("name")
            if not own and write.new.get(key) is not None and "name" not in write.asked:
                wanted.setdefault(write.new[key], []).append(write)
        found = titles(ctx.as_system(), {("product", one) for one in wanted})
        for one, writes in wanted.items():
            for write in writes:
                write.new["name"] = found.get(("product", one), "")

    return name


hook("product_component", "before", fields={"component"}, ops=("create", "update"))(_named_after("component"))
hook("price_entry", "before", fields={"product"}, ops=("create", "update"))(_named_after("product"))


@hook("currency_rate", "before", fields={"currency", "valid_from"}, ops=("create", "update"))
def rates_are_called_after_their_day(ctx: Context, batch: list[Write]) -> None:
    """`USD 2026-05-01`, unless somebody says otherwise."""
    for write in batch:
        parts: list[Any] = [write.value("currency"), write.value("valid_from")]
        if "name" not in write.asked and all(parts):
            write.new["name"] = " ".join(map(str, parts))


@hook("rounding_rule", "before", fields={"currency"}, ops=("create", "update"))
def rules_are_called_after_their_currency(ctx: Context, batch: list[Write]) -> None:
    """`CNY`, unless somebody says otherwise."""
    for write in batch:
        if "name" not in write.asked and write.value("currency"):
            write.new["name"] = write.value("currency")
