"""Shapes of probabilities over HTTP."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Instant

Factor = Literal["stage", "pace", "amount", "source", "level", "industry", "activity", "owner"]


class ProbabilityReason(TypedDict):
    """What moves the model's probability of an opportunity, in words; `weight` is by how much, in log odds."""

    factor: Factor
    text: str
    weight: float


class OpportunityProbability(TypedDict):
    """How likely an opportunity is won, and who says so.

    `stage` and `model` are what each of them says, whether it counts or not; null for a decided one, and for what is not
    told to the reader. `reasons` are those whose fields the reader may read; `unseen` counts the others. `state` is the
    model's.
    """

    probability: str | None
    source: Literal["stage", "model", "hand"] | None
    by: Reference | None
    at: Instant | None
    stage: str | None
    model: str | None
    reasons: list[ProbabilityReason]
    unseen: int
    state: Literal["untrained", "too_little", "not_better", "in_use"]


class ProbabilityModel(TypedDict):
    """What came of the last training: deals that were learned from and tried, and how far off the model and the stages
    were with those it had not seen. `waits` while a training is to come.
    """

    state: Literal["untrained", "too_little", "not_better", "in_use"]
    waits: bool
    trained_at: Instant | None
    deals: int
    won: int
    tried: int
    needed: int
    brier: float | None
    stage_brier: float | None
    log_loss: float | None
    stage_log_loss: float | None
