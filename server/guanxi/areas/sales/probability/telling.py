"""What screens and programs are told of probabilities: an opportunity's with its reasons, and what the model is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from guanxi.areas.sales import gates
from guanxi.areas.sales.errors import TrainingRightNeeded
from guanxi.areas.sales.gates import OBJECT
from guanxi.areas.sales.probability import history
from guanxi.areas.sales.probability import model as models
from guanxi.areas.sales.probability.scores import in_percent
from guanxi.areas.sales.probability.shapes import OpportunityProbability, ProbabilityModel, ProbabilityReason
from guanxi.areas.sales.rules.probability import LEAST_DEALS, Model, Moment
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.objects.fields.numbers import plain
from guanxi.engine.records import reads
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.i18n import sentence

FIELDS = ("probability", "probability_source", "probability_by", "probability_at")
REASONS = 5
LEAST_WEIGHT = 0.05
READ: Mapping[str, tuple[str, ...]] = {
    "stage": ("stage",), "pace": ("stage", "stage_since"), "amount": ("amount",), "source": ("source",),
    "level": ("company",), "industry": ("company",), "activity": ("last_activity_at",), "owner": ("owner",),
}  # fmt: skip
"""Fields of an opportunity that tell of each factor: who may not read them is told nothing of it."""
_COMMON = ("unknown", "usual")
"""Values that say nothing worth telling."""
_OF_COMPANY = frozenset({"level", "industry"})
_WORDS = {"stage": "stage", "source": "source", "level": "company.level", "industry": "company.industry"}
"""Paths to the value that a reason names."""


def of_opportunity(ctx: Context, id_: UUID) -> OpportunityProbability:
    """The probability of an opportunity that the caller sees, as far as they are told its fields."""
    obj = ctx.object(OBJECT)
    reads.get(ctx, OBJECT, id_, ["id"])
    kept = models.kept(ctx)
    told: dict[str, Any] = {
        "probability": None, "source": None, "by": None, "at": None, "stage": None, "model": None, "reasons": [],
        "unseen": 0, "state": kept.report.state if kept.report else "untrained",
    }  # fmt: skip
    if not gates.seen(ctx, obj.fields["probability"]):
        return cast("OpportunityProbability", told)
    row = reads.native(ctx.as_system(), OBJECT, [id_], FIELDS)[id_]
    by, at = row["probability_by"], row["probability_at"]
    told |= {
        "probability": None if row["probability"] is None else plain(row["probability"]),
        "source": row["probability_source"],
        "by": cast("Reference", reference(titles(ctx, [("member", by)]), "member", by)) if by else None,
        "at": at.isoformat() if at else None,
    }
    for moment in history.now(ctx.as_system(), [id_]):
        told["stage"] = plain(in_percent(moment.default))
        if kept.model:
            told["model"] = plain(in_percent(kept.model.chance(moment)))
            told |= _reasons(ctx, kept.model, moment)
    return cast("OpportunityProbability", told)


def _reasons(ctx: Context, model: Model, moment: Moment) -> dict[str, Any]:
    """The strongest reasons in words, as far as the reader may read what they speak of."""
    strongest = [one for one in model.reasons(moment) if abs(one[2]) >= LEAST_WEIGHT and one[1] not in _COMMON][
        :REASONS
    ]
    seen = [one for one in strongest if _is_read(ctx, one[0], moment)]
    paths = sorted({_WORDS[factor] for factor, value, _ in seen if factor in _WORDS and value != "none"})
    words = reads.in_words(ctx, OBJECT, [moment.opportunity], paths)[moment.opportunity] if paths else {}
    reasons: list[ProbabilityReason] = [
        {"factor": cast("Any", factor), "text": _text(ctx, factor, value, words), "weight": round(weight, 2)}
        for factor, value, weight in seen
    ]
    return {"reasons": reasons, "unseen": len(strongest) - len(seen)}


def _text(ctx: Context, factor: str, value: str, words: Mapping[str, str]) -> str:
    if factor in _WORDS and value != "none":
        return sentence(f"sales.chance_{factor}", {"value": words.get(_WORDS[factor], "")}, ctx.language)
    return sentence(f"sales.chance_{factor}_{value}", {}, ctx.language)


def _is_read(ctx: Context, factor: str, moment: Moment) -> bool:
    obj = ctx.object(OBJECT)
    if not all(key in obj.fields and gates.seen(ctx, obj.fields[key]) for key in READ[factor]):
        return False
    if factor not in _OF_COMPANY:
        return True
    company = ctx.snapshot.objects.get("company")
    if company is None or factor not in company.fields or not ctx.actor.rights("company").reads:
        return False
    level = ctx.guard().level(company, company.fields[factor])
    named = reads.native(ctx.as_system(), OBJECT, [moment.opportunity], ["company"])[moment.opportunity]["company"]
    return level not in ("hidden", "masked", "reveal") and (
        named is None or named in reads.visible(ctx, "company", [named])
    )


def state(ctx: Context) -> ProbabilityModel:
    """What came of the last training; for those who configure."""
    if not ctx.actor.may("configure"):
        raise TrainingRightNeeded
    kept = models.kept(ctx)
    report = kept.report
    waits = kept.asked_at is not None and (kept.trained_at is None or kept.trained_at < kept.asked_at)
    return cast("ProbabilityModel", {
        "state": report.state if report else "untrained",
        "waits": waits,
        "trained_at": kept.trained_at.isoformat() if kept.trained_at else None,
        "deals": report.deals if report else 0,
        "won": report.won if report else 0,
        "tried": report.tried if report else 0,
        "needed": LEAST_DEALS,
        **{key: getattr(report, key, None) for key in ("brier", "stage_brier", "log_loss", "stage_log_loss")},
    })  # fmt: skip
