"""What was worked out is written by verbs alone; plans make sense, and stay as they are once they are in use."""

from __future__ import annotations

from guanxi.areas.commission.errors import KeptForGood, LinesLocked, NotADraft, refused
from guanxi.areas.commission.rules.definition import read
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid

_STAYS = frozenset({"note", "owner", "members", "departments", "roles"})
"""What may change of a plan in use: whom it is for from the next run on, and what is said beside it."""
_LATER = frozenset(
    {"status", "owner", "dispute", "dispute_reason", "disputed_at", "answer", "answered_by", "answered_at"}
)


@hook("commission_run", "before")
@hook("commission_statement", "before")
@hook("commission_line", "before")
def worked_out_by_the_product(ctx: Context, batch: list[Write]) -> None:
    """Nobody writes runs, statements and lines by hand; that somebody's are handed over changes
    nothing that they say."""
    if ctx.actor.is_system:
        return
    if any(write.op != "update" or not write.asked <= {"owner"} for write in batch):
        raise KeptForGood


@hook("commission_statement", "before", ops=("update",))
def locked_statements_stay(ctx: Context, batch: list[Write]) -> None:
    """Of a locked statement only its dispute changes."""
    for write in batch:
        if (write.old or {}).get("status") == "locked" and not write.asked <= _LATER:
            raise LinesLocked


@hook("commission_line", "before", ops=("update",))
def lines_never_change(ctx: Context, batch: list[Write]) -> None:
    """A line is written once."""
    if any(not write.asked <= {"owner"} for write in batch):
        raise LinesLocked


@hook("commission_plan", "before", ops=("create", "update"))
def plans_make_sense(ctx: Context, batch: list[Write]) -> None:
    """Rules that make no sense are refused with their place; a version in use keeps its rules and days."""
    errors: list[FieldError] = []
    for write in batch:
        begins, ends = write.value("valid_from"), write.value("valid_to")
        if begins and ends and ends < begins:
            errors.append(FieldError("valid_to", "commission.ends_early", row=write.row))
        if write.op == "update" and (write.old or {}).get("status") != "draft":
            if not ctx.actor.is_system and not write.asked <= _STAYS:
                raise NotADraft
            continue
        if "definition" in write.asked and write.value("definition") is not None:
            errors += refused(read(write.value("definition")).problems, write.row)
    if errors:
        raise Invalid(errors)


@hook("commission_plan", "before", ops=("delete",))
def plans_in_use_stay(ctx: Context, batch: list[Write]) -> None:
    """Only drafts are thrown away."""
    if not ctx.actor.is_system and any((write.old or {}).get("status") != "draft" for write in batch):
        raise NotADraft
