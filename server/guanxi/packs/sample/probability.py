"""The sample's probabilities: what its past teaches, where that is better than the stages."""

from __future__ import annotations

from guanxi.areas.sales.probability import model, scores, training
from guanxi.engine.context import Context


def probabilities(ctx: Context) -> None:
    """Learn from the deals that are decided, and foretell those that are open."""
    training.train(ctx)
    if learned := model.kept(ctx).model:
        scores.foretell_all(ctx, learned, None)
