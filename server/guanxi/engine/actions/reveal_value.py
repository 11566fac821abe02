"""Look at a value that is masked: by its kind for everybody, or by a role for some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.engine.access.columns import RECORD_TYPE
from guanxi.engine.actions.registry import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import changes, pools, reads
from guanxi.engine.records.titles import titles
from guanxi.infra.errors import BadRequest, FieldError, Invalid, NotAllowed

LONGEST_REASON = 500
Asked = Callable[[Context, Object, UUID], None]
_asked_first: list[Asked] = []


def asked_first(function: Asked) -> Asked:
    """Have a function asked before a value of a record is told, which it may refuse."""
    if function not in _asked_first:
        _asked_first.append(function)
    return function


@dataclass(frozen=True)
class RevealValue:
    """The field of one record, and why it is looked at; needed where a role masks the field."""

    object: str
    record: UUID
    field: str
    reason: str | None = None


class RevealedValue(TypedDict):
    """The whole value in words; null when there is none."""

    value: str | None


@action("records.reveal_value", params=RevealValue)
def reveal_value(ctx: Context, params: RevealValue) -> RevealedValue:
    """Tell the whole value of a masked field; the record's history and the audit log note who looked, and why.

    A kind that masks its values for everybody tells them to whoever may edit the record. A field that a role masks is
    told where the role says ``reveal``, to whoever reads the record and gives a reason.
    """
    obj = ctx.object(params.object)
    shown = reads.get(ctx, obj.key, params.record)
    field = obj.fields.get(params.field)
    pool = pools.pool_of(ctx, obj, params.record)
    level = field and ctx.guard().level_on(obj, field, _record_type(ctx, obj, params.record), pool)
    by_role = level in ("masked", "reveal")
    if field is None or level == "hidden":
        raise BadRequest("query.unknown_field", {"object": obj.key, "field": params.field})
    if not (by_role or field.kind.secret):
        raise BadRequest("records.not_hidden", {"object": obj.key, "field": params.field})
    if level == "masked":
        raise NotAllowed("records.masked_by_role", {"object": obj.key, "field": field.key})
    if field.kind.secret and params.record not in reads.visible(ctx, obj.key, [params.record], "edit"):
        raise NotAllowed("records.reveal_not_allowed", {"object": obj.key, "field": field.key})
    reason = _reason(params.reason, needed=by_role)
    for asked in _asked_first:
        asked(ctx, obj, params.record)
    value = reads.native(ctx.as_system(), obj.key, [params.record], [field.key])[params.record][field.key]
    if value is None or value == ():
        return {"value": None}
    changes.log_reveal(ctx, obj, params.record, shown["rev"], field.key)
    details = {"field": dict(field.label), "key": field.key, "reason": reason}
    note(ctx, "reveal", object=obj.key, record=params.record, details=details)
    return {"value": _text(ctx, field, value)}


def _record_type(ctx: Context, obj: Object, record: UUID) -> str | None:
    if RECORD_TYPE not in obj.fields:
        return None
    return reads.native(ctx.as_system(), obj.key, [record], [RECORD_TYPE])[record][RECORD_TYPE]


def _reason(given: str | None, *, needed: bool) -> str:
    reason = (given or "").strip()
    if needed and not reason:
        raise Invalid([FieldError("reason", "records.reason_needed")])
    if len(reason) > LONGEST_REASON:
        raise Invalid([FieldError("reason", "fields.too_long", {"length": len(reason), "limit": LONGEST_REASON})])
    return reason


def _text(ctx: Context, field: Field, value: Any) -> str:
    """The value in words; a record that the reader may not see stays unnamed."""
    if field.kind.secret:
        return str(field.kind.kept(value))
    if refs := reads.references(field, value):
        found = titles(ctx, refs)
        return ", ".join(found.get(ref, "—") for ref in refs)
    return field.kind.text(field, value, ctx.language, ctx.env.time_zone)
