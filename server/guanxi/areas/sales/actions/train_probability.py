"""Have the model of probabilities trained now instead of at night."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import TypedDict

from guanxi.areas.sales.probability import training
from guanxi.engine.actions import action
from guanxi.engine.context import Context


@dataclass(frozen=True)
class TrainProbability:
    """Nothing has to be said."""


class AskedTraining(TypedDict):
    """It is done by a job, soon."""

    asked: bool


@action("sales.train_probability", params=TrainProbability, permission="configure")
def train_probability(ctx: Context, params: TrainProbability) -> AskedTraining:
    """Learn from the opportunities that are decided, and foretell those that are open if that is better than the stages."""
    training.ask(ctx)
    return {"asked": True}
