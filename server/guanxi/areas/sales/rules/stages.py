"""Where an opportunity stands: which stage belongs to which pipeline, and what a stage means for the opportunity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.sales.rules.gates import OPEN_GATE, Gate

OPEN, WON, LOST = "open", "won", "lost"
CLOSED = frozenset({WON, LOST})
COMMITTED, LIKELY = Decimal(90), Decimal(50)
BY_HAND, BY_STAGE, BY_MODEL = "hand", "stage", "model"
"""Where a probability comes from."""
_SECONDS_PER_DAY = Decimal(86_400)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a pipeline. `category` is open, won or lost."""

    id: UUID
    pipeline: UUID
    name: str
    position: int
    probability: Decimal
    category: str
    requires_loss_reason: bool = True
    gate: Gate = OPEN_GATE
    rot_days: int | None = None
    forecast: str | None = None
    """What opportunities in it count as in forecasts; None where its probability says so."""

    @property
    def forecast_category(self) -> str:
        """What an opportunity in the stage counts as, unless somebody said so by hand."""
        return self.forecast or forecast_category(self.probability)


def forecast_category(probability: Decimal | None) -> str:
    """What a probability alone makes of an opportunity: a commitment from 90 %, the best case from 50 %."""
    chance = probability or Decimal(0)
    return "commit" if chance >= COMMITTED else "best_case" if chance >= LIKELY else "pipeline"


class NotPlaced(Exception):
    """An opportunity cannot stand there; `field` and `code` say why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field = field
        self.code = code


class Funnel:
    """All stages of a workspace, and which pipeline is the default."""

    def __init__(self, stages: Iterable[Stage], default: UUID | None) -> None:
        self._stages = {stage.id: stage for stage in stages}
        self._default = default
        self._first: dict[UUID, Stage] = {}
        for stage in sorted(self._stages.values(), key=lambda s: (s.category != OPEN, s.position, s.id)):
            self._first.setdefault(stage.pipeline, stage)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """All stages of all pipelines."""
        return tuple(self._stages.values())

    def stage(self, stage: UUID | None) -> Stage | None:
        """The stage with this id."""
        return self._stages.get(stage) if stage else None

    def place(self, pipeline: UUID | None, stage: UUID | None, among: Sequence[UUID] | None = None) -> Stage:
        """Where somebody stands who names a pipeline, a stage, both or neither.

        A stage alone brings its pipeline; a pipeline alone means its first open stage; nothing means the default
        pipeline or, where only those ``among`` are open to them and it is not, the first of those. NotPlaced for a stage of another pipeline, or when there is no stage to stand in.
        """
        if stage is not None:
            found = self._stages.get(stage)
            if found is None:
                raise NotPlaced("stage", "sales.unknown_stage")
            if pipeline is not None and found.pipeline != pipeline:
                raise NotPlaced("stage", "sales.stage_of_another_pipeline")
            return found
        wanted = pipeline or self._beginning(among)
        first = self._first.get(wanted) if wanted else None
        if first is None:
            raise NotPlaced("pipeline" if pipeline else "stage", "sales.pipeline_without_stages")
        return first

    def _beginning(self, among: Sequence[UUID] | None) -> UUID | None:
        if among is None or self._default in among:
            return self._default
        return next((pipeline for pipeline in among if pipeline in self._first), self._default)


def outcome(stage: Stage, given: Mapping[str, Any], before: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What standing in a stage makes of the fields that follow it.

    `given` holds what the writer set, which wins for the probability and the closing day; `before` the record as it
    was (empty for a new one). A probability that was given by hand stays until it is closed; what a model said is worked out
    anew soon after. The closing day stays while the outcome stays, and goes when the deal is open again.
    """
    values: dict[str, Any] = {"status": stage.category}
    stays = before.get("probability_source") in (BY_HAND, BY_MODEL) and before.get("status") == OPEN
    if given.get("probability") is None and ("probability" in given or stage.category in CLOSED or not stays):
        values["probability"] = stage.probability
    if stage.category == OPEN and given.get("forecast_category") is None:
        values["forecast_category"] = stage.forecast_category
    if stage.category in CLOSED:
        if given.get("closed_on") is None:
            still = before.get("closed_on") if before.get("status") == stage.category else None
            values["closed_on"] = still or today
    else:
        values["closed_on"] = None
    if stage.category != LOST and before.get("loss_reason") is not None and given.get("loss_reason") is None:
        values["loss_reason"] = None
    return values


def source(
    stage: Stage, given: Mapping[str, Any], after: Mapping[str, Any], by: UUID | None, at: datetime
) -> dict[str, Any]:
    """Where the probability comes from, once ``given`` was written and `after` are the values that follow.

    Nothing for a write that leaves it as it is. What is given is somebody's own, unless the stage says the same; what is
    emptied is the stage's again, and what a model says follows later.
    """
    own = given.get("probability")
    if stage.category not in CLOSED and own is not None and own != stage.probability:
        return {"probability_source": BY_HAND, "probability_by": by, "probability_at": at}
    if "probability" not in after:
        return {}
    return {"probability_source": BY_STAGE, "probability_by": None, "probability_at": None}


def rots_at(stage: Stage, since: datetime | None) -> datetime | None:
    """From when on an opportunity has been in its stage for too long; never in an end, or where the stage sets no limit."""
    if stage.category in CLOSED or not stage.rot_days or since is None:
        return None
    return since + timedelta(days=stage.rot_days)


def days_between(entered: datetime, left: datetime) -> Decimal:
    """Days spent, to two decimals; never negative, should the clock of an import be wrong."""
    seconds = max((left - entered).total_seconds(), 0)
    return (Decimal(str(seconds)) / _SECONDS_PER_DAY).quantize(Decimal("0.01"))
