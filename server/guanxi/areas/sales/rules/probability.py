"""What a model of probability looks at, when it is trusted, and why it says what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median, quantiles
from typing import Any
from uuid import UUID

from guanxi.areas.sales.rules import logistic
from guanxi.areas.sales.rules.logistic import Example, Fitted

FACTORS: tuple[str, ...] = ("stage", "pace", "amount", "source", "level", "industry", "activity", "owner")
HELD_OUT = 0.25
"""The share of deals, the latest ones, that the model is tried with and has not learned from."""
LEAST_DEALS = 80
LEAST_OF_EACH = 5
"""Deals won, and deals lost, that have to be among those it is tried with."""
LEAST_SEEN = 8
"""A feature that was there less often says nothing."""
_LEAST_STAYS = 5
_LEAST_OF_OWNER = 5
_BANDS = 4
_SHRINK = 5
_LOW, _HIGH = 0.85, 1.15
_PACES = ((0.5, "fast"), (1.5, "usual"), (3.0, "slow"))
_MANY = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """What was known of an opportunity at a moment."""

    opportunity: UUID
    at: datetime
    stage: UUID
    days: float
    """Days in its stage by then."""
    default: float
    """The chance that its stage gives."""
    amount: float | None = None
    source: str | None = None
    level: str | None = None
    industry: str | None = None
    activities: int = 0
    """In the 30 days before."""
    owner: UUID | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """A deal that is decided, with moments on its way: two of each stay in a stage."""

    opportunity: UUID
    owner: UUID | None
    won: bool
    closed_at: datetime
    stays: Mapping[UUID, float] = field(default_factory=dict)
    """Days in each stage."""
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """What values are compared with."""

    medians: Mapping[UUID, float]
    """Days that deals which were won stayed in each stage."""
    bands: Sequence[float]
    """Where amounts change from one quarter of the deals to the next."""


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model with all that it takes to ask it."""

    fitted: Fitted
    scale: Scale
    owners: Mapping[UUID, str]
    usual: Mapping[str, float]
    """The mean weight of each factor among the deals that it learned from: reasons are told against it."""

    def features(self, moment: Moment) -> dict[str, str]:
        """What speaks of an opportunity, by factor."""
        return features(moment, self.scale, self.owners.get(moment.owner, "new") if moment.owner else "new")

    def chance(self, moment: Moment) -> float:
        """How likely it is won."""
        return self.fitted.chance(f"{factor}:{value}" for factor, value in self.features(moment).items())

    def reasons(self, moment: Moment) -> list[tuple[str, str, float]]:
        """Factor, value and how far it moves the odds against the usual one, the strongest first."""
        found = [
            (factor, value, self.fitted.weights.get(f"{factor}:{value}", 0.0) - self.usual.get(factor, 0.0))
            for factor, value in self.features(moment).items()
        ]
        return sorted(found, key=lambda one: (-abs(one[2]), one[0]))


@dataclass(frozen=True, slots=True)
class Report:
    """What came of trying the model with deals that it had not seen, beside the chances that stages give."""

    deals: int
    won: int
    state: str
    """``too_little`` history, ``not_better``, or ``in_use``."""
    tried: int = 0
    brier: float | None = None
    stage_brier: float | None = None
    log_loss: float | None = None
    stage_log_loss: float | None = None


def features(moment: Moment, scale: Scale, owner: str) -> dict[str, str]:
    """What speaks of an opportunity, by factor."""
    return {
        "stage": str(moment.stage),
        "pace": pace(moment.days, scale.medians.get(moment.stage)),
        "amount": band(moment.amount, scale.bands),
        "source": moment.source or "none",
        "level": moment.level or "none",
        "industry": moment.industry or "none",
        "activity": "none" if not moment.activities else "few" if moment.activities < _MANY else "many",
        "owner": owner,
    }


def pace(days: float, usual: float | None) -> str:
    """How long it has been in its stage, against deals that were won."""
    if not usual:
        return "unknown"
    return next((name for most, name in _PACES if days <= most * usual), "stuck")


def band(amount: float | None, bands: Sequence[float]) -> str:
    """In which quarter of the deals an amount lies, from 1."""
    if amount is None or not bands:
        return "none"
    return str(1 + sum(amount >= limit for limit in bands))


def standing(won: int, all_: int, rate: float) -> str:
    """How often an owner won, against everybody; few deals are drawn towards the rate of all."""
    if all_ < _LEAST_OF_OWNER:
        return "new"
    own = (won + _SHRINK * rate) / (all_ + _SHRINK)
    return "low" if own < rate * _LOW else "high" if own > rate * _HIGH else "usual"


def scale_of(deals: Iterable[Past]) -> Scale:
    """Medians and bands of deals."""
    stays: dict[UUID, list[float]] = defaultdict(list)
    amounts: list[float] = []
    for deal in deals:
        if deal.won:
            for stage, days in deal.stays.items():
                stays[stage].append(days)
        known = next((one.amount for one in deal.moments if one.amount is not None), None)
        if known is not None:
            amounts.append(known)
    medians = {stage: median(days) for stage, days in stays.items() if len(days) >= _LEAST_STAYS}
    bands = sorted(set(quantiles(amounts, n=_BANDS))) if len(amounts) >= LEAST_DEALS / 2 else []
    return Scale(medians, bands)


def owners_before(deals: Sequence[Past], at: datetime | None = None) -> tuple[Counter[UUID], Counter[UUID], float]:
    """Deals won and decided by owner before a moment, and the share of all that was won."""
    won: Counter[UUID] = Counter()
    decided: Counter[UUID] = Counter()
    for deal in deals:
        if deal.owner is not None and (at is None or deal.closed_at < at):
            decided[deal.owner] += 1
            won[deal.owner] += deal.won
    total = sum(decided.values())
    return won, decided, sum(won.values()) / total if total else 0.5


def examples(deals: Sequence[Past], scale: Scale, known: Sequence[Past]) -> list[tuple[Moment, Example]]:
    """Moments of deals with what spoke of them then; owners are judged by what was decided before among the known."""
    order = sorted(known, key=lambda one: (one.closed_at, one.opportunity))
    asked = sorted(
        ((moment, deal) for deal in deals for moment in deal.moments), key=lambda one: (one[0].at, one[0].opportunity)
    )
    won: Counter[UUID] = Counter()
    decided: Counter[UUID] = Counter()
    place, made = 0, []
    for moment, deal in asked:
        while place < len(order) and order[place].closed_at < moment.at:
            if (owner := order[place].owner) is not None:
                decided[owner] += 1
                won[owner] += order[place].won
            place += 1
        total = sum(decided.values())
        rate = sum(won.values()) / total if total else 0.5
        of_owner = standing(won[moment.owner], decided[moment.owner], rate) if moment.owner else "new"
        found = features(moment, scale, of_owner)
        made.append((moment, Example(frozenset(f"{factor}:{value}" for factor, value in found.items()), deal.won)))
    return made


def learned(deals: Sequence[Past]) -> Model:
    """The model that deals teach: held as near to the average as serves the latest of them best."""
    earlier, later = parted(deals)
    if not earlier or not later:
        return _learned(deals, logistic.PENALTIES[-1])
    order = [*earlier, *later]

    def surprise(penalty: float) -> float:
        model = _learned(earlier, penalty)
        asked = examples(later, model.scale, order)
        return logistic.log_loss([(model.fitted.chance(one.features), one.won) for _, one in asked])

    return _learned(order, min(logistic.PENALTIES, key=surprise))


def parted(deals: Sequence[Past]) -> tuple[list[Past], list[Past]]:
    """Deals in the order in which they were decided: those to learn from, and the later ones to try with."""
    order = sorted((one for one in deals if one.moments), key=lambda one: (one.closed_at, one.opportunity))
    begins = len(order) - int(len(order) * HELD_OUT)
    return order[:begins], order[begins:]


def _learned(deals: Sequence[Past], penalty: float) -> Model:
    scale = scale_of(deals)
    made = [one for _, one in examples(deals, scale, deals)]
    seen = Counter(name for one in made for name in one.features)
    kept = [Example(frozenset(n for n in one.features if seen[n] >= LEAST_SEEN), one.won) for one in made]
    fitted = logistic.fit(kept, penalty)
    usual = dict.fromkeys(FACTORS, 0.0)
    for name, number in seen.items():
        usual[name.split(":", 1)[0]] += fitted.weights.get(name, 0.0) * number / len(made)
    won, decided, rate = owners_before(deals)
    owners = {owner: standing(won[owner], number, rate) for owner, number in decided.items()}
    return Model(fitted, scale, owners, usual)


def tried(deals: Sequence[Past]) -> Report:
    """Learn from the earlier deals, foretell the later ones, and say whether that beats the chances of stages."""
    earlier, later = parted(deals)
    order = [*earlier, *later]
    number, won = len(order), sum(one.won for one in order)
    of_each = (sum(one.won for one in later), sum(not one.won for one in later))
    if number < LEAST_DEALS or min(of_each) < LEAST_OF_EACH or len({one.won for one in earlier}) == 1:
        return Report(number, won, "too_little")
    model = learned(earlier)
    asked = examples(later, model.scale, order)
    told = [(model.fitted.chance(one.features), one.won) for _, one in asked]
    by_stage = [(moment.default, one.won) for moment, one in asked]
    scores: dict[str, Any] = {
        "brier": logistic.brier(told), "stage_brier": logistic.brier(by_stage),
        "log_loss": logistic.log_loss(told), "stage_log_loss": logistic.log_loss(by_stage),
    }  # fmt: skip
    better = scores["brier"] < scores["stage_brier"] and scores["log_loss"] < scores["stage_log_loss"]
    return Report(number, won, "in_use" if better else "not_better", len(later), **scores)
