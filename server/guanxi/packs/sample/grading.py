"""The sample's grades: every lead, by the model that the workspace begins with."""

from __future__ import annotations

from guanxi.areas.sales.grading.grades import grade, next_part
from guanxi.areas.sales.grading.models import active_model
from guanxi.engine.context import Context


def grades(ctx: Context) -> None:
    """What lies behind the leads gives them their grades."""
    if model := active_model(ctx):
        grade(ctx, model, next_part(ctx, None), told=False)
