"""What holds of pipelines and their stages: one default, chances between nothing and certainty, names told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from guanxi.areas.sales.rules.stages import LOST, OPEN, WON, Stage

CERTAIN = Decimal(100)
_OF_AN_END = {WON: CERTAIN, LOST: Decimal(0)}


class DefaultNeeded(Exception):
    """The change would leave the pipelines without a default."""


def keep_one_default(after: Mapping[UUID, bool], chosen: Iterable[UUID]) -> dict[UUID, bool]:
    """Which pipelines must change so that one is the default, given how they stand after a write.

    `chosen` are those that the write makes the default, the last of which wins. The first pipeline of all becomes the
    default by itself. DefaultNeeded when a default was taken away and nothing was chosen instead.
    """
    defaults = {pipeline for pipeline, is_default in after.items() if is_default}
    picked = [pipeline for pipeline in chosen if after.get(pipeline)]
    if picked:
        return {pipeline: False for pipeline in defaults if pipeline != picked[-1]}
    if not after or len(defaults) == 1:
        return {}
    if len(after) == 1:
        return {next(iter(after)): True}
    raise DefaultNeeded


def chance(category: str, probability: Decimal | None) -> Decimal | None:
    """The probability of a stage that says nothing of its own, which is nothing or zero: an end knows it."""
    return probability or _OF_AN_END.get(category, probability)


def is_chance(probability: Decimal | None) -> bool:
    """Whether a probability lies between nothing and certainty, both included."""
    return probability is None or 0 <= probability <= CERTAIN


def repeated_names(stages: Iterable[Stage]) -> set[UUID]:
    """Stages that another stage of their pipeline is called like, whatever the case of the letters."""
    known: dict[tuple[UUID, str], list[UUID]] = {}
    for stage in stages:
        known.setdefault((stage.pipeline, stage.name.strip().casefold()), []).append(stage.id)
    return {stage for same in known.values() if len(same) > 1 for stage in same}


def has_beginning(stages: Iterable[Stage], pipeline: UUID) -> bool:
    """Whether a new opportunity finds an open stage in the pipeline."""
    return any(stage.pipeline == pipeline and stage.category == OPEN for stage in stages)
