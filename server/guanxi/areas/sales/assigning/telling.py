"""What is told of a lead's assignments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from guanxi.areas.sales.assigning.giving import AWAITS
from guanxi.areas.sales.assigning.models import HISTORY
from guanxi.areas.sales.assigning.shapes import LeadAssignments, LeadGiven
from guanxi.areas.sales.grading.models import LEAD
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object, label_text
from guanxi.engine.records import reads, transfers
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.errors import NotFound
from guanxi.infra.i18n import sentence

MOST = 50
_FIELDS = ("member", "state", "at", "due_at", "answered_at", "reasons")


def of_lead(ctx: Context, lead: UUID) -> LeadAssignments:
    """To whom a lead was given and why; NotFound for a lead that the actor does not see."""
    obj = ctx.object(LEAD)
    if lead not in reads.visible(ctx, LEAD, [lead]):
        raise NotFound("records.not_found", {"object": LEAD, "id": str(lead)})
    found: list[UUID] = []
    if ctx.actor.rights(HISTORY).reads:
        where = {"field": "lead", "op": "eq", "value": str(lead)}
        found = reads.ids(ctx, HISTORY, where)[-MOST:]
    rows = sorted(
        reads.native(ctx.as_system(), HISTORY, found, _FIELDS).items(), key=lambda one: one[1]["at"], reverse=True
    )
    named = titles(ctx, {("member", row["member"]) for _, row in rows if row["member"]})
    own = {ctx.actor.member_id, *ctx.actor.delegators}
    due = [row["due_at"] for _, row in rows if row["state"] == "waiting" and row["member"] in own]
    mine = lead in reads.visible(ctx, LEAD, [lead], "edit")
    may = mine and ctx.actor.rights(LEAD).transfer and lead in transfers.standing(ctx, obj, [lead])
    awaits = reads.native(ctx.as_system(), LEAD, [lead], (AWAITS,))[lead][AWAITS]
    return {
        "to_accept": due[0].isoformat() if due and mine else None,
        "awaits": bool(awaits),
        "may_assign": may,
        "given": [_told(ctx, obj, id_, row, named) for id_, row in rows],
    }


def _told(ctx: Context, obj: Object, id_: UUID, row: Mapping[str, Any], named: Titles) -> LeadGiven:
    member = reference(named, "member", row["member"]) if row["member"] else None
    return {
        "id": str(id_),
        "member": member,  # type: ignore[typeddict-item]
        "state": row["state"],
        "at": row["at"].isoformat(),
        "due_at": row["due_at"].isoformat() if row["due_at"] else None,
        "answered_at": row["answered_at"].isoformat() if row["answered_at"] else None,
        "reasons": list(_reasons(ctx, obj, row["reasons"] or {})),
    }


def _reasons(ctx: Context, obj: Object, kept: Mapping[str, Any]) -> Iterator[str]:
    """What decided, in the reader's language; the grade and the industry only for those who read them of leads."""
    guard = ctx.guard()

    def say(code: str, **params: Any) -> str:
        return sentence(f"sales.why_{code}", params, ctx.language)

    if kept.get("why"):
        yield say(str(kept["why"]))
    if kept.get("rule"):
        yield say("rule", rule=kept["rule"])
    if kept.get("territory"):
        yield say("territory", territory=kept["territory"])
    if kept.get("industry") and guard.reads(obj, obj.fields["industry"]):
        options = obj.fields["industry"].settings.get("options") or ()
        label = next((one["label"] for one in options if one["key"] == kept["industry"]), kept["industry"])
        yield say("industry", industry=label_text(label, ctx.language) if isinstance(label, Mapping) else label)
    if kept.get("senior") and guard.reads(obj, obj.fields["grade"]):
        yield say("senior")
    if kept.get("mode"):
        yield say(str(kept["mode"]), load=kept.get("load", 0))
