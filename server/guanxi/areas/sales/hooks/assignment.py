"""Territories and assignment rules make sense and are kept by those who configure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guanxi.areas.sales.errors import AssignmentRightNeeded
from guanxi.areas.sales.grading.models import LEAD
from guanxi.areas.sales.grading.scoring import env_of
from guanxi.areas.sales.rules.assignment import HEAVIEST
from guanxi.engine.context import Context
from guanxi.engine.objects.query.build import Bind, Everything, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import BadRequest, FieldError, Invalid
from guanxi.kit import divisions

MOST_REGIONS = 500
_DISTRICT = 6


@hook("territory", "before")
@hook("assignment_rule", "before")
def only_who_configures(ctx: Context, batch: list[Write]) -> None:
    """They decide whose leads are, for everybody."""
    if not ctx.actor.may("configure"):
        raise AssignmentRightNeeded


@hook("territory", "before", ops=("create", "update"))
def territories_make_sense(ctx: Context, batch: list[Write]) -> None:
    """Regions and industries are known, there is one of either, and weights are those of members."""
    errors: list[FieldError] = []
    for write in batch:
        if write.new.get("regions"):
            write.new["regions"] = list(_regions(write, errors))
        errors += _problems_of_territory(ctx, write)
    if errors:
        raise Invalid(errors)


@hook("assignment_rule", "before", ops=("create", "update"))
def rules_make_sense(ctx: Context, batch: list[Write]) -> None:
    """The condition is understood, somebody is named, and the pool is one of leads."""
    errors: list[FieldError] = []
    for write in batch:
        lists = ("members", "departments", "roles")
        if not write.value("by_territory") and not any(_linked(ctx, write, key) for key in lists):
            errors.append(FieldError("members", "sales.rule_without_people", {}, write.row))
        if write.new.get("where") is not None:
            lead = ctx.snapshot.object(LEAD)
            try:
                compile_filter(Source(ctx.snapshot, lead, Everything(), Bind(), env_of(ctx), "t"), write.new["where"])
            except BadRequest as bad:
                errors.append(FieldError("where", bad.code, bad.params, write.row))
        pool = write.new.get("pool")
        if pool is not None:
            row = reads.native(ctx.as_system(), "pool", [pool], ("object",)).get(pool)
            if row is None or row["object"] != LEAD:
                errors.append(FieldError("pool", "sales.rule_pool", {}, write.row))
    if errors:
        raise Invalid(errors)


def _regions(write: Write, errors: list[FieldError]) -> Iterator[dict[str, str]]:
    """Each region with its code and names, told by its code, by what a region field gives, or by its name."""
    given = write.new["regions"]
    if not isinstance(given, list) or len(given) > MOST_REGIONS:
        errors.append(FieldError("regions", "sales.territory_regions", {"most": MOST_REGIONS}, write.row))
        return
    seen: set[str] = set()
    for one in given:
        text = str(one.get("code") if isinstance(one, dict) else one)
        try:
            key = divisions.find(text)
        except divisions.Ambiguous:
            key = None
        if key is None or len(key) > _DISTRICT:
            errors.append(FieldError("regions", "sales.territory_unknown_region", {"region": text[:40]}, write.row))
        elif key not in seen:
            seen.add(key)
            yield {"code": key, "name": divisions.full_name(key), "name_en": divisions.full_name(key, "en")}


def _problems_of_territory(ctx: Context, write: Write) -> Iterator[FieldError]:
    regions, industries, weights = (write.value(key) or None for key in ("regions", "industries", "weights"))
    options = ctx.snapshot.object(LEAD).fields["industry"].settings.get("options") or ()
    known = {option["key"] for option in options}
    if not regions and not industries:
        yield FieldError("regions", "sales.territory_empty", {}, write.row)
    for one in industries if isinstance(industries, list) else [industries] if industries else []:
        if one not in known and "industries" in write.new:
            yield FieldError("industries", "sales.territory_unknown_industry", {"industry": str(one)[:40]}, write.row)
    if weights and "weights" in write.new:
        members = {str(one) for one in _linked(ctx, write, "members")}
        if not isinstance(weights, dict) or not all(
            key in members and type(value) is int and 1 <= value <= HEAVIEST for key, value in weights.items()
        ):
            yield FieldError("weights", "sales.territory_weights", {}, write.row)


def _linked(ctx: Context, write: Write, key: str) -> Any:
    """Whom a field names after this write; links that the write leaves alone are read."""
    if key in write.new:
        return write.new[key] or ()
    if write.op == "create":
        return ()
    row = reads.native(ctx.as_system(), write.object, [write.id], (key,)).get(write.id)
    return row[key] if row else ()
