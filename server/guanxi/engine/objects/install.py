"""Bringing shipped definitions into a workspace: a three-way difference applied by the one DDL runner.

For every attribute the shipped value of the last installation, the newly shipped one and the live one are compared:
what the workspace changed itself is kept, what it left alone follows the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from guanxi.engine.objects import catalog, upgrading, validation
from guanxi.engine.objects.ddl import runner
from guanxi.engine.objects.ddl.plan import plan
from guanxi.engine.objects.ddl.system_tables import STEPS
from guanxi.engine.objects.definitions import ComponentDefinition, FieldDefinition, ObjectDefinition
from guanxi.infra.database.cursor import RecordCursor
from guanxi.infra.errors import Invalid


def create_schema(cursor: RecordCursor, schema: str) -> None:
    """A new, empty workspace schema with its system tables. Runs in the caller's transaction."""
    cursor.execute(f'CREATE SCHEMA "{schema}"')
    cursor.execute(f'SET LOCAL search_path = "{schema}", public')
    catalog.forget(schema)
    upgrade_system_tables(cursor)


def upgrade_system_tables(cursor: RecordCursor) -> None:
    """Run the steps that the schema on the search path has not seen yet."""
    found = cursor.execute("SELECT to_regclass(current_schema() || '.sys_catalog')").fetchone()
    level = 0
    if found and found[0] is not None:
        row = cursor.execute("SELECT level FROM sys_catalog FOR UPDATE").fetchone()
        level = row[0] if row else 0
    for number, statements in STEPS:
        if number > level:
            for statement in filter(str.strip, statements.split(";")):
                cursor.execute(statement)
            cursor.execute("UPDATE sys_catalog SET level = $1", [number])
    runner.ensure_partitions(cursor)


def install(cursor: RecordCursor, definitions: Iterable[ObjectDefinition]) -> bool:
    """Bring the definitions into the schema on the search path; True when anything changed.

    Invalid names everything in the workspace that the definitions cannot be reconciled with, and what to do about it;
    nothing is skipped. The instant part runs in the caller's transaction; deferred steps are left in ``sys_ddl_step``
    for ``runner.run_deferred``.
    """
    schema, version = _locked(cursor)
    before = catalog.load(cursor, schema, version, catalog.PHYSICAL)
    if not _merge(cursor, schema, version, list(definitions)):
        return False
    after = catalog.load(cursor, schema, version, catalog.PHYSICAL)
    runner.apply(cursor, plan(before.objects, after.objects))
    catalog.next_version(cursor)
    return True


def rehearse(cursor: RecordCursor, definitions: Iterable[ObjectDefinition]) -> bool:
    """Whether ``install`` would change anything; Invalid where it would refuse. The caller rolls back what this did."""
    schema, version = _locked(cursor)
    return _merge(cursor, schema, version, list(definitions))


def _locked(cursor: RecordCursor) -> tuple[str, int]:
    row = cursor.execute("SELECT current_schema(), version FROM sys_catalog FOR UPDATE").fetchone()
    if row is None:
        raise RuntimeError("the schema has no catalog; create_schema comes first")
    return row[0], row[1]


def _merge(cursor: RecordCursor, schema: str, version: int, definitions: Sequence[ObjectDefinition]) -> bool:
    """Merge the definitions into the rows and check the catalog that they give."""
    rows = upgrading.Rows.load(cursor)
    if errors := list(upgrading.clashes(rows, definitions)):
        raise Invalid(errors, "install.cannot_upgrade", {"count": len(errors)})
    live = catalog.load(cursor, schema, version)
    upgrading.free_keys(cursor, rows, definitions)
    changed = False
    for definition in definitions:
        changed |= _merge_object(cursor, definition)
    if changed:
        found = list(validation.findings(catalog.load(cursor, schema, version)))
        if errors := list(upgrading.explained(live, rows, definitions, found)):
            raise Invalid(errors, "install.cannot_upgrade", {"count": len(errors)})
    return changed


def merge(shipped: Mapping[str, Any] | None, new: Mapping[str, Any], live: Mapping[str, Any] | None) -> dict[str, Any]:
    """Live attributes after an upgrade: the workspace's own changes stay, the rest follows the product."""
    if shipped is None or live is None:
        return dict(new)
    return {name: new[name] if live.get(name) == shipped.get(name) else live.get(name) for name in new}


def _merge_object(cursor: RecordCursor, definition: ObjectDefinition) -> bool:
    row = cursor.execute("SELECT key, shipped, live FROM sys_object WHERE id = $1", [definition.id]).fetchone()
    shipped, live = (row[1], row[2]) if row else (None, None)
    new = orjson.loads(orjson.dumps(dict(definition.attributes)))
    changed = shipped != new
    if changed:
        cursor.execute(
            "INSERT INTO sys_object (id, key, area, shipped, live) VALUES ($1, $2, $3, $4::text::jsonb, $5::text::jsonb)"
            " ON CONFLICT (id) DO UPDATE SET area = excluded.area, shipped = excluded.shipped, live = excluded.live",
            [definition.id, definition.key, definition.area, _json(new), _json(merge(shipped, new, live))],
        )
    parts = ((one, one.kind) for one in definition.fields)
    changed |= _merge_parts(cursor, "sys_field", definition.id, parts)
    components = ((one, one.kind) for one in definition.components)
    return _merge_parts(cursor, "sys_component", definition.id, components) | changed


def _merge_parts(
    cursor: RecordCursor,
    table: str,
    object_id: str,
    parts: Iterable[tuple[FieldDefinition | ComponentDefinition, str]],
) -> bool:
    """The fields or components of one object; True when anything changed."""
    changed = False
    known = {
        id_: (shipped, live)
        for id_, shipped, live in cursor.execute(
            f"SELECT id::text, shipped, live FROM {table} WHERE object_id = $1", [object_id]
        ).fetchall()
    }
    for one, kind in parts:
        old_shipped, old_live = known.pop(one.id, (None, None))
        wanted = orjson.loads(orjson.dumps(dict(one.attributes)))
        if old_shipped == wanted:
            continue
        changed = True
        cursor.execute(
            f"INSERT INTO {table} (id, object_id, key, kind, shipped, live)"
            " VALUES ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb)"
            " ON CONFLICT (id) DO UPDATE SET shipped = excluded.shipped, live = excluded.live",
            [one.id, object_id, one.key, kind, _json(wanted), _json(merge(old_shipped, wanted, old_live))],
        )
    removed = [id_ for id_, (was_shipped, _) in known.items() if was_shipped is not None]
    if removed:
        # Two-phase: what the product no longer ships is hidden now; a column is dropped by a later release.
        gone = cursor.execute(
            f"UPDATE {table} SET state = 'retiring', state_at = now() WHERE id = ANY($1::uuid[]) AND state = 'active'",
            [removed],
        )
        changed |= gone.rowcount > 0
    return changed


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
