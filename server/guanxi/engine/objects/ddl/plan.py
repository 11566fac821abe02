"""From the catalog as it is to the catalog as it should be: statements, decided without touching a database."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from guanxi.engine.objects.ddl.system_tables import RECORD_COLUMNS
from guanxi.engine.objects.model import Field, Object, table_of
from guanxi.engine.objects.naming import physical
from guanxi.engine.objects.query.build import link_table, quoted


@dataclass(frozen=True, slots=True)
class Deferred:
    """A step that must not run inside the transaction of the change: it is persisted and retried.

    ``index`` and ``validate`` are one statement outside any transaction; other kinds are registered functions that
    work in batches (``engine/design/steps.py``) and find what they need in ``payload``.
    """

    kind: str
    name: str
    statement: str = ""
    object: str = ""
    field: str = ""
    payload: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass
class Plan:
    """Statements in order: ``instant`` in one transaction under a lock timeout, ``deferred`` afterwards.

    ``tables`` are those that an instant statement locks against readers.
    """

    instant: list[str] = dataclasses.field(default_factory=list)
    deferred: list[Deferred] = dataclasses.field(default_factory=list)
    tables: set[str] = dataclasses.field(default_factory=set)


def plan(old: Mapping[str, Object], new: Mapping[str, Object]) -> Plan:
    """The steps from one catalog to another. New tables are built whole; live ones are only ever added to.

    Both catalogs hold everything that is physically there, archived objects and fields included: a column is dropped
    by a step of its own, long after its field went out of sight.
    """
    made = Plan()
    for obj in new.values():
        if obj.key not in old:
            _create(made, obj)
    for obj in new.values():
        _columns(made, obj, old.get(obj.key))
        _indexes(made, obj, old.get(obj.key))
        _links(made, obj, old.get(obj.key))
    for obj in new.values():
        _references(made, obj, old.get(obj.key))
        for one in obj.fields.values():
            before = old.get(obj.key)
            made.deferred.extend(one.kind.steps(obj, one, before.fields.get(one.key) if before else None))
    return made


def _create(made: Plan, obj: Object) -> None:
    columns = [f'"{name}" {sql_type}' for one in obj.stored for name, sql_type in one.columns]
    made.instant.append(f'CREATE TABLE "{obj.table}" ({", ".join([RECORD_COLUMNS.strip(), *columns])})')
    made.instant.append(f'CREATE INDEX ON "{obj.table}" (updated_at, id) WHERE deleted_at IS NULL')
    made.instant.append(f'CREATE INDEX ON "{obj.table}" (created_at, id) WHERE deleted_at IS NULL')


def _columns(made: Plan, obj: Object, before: Object | None) -> None:
    for one in obj.stored:
        known = before.fields.get(one.key) if before else None
        if before:
            had = {name for name, _ in known.columns} if known else set()
            added = [f'ADD COLUMN "{name}" {sql_type}' for name, sql_type in one.columns if name not in had]
            if added:
                made.instant.append(f'ALTER TABLE "{obj.table}" {", ".join(added)}')
                made.tables.add(obj.table)
        if one.kind.generated and known is None:
            made.instant.append(f'CREATE SEQUENCE IF NOT EXISTS "{sequence(obj, one)}"')


def sequence(obj: Object, one: Field) -> str:
    """The sequence behind a field whose values the engine numbers."""
    return physical(f"seq_{obj.key}_{one.key}")


def index_name(obj: Object, key: str, suffix: str) -> str:
    """The name of an index of a field."""
    return physical(f"ix_{obj.key}_{key}_{suffix}")


def uniques_name(obj: Object, keys: Sequence[str]) -> str:
    """The name of the index behind values that must not stand twice together."""
    return index_name(obj, sha256(",".join(sorted(keys)).encode()).hexdigest()[:12], "uniques")


def index_bodies(one: Field) -> Iterable[tuple[str, str, str]]:
    """Indexes of a field as (suffix of the name, UNIQUE or nothing, body after the table's name)."""
    key = one.key
    if one.unique:
        yield "unique", "UNIQUE ", f'("{key}") WHERE deleted_at IS NULL'
    for place, body in enumerate(one.kind.indexes(one)):
        yield f"kind{place or ''}", "", body
    if one.kind.virtual:
        return
    if one.index and not one.unique:
        yield "order", "", f'("{key}", id) WHERE deleted_at IS NULL'
    elif one.kind.trait == "ref":
        yield "ref", "", f'("{key}") WHERE deleted_at IS NULL AND "{key}" IS NOT NULL'


def _wanted(obj: Object) -> dict[str, tuple[str, str, str]]:
    """Every index of an object by its name, as (UNIQUE or nothing, body, the field that it is of)."""
    found = {
        index_name(obj, one.key, suffix): (unique, body, one.key)
        for one in obj.fields.values()
        if (one.columns and not one.system) or one.kind.virtual
        for suffix, unique, body in index_bodies(one)
    }
    live = "WHERE deleted_at IS NULL"
    if obj.has_owner:
        found[f"ix_{obj.key}__owner"] = "", f"(owner, updated_at) {live}", "owner"
    if obj.inherit:
        found[f"ix_{obj.key}__via"] = "", f"(via_owner, updated_at) {live}", obj.inherit
    for keys in obj.uniques:
        if all(key in obj.fields for key in keys):
            columns = [name for key in sorted(keys) for name, _ in obj.fields[key].columns]
            found[uniques_name(obj, keys)] = "UNIQUE ", f"({quoted(columns)}) {live}", ""
    return found


def _indexes(made: Plan, obj: Object, before: Object | None) -> None:
    wanted, had = _wanted(obj), _wanted(before) if before else {}
    for name, (unique, body, of) in wanted.items():
        if had.get(name) == (unique, body, of):
            continue
        if before is None:
            made.instant.append(f'CREATE {unique}INDEX "{name}" ON "{obj.table}" {body}')
            continue
        if name in had:
            _drop_index(made, obj, name, of)
        statement = f'CREATE {unique}INDEX CONCURRENTLY IF NOT EXISTS "{name}" ON "{obj.table}" {body}'
        made.deferred.append(Deferred("index", name, statement, obj.key, of))
    for name in had.keys() - wanted.keys():
        if had[name][0]:
            # What may stand twice from now on must not be refused by an index that waits for its turn.
            made.instant.append(f'DROP INDEX IF EXISTS "{name}"')
            made.tables.add(obj.table)
        else:
            _drop_index(made, obj, name, had[name][2])


def _drop_index(made: Plan, obj: Object, name: str, of: str) -> None:
    made.deferred.append(Deferred("drop_index", name, f'DROP INDEX CONCURRENTLY IF EXISTS "{name}"', obj.key, of))


def _links(made: Plan, obj: Object, before: Object | None) -> None:
    for one in obj.fields.values():
        if one.kind.trait != "refs" or (before and one.key in before.fields):
            continue
        table = link_table(obj, one)
        made.instant.append(
            f'CREATE TABLE "{table}" (source uuid NOT NULL REFERENCES "{obj.table}", target uuid NOT NULL,'
            f" position int NOT NULL DEFAULT 0, PRIMARY KEY (source, target))"
        )
        made.instant.append(f'CREATE INDEX ON "{table}" (target, source)')
        if before:
            made.tables.add(obj.table)


def _references(made: Plan, obj: Object, before: Object | None) -> None:
    for one in obj.stored:
        if one.kind.trait != "ref" or (before and one.key in before.fields) or one.target is None:
            continue
        name = physical(f"fk_{obj.key}_{one.key}")
        target = table_of(one.target)
        constraint = f'"{name}" FOREIGN KEY ("{one.key}") REFERENCES "{target}"'
        if before is None:
            made.instant.append(f'ALTER TABLE "{obj.table}" ADD CONSTRAINT {constraint}')
        else:
            made.instant.append(f'ALTER TABLE "{obj.table}" ADD CONSTRAINT {constraint} NOT VALID')
            validate = f'ALTER TABLE "{obj.table}" VALIDATE CONSTRAINT "{name}"'
            made.deferred.append(Deferred("validate", name, validate, obj.key, one.key))
            made.tables.add(obj.table)
        made.tables.add(target)
