"""Rows asked for the conditions that access is made of: of one record, of all rows by number, of many people at once.

A ``Condition`` is SQL with its parameters apart, so that equal conditions of different people are one, and so that a
condition fits into any statement.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind

_MARK = re.compile("\x01([0-9]+)\x02")
_ME = "nullif(current_setting('guanxi.me'), '')::uuid"
"""How a formula asks who looks; told by the connection, which is the caller's."""


class Loose(Bind):
    """Marks where parameters belong, and keeps them for whichever statement a condition comes to stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.types: list[str] = []
        self._known: dict[tuple[int, str], tuple[str, Any]] = {}

    def __call__(self, value: Any, sql_type: str) -> str:
        """The mark of a value."""
        found = self._known.get((id(value), sql_type))
        if found is None:
            self.values.append(value)
            self.types.append(sql_type)
            # The value is kept with its mark: another one must not come to stand at its address in memory.
            found = self._known[id(value), sql_type] = (f"\x01{len(self.values) - 1}\x02", value)
        return found[0]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the rows of an object under the alias ``t``: its text with numbered places, and what goes there."""

    text: str
    values: tuple[tuple[str, Any], ...] = ()
    """The type and the value of each parameter; lists as tuples."""

    @classmethod
    def of(cls, sql: str, bind: Loose, me: UUID | None) -> Condition:
        """A condition of somebody, its places counted from 0, so that it equals the same one of somebody else."""
        numbers: dict[str, int] = {}
        text = _MARK.sub(lambda mark: f"\x01{numbers.setdefault(mark[1], len(numbers))}\x02", sql)
        values = [(bind.types[int(one)], _hashable(bind.types[int(one)], bind.values[int(one)])) for one in numbers]
        if _ME in text:
            text = text.replace(_ME, f"\x01{len(values)}\x02")
            values.append(("uuid", me))
        return cls(text, tuple(values))

    def sql(self, bind: Bind) -> str:
        """The condition in a statement."""

        def placed(mark: re.Match[str]) -> str:
            type_, value = self.values[int(mark[1])]
            return bind(list(value) if isinstance(value, tuple) else value, type_)

        return _MARK.sub(placed, self.text)

    def over(self, first: int) -> str:
        """The condition with the columns ``p.v<first>``, ``p.v<first + 1>``... in place of its parameters."""
        return _MARK.sub(lambda mark: f"p.v{first + int(mark[1])}::{self.values[int(mark[1])][0]}", self.text)


class Cell(NamedTuple):
    """What rows have in common: whose they are, through whom they are reached, which conditions hold."""

    owner: UUID | None
    via: UUID | None
    truths: tuple[bool, ...]


def cells(
    ctx: Context,
    obj: Object,
    conditions: Sequence[Condition],
    within: tuple[Collection[UUID], Collection[UUID]] | None = None,
    share: float | None = None,
) -> list[tuple[Cell, int]]:
    """How many live rows there are of each sort.

    ``within`` asks for those alone that belong to one of some owners, or inherit access from a record of one of others;
    ``share`` looks at about that part of the table.
    """
    bind = Bind()
    columns = _columns(obj, conditions, bind)
    sample = "" if share is None else f" TABLESAMPLE SYSTEM ({share * 100:.6f}) REPEATABLE (1)"
    kept = ""
    if within is not None:
        owners, via = (bind(list(one), "uuid[]") for one in within)
        kept = f" AND (t.owner = ANY({owners}) OR t.via_owner = ANY({via}))"
    groups = ", ".join(str(place + 1) for place in range(len(columns)))
    rows = ctx.run(
        f'SELECT {", ".join(columns)}, count(*) FROM "{obj.table}" t{sample}'
        f" WHERE t.deleted_at IS NULL{kept} GROUP BY {groups}",
        bind.values,
    )
    return [(Cell(row[0], row[1], tuple(row[2:-1])), row[-1]) for row in rows]


def rows_of(
    ctx: Context, obj: Object, conditions: Sequence[Condition], asked: Sequence[tuple[int, Sequence[Condition]]]
) -> Iterator[tuple[int, UUID, Cell]]:
    """The rows for which any of somebody's own conditions holds, for several people in one statement.

    Each person is a number with conditions whose texts are the same for all: only their parameters differ, which
    become columns.
    """
    bind = Bind()
    first = asked[0][1]
    starts = [sum(len(one.values) for one in first[:place]) for place in range(len(first))]
    values: list[list[str | None]] = [[] for one in first for _ in one.values]
    for _, own in asked:
        for column, (type_, value) in zip(values, (pair for one in own for pair in one.values), strict=True):
            column.append(_text(type_, value))
    columns = _columns(obj, conditions, bind)
    arrays = [bind([place for place, _ in asked], "int[]"), *(bind(column, "text[]") for column in values)]
    names = ["place", *(f"v{number}" for number in range(len(values)))]
    own_sql = " OR ".join(one.over(start) for one, start in zip(first, starts, strict=True))
    for row in ctx.run(
        f"SELECT p.place, s.* FROM unnest({', '.join(arrays)}) AS p({', '.join(names)}) CROSS JOIN LATERAL"
        # The offset keeps the inner statement whole, so that it looks rows up by their ids.
        f' (SELECT t.id, {", ".join(columns)} FROM "{obj.table}" t'
        f" WHERE t.deleted_at IS NULL AND ({own_sql}) OFFSET 0) s",
        bind.values,
    ):
        yield row[0], row[1], Cell(row[2], row[3], tuple(row[4:]))


def holding(ctx: Context, obj: Object, record: UUID, conditions: Iterable[Condition]) -> set[Condition]:
    """Those of the conditions, of however many people, that hold for one record: one statement.

    Conditions of the same text are asked together, their parameters as rows.
    """
    alike: dict[tuple[str, tuple[str, ...]], list[Condition]] = {}
    for one in dict.fromkeys(conditions):
        alike.setdefault((one.text, tuple(type_ for type_, _ in one.values)), []).append(one)
    bind = Bind()
    asked: list[Condition] = []
    parts = []
    for (_, types), same in alike.items():
        numbers = list(range(len(asked), len(asked) + len(same)))
        columns = [[_text(*one.values[place]) for one in same] for place in range(len(types))]
        arrays = [bind(numbers, "int[]"), *(bind(column, "text[]") for column in columns)]
        names = ["place", *(f"v{place}" for place in range(len(types)))]
        rows = f"unnest({', '.join(arrays)}) AS p({', '.join(names)})"
        parts.append(f"SELECT p.place FROM {rows} WHERE ({same[0].over(0)}) IS TRUE")
        asked += same
    if not parts:
        return set()
    found = ctx.run(
        f'SELECT s.place FROM "{obj.table}" t CROSS JOIN LATERAL ({" UNION ALL ".join(parts)}) s'
        f" WHERE t.id = {bind(record, 'uuid')}",
        bind.values,
    )
    return {asked[place] for (place,) in found}


def about_rows(ctx: Context) -> dict[str, int]:
    """About how many rows each object has, by its key; 0 where nobody has counted yet."""
    tables = {obj.table: key for key, obj in ctx.snapshot.objects.items()}
    rows = ctx.run(
        "SELECT c.relname, c.reltuples FROM pg_class c WHERE c.relnamespace = $1::text::regnamespace"
        " AND c.relname = ANY($2::text[])",
        [ctx.workspace.schema, list(tables)],
    )
    return {tables[name]: max(0, int(count)) for name, count in rows}


def are_shares(ctx: Context) -> bool:
    """Whether anything is shared with anybody."""
    return bool(ctx.run("SELECT EXISTS (SELECT 1 FROM sys_share)")[0][0])


def owners_of(ctx: Context, obj: Object, record: UUID) -> tuple[UUID | None, UUID | None]:
    """Whose a record is, and whose the one is that it inherits access from."""
    ((owner, via_owner),) = ctx.run(f'SELECT owner, via_owner FROM "{obj.table}" WHERE id = $1', [record])
    return owner, via_owner


def record_above(ctx: Context, obj: Object, record: UUID) -> tuple[Object, UUID] | None:
    """The live record that a record inherits access from."""
    if not obj.inherit:
        return None
    field = obj.fields[obj.inherit]
    columns = ", ".join(f'"{name}"' for name, _ in field.columns)
    rows = ctx.run(f'SELECT {columns} FROM "{obj.table}" WHERE id = $1', [record])
    above: UUID | None = rows[0][0] if rows else None
    key = rows[0][1] if rows and len(rows[0]) > 1 else field.target
    target = ctx.snapshot.objects.get(key or "")
    if above is None or target is None:
        return None
    there = ctx.run(f'SELECT 1 FROM "{target.table}" WHERE id = $1 AND deleted_at IS NULL', [above])
    return (target, above) if there else None


class Given(NamedTuple):
    """A share of a record that holds now."""

    kind: Literal["member", "department", "role"]
    receiver: UUID
    level: str
    by: UUID | None
    until: datetime | None


def shares_of(ctx: Context, object_key: str, record: UUID) -> Iterator[Given]:
    """The shares of a record that hold now, the oldest first."""
    rows = ctx.run(
        "SELECT member, department, role, level, created_by, expires_at FROM sys_share"
        " WHERE object = $1 AND record = $2 AND (expires_at IS NULL OR expires_at > $3) ORDER BY created_at, id",
        [object_key, record, ctx.now],
    )
    for member, department, role, level, by, until in rows:
        kind: Literal["member", "department", "role"] = "member" if member else "department" if department else "role"
        yield Given(kind, member or department or role, level, by, until)


def _columns(obj: Object, conditions: Sequence[Condition], bind: Bind) -> list[str]:
    owner = "t.owner" if obj.has_owner else "NULL::uuid"
    via = "t.via_owner" if obj.has_owner and obj.inherit else "NULL::uuid"
    return [owner, via, *(f"({one.sql(bind)}) IS TRUE" for one in conditions)]


def _hashable(type_: str, value: Any) -> Any:
    if type_ == "uuid[]":  # sets of owners, whose order nothing asks for
        return tuple(sorted(value))
    return tuple(value) if isinstance(value, list) else value


def _text(type_: str, value: Any) -> str | None:
    """A parameter as PostgreSQL reads its type from text."""
    if value is None:
        return None
    if type_.endswith("[]"):
        return "{" + ",".join(_element(_text(type_[:-2], one)) for one in value) + "}"
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _element(text: str | None) -> str:
    """A value within the text of an array."""
    if text is None:
        return "NULL"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
