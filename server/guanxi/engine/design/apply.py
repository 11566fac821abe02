"""The one door: a list of changes is checked as a whole and made in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.access.predicate import MAX_STEPS, AccessGuard, check_own_fields
from guanxi.engine.context import Context
from guanxi.engine.design import log, permits, storage
from guanxi.engine.design.draft import Draft, Row
from guanxi.engine.design.notices import catalog_changed
from guanxi.engine.design.ops import lines, perform
from guanxi.engine.design.ops.objects import give_titles
from guanxi.engine.design.outcome import Outcome
from guanxi.engine.objects import catalog, validation
from guanxi.engine.objects.components.registry import component_kind
from guanxi.engine.objects.ddl import runner
from guanxi.engine.objects.ddl.plan import Plan, plan
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import BadRequest, Conflict, FieldError, Invalid
from guanxi.infra.jobs import enqueue
from guanxi.kit.ids import uuid7

MAX_CHANGES = 2000


class _Rehearsed(Exception):
    """Ends a preview: what it did is rolled back."""


def apply(
    ctx: Context,
    changes: Sequence[Mapping[str, Any]],
    *,
    preview: bool = False,
    label: Mapping[str, Any] | None = None,
    undoes: UUID | None = None,
    limit: int = MAX_CHANGES,
    last: bool = False,
) -> Outcome:
    """Make the changes, in their order and together; with ``preview`` say what they would do.

    NotAllowed without the right to configure all that is changed; Invalid names every attribute that is wrong, with the place of its change
    as the row; Conflict when somebody changed the same thing meanwhile, when something rests on what would go, when
    values would be lost without confirmation, or when a table is held by others. Any of these leaves everything as it
    was. Afterwards ``ctx.snapshot`` is the new catalog, and what needs time goes on in a job. ``last``: nothing will be
    asked of what is changed here in this unit of work, so that tables may be changed at its very end.
    """
    permits.permit(ctx)
    if not changes or len(changes) > limit:
        raise BadRequest("design.number_of_changes", {"limit": limit})
    lock(ctx)
    if not preview:
        return _apply(ctx, changes, label, undoes, last=last and ctx.only_verb)
    outcome = Outcome(preview=True)
    try:
        with savepoint():
            _draft(ctx, changes, outcome)
            raise _Rehearsed
    except _Rehearsed:
        outcome.version = ctx.snapshot.version
        return outcome


def lock(ctx: Context) -> None:
    """Wait for whoever is changing the configuration, and begin from what they made of it."""
    row = ctx.cursor.execute("SELECT version FROM sys_catalog FOR UPDATE").fetchone()
    if row and row[0] != ctx.snapshot.version:
        ctx.snapshot = catalog.load(ctx.cursor, ctx.workspace.schema, row[0])


def _apply(
    ctx: Context,
    changes: Sequence[Mapping[str, Any]],
    label: Mapping[str, Any] | None,
    undoes: UUID | None,
    *,
    last: bool,
) -> Outcome:
    outcome = Outcome()
    draft, made = _draft(ctx, changes, outcome)
    if not draft.touched:
        outcome.version = ctx.snapshot.version
        return outcome
    outcome.version = catalog.next_version(ctx.cursor)
    outcome.change = uuid7()
    log.write(
        ctx, outcome.change, changes=draft.normal, inverse=draft.inverse, version=outcome.version,
        label=label or ctx.label, undoes=undoes,
    )  # fmt: skip
    snapshot = catalog.load(ctx.cursor, ctx.workspace.schema, outcome.version)
    transaction.on_commit(partial(catalog.keep, ctx.workspace.schema, outcome.version, snapshot))
    workspace = asdict(ctx.workspace)
    if made.deferred:
        enqueue("design.run", {"workspace": workspace})
    if any(row.state == "archived" and row.id in draft.touched for row in draft.rows.values()):
        # One look a day and workspace is enough.
        day = ctx.now.date().isoformat()
        due = ctx.now + timedelta(days=settings.RETENTION_DAYS, hours=1)
        enqueue("design.expire", {"workspace": workspace}, f"design.expire {ctx.workspace.schema} {day}", due)
    catalog_changed(ctx)
    if last and not ctx.rehearsal and not ctx.endings:
        ctx.endings.append(partial(runner.apply, ctx.cursor, made))
    elif not ctx.rehearsal:
        # Last, since tables are locked from here to the commit.
        runner.apply(ctx.cursor, made)
    ctx.snapshot = snapshot
    return outcome


def _draft(ctx: Context, changes: Sequence[Mapping[str, Any]], outcome: Outcome) -> tuple[Draft, Plan]:
    """Make the changes in rows, check the catalog that they give, and plan what has to be done to the tables."""
    schema, version = ctx.workspace.schema, ctx.snapshot.version
    before = catalog.load(ctx.cursor, schema, version, catalog.PHYSICAL)
    draft = Draft.load(ctx)
    draft.outcome = outcome
    for place, change in enumerate(changes):
        perform(draft, change, place)
    lines.settle(draft)
    give_titles(draft)
    permits.permit_touched(draft)
    draft.flush(ctx.cursor)
    after = catalog.load(ctx.cursor, schema, version)
    _check(ctx, draft, after)
    _check_data(ctx, draft, after)
    made = plan(before.objects, catalog.load(ctx.cursor, schema, version, catalog.PHYSICAL).objects)
    made.deferred.extend(draft.deferred)
    for table, statement in draft.instant:
        made.instant.append(statement)
        made.tables.add(table)
    _check_columns(ctx, made)
    return draft, made


def _check(ctx: Context, draft: Draft, after: Snapshot) -> None:
    errors = [_placed(draft, finding) for finding in validation.findings(_in_future(draft, after))]
    # Where two things cannot go together, the one that is being changed is to blame.
    errors = [one for one in errors if one.row is not None] or errors
    for obj in after.objects.values():
        if obj.id in draft.touched and not MAX_STEPS >= obj.share_reach.steps >= 0:
            errors.append(FieldError("access", "design.share_steps", {"limit": MAX_STEPS}, draft.touched[obj.id]))
        filters = [one for one in (obj.read_also, obj.private) if one]
        if obj.id not in draft.touched or not filters:
            continue
        try:
            source = Source(after, obj, AccessGuard(after, SYSTEM, ctx.env), Bind(), ctx.env, "t")
            for one in filters:
                check_own_fields(one)
                compile_filter(source, one)
        except BadRequest as bad:
            errors.append(FieldError("access", bad.code, bad.params, draft.touched[obj.id]))
    errors = errors or list(_check_components(ctx, draft, after))
    if errors:
        raise Invalid(errors, "design.invalid", {"count": len(errors)})


def _check_components(ctx: Context, draft: Draft, after: Snapshot) -> Iterator[FieldError]:
    """What holds of components only when they are made or changed: that everything they name is there."""
    for row in [draft.rows[id_] for id_ in draft.touched]:
        obj = after.objects.get(draft.rows[row.object_id].key)
        if row.sort != "component" or not row.is_live or obj is None:
            continue
        kind, place = component_kind(row.kind), draft.touched[row.id]
        try:
            kind.check_written(after, obj, row.live)
        except BadValue as bad:
            yield FieldError("values", bad.code, bad.params, place)
        for object_key, field, wanted in kind.records(obj, row.live):
            for value in sorted(set(wanted) - storage.present(ctx, object_key, field, wanted)):
                params = {"object": object_key, "value": value}
                yield FieldError("values", "components.unknown_record", params, place)


def _in_future(draft: Draft, after: Snapshot) -> Snapshot:
    """The catalog as it will be once fields are converted."""
    objects = dict(after.objects)
    for object_key, one in draft.futures:
        obj = objects[object_key]
        objects[object_key] = replace(obj, fields={**obj.fields, one.key: one})
    return replace(after, objects=objects)


def _placed(draft: Draft, finding: validation.Finding) -> FieldError:
    """A finding as an error of the change that caused it, where it is about something that was changed."""
    for row in draft.rows.values():
        if row.id in draft.touched and (draft.rows[row.object_id].key, _part(row)) == (finding.object, finding.part):
            return FieldError(finding.attribute or "values", finding.code, finding.params, draft.touched[row.id])
    return finding.error


def _part(row: Row) -> str:
    return {"object": "", "field": row.key}.get(row.sort, f"{row.kind}:{row.key}")


def _check_data(ctx: Context, draft: Draft, after: Snapshot) -> None:
    """What is to stand once must not stand twice already."""
    errors = []
    for obj in after.objects.values():
        known = ctx.snapshot.objects.get(obj.key)
        if known is None:
            continue
        for attribute, keys, place in _new_uniques(draft, known, obj):
            count, examples = storage.duplicates(ctx, obj, keys)
            if count:
                names = ", ".join(str(obj.fields[key].label.get(ctx.language, key)) for key in keys)
                params = {"fields": names, "count": count, "examples": "; ".join(examples)}
                errors.append(FieldError(attribute, "design.duplicates", params, place))
    if errors:
        raise Invalid(errors, "design.invalid", {"count": len(errors)})


def _new_uniques(draft: Draft, known: Object, obj: Object) -> list[tuple[str, tuple[str, ...], int | None]]:
    found: list[tuple[str, tuple[str, ...], int | None]] = []
    for one in obj.fields.values():
        was = known.fields.get(one.key)
        if one.unique and one.id in draft.touched and (was is None or not was.unique):
            found.append(("unique", (one.key,), draft.touched[one.id]))
    if obj.id in draft.touched:
        had = {frozenset(keys) for keys in known.uniques}
        found.extend(("uniques", keys, draft.touched[obj.id]) for keys in obj.uniques if frozenset(keys) not in had)
    return found


def _check_columns(ctx: Context, made: Plan) -> None:
    for table in sorted(made.tables):
        added = sum(
            statement.count("ADD COLUMN")
            for statement in made.instant
            if statement.startswith(f'ALTER TABLE "{table}"')
        )
        if added and storage.columns_ever(ctx, table) + added > storage.MAX_COLUMNS:
            raise Conflict("design.too_many_columns", {"limit": storage.MAX_COLUMNS})
