"""What is told before and after a conversion."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from guanxi.areas.sales.converting import duplicates, mapping, reverting
from guanxi.areas.sales.converting.shapes import (
    ConversionMappings,
    Duplicate,
    FoundDuplicates,
    LeadDuplicates,
    LeadReversal,
    TargetMapping,
)
from guanxi.areas.sales.errors import ConversionUnknown, LeadNotConverted, MappingRightNeeded
from guanxi.areas.sales.grading.models import LEAD
from guanxi.areas.sales.rules.conversion import SHIPPED
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.errors import NotFound
from guanxi.infra.i18n import sentence


def duplicates_of(ctx: Context, lead: UUID) -> LeadDuplicates:
    """What is there already that a lead may be converted into."""
    found = duplicates.of_lead(ctx, lead)
    return {
        "companies": _told(ctx, "company", found.companies),
        "contacts": _told(ctx, "contact", found.contacts),
        "opportunities": _told(ctx, "opportunity", found.opportunities),
    }


def _told(ctx: Context, target: str, found: duplicates.Found) -> FoundDuplicates:
    if not found.why:
        return {"candidates": [], "hidden": found.hidden}
    obj = ctx.snapshot.object(target)
    known = set(reads.told_fields(ctx, obj))
    select = [key for key in (obj.title, "owner", "company") if key in known]
    where = {"field": "id", "op": "in", "value": [str(one) for one in found.why]}
    rows = {row["id"]: row for row in reads.page(ctx, target, reads.Query(select=select, where=where)).rows}
    candidates = [_candidate(rows[str(one)], obj.title, why) for one, why in found.why.items() if str(one) in rows]
    return {"candidates": candidates, "hidden": found.hidden}


def _candidate(row: dict[str, Any], title: str, why: list[str]) -> Duplicate:
    return {
        "record": {"id": row["id"], "title": str(row.get(title) or "")},
        "why": why,
        "owner": row.get("owner"),
        "company": row.get("company"),
    }


def reversal_of(ctx: Context, lead: UUID) -> LeadReversal:
    """What reverting the conversion of a lead would do; NotFound for a lead that the actor does not see."""
    if lead not in reads.visible(ctx, LEAD, [lead]):
        raise NotFound("records.not_found", {"object": LEAD, "id": str(lead)})
    try:
        conversion = reverting.conversion_of(ctx, lead)
    except (LeadNotConverted, ConversionUnknown) as refused:
        told = sentence(refused.code, refused.params, ctx.language)
        return {"refused": told, "made": [], "against": []}
    against = reverting.standing(ctx, conversion)
    pairs = {*conversion.made.items(), *((one.object, one.record) for one in against)}
    named = titles(ctx, pairs)
    return {
        "refused": None,
        "made": [
            {"object": key, "record": reference(named, key, id_)}  # type: ignore[typeddict-item]
            for key, id_ in conversion.made.items()
        ],
        "against": [
            {"object": one.object, "record": reference(named, one.object, one.record), "reason": one.reason}  # type: ignore[typeddict-item]
            for one in against
        ],
    }


def mappings(ctx: Context) -> ConversionMappings:
    """How everything that a lead becomes is filled, and what might fill it, for those who configure."""
    if not ctx.actor.may("configure"):
        raise MappingRightNeeded
    lead = ctx.snapshot.object(LEAD)
    sources = {one.key: dict(one.label) for one in lead.fields.values() if mapping.may_be_taken(one) and not one.hidden}
    return {"mappings": [_mapping(ctx, target, sources) for target in SHIPPED], "sources": sources}


def _mapping(ctx: Context, target: str, sources: dict[str, dict[str, str]]) -> TargetMapping:
    obj, lead = ctx.snapshot.object(target), ctx.snapshot.object(LEAD)
    where = {"field": "object", "op": "eq", "value": target}
    own = next(iter(reads.ids(ctx, mapping.MAPPING, where)), None)
    rev = locking.stored(ctx, ctx.snapshot.object(mapping.MAPPING), [own])[own]["rev"] if own else None
    pairs = mapping.mapping_of(ctx, target)
    fillable = [one for one in obj.fields.values() if mapping.may_be_filled(obj, one) and not one.hidden]
    return {
        "object": target,
        "id": str(own) if own else None,
        "rev": rev,
        "fields": [{"to": to, "source": of} for to, of in pairs.items()],
        "shipped": [{"to": to, "source": of} for to, of in SHIPPED[target].items()],
        "choices": [
            {
                "key": one.key,
                "label": dict(one.label),
                "sources": [key for key in sources if mapping.fits(lead.fields[key], one)],
            }
            for one in fillable
        ],
    }
