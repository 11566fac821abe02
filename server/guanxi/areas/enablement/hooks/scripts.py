"""Scripts: what stands in braces is a field of something that scripts are used with."""

from __future__ import annotations

from guanxi.areas.enablement.subjects import subjects
from guanxi.areas.enablement.wording import leading_nowhere
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid


@hook("script", "before", fields={"body"}, ops=("create", "update"))
def placeholders_are_fields(ctx: Context, batch: list[Write]) -> None:
    """A misspelt placeholder is refused when it is written, not when somebody reads it to a customer."""
    system = ctx.as_system()
    known = subjects(system)
    errors = [
        FieldError("body", "enablement.no_such_placeholder", {"path": path}, row=write.row)
        for write in batch
        for path in leading_nowhere(system, known, write.new.get("body") or "")
    ]
    if errors:
        raise Invalid(errors)
