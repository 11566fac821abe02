"""Materials: what they say they are is there."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid

_CONTENT = {"file": "files", "link": "url", "article": "body"}
"""Where the content of each kind stands."""


@hook("material", "before", fields={"kind", "files", "url", "body"}, ops=("create", "update"))
def content_is_there(ctx: Context, batch: list[Write]) -> None:
    """A file has a file, a link an address, an article a text; nobody opens a material that is empty."""
    errors = [
        FieldError(field, f"enablement.{field}_needed", row=write.row)
        for write in batch
        if (field := _CONTENT.get(write.value("kind"))) and not write.value(field)
    ]
    if errors:
        raise Invalid(errors)
