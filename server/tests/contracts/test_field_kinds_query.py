"""Filters, orders, pages, groups and sums over fields of every kind, against the naive evaluator on random rows."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guanxi.engine.context import Context
from guanxi.engine.objects.fields import registry
from guanxi.engine.objects.fields.base import FieldKind
from guanxi.engine.objects.fields.references import SAMPLE_IDS
from guanxi.engine.objects.model import Field
from guanxi.engine.objects.query.groups import BUCKETS, Aggregate, GroupBy
from guanxi.engine.objects.query.operators import AGGREGATES, OPERATORS
from guanxi.engine.records import groups, reads, writes
from tests.support.field_values import ENV, NOW, natives, operands
from tests.support.kinds_workspace import PARENTS, SAMPLE, TITLES, KindsWorkspace
from tests.support.naive import Naive, first_day, in_order, plain

KINDS = [pytest.param(kind, id=kind.key) for kind in registry.kinds() if kind.holds_value and not kind.computed]
NAIVE = Naive(NOW.astimezone(ENV.time_zone).date(), ENV.time_zone, PARENTS)
PAGE_SIZES = (1, 3, 7)
MOST_ROWS = 12

bounded = settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
"""The same examples in every run, few enough for a suite that runs at every change."""


@pytest.mark.parametrize("kind", KINDS)
@bounded
@given(data=st.data())
def test_every_operator_keeps_what_it_says(
    kind: FieldKind, data: st.DataObject, kinds_workspace: KindsWorkspace
) -> None:
    field = kinds_workspace.fields[kind.key]
    values = data.draw(st.lists(natives(field), max_size=MOST_ROWS))

    with kinds_workspace.scratch() as ctx:
        rows = dict(zip(kinds_workspace.create(ctx, field, values), values, strict=True))
        for op in OPERATORS[kind.trait]:
            operand = data.draw(operands(field, op, values), label=op)
            keeps = NAIVE.judge(kind.trait, op)
            expected = {one for one, value in rows.items() if keeps(plain(kind.key, value), operand.plain)}
            leaf = {"field": field.key, "op": op} | ({} if operand.json is None else {"value": operand.json})

            assert set(reads.ids(ctx, SAMPLE, leaf)) == expected
            assert set(reads.ids(ctx, SAMPLE, {"not": leaf})) == rows.keys() - expected


@pytest.mark.parametrize("kind", [one for one in KINDS if one.values[0].sortable])
@bounded
@given(data=st.data())
def test_pages_walk_the_order_and_show_each_row_once(
    kind: FieldKind, data: st.DataObject, kinds_workspace: KindsWorkspace
) -> None:
    field = kinds_workspace.fields[kind.key]
    values = data.draw(st.lists(natives(field), max_size=MOST_ROWS))
    names = data.draw(st.lists(st.sampled_from(["a", "b", None]), min_size=len(values), max_size=len(values)))
    first, second = (data.draw(st.sampled_from(["asc", "desc"])) for _ in range(2))
    sort = ((field.key, first), ("name", second))

    with kinds_workspace.scratch() as ctx:
        ids = kinds_workspace.create(ctx, field, values)
        writes.update(ctx, SAMPLE, [writes.Change(one, {"name": name}) for one, name in zip(ids, names, strict=True)])
        rank = _rank(ctx, field, values)
        rows = list(zip(ids, map(rank, values), names, strict=True))
        for size in PAGE_SIZES:
            for keys in (sort[:1], sort):
                wanted = [(lambda row: row[1], first), (lambda row: row[2], second)][: len(keys)]
                expected = in_order(rows, wanted, lambda row: row[0])

                assert _walk(ctx, keys, size) == [row[0] for row in expected]


@pytest.mark.parametrize("kind", KINDS)
@bounded
@given(data=st.data())
def test_groups_and_totals_count_every_row_once(
    kind: FieldKind, data: st.DataObject, kinds_workspace: KindsWorkspace
) -> None:
    field = kinds_workspace.fields[kind.key]
    values = data.draw(st.lists(natives(field), max_size=MOST_ROWS))
    bucket = data.draw(st.sampled_from(BUCKETS)) if kind.trait in ("date", "datetime") else None
    functions = ("count_values", *AGGREGATES.get(kind.trait, ()))
    aggregates = [Aggregate(fn, field.key) for fn in functions]
    expected = _grouped(kind, values, bucket)

    with kinds_workspace.scratch() as ctx:
        kinds_workspace.create(ctx, field, values)
        by = [GroupBy(field.key, bucket)] if kind.groupable else []
        found = groups.group(ctx, SAMPLE, groups.GroupQuery(by, aggregates))

    assert _told(functions, found["totals"], values) == _reckoned(functions, kind, values)
    if kind.groupable:
        keys = [json.dumps(_plain_key(group["keys"][0]), ensure_ascii=False) for group in found["groups"]]
        assert sorted(keys) == sorted(expected)
        for key, group in zip(keys, found["groups"], strict=True):
            assert _told(functions, group, expected[key]) == _reckoned(functions, kind, expected[key])


def _grouped(kind: FieldKind, values: list[Any], bucket: str | None) -> dict[str, list[Any]]:
    """The values by group, each group under the JSON of its key."""
    found: dict[str, list[Any]] = {}
    for value in values:
        key = kind.render(value)
        if bucket and value is not None:
            day = value.astimezone(ENV.time_zone).date() if isinstance(value, datetime) else value
            key = first_day(day, bucket).isoformat()
        found.setdefault(json.dumps(key, ensure_ascii=False), []).append(value)
    return found


def _plain_key(key: Any) -> Any:
    return key["id"] if isinstance(key, dict) and "id" in key else key


def _told(functions: Sequence[str], answer: Mapping[str, Any], values: list[Any]) -> list[Any]:
    """The answer's numbers in plain forms, the average only as exactly as it can be compared; money by currency."""
    numbers = dict(zip(functions, answer["values"], strict=True))
    assert answer["count"] == len(values)
    return [_told_number(fn, numbers[fn]) for fn in functions]


def _told_number(fn: str, told: Any) -> Any:
    if told is None or fn == "count_values":
        return told
    if isinstance(told, dict):
        told = [told]
    elif isinstance(told, list):
        assert len(told) > 1
    if isinstance(told, list):
        return {one["currency"]: _told_number(fn, one["amount"]) for one in told}
    moment = isinstance(told, str) and re.match(r"\d{4}-", told)
    number = datetime.fromisoformat(told) if moment else Decimal(told)
    return round(number, 2) if fn == "avg" else number


def _reckoned(functions: Sequence[str], kind: FieldKind, values: list[Any]) -> list[Any]:
    """What the functions should give."""
    present = [value for value in values if value is not None]
    if kind.key != "money":
        return [_reckoned_number(fn, kind, present) for fn in functions]
    parts: dict[str, list[Any]] = {}
    for value in present:
        parts.setdefault(value.currency, []).append(value)
    return [
        len(present)
        if fn == "count_values"
        else {currency: _reckoned_number(fn, kind, part) for currency, part in parts.items()} or None
        for fn in functions
    ]


def _reckoned_number(fn: str, kind: FieldKind, values: list[Any]) -> Any:
    present = [plain(kind.key, value) for value in values]
    if kind.trait == "date":
        present = [datetime.combine(day, time()) for day in present]
    reckon: dict[str, Callable[[], Any]] = {
        "count_values": lambda: len(present),
        "sum": lambda: sum(map(Decimal, present)),
        "avg": lambda: round(sum(map(Decimal, present)) / len(present), 2),
        "min": lambda: min(present),
        "max": lambda: max(present),
    }
    return reckon[fn]() if present or fn == "count_values" else None


def _walk(ctx: Context, sort: Any, size: int) -> list[UUID]:
    """The ids of all pages; no page is longer than asked for, and only the last one is shorter."""
    found: list[UUID] = []
    cursor = None
    while True:
        page = reads.page(ctx, SAMPLE, reads.Query(select=("name",), sort=sort, limit=size, cursor=cursor))
        found += [UUID(row["id"]) for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            return found
        assert len(page.rows) == size


def _rank(ctx: Context, field: Field, values: list[Any]) -> Callable[[Any], Any]:
    """What a native value is sorted by: options by their place, references by title, text as the database has it."""
    if field.kind.trait == "choice":
        keys = [option["key"] for option in field.settings["options"]]
        return lambda value: None if value is None else keys.index(value)
    if field.kind.trait == "ref":
        words: Callable[[Any], Any] = dict(zip(SAMPLE_IDS, TITLES, strict=True)).get
    else:
        words = lambda value: plain(field.kind.key, value)  # noqa: E731 - the other branch is an expression too
    texts = {word for value in values if isinstance(word := words(value), str)}
    places = dict(ctx.run("SELECT v, row_number() OVER (ORDER BY v) FROM unnest($1::text[]) v", [list(texts)]))
    return lambda value: places.get(words(value), words(value))
