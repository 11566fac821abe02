"""What screens and programs are told of grades: a lead's with its reasons, how far grading is, what a model would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from guanxi.areas.sales.errors import GradingRightNeeded
from guanxi.areas.sales.grading import grades, regrading
from guanxi.areas.sales.grading.models import LEAD, MODEL_FIELDS, RULE, active_model, events, rule_of
from guanxi.areas.sales.grading.scoring import FIELDS
from guanxi.areas.sales.grading.shapes import ForeseenGrades, GradeReason, GradingState, LeadGrade
from guanxi.areas.sales.hooks.grading import problems_of_rule
from guanxi.areas.sales.rules.grading import Model, Rule, letter, problems_of_model
from guanxi.engine.context import Context
from guanxi.engine.http.request import uuid_of
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records import reads
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit.ids import uuid7

MOST_RULES = 100
MOST_LEADS = 50
LATEST = 8
_NUMBERS = ("points", "half_life_days", "at_most")


def state(ctx: Context) -> GradingState:
    """What rules can be about, and how far the leads are graded by them; for those who configure."""
    _needs_right(ctx)
    now = regrading.progress(ctx)
    told = now and {
        "done": now.done, "total": now.total, "started_at": now.started_at.isoformat(),
        "finished_at": now.finished_at and now.finished_at.isoformat(),
    }  # fmt: skip
    kinds = [{"object": key, "label": dict(ctx.snapshot.object(key).label)} for key in events(ctx.snapshot)]
    return cast("GradingState", {"events": kinds, "progress": told})


def of_lead(ctx: Context, lead: UUID) -> LeadGrade:
    """The grade of a lead that the caller sees, as far as they are told its fields."""
    told = set(reads.told_fields(ctx, ctx.object(LEAD)))
    row = reads.get(ctx, LEAD, lead, ["id", *(key for key in FIELDS if key in told)])
    system = ctx.as_system()
    model = active_model(system)
    return _told(row, model, model.rules if model else ())


def foreseen(ctx: Context, thought: Mapping[str, Any]) -> ForeseenGrades:
    """What a model would give to leads that the caller sees; nothing is kept."""
    _needs_right(ctx)
    model = _thought_of(ctx, thought)
    asked = [uuid_of(one, "leads") for one in (thought.get("leads") or [])[:MOST_LEADS]]
    if not asked:
        page = reads.page(ctx, LEAD, reads.Query(select=("created_at",), sort=(("created_at", "desc"),), limit=LATEST))
        asked = [UUID(row["id"]) for row in page.rows]
    seen = reads.visible(ctx, LEAD, asked)
    ids = [one for one in asked if one in seen]
    found = grades.foreseen(ctx, model, ids)
    names = titles(ctx, [(LEAD, one) for one in ids])
    told = [
        {"lead": cast("Reference", reference(names, LEAD, one)), "was": found[one]["was"],
         **_told(found[one], model, model.rules)}
        for one in ids if one in found
    ]  # fmt: skip
    return cast("ForeseenGrades", {"leads": told})


def _needs_right(ctx: Context) -> None:
    if not ctx.actor.may("configure"):
        raise GradingRightNeeded


def _told(row: Mapping[str, Any], model: Model | None, rules: Sequence[Rule]) -> LeadGrade:
    by_id = {str(rule.id): rule for rule in rules}
    fit, engagement = row.get("fit_score"), row.get("engagement_score")
    kept = row.get("grade_reasons")
    reasons: list[GradeReason] = [
        {
            "rule": one["rule"], "name": rule.name, "axis": cast("Any", rule.axis), "points": float(one["points"]),
            "count": one.get("count"), "at": one.get("at"),
        }
        for one in (kept if isinstance(kept, list) else ())
        if (rule := by_id.get(one["rule"])) is not None
    ]  # fmt: skip
    return cast("LeadGrade", {
        "grade": row.get("grade"), "score": row.get("score"), "fit_score": fit, "engagement_score": engagement,
        "fit": None if model is None or fit is None else letter(fit, model.fit_a, model.fit_b),
        "engagement": (
            None if model is None or engagement is None else letter(engagement, model.engagement_a, model.engagement_b)
        ),
        "reasons": reasons,
    })  # fmt: skip


def _thought_of(ctx: Context, thought: Mapping[str, Any]) -> Model:
    """The model as it would be; Invalid where it makes no sense."""
    asked, rules = thought.get("model") or {}, thought.get("rules") or []
    errors: list[FieldError] = []
    if not isinstance(asked, Mapping) or not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise Invalid([FieldError("rules", "request.bad_parameter", {"name": "rules", "reason": str(MOST_RULES)})])
    numbers = {key: asked.get(key) for key in MODEL_FIELDS if key != "matrix"}
    errors += [FieldError(key, "fields.not_whole", {"value": str(value)[:40]})
               for key, value in numbers.items() if not _is_whole(value, 0)]  # fmt: skip
    if not errors:
        errors += [
            FieldError(field, code) for field, code in problems_of_model({**numbers, "matrix": asked.get("matrix")})
        ]
    made: list[Rule] = []
    for place, rule in enumerate(rules):
        if not isinstance(rule, Mapping):
            errors.append(FieldError("rules", "request.not_an_object", {}, place))
            continue
        wrong = [key for key in _NUMBERS if rule.get(key) is not None and not _is_whole(rule[key], -100)]
        errors += [FieldError(key, "fields.not_whole", {"value": str(rule[key])[:40]}, place) for key in wrong]
        errors += problems_of_rule(ctx, rule.get("axis"), rule.get("event"), rule.get("where"), place)
        if not errors:
            made.append(rule_of(uuid_of(rule["id"], RULE) if rule.get("id") else uuid7(), rule))
    if errors:
        raise Invalid(errors)
    return Model(
        **{key: int(value or 0) for key, value in numbers.items()}, matrix=str(asked["matrix"]), rules=tuple(made)
    )


def _is_whole(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= 3650
