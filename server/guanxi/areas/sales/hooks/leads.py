"""A lead is converted by the verb, which makes what it is converted into, and once."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid

CONVERTED = "converted"


@hook("lead", "before", fields={"status"}, ops=("create", "update"))
def converted_stays_converted(ctx: Context, batch: list[Write]) -> None:
    """People neither set nor leave the converted status by hand; imports may bring it, an undo may take it back."""
    if ctx.actor.is_system or ctx.via == "import" or ctx.undoes is not None:
        return
    errors: list[FieldError] = []
    for write in batch:
        before = (write.old or {}).get("status")
        now = write.value("status")
        if now == CONVERTED != before:
            errors.append(FieldError("status", "sales.convert_by_verb", row=write.row))
        elif before == CONVERTED != now:
            errors.append(FieldError("status", "sales.lead_already_converted", row=write.row))
    if errors:
        raise Invalid(errors)
