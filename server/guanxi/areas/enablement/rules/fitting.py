"""Which scripts and materials fit a record, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Reason = Literal["stage", "product"]
_FITS, _FITS_ALL, _FITS_NOT = 2, 1, 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """What could be offered: the stages and products that it is meant for (none means all), and how often it was used."""

    id: UUID
    name: str
    stages: frozenset[UUID] = frozenset()
    products: frozenset[UUID] = frozenset()
    language: str | None = None
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a record stands: its stage, its products, and the language of who asks."""

    stages: frozenset[UUID] = frozenset()
    products: frozenset[UUID] = frozenset()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A candidate with what speaks for it."""

    candidate: Candidate
    reasons: tuple[Reason, ...]


def in_order(candidates: Iterable[Candidate], there: Situation) -> list[Fitting]:
    """All candidates: first those meant for the stage and the products, then those meant for every one, then the others.

    Within each of them those of one's own language, then those used most, then by name.
    """

    def place(one: Candidate) -> tuple[int, bool, int, str, UUID]:
        points = _points(one.stages, there.stages) + _points(one.products, there.products)
        misses = _FITS_NOT in (_points(one.stages, there.stages), _points(one.products, there.products))
        return (-points if not misses else 1, one.language != there.language, -one.uses, one.name, one.id)

    return [Fitting(one, _reasons(one, there)) for one in sorted(candidates, key=place)]


def _points(meant: Collection[UUID], found: Collection[UUID]) -> int:
    if not meant:
        return _FITS_ALL
    return _FITS if set(meant) & set(found) else _FITS_NOT


def _reasons(one: Candidate, there: Situation) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if one.stages & there.stages:
        found.append("stage")
    if one.products & there.products:
        found.append("product")
    return tuple(found)
