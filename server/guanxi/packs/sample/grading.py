"""What is worked out of the sample's leads: their grades, and when each was first followed up."""

from __future__ import annotations

from guanxi.areas.sales import following
from guanxi.areas.sales.grading.grades import grade, next_part
from guanxi.areas.sales.grading.models import active_model
from guanxi.engine.context import Context


def grades(ctx: Context) -> None:
    """What lies behind the leads tells when they were first followed up, and gives them their grades."""
    leads = next_part(ctx, None)
    following.keep(ctx, leads)
    if model := active_model(ctx):
        grade(ctx, model, leads, told=False)
