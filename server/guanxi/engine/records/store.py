"""The statements that put records into their tables: one for a whole list, arrays in, no statement per row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.engine.objects.ddl.plan import sequence
from guanxi.engine.objects.fields.kinds.auto_number import AutoNumber
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import Bind, link_table
from guanxi.engine.records import bulk
from guanxi.engine.records.hooks import Write

_SYSTEM_COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "uuid"),
    ("owner", "uuid"),
    ("via_owner", "uuid"),
    ("created_at", "timestamptz"),
    ("created_by", "uuid"),
    ("updated_at", "timestamptz"),
    ("updated_by", "uuid"),
)


def _as_is(value: Any) -> Any:
    return value


def _decimal(value: Any) -> Decimal | None:
    """Whole numbers of hooks as decimals too: a column of values has one type."""
    return value if value is None or type(value) is Decimal else Decimal(value)


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


def _array(value: Sequence[Any] | None) -> str | None:
    if value is None:
        return None
    quoted = ('"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in value)
    return "{" + ",".join(quoted) + "}"


def _transport(sql_type: str) -> tuple[str, Callable[[Any], Any]]:
    """How a column travels in an array parameter: its element type and the encoding of one value.

    Arrays and JSON travel as text, since ``unnest`` would flatten an array of arrays.
    """
    if sql_type == "jsonb":
        return "text", _json
    if sql_type.endswith("[]"):
        return "text", _array
    return sql_type, _as_is


def insert(ctx: Context, obj: Object, writes: Sequence[Write], meanwhile: Callable[[Write], None]) -> None:
    """Insert the records of creations; only columns that some record sets are named.

    ``meanwhile`` is called once for every write. With a long list the server is at work while it runs: keeping
    indexes takes the server longer than sending rows takes us.
    """
    held = {key for w in writes for key, value in w.new.items() if value is not None}
    used = [f for f in obj.stored if f.key in held]
    columns: list[tuple[str, str, list[Any]]] = [
        (name, sql_type, [w.id if name == "id" else w.new.get(name) for w in writes])
        for name, sql_type in _SYSTEM_COLUMNS
    ]
    columns.extend(cells_of(used, [w.new for w in writes]))
    columns.extend((name, sql_type, [value] * len(writes)) for name, sql_type, value in obj.beginnings)
    if len(writes) >= bulk.FROM:
        cells = zip(*(bulk.cells(sql_type, values) for _, sql_type, values in columns), strict=True)
        named = [(name, sql_type) for name, sql_type, _ in columns]
        bulk.copy(ctx, obj.table, named, _accompanied(cells, writes, meanwhile))
        return
    for write in writes:
        meanwhile(write)
    bind = Bind()
    places, selected = unnested(columns, bind)
    ctx.run(
        f'INSERT INTO "{obj.table}" ({", ".join(_q(name) for name, _, _ in columns)})'
        f" SELECT {selected} FROM unnest({places}) AS v({', '.join(_q(name) for name, _, _ in columns)})",
        bind.values,
    )


def _accompanied(
    rows: Iterable[tuple[Any, ...]], writes: Sequence[Write], meanwhile: Callable[[Write], None]
) -> Iterator[tuple[Any, ...]]:
    for row, write in zip(rows, writes, strict=True):
        yield row
        meanwhile(write)


def update(ctx: Context, obj: Object, writes: Sequence[Write]) -> None:
    """Update records, one statement for each set of fields that is written together; ``rev`` grows by one."""
    groups: dict[frozenset[str], list[Write]] = {}
    for write in writes:
        groups.setdefault(frozenset(write.new), []).append(write)
    for keys, group in groups.items():
        fields = [f for f in obj.stored if f.key in keys]
        columns: list[tuple[str, str, list[Any]]] = [("id", "uuid", [w.id for w in group])]
        for name, sql_type in _SYSTEM_COLUMNS[1:]:
            if name in keys:
                columns.append((name, sql_type, [w.new[name] for w in group]))
        columns.extend(cells_of(fields, [w.new for w in group]))
        bind = Bind()
        places, _ = unnested(columns, bind)
        sets = [f"{_q(name)} = v.{_q(name)}{_cast(sql_type)}" for name, sql_type, _ in columns[1:]]
        if "updated_at" not in keys:
            sets.append(f"updated_at = {bind(ctx.now, 'timestamptz')}")
        if "updated_by" not in keys:
            sets.append(f"updated_by = {bind(ctx.author, 'uuid')}")
        ctx.run(
            f'UPDATE "{obj.table}" t SET rev = rev + 1, {", ".join(sets)}'
            f" FROM unnest({places}) AS v({', '.join(_q(name) for name, _, _ in columns)}) WHERE t.id = v.id",
            bind.values,
        )


def mark_deleted(ctx: Context, obj: Object, ids: Sequence[UUID], *, deleted: bool) -> None:
    """Put records into the recycle bin, or take them out of it."""
    ctx.run(
        f'UPDATE "{obj.table}" SET rev = rev + 1, deleted_at = $2, updated_at = $3, updated_by = $4'
        " WHERE id = ANY($1::uuid[])",
        [list(ids), ctx.now if deleted else None, ctx.now, ctx.author],
    )


def set_links(ctx: Context, obj: Object, writes: Sequence[Write]) -> None:
    """Bring many-to-many links to the values being written."""
    for field in obj.fields.values():
        if field.kind.trait != "refs":
            continue
        mine = [w for w in writes if field.key in w.new]
        if not mine:
            continue
        table = link_table(obj, field)
        if any(w.op == "update" for w in mine):
            ctx.run(f'DELETE FROM "{table}" WHERE source = ANY($1::uuid[])', [[w.id for w in mine]])
        links = [(w.id, target, place) for w in mine for place, target in enumerate(w.new[field.key] or ())]
        if links:
            sources, targets, positions = (list(column) for column in zip(*links, strict=True))
            ctx.run(
                f'INSERT INTO "{table}" (source, target, position)'
                " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[]) ON CONFLICT DO NOTHING",
                [sources, targets, positions],
            )


def number(ctx: Context, obj: Object, writes: Sequence[Write]) -> None:
    """Give creations their automatic numbers: no doubles, and no gaps where the field is to have none.

    Where gaps are possible and the count never begins anew nobody waits for anybody.
    """
    for field in obj.stored:
        if not isinstance(field.kind, AutoNumber) or ctx.rehearsal:
            continue
        bare = [w for w in writes if w.new.get(field.key) is None]
        if not bare:
            continue
        period = field.kind.period(field, ctx.today)
        for write, value in zip(bare, _counts(ctx, obj, field, period, len(bare)), strict=True):
            write.new[field.key] = field.kind.number(field, value, ctx.today)


def _counts(ctx: Context, obj: Object, field: Field, period: str | None, how_many: int) -> Sequence[int]:
    """The next numbers of a series; those of a period are lost with the unit of work that asked for them."""
    if period is None:
        rows = ctx.run(
            "SELECT nextval(quote_ident($1)::regclass) FROM generate_series(1, $2::int)",
            [sequence(obj, field), how_many],
        )
        return [value for (value,) in rows]
    begun = "nextval(quote_ident($4)::regclass) - 1" if not period else "0 * length($4::text)"
    ((last,),) = ctx.run(
        f"INSERT INTO sys_number AS n (series, period, last) VALUES ($1, $2, {begun} + $3::int)"
        " ON CONFLICT (series, period) DO UPDATE SET last = n.last + $3::int RETURNING last",
        [UUID(field.id), period, how_many, sequence(obj, field)],
    )
    return range(last - how_many + 1, last + 1)


def cells_of(fields: Sequence[Field], rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, list[Any]]]:
    """The columns of fields as (name, SQL type, one cell per row) of rows of native values."""
    out: list[tuple[str, str, list[Any]]] = []
    for field in fields:
        names = field.columns
        empty = (None,) * len(names)
        to_db, key = field.kind.to_db, field.key
        cells = [empty if (value := row.get(key)) is None else to_db(value) for row in rows]
        for place, (name, sql_type) in enumerate(names):
            values = [cell[place] for cell in cells]
            out.append((name, sql_type, [_decimal(v) for v in values] if sql_type == "numeric" else values))
    return out


def unnested(columns: Sequence[tuple[str, str, list[Any]]], bind: Bind) -> tuple[str, str]:
    """Arguments for ``unnest`` that hold the columns, and the columns of its result ``v`` in their own types."""
    places = ", ".join(_place(bind, sql_type, values) for _, sql_type, values in columns)
    selected = ", ".join(f"v.{_q(name)}{_cast(sql_type)}" for name, sql_type, _ in columns)
    return places, selected


def _place(bind: Bind, sql_type: str, values: Sequence[Any]) -> str:
    element, encode = _transport(sql_type)
    return bind([encode(value) for value in values] if encode is not _as_is else values, f"{element}[]")


def _cast(sql_type: str) -> str:
    return f"::{sql_type}" if _transport(sql_type)[0] != sql_type else ""


def _q(name: str) -> str:
    return f'"{name}"'
