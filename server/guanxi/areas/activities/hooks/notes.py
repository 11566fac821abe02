"""A note is told apart in lists and search by its first line."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.objects.fields.kinds.rich_text import plain_text
from guanxi.engine.records.hooks import Write, hook

_LONGEST = 80


@hook("note", "before", fields={"body"}, ops=("create", "update"))
def summarise(ctx: Context, batch: list[Write]) -> None:
    """Keep the first line of the text as the note's title."""
    for write in batch:
        first_line = plain_text(write.new.get("body") or "").partition("\n")[0]
        write.new["subject"] = first_line if len(first_line) <= _LONGEST else first_line[: _LONGEST - 1] + "…"
