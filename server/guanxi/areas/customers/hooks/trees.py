"""Companies and reporting lines are trees: nobody stands above themselves."""

from __future__ import annotations

from uuid import UUID

from guanxi.capabilities.identity.tree import has_cycle
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid


@hook("company", "after", fields={"parent"}, ops=("update",))
def companies_form_a_tree(ctx: Context, batch: list[Write]) -> None:
    """Neither may the parent of a company be one of its own subsidiaries."""
    _refuse_cycles(ctx, batch, "company", "parent", "customers.company_cycle")


@hook("contact", "after", fields={"reports_to"}, ops=("update",))
def reporting_lines_form_a_tree(ctx: Context, batch: list[Write]) -> None:
    """Neither may somebody report to one of their own people."""
    _refuse_cycles(ctx, batch, "contact", "reports_to", "customers.reporting_cycle")


def _refuse_cycles(ctx: Context, batch: list[Write], object_key: str, field: str, code: str) -> None:
    moved = [w for w in batch if w.new.get(field) is not None]
    if not moved:
        return
    parents = _lines_upwards(ctx, object_key, field, {w.id for w in moved})
    errors = [FieldError(field, code, row=w.row) for w in moved if has_cycle(parents, w.id)]
    if errors:
        raise Invalid(errors)


def _lines_upwards(ctx: Context, object_key: str, field: str, start: set[UUID]) -> dict[UUID, UUID | None]:
    """Child to parent from the given records up to their roots: one read for each level, not for each record."""
    system = ctx.as_actor(SYSTEM)
    parents: dict[UUID, UUID | None] = {}
    level = start
    while level:
        rows = reads.native(system, object_key, list(level), (field,))
        parents.update({one: row[field] for one, row in rows.items()})
        level = {row[field] for row in rows.values() if row[field] is not None} - parents.keys()
    return parents
