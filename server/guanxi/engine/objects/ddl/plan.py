"""From the catalog as it is to the catalog as it should be: statements, decided without touching a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from guanxi.engine.objects.ddl.system_tables import RECORD_COLUMNS
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import link_table


@dataclass(frozen=True, slots=True)
class Deferred:
    """A step that must not run inside the transaction of the change: it is persisted and retried."""

    kind: Literal["index", "validate"]
    name: str
    statement: str


@dataclass
class Plan:
    """Statements in order: ``instant`` in one transaction under a lock timeout, ``deferred`` afterwards."""

    instant: list[str] = field(default_factory=list)
    deferred: list[Deferred] = field(default_factory=list)


def plan(old: Mapping[str, Object], new: Mapping[str, Object]) -> Plan:
    """The steps from one catalog to another. New tables are built whole; live ones are only ever added to."""
    made = Plan()
    for obj in new.values():
        if obj.key not in old:
            _create(made, obj)
    for obj in new.values():
        before = old.get(obj.key)
        known = {f.key for f in before.stored} if before else {f.key for f in obj.stored}
        for one in obj.stored:
            if one.key not in known:
                for name, sql_type in one.columns:
                    made.instant.append(f'ALTER TABLE "{obj.table}" ADD COLUMN "{name}" {sql_type}')
            if one.kind.generated and not (before and one.key in before.fields):
                made.instant.append(f'CREATE SEQUENCE IF NOT EXISTS "{sequence(obj, one)}"')
        _indexes(made, obj, before)
        _links(made, obj, before)
    for obj in new.values():
        _references(made, obj, old.get(obj.key))
    return made


def _create(made: Plan, obj: Object) -> None:
    columns = [f'"{name}" {sql_type}' for one in obj.stored for name, sql_type in one.columns]
    made.instant.append(f'CREATE TABLE "{obj.table}" ({", ".join([RECORD_COLUMNS.strip(), *columns])})')
    live = "WHERE deleted_at IS NULL"
    if obj.has_owner:
        made.instant.append(f'CREATE INDEX ON "{obj.table}" (owner, updated_at) {live}')
    if obj.inherit:
        made.instant.append(f'CREATE INDEX ON "{obj.table}" (via_owner, updated_at) {live}')
    made.instant.append(f'CREATE INDEX ON "{obj.table}" (updated_at, id) {live}')
    made.instant.append(f'CREATE INDEX ON "{obj.table}" (created_at, id) {live}')


def sequence(obj: Object, one: Field) -> str:
    """The sequence behind a field whose values the engine numbers."""
    return f"seq_{obj.key}_{one.key}"[:63]


def index_bodies(one: Field) -> Iterable[tuple[str, str, str]]:
    """Indexes of a field as (suffix of the name, UNIQUE or nothing, body after the table's name)."""
    key = one.key
    if one.unique:
        yield "unique", "UNIQUE ", f'("{key}") WHERE deleted_at IS NULL'
    for place, body in enumerate(one.kind.indexes(one)):
        yield f"kind{place or ''}", "", body
    if one.index and not one.unique:
        yield "order", "", f'("{key}", id) WHERE deleted_at IS NULL'
    elif one.kind.trait == "ref":
        yield "ref", "", f'("{key}") WHERE deleted_at IS NULL AND "{key}" IS NOT NULL'


def _indexes(made: Plan, obj: Object, before: Object | None) -> None:
    for one in obj.stored:
        had = set(index_bodies(before.fields[one.key])) if before and one.key in before.fields else set()
        for suffix, unique, body in index_bodies(one):
            if (suffix, unique, body) in had:
                continue
            name = f"ix_{obj.key}_{one.key}_{suffix}"[:63]
            if before is None:
                made.instant.append(f'CREATE {unique}INDEX IF NOT EXISTS "{name}" ON "{obj.table}" {body}')
            else:
                statement = f'CREATE {unique}INDEX CONCURRENTLY IF NOT EXISTS "{name}" ON "{obj.table}" {body}'
                made.deferred.append(Deferred("index", name, statement))


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


def _references(made: Plan, obj: Object, before: Object | None) -> None:
    for one in obj.stored:
        if one.kind.trait != "ref" or (before and one.key in before.fields) or one.target is None:
            continue
        name = f"fk_{obj.key}_{one.key}"[:63]
        constraint = f'"{name}" FOREIGN KEY ("{one.key}") REFERENCES "rec_{one.target}"'
        if before is None:
            made.instant.append(f'ALTER TABLE "{obj.table}" ADD CONSTRAINT {constraint}')
        else:
            made.instant.append(f'ALTER TABLE "{obj.table}" ADD CONSTRAINT {constraint} NOT VALID')
            validate = f'ALTER TABLE "{obj.table}" VALIDATE CONSTRAINT "{name}"'
            made.deferred.append(Deferred("validate", name, validate))
