"""Fills the measured workspace by COPY, with the product's own columns, search documents and change log."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import orjson

from bench.world import Row
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import changes, documents
from guanxi.engine.records.hooks import Write

CHUNK = 20_000


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in chunks."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def fill(ctx: Context, object_key: str, rows: Iterable[Row], *, log: bool = True) -> int:
    """Copy rows of an object with their search documents and, if asked, the change that made each."""
    obj = ctx.snapshot.object(object_key)
    columns = _columns(obj)
    names = ", ".join(f'"{name}"' for name, _ in columns)
    total, begun = 0, time.perf_counter()
    for chunk in batches(rows):
        with ctx.cursor.copy(f'COPY "{obj.table}" ({names}) FROM STDIN') as copy:
            for record, values in chunk:
                copy.write_row(_cells(obj, columns, record, values))
        if documents.is_searchable(obj):
            _documents(ctx, obj, chunk)
        if log:
            _changes(ctx, obj, chunk)
        total += len(chunk)
        print(
            f"\r  {object_key:<14} {total:>9,} rows {total / (time.perf_counter() - begun):>8,.0f}/s",
            end="",
            flush=True,
        )
    print()
    return total


def _columns(obj: Object) -> list[tuple[str, str]]:
    system = ["id", "owner", "via_owner", "created_at", "created_by", "updated_at", "updated_by"]
    return [(name, "") for name in system] + [column for field in obj.stored for column in field.columns]


def _cells(obj: Object, columns: list[tuple[str, str]], record: Any, values: dict[str, Any]) -> list[Any]:
    cells: list[Any] = [record, *(values.get(name) for name, _ in columns[1:7])]
    for field in obj.stored:
        value = values.get(field.key)
        width = len(field.columns)
        if value is None:
            cells.extend([None] * width)
            continue
        for cell, (_, sql_type) in zip(field.kind.to_db(value), field.columns, strict=True):
            cells.append(orjson.dumps(cell).decode() if sql_type == "jsonb" else cell)
    return cells


def _documents(ctx: Context, obj: Object, chunk: list[Row]) -> None:
    with ctx.cursor.copy("COPY sys_search (record, object, title, subtitle, words, updated_at) FROM STDIN") as copy:
        for record, values in chunk:
            made = documents.document(ctx, obj, record, values)
            copy.write_row((record, obj.key, made.title, made.subtitle, made.words, values["updated_at"]))


def _changes(ctx: Context, obj: Object, chunk: list[Row]) -> None:
    columns = "at, change_set, actor, via, object, record, op, rev, diff"
    with ctx.cursor.copy(f"COPY sys_change ({columns}) FROM STDIN") as copy:
        for record, values in chunk:
            diff = orjson.dumps(changes.diff(obj, Write("create", record, None, values))).decode()
            copy.write_row(
                (values["created_at"], ctx.change_set, values["owner"], "import", obj.key, record, "create", 1, diff)
            )


def without_indexes(ctx: Context, tables: list[str]) -> list[str]:
    """Drop the indexes that serve no constraint and return the statements that make them again."""
    rows = ctx.run(
        "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace"
        " WHERE n.nspname = current_schema() AND t.relname = ANY($1) AND NOT i.indisunique AND t.relkind = 'r'",
        [tables],
    )
    for name, _ in rows:
        ctx.run(f'DROP INDEX "{name}"')
    return [statement for _, statement in rows]
