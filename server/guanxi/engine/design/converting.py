"""The background of a conversion: values are made beside the old ones, batch by batch, and take their place at once.

Columns ``<key>__next`` with the revision that they were made of are filled while everybody reads and writes the old
ones; what is written meanwhile is made again, found by its revision. The change itself is the renaming of columns under
a short lock. The old columns stay for a day as ``<key>__prev``, which is what a conversion back starts from.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.engine.design import storage
from guanxi.engine.design.conversions import NEXT, PREVIOUS, REV, converted, environment, shadow
from guanxi.engine.design.notices import catalog_changed
from guanxi.engine.design.ops.conversion import REVERTIBLE
from guanxi.engine.design.steps import Step, keep, step
from guanxi.engine.objects import catalog
from guanxi.engine.objects.assembly import field_from
from guanxi.engine.objects.ddl.plan import index_bodies, index_name
from guanxi.engine.objects.ddl.runner import LOCK_TIMEOUT_MS
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field, Object, table_of
from guanxi.engine.objects.naming import physical
from guanxi.engine.objects.query.build import Bind, quoted
from guanxi.engine.records import store
from guanxi.infra.errors import Conflict
from guanxi.infra.jobs import enqueue

BATCH = 500
"""Rows that are made at once: so long a writer of one of them may have to wait."""
FEW = 50
"""So many rows are made while the table is locked."""
BACK = {NEXT: PREVIOUS, PREVIOUS: NEXT}


class _Conversion:
    """One conversion at work: the field as it is, and as it is being made beside it."""

    def __init__(self, ctx: Context, one: Step) -> None:
        row = ctx.run(
            "SELECT f.kind, f.live, f.conversion, o.key, f.key FROM sys_field f JOIN sys_object o ON o.id = f.object_id"
            " WHERE f.id = $1 FOR UPDATE OF f",
            [UUID(one.payload["field"])],
        )[0]
        kind, live, conversion, object_key, key = row
        self.ctx, self.step, self.suffix = ctx, one, str(one.payload["suffix"])
        self.state: dict[str, Any] = conversion or {}
        self.obj: Object = ctx.snapshot.object(object_key)
        self.old: Field = field_from(one.payload["field"], key, kind, live)
        self.is_on = bool(conversion) and conversion["state"] in ("running", "reverting")
        if self.is_on:
            to = conversion["to"]
            self.new = field_from(one.payload["field"], key, to["kind"], to["live"])
            self.beside = shadow(self.new, self.suffix)
            self.rev = f"{self.beside.key}{REV}"

    def make(self, condition: str, params: list[Any], limit: int) -> list[UUID]:
        """Make the values of some rows that are behind; their ids. Rows are locked in the order of their ids."""
        own, kept = [n for n, _ in self.old.columns], [n for n, _ in self.beside.columns]
        rows = self.ctx.run(
            f'SELECT id, rev, {quoted([*own, *kept])} FROM "{self.obj.table}" WHERE {condition} ORDER BY id'
            f" LIMIT {limit} FOR UPDATE",
            params,
        )
        made: list[dict[str, Any]] = []
        env, failed = environment(self.ctx), 0
        for row in rows:
            value = self.old.kind.from_db(row[2 : 2 + len(own)])
            before = self.beside.kind.from_db(row[2 + len(own) :])
            try:
                after = self._kept(value, before, env)
            except BadValue:
                after, failed = None, failed + 1
            made.append({self.beside.key: after})
        if failed and not (self.state.get("confirmed") or self.suffix == PREVIOUS):
            raise Conflict("design.conversion_failed", {"count": failed})
        if rows:
            self._write([row[0] for row in rows], [row[1] for row in rows], made)
        if failed:
            self.state["failed"] = self.state.get("failed", 0) + failed
            self._note()
        return [row[0] for row in rows]

    def _kept(self, value: Any, before: Any, env: Any) -> Any:
        """The value in the other kind; on the way back the one that it was made of, unless it was changed since."""
        if self.suffix == PREVIOUS:
            try:
                if self.old.kind.same(converted(self.new, self.old, before, env), value):
                    return before
            except BadValue:
                if value is None:
                    return before
        return converted(self.old, self.new, value, env)

    def _write(self, ids: list[UUID], revs: list[int], made: list[dict[str, Any]]) -> None:
        columns = [("id", "uuid", ids), (self.rev, "int", revs), *store.cells_of([self.beside], made)]
        bind = Bind()
        places, selected = store.unnested(columns, bind)
        names = [name for name, _, _ in columns]
        sets = ", ".join(f'"{name}" = v."{name}"' for name in names[1:])
        self.ctx.run(
            f'UPDATE "{self.obj.table}" t SET {sets} FROM (SELECT {selected} FROM unnest({places})'
            f" AS v({quoted(names)})) v WHERE t.id = v.id",
            bind.values,
        )

    def _note(self) -> None:
        self.ctx.run(
            "UPDATE sys_field SET conversion = $2::text::jsonb WHERE id = $1",
            [UUID(self.old.id), orjson.dumps(self.state).decode()],
        )

    @property
    def behind(self) -> str:
        """Rows whose value was not made of their present revision."""
        return f'"{self.rev}" IS DISTINCT FROM rev'

    def flip(self) -> None:
        """Put the made columns in the place of the field's own, which are kept beside it for a day."""
        table, back = self.obj.table, BACK[self.suffix]
        for tail, _, _ in index_bodies(self.old):
            self.ctx.run(f'DROP INDEX IF EXISTS "{index_name(self.obj, self.old.key, tail)}"')
        self.ctx.run(f'DROP INDEX IF EXISTS "{physical(f"ix_{self.obj.key}_{self.rev}")}"')
        for name, _ in self.old.columns:
            kept = self.old.key + back + name.removeprefix(self.old.key)
            self.ctx.run(f'ALTER TABLE "{table}" RENAME COLUMN "{name}" TO "{kept}"')
        for name, _ in self.beside.columns:
            own = self.old.key + name.removeprefix(self.beside.key)
            self.ctx.run(f'ALTER TABLE "{table}" RENAME COLUMN "{name}" TO "{own}"')
        self.ctx.run(f'ALTER TABLE "{table}" RENAME COLUMN "{self.rev}" TO "{self.old.key}{back}{REV}"')
        for tail, _, _ in index_bodies(self.beside):
            was, name = index_name(self.obj, self.beside.key, tail), index_name(self.obj, self.old.key, tail)
            self.ctx.run(f'ALTER INDEX IF EXISTS "{was}" RENAME TO "{name}"')
        is_back = self.suffix == PREVIOUS
        until = self.ctx.now + REVERTIBLE
        state = {**self.state, "state": "done", "until": until.isoformat()}
        self.ctx.run(
            "UPDATE sys_field SET kind = $2, live = live || $3::text::jsonb, conversion = $4::text::jsonb WHERE id = $1",
            [
                UUID(self.old.id), self.new.kind.key, orjson.dumps(self._attributes()).decode(),
                None if is_back else orjson.dumps(state).decode(),
            ],
        )  # fmt: skip
        catalog.next_version(self.ctx.cursor)
        catalog_changed(self.ctx)
        self.ctx.run(
            "INSERT INTO sys_ddl_step (kind, name, object, statement) VALUES ('search', $1, $2, '')",
            [f"search {self.obj.key}", self.obj.key],
        )
        if is_back:
            self.ctx.run(
                "INSERT INTO sys_ddl_step (kind, name, object, field, payload, statement)"
                " VALUES ('drop_beside', $1, $2, $3, $4::text::jsonb, '')",
                [f"drop {self.rev}", self.obj.key, self.old.key, orjson.dumps({"suffix": NEXT}).decode()],
            )
        else:
            enqueue("design.expire", {"workspace": asdict(self.ctx.workspace)}, run_at=until)

    def _attributes(self) -> dict[str, Any]:
        """What the conversion sets besides the kind; names and places may have been changed meanwhile."""
        to = self.state["to"]["live"]
        return {name: to[name] for name in ("settings", "default", "searchable")}


@step("convert")
def convert(ctx: Context, one: Step) -> bool:
    """Make the values of all rows once."""
    conversion = _Conversion(ctx, one)
    if not conversion.is_on:
        return False
    made = conversion.make("($1::uuid IS NULL OR id > $1)", [one.payload.get("after")], BATCH)
    if made:
        keep(ctx, one, after=str(made[-1]))
    return bool(made)


@step("convert_flip")
def flip(ctx: Context, one: Step) -> bool:
    """Make what was written meanwhile, until little is left; then the rest, and the change itself, under a lock."""
    conversion = _Conversion(ctx, one)
    if not conversion.is_on:
        return False
    if len(conversion.make(conversion.behind, [], BATCH)) > FEW:
        return True
    ctx.run(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_MS}ms'")
    ctx.run(f'LOCK TABLE "{conversion.obj.table}" IN ACCESS EXCLUSIVE MODE')
    if len(conversion.make(conversion.behind, [], FEW)) == FEW:
        return True
    conversion.flip()
    return False


@step("drop_beside")
def drop_beside(ctx: Context, one: Step) -> bool:
    """Drop what a conversion kept beside a field."""
    ctx.run(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_MS}ms'")
    table = table_of(one.object)
    for name in storage.beside(ctx, table, one.field, one.payload["suffix"]):
        ctx.run(f'ALTER TABLE "{table}" DROP COLUMN IF EXISTS "{name}"')
    return False
