"""Copying a workspace's schema: its catalog, its empty tables, and rows as they are or masked. One transaction does all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from guanxi.engine.objects import catalog
from guanxi.engine.objects.ddl import runner
from guanxi.engine.objects.ddl.plan import Deferred, Plan, plan, sequence
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.objects.query.build import link_table, quoted
from guanxi.infra.database.cursor import RecordCursor
from guanxi.kit.masking import Mask

CATALOG = ("sys_object", "sys_field", "sys_component", "sys_bundle_id")
BATCH = 5000
SAFE = frozenset("choice multi_choice record_type money region industry color about auto_number".split())
"""Kinds whose texts say nothing of a person."""
FIRST_YEAR, LAST_YEAR = 1000, 9998
"""Days of these years are left, so that none is moved beyond what a field takes."""
FILES = frozenset({"file", "image", "signature"})
Progress = Callable[[int], None]
"""Told of rows that were copied; raises to stop."""


@dataclass
class Clone:
    """A copy in the making. The search path is that of the new schema."""

    cursor: RecordCursor
    source: str
    target: str
    progress: Progress
    objects: Mapping[str, Object] = field(default_factory=dict)
    made: Plan = field(default_factory=Plan)

    def catalog(self) -> None:
        """Copy the catalog and make the tables, without what relates them to each other."""
        for table in CATALOG:
            names = quoted(self._columns(table))
            self._run(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM "{self.source}"."{table}"')
        # What was going on in the background does not go on here.
        self._run("UPDATE sys_field SET conversion = NULL WHERE conversion IS NOT NULL")
        self._run("UPDATE sys_field SET state = 'active' WHERE state = 'creating'")
        snapshot: Snapshot = catalog.load(self.cursor, self.target, 1, catalog.PHYSICAL)
        self.objects = snapshot.objects
        self.made = plan({}, self.objects)
        tables = Plan([one for one in self.made.instant if " FOREIGN KEY " not in one])
        runner.apply(self.cursor, tables)

    def rows(self, key: str, mask: Mask | None = None, where: str = "TRUE", params: Sequence[Any] = ()) -> None:
        """Copy the records of an object, in the bin or not, and what they are linked with."""
        obj = self.objects[key]
        names = self._columns(obj.table)
        if mask and (hiding := _Hiding(obj, mask, dict(self._types(obj.table)))):
            self._masked(obj, names, hiding, where, params)
        else:
            listed = quoted(names)
            source = f'"{self.source}"."{obj.table}" WHERE {where}'
            self._run(f'INSERT INTO "{obj.table}" ({listed}) SELECT {listed} FROM {source}', params)
            self.progress(self.cursor.rowcount)
        self._beside(obj)

    def _masked(
        self, obj: Object, names: Sequence[str], hiding: _Hiding, where: str, params: Sequence[Any]
    ) -> None:  # fmt: skip
        columns = ", ".join(map(hiding.selected, names))
        after = None
        while True:
            found = self._run(
                f'SELECT s.id, {columns} FROM "{self.source}"."{obj.table}" s WHERE ({where})'
                f" AND (${len(params) + 1}::uuid IS NULL OR s.id > ${len(params) + 1}) ORDER BY s.id LIMIT {BATCH}",
                [*params, after],
            )
            if not found:
                return
            with self.cursor.copy(f'COPY "{obj.table}" ({quoted(names)}) FROM STDIN'.encode()) as copy:
                for record, *row in found:
                    copy.write_row(hiding.row(record, dict(zip(names, row, strict=True))))
            after = found[-1][0]
            self.progress(len(found))

    def _beside(self, obj: Object) -> None:
        """Links and the last number that was given."""
        for one in obj.fields.values():
            if one.kind.trait == "refs" and one.kind.holds_value and not one.system:
                table = link_table(obj, one)
                self._run(
                    f'INSERT INTO "{table}" (source, target, position) SELECT l.source, l.target, l.position'
                    f' FROM "{self.source}"."{table}" l WHERE EXISTS (SELECT 1 FROM "{obj.table}" t WHERE t.id = l.source)'
                    " ON CONFLICT DO NOTHING"
                )
            if one.kind.generated:
                name = sequence(obj, one)
                self._run(f'SELECT setval(\'"{name}"\', last_value, is_called) FROM "{self.source}"."{name}"')
                self._run(
                    "INSERT INTO sys_number (series, period, last) SELECT series, period, last"
                    f" FROM \"{self.source}\".sys_number WHERE series = '{UUID(one.id)}'"
                )

    def table(self, name: str) -> None:
        """Copy a table that is no object's."""
        names = quoted(self._columns(name))
        self._run(f'INSERT INTO "{name}" ({names}) SELECT {names} FROM "{self.source}"."{name}"')

    def referred(self, keys: Iterable[str], target: str) -> list[UUID]:
        """The records of an object to which copied records of others refer."""
        found: list[UUID] = []
        for obj in (self.objects[key] for key in keys):
            for one in obj.fields.values():
                if one.target != target or one.system or not one.kind.holds_value or one.kind.virtual:
                    continue
                if one.kind.trait == "refs":
                    found += [id_ for (id_,) in self._run(f'SELECT DISTINCT target FROM "{link_table(obj, one)}"')]
                elif one.kind.trait == "ref":
                    statement = f'SELECT DISTINCT "{one.key}" FROM "{obj.table}" WHERE "{one.key}" IS NOT NULL'
                    found += [id_ for (id_,) in self._run(statement)]
        return found

    def give_orphans(self, copied: Iterable[str], member: UUID | None) -> None:
        """What of the copied objects belonged to somebody who was not copied belongs to this member."""
        for obj in (self.objects[key] for key in copied):
            if obj.has_owner:
                self._run(
                    f'UPDATE "{obj.table}" t SET owner = $1 WHERE owner IS NOT NULL'
                    " AND NOT EXISTS (SELECT 1 FROM rec_member m WHERE m.id = t.owner)",
                    [member],
                )

    def count(self, key: str) -> int:
        """How many records an object has in the source."""
        table = self.objects[key].table
        return int(self._run(f'SELECT count(*) FROM "{self.source}"."{table}"')[0][0])

    def close(self, copied: Iterable[str], *, whole: bool) -> None:
        """Empty references to what was not copied, relate the tables, and leave indexes and search to be made."""
        keys = list(copied)
        for obj in (self.objects[key] for key in keys if not whole):
            for one in obj.stored:
                target = self.objects.get(one.target or "")
                if one.kind.trait == "ref" and target is not None:
                    other = target.table
                    self._run(
                        f'UPDATE "{obj.table}" t SET "{one.key}" = NULL WHERE "{one.key}" IS NOT NULL'
                        f' AND NOT EXISTS (SELECT 1 FROM "{other}" o WHERE o.id = t."{one.key}")'
                    )
            for one in obj.fields.values():
                target = self.objects.get(one.target or "")
                if one.kind.trait == "refs" and one.kind.holds_value and not one.system and target is not None:
                    self._run(
                        f'DELETE FROM "{link_table(obj, one)}" l'
                        f' WHERE NOT EXISTS (SELECT 1 FROM "{target.table}" o WHERE o.id = l.target)'
                    )
        related = [one for one in self.made.instant if " FOREIGN KEY " in one]
        later = Plan(related, list(self.made.deferred))
        later.deferred.extend(Deferred("search", f"search {key}", object=key) for key in keys)
        runner.apply(self.cursor, later)
        catalog.next_version(self.cursor)

    def run(self, statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement in the new schema."""
        return self._run(statement, params)

    def _run(self, statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self.cursor.execute(statement, params)
        return self.cursor.fetchall() if self.cursor.description else []

    def _columns(self, table: str) -> list[str]:
        """Columns that both have: a column beside a conversion is only in the source."""
        return [name for name, _ in self._types(table)]

    def _types(self, table: str) -> list[tuple[str, str]]:
        found = self._run(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [table],
        )
        return [(name, sql_type) for name, sql_type in found]


def drop(cursor: RecordCursor, schema: str) -> None:
    """Remove a workspace's schema with everything in it, and the end of its audit log."""
    cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
    cursor.execute("DELETE FROM public.infra_audit_anchor WHERE workspace = $1", [schema])
    catalog.forget(schema)


class _Hiding:
    """What becomes of the rows of an object: texts are masked, days are moved, all of a record by one distance."""

    def __init__(self, obj: Object, mask: Mask, types: Mapping[str, str]) -> None:
        self.types, self.mask = types, mask
        self.how = {name: how for one in obj.stored for name, how in _hiding(one, mask)}
        days = [one for one in obj.stored if one.kind.trait in ("date", "datetime") and not one.kind.computed]
        self.days = {name for one in days for name, _ in one.columns}
        once = {one.key for one in obj.stored if one.unique} | {key for keys in obj.uniques for key in keys}
        self.taken = {key: set[str]() for key in once}
        # Days that must not stand twice stay apart only when all of them are moved alike.
        self.alike = mask.weeks(obj.key) if any(one.key in once for one in days) else None

    def __bool__(self) -> bool:
        return bool(self.how or self.days)

    def selected(self, name: str) -> str:
        """A column as text."""
        as_json = name in self.how and self.types[name] == "text[]"
        return f'to_jsonb("{name}")::text' if as_json else f'"{name}"::text'

    def row(self, record: UUID, cells: Mapping[str, str | None]) -> list[str | None]:
        """The cells of a record as they are written."""
        distance = self.alike or self.mask.weeks(str(record))
        return [self._cell(name, value, distance) for name, value in cells.items()]

    def _cell(self, name: str, value: str | None, distance: timedelta) -> str | None:
        if value is None:
            return value
        if name in self.days:
            return _moved(value, distance, self.types[name])
        if name not in self.how:
            return value
        made = self.how[name](value)
        taken = self.taken.get(name)
        if taken is not None and made is not None and self.types[name] == "text":
            number = 1
            while made in taken:
                number += 1
                made = self.how[name](f"{value} {number}") or ""
            taken.add(made)
        return made


def _moved(value: str, distance: timedelta, sql_type: str) -> str:
    read = date if sql_type == "date" else datetime
    moment = read.fromisoformat(value)
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        return value
    return str(moment + distance)


def _hiding(one: Field, mask: Mask | None) -> list[tuple[str, Callable[[str], str | None]]]:
    """How the columns of a field are masked; none for what may be seen."""
    if mask is None or one.kind.key in SAFE:
        return []
    if one.kind.computed or one.kind.key in FILES or one.kind.key == "geo_point":
        return [(name, lambda _: None) for name, _ in one.columns]
    how = {
        "mail": mask.mail, "mails": mask.mail, "phone": mask.phone, "phones": mask.phone, "url": mask.url,
        "url_list": mask.url, "rich_text": mask.rich,
    }.get(one.kind.key, mask.text)  # fmt: skip
    found: list[tuple[str, Callable[[str], str | None]]] = []
    for name, sql_type in one.columns:
        if name.endswith("__labels"):
            continue
        if sql_type == "text":
            found.append((name, mask.text if name.endswith("__text") else how))
        elif sql_type == "text[]":
            found.append((name, lambda value, how=how: _array([how(item) for item in orjson.loads(value)])))
        elif sql_type == "jsonb":
            found.append((name, lambda value: orjson.dumps(mask.json(orjson.loads(value))).decode()))
    return found


def _array(values: Iterable[str | None]) -> str:
    quoted_values = ('"' + (one or "").replace("\\", "\\\\").replace('"', '\\"') + '"' for one in values)
    return "{" + ",".join(quoted_values) + "}"
