"""From what a caller sends to native values: known fields, writable, parsed, required; every error at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from guanxi.engine.access.columns import RECORD_TYPE
from guanxi.engine.context import Context
from guanxi.engine.objects.computed.defaults import is_formula
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records.hooks import Write
from guanxi.infra.errors import FieldError, Invalid

PROVENANCE = ("created_at", "created_by", "updated_at", "updated_by")
"""System fields that an import may set: where a record comes from."""
MAX_ERRORS = 1000


class Errors:
    """Collects refused values over a whole list of writes."""

    def __init__(self) -> None:
        self.found: list[FieldError] = []

    def add(self, field: str, code: str, row: int, **params: Any) -> None:
        """Note a refusal; the list is capped, the refusal is not."""
        if len(self.found) < MAX_ERRORS:
            self.found.append(FieldError(field, code, params, row))

    def check(self) -> None:
        """Raise Invalid when anything was refused."""
        if self.found:
            raise Invalid(self.found)


def parse(
    ctx: Context, obj: Object, values: Mapping[str, Any], row: int, errors: Errors, *, creating: bool = False
) -> dict[str, Any]:
    """Native values of one row; what is refused goes to ``errors``."""
    native: dict[str, Any] = {}
    env = ctx.env
    guard = ctx.guard()
    for key, raw in values.items():
        field = obj.fields.get(key)
        level = "hidden" if field is None else guard.level(obj, field)
        if field is None or level == "hidden":
            errors.add(key, "fields.unknown", row, object=obj.key)
            continue
        if level != "edit":
            errors.add(key, "fields.not_yours", row)
            continue
        if (field.read_only or field.kind.generated or field.kind.computed) and not _may_set(
            ctx, field, creating=creating
        ):
            errors.add(key, "fields.read_only", row)
            continue
        try:
            native[key] = None if raw is None else field.kind.parse(field, raw, env)
        except BadValue as bad:
            errors.add(key, bad.code, row, **bad.params)
    return native


def check_levels(ctx: Context, obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    """Refuse fields that the actor may not edit on records of the type that each had or gets."""
    levels = ctx.actor.rights(obj.key).fields
    if ctx.actor.is_system or not levels.by_type:
        return
    guard = ctx.guard()
    for write in writes:
        types = {image.get(RECORD_TYPE) for image in (write.old or {}, write.new) if image.get(RECORD_TYPE)}
        for key in write.asked:
            if key in obj.fields and any(guard.level_on(obj, obj.fields[key], one) != "edit" for one in types):
                errors.add(key, "fields.not_yours", write.row)


def _may_set(ctx: Context, field: Field, *, creating: bool) -> bool:
    """Read-only fields are the system's; an import may also say where a new record comes from. Computed ones are nobody's."""
    if field.kind.computed:
        return False
    if ctx.actor.is_system:
        return True
    return creating and field.key in PROVENANCE and ctx.via == "import" and ctx.actor.may("import")


def with_defaults(ctx: Context, obj: Object, values: dict[str, Any]) -> None:
    """Fill the defaults of fields that a creation does not name."""
    for field in obj.with_defaults:
        if field.key not in values and not is_formula(field.default):
            values[field.key] = default(ctx, field)
    if obj.has_owner and "owner" not in values:
        values["owner"] = ctx.author


def with_provenance(ctx: Context, values: dict[str, Any]) -> None:
    """Fill in when a new record is made and by whom, unless it is brought in with its past."""
    values.setdefault("created_at", ctx.now)
    values.setdefault("created_by", ctx.author)
    values.setdefault("updated_at", values["created_at"])
    values.setdefault("updated_by", values["created_by"])


def default(ctx: Context, field: Field) -> Any:
    """The native default: a constant of the field, ``@me``, ``@now`` or ``@today``."""
    raw = field.default
    if raw == "@me":
        return ctx.author
    if raw == "@now":
        return ctx.now
    if raw == "@today":
        return ctx.today
    return field.kind.parse(field, raw, ctx.env)


def check_required(obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    """Required fields must have a value after a creation, and must not be emptied by an update."""
    required = [f for f in obj.fields.values() if f.required and f.kind.holds_value and not f.kind.generated]
    for write in writes:
        for field in required:
            if write.op == "create" or field.key in write.new:
                value = write.new.get(field.key)
                if value is None or value == ():
                    errors.add(field.key, "fields.required", write.row)


def changed_only(obj: Object, old: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """The values that differ from what stands."""
    return {key: value for key, value in values.items() if not obj.fields[key].kind.same(old.get(key), value)}


def instant(values: Mapping[str, Any]) -> datetime | None:
    """When a record brought in from elsewhere says it was made."""
    at = values.get("created_at")
    return at if isinstance(at, datetime) else None
