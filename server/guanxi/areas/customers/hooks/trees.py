"""Companies and reporting lines are trees: nobody stands above themselves."""

from __future__ import annotations

from guanxi.capabilities.identity.hooks.cycles import rows_in_cycle
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid


@hook("company", "after", fields={"parent"}, ops=("update",))
def companies_form_a_tree(ctx: Context, batch: list[Write]) -> None:
    """The parent of a company is not one of its own subsidiaries."""
    if rows := rows_in_cycle(ctx, batch, "company", "parent"):
        raise Invalid([FieldError("parent", "customers.company_cycle", row=row) for row in rows])


@hook("contact", "after", fields={"reports_to"}, ops=("update",))
def reporting_lines_form_a_tree(ctx: Context, batch: list[Write]) -> None:
    """Nobody reports to one of their own people."""
    if rows := rows_in_cycle(ctx, batch, "contact", "reports_to"):
        raise Invalid([FieldError("reports_to", "customers.reporting_cycle", row=row) for row in rows])
