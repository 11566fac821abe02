"""The grading model: fit and engagement from 0 to 100, a letter for each, and the grade that both letters give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

LETTERS = "ABC"
FIT, ENGAGEMENT = "fit", "engagement"
FULL = 100
MATRIX = "AABABCBCC"
"""Grades as rows of fit A, B and C, each with engagement A, B and C."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Points for a condition on the lead, or for each event of a kind, which fade by their half-life."""

    id: UUID
    name: str
    axis: str
    points: int
    event: str | None = None
    where: Any = None
    half_life_days: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """Thresholds, weights and the matrix, with the rules."""

    fit_a: int
    fit_b: int
    engagement_a: int
    engagement_b: int
    fit_weight: int
    engagement_weight: int
    matrix: str
    rules: tuple[Rule, ...] = ()


def faded(points: float, days: float, half_life_days: int | None) -> float:
    """What points are worth after so many days; what is still to come counts as now."""
    return points if half_life_days is None else points * 0.5 ** (max(days, 0.0) / half_life_days)


def capped(points: float, at_most: int | None) -> float:
    """The points of a rule, up to its limit in either direction."""
    return points if at_most is None else max(-float(at_most), min(float(at_most), points))


def bounded(points: float) -> int:
    """The score of an axis."""
    return round_half_up(max(0.0, min(float(FULL), points)))


def round_half_up(value: float) -> int:
    """As the database rounds numbers that are not negative."""
    return int(value + 0.5)


def letter(score: int, from_a: int, from_b: int) -> str:
    """The letter of an axis."""
    return "A" if score >= from_a else "B" if score >= from_b else "C"


def graded(model: Model, fit: int, engagement: int) -> tuple[str, int]:
    """The grade, and the score by which leads of a grade are ordered."""
    row = LETTERS.index(letter(fit, model.fit_a, model.fit_b))
    column = LETTERS.index(letter(engagement, model.engagement_a, model.engagement_b))
    weight = model.fit_weight + model.engagement_weight
    score = (fit * model.fit_weight + engagement * model.engagement_weight) / weight
    return model.matrix[row * len(LETTERS) + column], round_half_up(score)


def problems_of_model(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What makes no sense in a model: the field and the code of the sentence."""
    for axis in (FIT, ENGAGEMENT):
        if (values.get(f"{axis}_a") or 0) <= (values.get(f"{axis}_b") or 0):
            yield f"{axis}_b", "sales.grade_thresholds"
    if not (values.get("fit_weight") or 0) + (values.get("engagement_weight") or 0):
        yield "fit_weight", "sales.grade_weights"
    matrix = str(values.get("matrix") or "")
    if len(matrix) != len(LETTERS) ** 2 or set(matrix) - set(LETTERS):
        yield "matrix", "sales.grade_matrix"
