"""Whose records are: giving one to somebody else, or making one for somebody else, needs a right of its own."""

from __future__ import annotations

from collections.abc import Sequence

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.values import Errors


def check(ctx: Context, obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    """Refuse an owner other than the writer, or the present one, without the right to hand over."""
    if ctx.actor.is_system or not obj.has_owner or ctx.actor.rights(obj.key).transfer:
        return
    for write in writes:
        if "owner" in write.asked and write.new.get("owner", ctx.author) != ctx.author:
            errors.add("owner", "records.transfer_not_allowed", write.row)
