"""Shapes of grading over HTTP."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant

Letter = Literal["A", "B", "C"]


class GradeReason(TypedDict):
    """A rule that gave points to a lead: how many, for how many events, and when the last of them was."""

    rule: Id
    name: str | None
    axis: Literal["fit", "engagement"]
    points: float
    count: int | None
    at: Instant | None


class LeadGrade(TypedDict):
    """The grade of a lead with the scores behind it and their letters; null what is not known, or not told."""

    grade: Letter | None
    score: int | None
    fit_score: int | None
    fit: Letter | None
    engagement_score: int | None
    engagement: Letter | None
    reasons: list[GradeReason]


class GradingEvent(TypedDict):
    """An object whose records count as events of a lead."""

    object: str
    label: dict[str, str]


class GradingProgress(TypedDict):
    """How far all leads are graded anew."""

    done: int
    total: int
    started_at: Instant
    finished_at: Instant | None


class GradingState(TypedDict):
    """What rules can be about, and how far the leads are graded by them."""

    events: list[GradingEvent]
    progress: GradingProgress | None


class ThoughtOfModel(TypedDict):
    """A grading model as it would be."""

    fit_a: int
    fit_b: int
    engagement_a: int
    engagement_b: int
    fit_weight: int
    engagement_weight: int
    matrix: str


class ThoughtOfGradingRule(TypedDict):
    """A grading rule as it would be; `id` is the one that it would change."""

    id: NotRequired[Id | None]
    name: str
    axis: Literal["fit", "engagement"]
    points: int
    event: NotRequired[str | None]
    where: NotRequired[Any]
    half_life_days: NotRequired[int | None]
    at_most: NotRequired[int | None]


class ThoughtOfGrading(TypedDict):
    """A model and its rules as they would be, and the leads that are looked at; the latest ones without any."""

    model: ThoughtOfModel
    rules: list[ThoughtOfGradingRule]
    leads: NotRequired[list[Id]]


class ForeseenGrade(LeadGrade):
    """What a lead would be graded, and the grade that it has."""

    lead: Reference
    was: Letter | None


class ForeseenGrades(TypedDict):
    """What leads would be graded."""

    leads: list[ForeseenGrade]
