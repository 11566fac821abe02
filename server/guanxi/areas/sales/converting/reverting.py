"""Taking a conversion back: what it made, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from guanxi.areas.sales.errors import ConversionUnknown, LeadNotConverted
from guanxi.areas.sales.grading.models import LEAD
from guanxi.areas.sales.hooks.leads import CONVERTED
from guanxi.engine.context import Context
from guanxi.engine.records import locking, origins, reads, undo
from guanxi.engine.records.titles import titles
from guanxi.infra.i18n import sentence

MADE = ("company", "contact", "opportunity")
Reason = Literal["changed", "deleted", "used"]
_NAMED = 5
"""Things that a refusal names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stands against it: what was made and is another one now, or what refers to it since."""

    object: str
    record: UUID
    reason: Reason


@dataclass(frozen=True)
class Conversion:
    """The change set of a conversion, whose it is, and what it made."""

    change_set: UUID
    author: UUID | None
    made: Mapping[str, UUID]
    touched: Mapping[str, Mapping[UUID, frozenset[str]]]


def conversion_of(ctx: Context, lead: UUID) -> Conversion:
    """The conversion of a lead; LeadNotConverted, or ConversionUnknown for one that came converted or with others."""
    row = locking.stored(ctx, ctx.snapshot.object(LEAD), [lead])[lead]
    if row["status"] != CONVERTED:
        raise LeadNotConverted(lead)
    origin = origins.written_by(ctx, LEAD, lead, "status")
    if origin is None:
        raise ConversionUnknown(lead)
    touched = origins.touched_by(ctx, origin.change_set)
    if touched.get(LEAD, {}).keys() != {lead} or "create" in touched[LEAD][lead]:
        raise ConversionUnknown(lead)
    became = {key: row[f"converted_{key}"] for key in MADE}
    made = {key: id_ for key, id_ in became.items() if id_ and "create" in touched.get(key, {}).get(id_, ())}
    # What is gone is no longer named by the lead, and still was made by it.
    for key in MADE:
        created = [id_ for id_, ops in touched.get(key, {}).items() if "create" in ops]
        if key not in made and created:
            made[key] = created[0]
    return Conversion(origin.change_set, origin.author, made, touched)


def standing(ctx: Context, conversion: Conversion) -> list[Standing]:
    """Everything that stands against taking it back, whoever sees it."""
    system = ctx.as_system()
    found: dict[tuple[str, UUID], Standing] = {}
    tried = undo.undo(system, conversion.change_set, preview=True)
    for one in tried.conflicts:
        key, record = str(one["object"]), UUID(one["id"])
        there = key in ctx.snapshot.objects and record in reads.visible(system, key, [record])
        found[key, record] = Standing(key, record, "changed" if there else "deleted")
    for key, record in conversion.made.items():
        for obj, user in origins.referring(system, key, [record]):
            if user in conversion.touched.get(obj.key, {}) or (obj.key, user) in found:
                continue
            found[obj.key, user] = Standing(obj.key, user, "used")
    return list(found.values())


def in_words(ctx: Context, ones: Iterable[Standing]) -> str:
    """What stands against it, in the reader's language; what the reader does not see is counted and not named."""
    every = list(ones)
    named = titles(ctx, {(one.object, one.record) for one in every})
    seen = [one for one in every if named.get((one.object, one.record))]
    parts = [
        sentence(
            f"sales.stands_{one.reason}",
            {"object": dict(ctx.snapshot.object(one.object).label), "title": named[one.object, one.record]},
            ctx.language,
        )
        for one in seen[:_NAMED]
    ]
    for reason in ("deleted", "changed", "used"):
        rest = [one for one in every if one.reason == reason and one not in seen[:_NAMED]]
        if rest:
            parts.append(sentence(f"sales.stand_{reason}", {"count": len(rest)}, ctx.language))
    return sentence("sales.stands_between", {}, ctx.language).join(parts)
