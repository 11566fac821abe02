"""Reading records: pages, single records, counts, groups. Every statement carries the access predicate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import Verb
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.engine.objects.query.page import (
    Cursor,
    Direction,
    Selected,
    SortKey,
    after,
    mark_of,
    order_by,
    segment_condition,
    selection,
    sort_keys,
)
from guanxi.engine.records import search
from guanxi.engine.records.narrowing import narrowed
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.errors import BadRequest, NotFound

MAX_LIMIT = 200
MAX_SELECT = 200


@dataclass(frozen=True)
class Query:
    """What to read. ``select`` empty means every field; ``where`` None means every visible record."""

    select: Sequence[str] = ()
    where: Any = None
    sort: Sequence[tuple[str, Direction]] = ()
    limit: int = 50
    cursor: str | None = None
    search: str | None = None


@dataclass(frozen=True)
class Page:
    """Rendered records and where the next page begins (None at the end)."""

    rows: list[dict[str, Any]]
    next_cursor: str | None


@dataclass
class _Statement:
    """The parts that a page, its second segment and a stream share."""

    ctx: Context
    obj: Object
    query: Query
    bind: Bind = field(default_factory=Bind)

    def __post_init__(self) -> None:
        ctx, query = self.ctx, self.query
        self.source = Source(ctx.snapshot, self.obj, ctx.guard(), self.bind, ctx.env, "t")
        paths = list(query.select) or told_fields(ctx, self.obj)
        if len(paths) > MAX_SELECT:
            raise BadRequest("query.too_many_paths", {"limit": MAX_SELECT})
        self.items, self.columns = selection(self.source, paths, masks=True)
        self.keys: list[SortKey] = sort_keys(self.source, query.sort)
        self.where = condition(ctx, self.obj, self.source, query.where, query.search)

    def sql(self, segment: int, cursor: Cursor | None, limit: int | None) -> str:
        parts = [self.where, segment_condition(self.keys, segment)]
        if cursor is not None:
            parts.append(after(self.source, self.keys, cursor))
        key_columns = [f"({key.sql})::text" for key in self.keys]
        columns = ", ".join([*self.columns, *key_columns])
        tail = f" LIMIT {limit}" if limit is not None else ""
        return (
            f"SELECT {columns} FROM {self.source.from_clause()} WHERE {' AND '.join(parts)}"
            f" ORDER BY {order_by(self.keys, 't', segment)}{tail}"
        )

    @property
    def segments(self) -> int:
        return 2 if self.keys and self.keys[0].nullable else 1


def told_fields(ctx: Context, obj: Object) -> list[str]:
    """Keys of the fields whose values the actor is told, if only as a mask."""
    guard = ctx.guard()
    return [f.key for f in obj.fields.values() if f.kind.holds_value and guard.level(obj, f) != "hidden"]


def condition(ctx: Context, obj: Object, source: Source, where: Any, text: str | None) -> str:
    """Live rows that the actor may read, that the filter keeps and the search finds."""
    parts = [source.rows(), compile_filter(source, where), *narrowed(ctx, source, where)]
    if text and text.strip():
        parts.append(search.list_condition(ctx, obj, text, source.bind, source.alias))
    return " AND ".join(f"({part})" for part in parts if part != "TRUE")


def page(ctx: Context, object_key: str, query: Query) -> Page:
    """One page in the order asked for, ties broken by id; BadRequest for a filter that is not understood."""
    if not 1 <= query.limit <= MAX_LIMIT:
        raise BadRequest("query.bad_limit", {"limit": MAX_LIMIT})
    obj = ctx.object(object_key)
    statement = _Statement(ctx, obj, query)
    mark = query_mark(object_key, query)
    cursor = Cursor.decode(query.cursor, len(statement.keys), mark) if query.cursor else None
    rows: list[tuple[Any, ...]] = []
    segment = cursor.segment if cursor else 0
    marks: list[int] = []
    shared = len(statement.bind.values)
    while segment < statement.segments and len(rows) <= query.limit:
        text = statement.sql(segment, cursor, query.limit + 1 - len(rows))
        # Parameters that only the cursor needed are not sent with the next segment's statement.
        found = ctx.run(text, statement.bind.values if cursor else statement.bind.values[:shared])
        rows.extend(found)
        marks.extend([segment] * len(found))
        segment, cursor = segment + 1, None
    next_cursor = None
    if len(rows) > query.limit:
        last, width = rows[query.limit - 1], len(statement.columns)
        next_cursor = Cursor(marks[query.limit - 1], tuple(last[width:]), str(last[0]), mark).encode()
        rows = rows[: query.limit]
    return Page(render(ctx, obj, statement.items, rows), next_cursor)


def query_mark(object_key: str, query: Query) -> str:
    """What the cursors of a query's pages are bound to: its filter, its order and its search, not how much is shown."""
    return mark_of([object_key, query.where, [list(one) for one in query.sort], (query.search or "").strip()])


def stream(ctx: Context, object_key: str, query: Query, chunk: int = 2000) -> Any:
    """All records of a query in order, in rendered chunks, from a server-side cursor; for exports."""
    obj = ctx.object(object_key)
    statement = _Statement(ctx, obj, replace(query, cursor=None))
    for segment in range(statement.segments):
        name = f"stream_{segment}"
        ctx.run(f"DECLARE {name} NO SCROLL CURSOR FOR {statement.sql(segment, None, None)}", statement.bind.values)
        while rows := ctx.run(f"FETCH {chunk} FROM {name}"):
            yield statement.items, rows
        ctx.run(f"CLOSE {name}")


def get(ctx: Context, object_key: str, record: UUID, select: Sequence[str] = ()) -> dict[str, Any]:
    """One record; NotFound when it is absent or invisible, which look the same."""
    obj = ctx.object(object_key)
    statement = _Statement(ctx, obj, Query(select=select))
    place = statement.bind(record, "uuid")
    rows = ctx.run(
        f"SELECT {', '.join(statement.columns)} FROM {statement.source.from_clause()}"
        f" WHERE t.id = {place} AND {statement.where}",
        statement.bind.values,
    )
    if not rows:
        raise NotFound("records.not_found", {"object": object_key, "id": str(record)})
    return render(ctx, obj, statement.items, rows)[0]


def visible(
    ctx: Context, object_key: str, ids: Sequence[UUID], verb: Verb = "read", *, deleted: bool = False
) -> set[UUID]:
    """Those of the ids that are live (or in the recycle bin) and that the actor may reach with the verb."""
    if not ids:
        return set()
    obj = ctx.snapshot.object(object_key)
    bind = Bind()
    place = bind(list(ids), "uuid[]")
    rows = ctx.run(
        f'SELECT t.id FROM "{obj.table}" t WHERE t.id = ANY({place})'
        f" AND t.deleted_at IS {'NOT ' if deleted else ''}NULL AND {ctx.guard(verb).rows(obj, 't', bind)}",
        bind.values,
    )
    return {record for (record,) in rows}


def native(ctx: Context, object_key: str, ids: Sequence[UUID], fields: Sequence[str]) -> dict[UUID, dict[str, Any]]:
    """Native values of live, visible records by id."""
    items, rows = _found(ctx, ctx.object(object_key), ids, fields)
    return {row[0]: {item.path: native_value(item, row) for item in items} for row in rows}


def in_words(ctx: Context, object_key: str, ids: Sequence[UUID], paths: Sequence[str]) -> dict[UUID, dict[str, str]]:
    """Values of live, visible records as people read them, by id and path; masks and titles as the actor is told them."""
    items, rows = _found(ctx, ctx.object(object_key), ids, paths)
    columns = [_column(item, rows) for item in items]
    referred = {
        ref
        for item, column in zip(items, columns, strict=True)
        for v in column
        for ref in references(item.operand.field, v)
    }
    found = titles(ctx, referred)
    told: dict[UUID, dict[str, str]] = {row[0]: {} for row in rows}
    for item, column in zip(items, columns, strict=True):
        one = item.operand.field
        for row, value in zip(rows, column, strict=True):
            if refs := references(one, value):
                text = ", ".join(found.get(ref, "") for ref in refs)
            else:
                text = "" if value is None else one.kind.text(one, value, ctx.language, ctx.env.time_zone)
            told[row[0]][item.path] = str(item.masked(row) or text) if item.mask is not None else text
    return told


def _found(
    ctx: Context, obj: Object, ids: Sequence[UUID], paths: Sequence[str]
) -> tuple[Sequence[Selected], list[tuple[Any, ...]]]:
    """The selected paths of live, visible records."""
    statement = _Statement(ctx, obj, Query(select=paths))
    place = statement.bind(list(ids), "uuid[]")
    rows = ctx.run(
        f"SELECT {', '.join(statement.columns)} FROM {statement.source.from_clause()}"
        f" WHERE t.id = ANY({place}) AND {statement.where}",
        statement.bind.values,
    )
    return statement.items, rows


def ids(ctx: Context, object_key: str, where: Any, search_text: str | None = None, limit: int = 100_000) -> list[UUID]:
    """Ids of the visible records that a filter keeps, in the order of their ids; BadRequest above the limit, since
    "all of them" must never mean some of them.
    """
    obj = ctx.object(object_key)
    bind = Bind()
    source = Source(ctx.snapshot, obj, ctx.guard(), bind, ctx.env, "t")
    kept = condition(ctx, obj, source, where, search_text)
    rows = ctx.run(f"SELECT t.id FROM {source.from_clause()} WHERE {kept} ORDER BY t.id LIMIT {limit + 1}", bind.values)
    if len(rows) > limit:
        raise BadRequest("records.too_many", {"limit": limit, "count": len(rows)})
    return [record for (record,) in rows]


def native_value(item: Selected, row: Sequence[Any]) -> Any:
    """The native value of a selected path in a row."""
    if item.operand.field.kind.trait == "refs":
        return tuple(row[item.start])
    return item.operand.field.kind.from_db(row[item.start : item.start + item.width])


def render(ctx: Context, obj: Object, items: Sequence[Selected], rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Rows as the API shows them, references with their titles."""
    # Column by column: what a field's kind has to say is asked once per page, not once per cell.
    columns = [_column(item, rows) for item in items]
    wanted: list[tuple[str, UUID]] = []
    for item, column in zip(items, columns, strict=True):
        field = item.operand.field
        if field.kind.trait == "ref":
            target = field.target or ""
            wanted.extend((target, value) for value in set(column) if value is not None)
        elif field.kind.trait in ("refs", "about"):
            wanted.extend(key for value in column for key in references(field, value))
    found = titles(ctx, wanted)
    shown = [_shown(item.operand.field, column, found) for item, column in zip(items, columns, strict=True)]
    for place, item in enumerate(items):
        if item.mask is not None:
            shown[place] = [item.masked(row) or cell for row, cell in zip(rows, shown[place], strict=True)]
    paths = ["id", "rev", *(item.path for item in items)]
    cells = zip([str(row[0]) for row in rows], [row[1] for row in rows], *shown, strict=True)
    return [dict(zip(paths, record, strict=True)) for record in cells]


def _column(item: Selected, rows: Sequence[Sequence[Any]]) -> list[Any]:
    start, end = item.start, item.start + item.width
    if item.operand.field.kind.trait == "refs":
        return [tuple(row[start]) for row in rows]
    from_db = item.operand.field.kind.from_db
    return [from_db(row[start:end]) for row in rows]


def _shown(field: Field, column: Sequence[Any], found: Titles) -> list[Any]:
    if field.kind.trait == "ref":
        target = field.target or ""
        by_id = {value: reference(found, target, value) for value in set(column) if value is not None}
        return [None if value is None else by_id[value].copy() for value in column]
    if field.kind.trait in ("refs", "about"):
        return [rendered(field, value, found) for value in column]
    render = field.kind.render
    return [None if value is None else render(value) for value in column]


def references(field: Field, value: Any) -> list[tuple[str, UUID]]:
    """The records that a native value refers to."""
    trait = field.kind.trait
    if value is None or trait not in ("ref", "refs", "about"):
        return []
    if trait == "about":
        return [(value.object, value.id)]
    target = field.target or ""
    return [(target, value)] if trait == "ref" else [(target, one) for one in value]


def rendered(field: Field, value: Any, found: Titles) -> Any:
    """JSON form of a native value with the titles that were found."""
    trait = field.kind.trait
    if trait == "refs":
        return [reference(found, field.target or "", one) for one in value or ()]
    if value is None:
        return None
    if trait == "ref":
        return reference(found, field.target or "", value)
    if trait == "about":
        return {"object": value.object, **reference(found, value.object, value.id)}
    return field.kind.render(value)


def object_rights(ctx: Context, obj: Object, record: UUID) -> Mapping[str, bool]:
    """Whether the actor may edit and delete one visible record; neither, while somebody only looks with their eyes."""
    if ctx.actor.read_only:
        return {"edit": False, "delete": False}
    bind = Bind()
    place = bind(record, "uuid")
    edit, delete = (ctx.guard(verb).rows(obj, "t", bind) for verb in ("edit", "delete"))
    rows = ctx.run(f'SELECT {edit}, {delete} FROM "{obj.table}" t WHERE t.id = {place}', bind.values)
    return {"edit": bool(rows[0][0]), "delete": bool(rows[0][1])} if rows else {"edit": False, "delete": False}
