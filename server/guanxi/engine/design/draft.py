"""The rows of the catalog in memory while a change is being made of them; written back once, all together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.engine.design.outcome import Outcome
from guanxi.engine.objects.catalog import LIVE
from guanxi.engine.objects.ddl.plan import Deferred
from guanxi.engine.objects.model import Field
from guanxi.infra.database.cursor import RecordCursor
from guanxi.infra.errors import NotFound

Sort = Literal["object", "field", "component"]
Change = Mapping[str, Any]


@dataclass
class Row:
    """One object, field or component as it is stored. ``kind`` is "" for objects, ``area`` for all others."""

    sort: Sort
    id: str
    object_id: str
    key: str
    kind: str
    area: str
    shipped: Mapping[str, Any] | None
    live: dict[str, Any]
    state: str
    state_at: datetime | None = None
    conversion: dict[str, Any] | None = None
    """Of a field: from and to which kind it is being converted, or was lately."""

    @property
    def is_live(self) -> bool:
        """Whether requests see it."""
        return self.state in LIVE

    @property
    def label(self) -> Mapping[str, str]:
        """Its label; its key where it has none."""
        return self.live.get("label") or {"zh-CN": self.key, "en": self.key}


@dataclass
class Draft:
    """All rows of a catalog, the changes made to them so far, and what the changes will do."""

    ctx: Context
    rows: dict[str, Row] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)
    inverse: list[dict[str, Any]] | None = field(default_factory=list)
    """Changes that take these ones back, in their order; None when one of them cannot be taken back."""
    normal: list[dict[str, Any]] = field(default_factory=list)
    """The changes as they were understood, with ids and keys filled in: what the log keeps."""
    deferred: list[Deferred] = field(default_factory=list)
    instant: list[tuple[str, str]] = field(default_factory=list)
    """Statements besides those that the catalogs' difference asks for, each with the table that it locks."""
    futures: list[tuple[str, Field]] = field(default_factory=list)
    """Fields as they will be once the background is done, with their objects: the catalog must make sense then too."""
    touched: dict[str, int] = field(default_factory=dict)
    """Ids of changed rows, with the place of the change."""
    titles: dict[str, int] = field(default_factory=dict)
    """Objects made without a title field, with the place of the change."""
    place: int = 0

    @classmethod
    def load(cls, ctx: Context) -> Draft:
        """Every row of the catalog on the search path."""
        draft = cls(ctx)
        run = ctx.cursor.execute
        tables: tuple[tuple[Sort, str, str], ...] = (
            ("object", "id::text, key, '', area", ""),
            ("field", "object_id::text, key, kind, ''", ", conversion"),
            ("component", "object_id::text, key, kind, ''", ""),
        )
        for sort, names, more in tables:
            # Read by orjson, which keeps one text of each key: a catalog has the same keys thousands of times.
            found = run(f"SELECT id::text, {names}, shipped::text, live::text, state, state_at{more} FROM sys_{sort}")
            for id_, object_id, key, kind, area, shipped, live, *rest in found:
                origin = shipped and orjson.loads(shipped)
                draft.rows[id_] = Row(sort, id_, object_id, key, kind, area, origin, orjson.loads(live), *rest)
        return draft

    def object(self, named: Any) -> Row:
        """The object with this id or key; NotFound otherwise. A key means the live object that has it."""
        row = self.rows.get(str(named))
        if row is not None and row.sort == "object":
            return row
        found = [row for row in self.rows.values() if row.sort == "object" and row.key == named]
        if found:
            return found[0]
        raise NotFound("design.no_such_object", {"object": str(named)[:60]})

    def part(self, sort: Sort, named: Any) -> Row:
        """The field or component with this id, or a field called ``object.field``; NotFound otherwise."""
        row = self.rows.get(str(named))
        if row is not None and row.sort == sort:
            return row
        object_key, dot, key = str(named).partition(".")
        if dot and sort == "field":
            owner = self.object(object_key)
            for row in self.fields(owner.id):
                if row.key == key:
                    return row
        raise NotFound(f"design.no_such_{sort}", {sort: str(named)[:100]})

    def objects(self) -> Iterator[Row]:
        """Every object in whatever state."""
        return (row for row in self.rows.values() if row.sort == "object")

    def fields(self, object_id: str) -> Iterator[Row]:
        """The fields of an object in whatever state."""
        return (row for row in self.rows.values() if row.sort == "field" and row.object_id == object_id)

    def components(self, object_id: str, kind: str | None = None) -> Iterator[Row]:
        """The components of an object in whatever state."""
        return (
            row for row in self.rows.values()
            if row.sort == "component" and row.object_id == object_id and kind in (None, row.kind)
        )  # fmt: skip

    def touch(self, row: Row) -> None:
        """Note that a row was made or changed by the change at hand."""
        self.rows[row.id] = row
        self.touched[row.id] = self.place

    def undo_by(self, change: dict[str, Any] | None) -> None:
        """Note what takes the change at hand back; None when nothing does."""
        if change is None:
            self.inverse = None
        elif self.inverse is not None:
            self.inverse.insert(0, change)

    def flush(self, cursor: RecordCursor) -> None:
        """Write the changed rows."""
        for id_ in self.touched:
            row = self.rows[id_]
            live = orjson.dumps(row.live).decode()
            if row.sort == "object":
                cursor.execute(
                    "INSERT INTO sys_object (id, key, area, live, state, state_at)"
                    " VALUES ($1, $2, $3, $4::text::jsonb, $5, $6)"
                    " ON CONFLICT (id) DO UPDATE SET live = excluded.live, state = excluded.state, state_at = excluded.state_at",
                    [UUID(row.id), row.key, row.area, live, row.state, row.state_at],
                )
                continue
            cursor.execute(
                f"INSERT INTO sys_{row.sort} (id, object_id, key, kind, live, state, state_at)"
                " VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7)"
                " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, live = excluded.live, state = excluded.state,"
                " state_at = excluded.state_at",
                [UUID(row.id), UUID(row.object_id), row.key, row.kind, live, row.state, row.state_at],
            )
            if row.sort == "field":
                cursor.execute(
                    "UPDATE sys_field SET conversion = $2::text::jsonb WHERE id = $1",
                    [UUID(row.id), row.conversion and orjson.dumps(row.conversion).decode()],
                )
