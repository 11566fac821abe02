"""What the tables hold, as far as a change of the configuration needs to know: how many, which twice, how many columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object, table_of
from guanxi.engine.objects.query.build import link_table, quoted

MAX_COLUMNS = 1600
"""PostgreSQL's limit, in which dropped columns still count."""
EXAMPLES = 5


def exists(ctx: Context, table: str) -> bool:
    """Whether the table is there."""
    row = ctx.cursor.execute("SELECT to_regclass(quote_ident($1))", [table]).fetchone()
    return bool(row and row[0])


def records(ctx: Context, object_key: str) -> int:
    """How many live records an object has."""
    table = table_of(object_key)
    return _number(ctx, f'SELECT count(*) FROM "{table}" WHERE deleted_at IS NULL') if exists(ctx, table) else 0


def is_untouched(ctx: Context, object_key: str) -> bool:
    """Whether an object has no records, nor any in the recycle bin."""
    table = table_of(object_key)
    return not exists(ctx, table) or not _number(ctx, f'SELECT count(*) FROM (SELECT FROM "{table}" LIMIT 1) one')


def filled(ctx: Context, object_key: str, one: Field) -> int:
    """How many live records have a value in a field."""
    return _count(ctx, object_key, one, "IS NOT NULL", "EXISTS")


def empty(ctx: Context, object_key: str, one: Field) -> int:
    """How many live records have no value in a field."""
    return _count(ctx, object_key, one, "IS NULL", "NOT EXISTS")


def _count(ctx: Context, object_key: str, one: Field, is_null: str, has_links: str) -> int:
    table = table_of(object_key)
    if not one.kind.holds_value or not exists(ctx, table):
        return 0
    if one.kind.trait == "refs":
        links = link_table(object_key, one)
        if not exists(ctx, links):
            return 0
        condition = f'{has_links} (SELECT 1 FROM "{links}" l WHERE l.source = t.id)'
    elif one.columns:
        if one.columns[0][0] not in columns(ctx, table):
            return 0
        condition = f't."{one.columns[0][0]}" {is_null}'
    else:
        return 0
    return _number(ctx, f'SELECT count(*) FROM "{table}" t WHERE t.deleted_at IS NULL AND {condition}')


def columns(ctx: Context, table: str) -> set[str]:
    """Names of the columns that a table has."""
    rows = ctx.cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    return {name for (name,) in rows.fetchall()}


def beside(ctx: Context, table: str, key: str, suffix: str) -> list[str]:
    """Columns that a conversion keeps beside a field's own."""
    start = key + suffix
    return sorted(name for name in columns(ctx, table) if name == start or name.startswith(start + "__"))


def columns_ever(ctx: Context, table: str) -> int:
    """How many columns a table has or had."""
    return _number(
        ctx, "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0", [table]
    )


def present(ctx: Context, object_key: str, column: str, values: Sequence[str]) -> set[str]:
    """Those of the values that a live record has in a column."""
    table = table_of(object_key)
    if not values or not exists(ctx, table):
        return set()
    rows = ctx.cursor.execute(
        f'SELECT "{column}"::text FROM "{table}" WHERE deleted_at IS NULL AND "{column}"::text = ANY($1::text[])',
        [list(values)],
    )
    return {value for (value,) in rows.fetchall()}


def options_used(ctx: Context, object_key: str, one: Field, options: Iterable[str]) -> dict[str, int]:
    """How many live records hold each of the options, those that none holds left out."""
    table = table_of(object_key)
    if not exists(ctx, table) or one.key not in columns(ctx, table):
        return {}
    several = one.kind.trait != "choice"
    value = f'unnest("{one.key}")' if several else f'"{one.key}"'
    held = f'"{one.key}" && $1::text[]' if several else f'"{one.key}" = ANY($1::text[])'
    rows = ctx.cursor.execute(
        f'SELECT v, count(*) FROM (SELECT {value} AS v FROM "{table}" WHERE deleted_at IS NULL AND {held}) s'
        " WHERE v = ANY($1::text[]) GROUP BY v ORDER BY v",
        [list(options)],
    )
    return dict(rows.fetchall())


def duplicates(ctx: Context, obj: Object, keys: Sequence[str]) -> tuple[int, list[str]]:
    """How many values (or values together) stand more than once among live records, and a few of them as text."""
    names = [name for key in keys for name, _ in obj.fields[key].columns]
    if not exists(ctx, obj.table) or not set(names) <= columns(ctx, obj.table):
        return 0, []
    given = " AND ".join(f'"{name}" IS NOT NULL' for name in names)
    rows: list[Any] = ctx.cursor.execute(
        f'SELECT {quoted(names)}, count(*), count(*) OVER () FROM "{obj.table}" WHERE deleted_at IS NULL AND {given}'
        f" GROUP BY {quoted(names)} HAVING count(*) > 1 ORDER BY count(*) DESC, {quoted(names)} LIMIT {EXAMPLES}"
    ).fetchall()
    told = [
        " + ".join(
            obj.fields[key].kind.text(obj.fields[key], obj.fields[key].kind.from_db([value]), ctx.language)
            for key, value in zip(keys, row, strict=False)
        )
        + f" ×{row[-2]}"
        for row in rows
    ]
    return (rows[0][-1] if rows else 0), told


def _number(ctx: Context, statement: str, params: Sequence[Any] = ()) -> int:
    row = ctx.cursor.execute(statement, params).fetchone()
    return row[0] if row else 0
