"""Changing the kind of a field: planned and confirmed here, done in the background (``converting.py``)."""

from __future__ import annotations

from datetime import datetime, timedelta

from guanxi.engine.design import conversions, shapes, storage, usage
from guanxi.engine.design.conversions import NEXT, PREVIOUS, REV, ConversionPreview, may_convert, shadow
from guanxi.engine.design.draft import Change, Draft, Row
from guanxi.engine.design.ops.changing import (
    impact,
    must_be,
    must_be_custom,
    note,
    refuse,
    say,
    unchanged_meanwhile,
)
from guanxi.engine.design.ops.fields import field_kind
from guanxi.engine.objects.assembly import field_from
from guanxi.engine.objects.ddl.plan import Deferred, index_bodies, index_name
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field, Object, table_of
from guanxi.engine.objects.naming import physical
from guanxi.infra.errors import Conflict

REVERTIBLE = timedelta(hours=24)
"""How long the values as they were are kept beside the converted ones."""


def convert(draft: Draft, change: Change) -> None:
    """Give a field another kind. Values that the new kind cannot take are lost, which has to be confirmed."""
    row = draft.part("field", change.get("id"))
    owner = draft.rows[row.object_id]
    must_be(draft, row, "active")
    must_be(draft, owner, "active")
    must_be_custom(draft, row)
    _must_be_settled(draft, row)
    unchanged_meanwhile(draft, row, change.get("expected"))
    kind = field_kind(draft, change.get("kind"))
    old = field_from(row.id, row.key, row.kind, row.live, custom=True)
    if kind.key == row.kind or not may_convert(old.kind) or not may_convert(kind):
        raise refuse(
            draft, "kind", "design.cannot_convert", old=_name(draft, old), new=kind.intro.label[_language(draft)]
        )
    if any(row.key in keys for keys in owner.live.get("uniques") or ()):
        raise refuse(draft, "kind", "design.convert_unique", field=row.key)
    if usage.in_access(owner, row.key):
        raise refuse(draft, "kind", "design.convert_access", field=row.key)
    given = shapes.field_values(change.get("values") or {}, draft.place, whole=False)
    to = {**row.live, "settings": {}, "default": None, **given}
    to["searchable"] = to["searchable"] and kind.searchable
    new = field_from(row.id, row.key, kind.key, to, custom=True)
    obj = draft.ctx.snapshot.objects.get(owner.key)
    if obj is None or row.key not in obj.fields:
        raise refuse(draft, "kind", "design.convert_saved_first")
    draft.futures.append((owner.key, new))
    found = _look(draft, row, obj, old, new)
    if found["failed"] and not change.get("confirm") and not draft.outcome.preview:
        examples = "; ".join(sample["before"] for sample in found["failed_samples"])
        raise Conflict(
            "design.conversion_loses",
            {"name": row.label.get(_language(draft)), "count": found["failed"], "examples": examples, "preview": found},
        )
    row.conversion = {
        "state": "running", "from": {"kind": row.kind, "live": row.live}, "to": {"kind": kind.key, "live": to},
        "confirmed": bool(change.get("confirm")), "failed": 0,
    }  # fmt: skip
    draft.touch(row)
    draft.undo_by({"op": "field.revert", "id": row.id})
    note(draft, row, "convert", kind=kind.key, values=to)
    say(draft, "design.plan_field_convert", row, old=dict(old.kind.intro.label), new=dict(kind.intro.label))
    _build(draft, obj, row, new, NEXT)


def _look(draft: Draft, row: Row, obj: Object, old: Field, new: Field) -> ConversionPreview:
    """Try the values once the settings make sense; validation tells what is wrong with them."""
    try:
        new.kind.check_settings(new.settings)
    except BadValue as bad:
        raise refuse(draft, "settings", bad.code, **bad.params) from None
    found, doubles = conversions.preview(draft.ctx, obj, old, new)
    if doubles.count and not draft.outcome.preview:
        name, examples = row.label.get(_language(draft)), "; ".join(doubles.examples)
        raise refuse(draft, "unique", "design.duplicates", fields=name, count=doubles.count, examples=examples)
    draft.outcome.conversion = found
    impact(draft, "design.impact_same", row, found["same"])
    impact(draft, "design.impact_changed", row, found["changed"])
    impact(draft, "design.impact_failed", row, found["failed"] - doubles.count)
    return found


def _build(draft: Draft, obj: Object, row: Row, new: Field, suffix: str) -> None:
    """Columns beside the field's own, and the steps that fill them and put them in its place."""
    beside = shadow(new, suffix)
    parts = [f'ADD COLUMN "{name}" {sql_type}' for name, sql_type in beside.columns]
    parts.append(f'ADD COLUMN "{beside.key}{REV}" int')
    draft.instant.append((obj.table, f'ALTER TABLE "{obj.table}" {", ".join(parts)}'))
    steps(draft, obj, row, new, suffix, fill=True)


def steps(draft: Draft, obj: Object, row: Row, new: Field, suffix: str, *, fill: bool) -> None:
    """Fill, build what the new values need, catch up, and put the columns in the field's place."""
    beside = shadow(new, suffix)
    place = {"object": obj.key, "field": row.key, "payload": {"field": row.id, "suffix": suffix}}
    name = f"{obj.key}.{row.key}"
    if fill:
        draft.deferred.append(Deferred("convert", f"convert {name}", **place))
    for tail, unique, body in index_bodies(beside):
        index = index_name(obj, beside.key, tail)
        statement = f'CREATE {unique}INDEX CONCURRENTLY IF NOT EXISTS "{index}" ON "{obj.table}" {body}'
        draft.deferred.append(Deferred("index", index, statement, **place))
    behind = physical(f"ix_{obj.key}_{beside.key}{REV}")
    late = f'WHERE "{beside.key}{REV}" IS DISTINCT FROM rev'
    statement = f'CREATE INDEX CONCURRENTLY IF NOT EXISTS "{behind}" ON "{obj.table}" (id) {late}'
    draft.deferred.append(Deferred("index", behind, statement, **place))
    draft.deferred.append(Deferred("convert_flip", f"flip {name}", **place))


def revert(draft: Draft, change: Change) -> None:
    """Stop a conversion that is running, or take one back while the values as they were are kept."""
    row = draft.part("field", change.get("id"))
    must_be(draft, row, "active")
    conversion = row.conversion
    if conversion is None or conversion["state"] not in ("running", "done"):
        raise Conflict("design.nothing_to_revert", {"name": row.label.get(_language(draft))})
    owner = draft.rows[row.object_id]
    if conversion["state"] == "running":
        _stop(draft, row, owner)
    else:
        if datetime.fromisoformat(conversion["until"]) < draft.ctx.now:
            raise Conflict("design.nothing_to_revert", {"name": row.label.get(_language(draft))})
        was = conversion["from"]
        # What was renamed or moved meanwhile stays so.
        live = {**row.live, **{name: was["live"][name] for name in ("settings", "default", "searchable")}}
        old = field_from(row.id, row.key, was["kind"], live, custom=True)
        draft.futures.append((owner.key, old))
        row.conversion = {**conversion, "state": "reverting", "to": {"kind": was["kind"], "live": live}}
        draft.touch(row)
        steps(draft, draft.ctx.snapshot.object(owner.key), row, old, PREVIOUS, fill=False)
    draft.undo_by(None)
    note(draft, row, "revert")
    say(draft, "design.plan_field_revert", row)


def _stop(draft: Draft, row: Row, owner: Row) -> None:
    """Give up what was built beside the field."""
    row.conversion = None
    draft.touch(row)
    draft.ctx.cursor.execute(
        "UPDATE sys_ddl_step SET state = 'done', error = 'stopped' WHERE object = $1 AND field = $2 AND state <> 'done'",
        [owner.key, row.key],
    )
    draft.deferred.append(
        Deferred(
            "drop_beside", f"stop {owner.key}.{row.key}", object=owner.key, field=row.key, payload={"suffix": NEXT}
        )
    )


def _must_be_settled(draft: Draft, row: Row) -> None:
    """One conversion at a time; the values of the last one make room for those of this one."""
    if row.conversion is None:
        return
    if row.conversion["state"] != "done":
        raise Conflict("design.is_converting", {"name": row.label.get(_language(draft))})
    owner = draft.rows[row.object_id]
    table = table_of(owner.key)
    for name in storage.beside(draft.ctx, table, row.key, PREVIOUS):
        draft.instant.append((table, f'ALTER TABLE "{table}" DROP COLUMN "{name}"'))


def _name(draft: Draft, one: Field) -> str:
    return one.kind.intro.label[_language(draft)]


def _language(draft: Draft) -> str:
    return draft.ctx.language if draft.ctx.language in ("zh-CN", "en") else "zh-CN"
