"""Take a conversion back: the lead is as it was, and what was made of it is gone, as long as nobody has used it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.sales.converting.reverting import conversion_of, in_words, standing
from guanxi.areas.sales.errors import ConversionStands
from guanxi.areas.sales.grading.models import LEAD
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, undo
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class RevertConversion:
    """The converted lead."""

    lead: UUID


class RevertedConversion(TypedDict):
    """The lead, open again, and how many records went back to what they were."""

    lead: Id
    reverted: int


@action("sales.revert_conversion", params=RevertConversion, permission="lead.edit")
def revert_conversion(ctx: Context, params: RevertConversion) -> RevertedConversion:
    """Put the lead back as it was, delete what the conversion made, and move activities back to the lead.

    Whoever converted it may; anybody else needs the right to delete what it made. ConversionStands when something of
    it was changed, deleted or used since; nothing is taken back then.
    """
    locking.lock(ctx, ctx.object(LEAD), [params.lead], "edit", ())
    conversion = conversion_of(ctx, params.lead)
    if conversion.author is None or conversion.author != ctx.author:
        for key, record in conversion.made.items():
            if reads.visible(ctx.as_system(), key, [record]):  # what is gone stands against it anyway
                locking.lock(ctx, ctx.object(key), [record], "delete", ())
    if against := standing(ctx, conversion):
        raise ConversionStands(params.lead, in_words(ctx, against))
    done = undo.undo(ctx.as_system(), conversion.change_set)
    return {"lead": str(params.lead), "reverted": done.undone}
