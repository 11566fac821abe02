"""Native values as the cells of an exported file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field
from guanxi.engine.records.titles import Titles

CellReader = Callable[[Any, Titles], Any]


def cell_reader(ctx: Context, field: Field, *, typed: bool) -> CellReader:
    """What makes a cell of a value: text in the reader's language, references by their titles.

    ``typed`` cells are for workbooks: numbers and days stay numbers and days, moments are told in the workspace's
    time zone. A record that the reader may not see is an empty cell.
    """
    trait, kind = field.kind.trait, field.kind
    if trait in ("ref", "refs", "about"):
        return _reference_reader(field)
    zone, language = ctx.env.time_zone, ctx.language
    memo: dict[Any, str] = {}

    def text(value: Any, _: Titles) -> str:
        return kind.text(field, value, language, zone) if value is not None else ""

    def remembered(value: Any, found: Titles) -> str:
        if value not in memo:
            if len(memo) > 10_000:
                memo.clear()
            memo[value] = text(value, found)
        return memo[value]

    def as_it_is(value: Any, found: Titles) -> Any:
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, datetime):
            return value.astimezone(zone).replace(tzinfo=None)
        if value is None or isinstance(value, bool | int | date):
            return value
        return text(value, found)

    if typed and trait in ("number", "date", "datetime", "boolean"):
        return as_it_is if trait != "boolean" else remembered
    return remembered if trait in ("choice", "boolean", "date") else text


def _reference_reader(field: Field) -> CellReader:
    trait, target = field.kind.trait, field.target or ""
    if trait == "ref":
        return lambda value, found: found.get((target, value), "") if value is not None else ""
    if trait == "about":
        return lambda value, found: found.get((value.object, value.id), "") if value is not None else ""
    return lambda value, found: "; ".join(found.get((target, one), "") for one in value or ())
