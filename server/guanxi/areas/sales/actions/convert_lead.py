"""Convert a lead into a company, a contact and, if wanted, an opportunity: new ones, or ones that exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.sales.converting.mapping import carried, read_level
from guanxi.areas.sales.errors import LeadAlreadyConverted
from guanxi.areas.sales.hooks.leads import CONVERTED
from guanxi.areas.sales.rules import conversion
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.objects.levels import is_read
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import NotFound
from guanxi.infra.http.shapes import Id

_BECAME = ("converted_company", "converted_contact", "converted_opportunity")


@dataclass(frozen=True)
class ConvertLead:
    """The lead; records to convert it into, where they exist already; what to make besides."""

    lead: UUID
    company: UUID | None = None
    contact: UUID | None = None
    opportunity: UUID | None = None
    create_opportunity: bool = True
    opportunity_name: str | None = None
    amount: str | None = None


class ConvertedLead(TypedDict):
    """What the lead became."""

    company: Id | None
    contact: Id
    opportunity: Id | None


@action("sales.convert_lead", params=ConvertLead, permission="lead.edit")
def convert_lead(ctx: Context, params: ConvertLead) -> ConvertedLead:
    """Make what the lead becomes, mark it converted, and move what was done about it.

    What goes over is the workspace's mapping, as far as the caller reads it and may set it; records that exist keep
    what they hold.

    NotFound for a lead or a given record that the person does not see, NotAllowed for a lead that they may not edit,
    LeadAlreadyConverted the second time. Everything is in
    one change set, so the whole conversion can be undone.
    """
    lead = _open_lead(ctx, params.lead)
    seen = _seen(ctx, lead)
    company = params.company
    opportunity = params.opportunity
    if opportunity is not None:
        theirs = _visible(ctx, "opportunity", opportunity, ("company",))["company"]
        company = company or theirs
    if company is not None:
        _visible(ctx, "company", company, ("name",))
    if params.contact is not None:
        theirs = _visible(ctx, "contact", params.contact, ("company",))["company"]
        company = company or theirs
    if company is None and (values := conversion.company(seen, carried(ctx, "company", lead))):
        (company,) = writes.create(ctx, "company", [values])
    contact = params.contact
    if contact is None:
        (contact,) = writes.create(ctx, "contact", [conversion.contact(seen, company, carried(ctx, "contact", lead))])
    if opportunity is None and params.create_opportunity:
        taken = carried(ctx, "opportunity", lead)
        values = conversion.opportunity(seen, params.opportunity_name, ctx.language, taken)
        values |= {"company": company, "contact": contact}
        if params.amount is not None:
            values["amount"] = params.amount
        (opportunity,) = writes.create(ctx, "opportunity", [values])
    became = dict(zip(_BECAME, (company, contact, opportunity), strict=True))
    writes.update(
        ctx.as_system(), "lead", [Change(params.lead, {"status": CONVERTED, "converted_at": ctx.now, **became})]
    )
    target = ("opportunity", opportunity) if opportunity else ("contact", contact)
    _move_activities(ctx, params.lead, target)
    return {
        "company": str(company) if company else None,
        "contact": str(contact),
        "opportunity": str(opportunity) if opportunity else None,
    }


def _open_lead(ctx: Context, lead: UUID) -> dict[str, Any]:
    # Locked before anything is made of it: whoever converts it at the same moment waits here, then sees the outcome.
    row = locking.lock(ctx, ctx.object("lead"), [lead], "edit", ())[lead]
    if row["status"] == CONVERTED:
        raise LeadAlreadyConverted(lead, **{key: str(row[key]) if row[key] else None for key in _BECAME})
    return row


def _seen(ctx: Context, lead: dict[str, Any]) -> dict[str, Any]:
    """The lead's values that the caller reads."""
    fields = ctx.snapshot.object("lead").fields
    return {
        key: value for key, value in lead.items() if key not in fields or is_read(read_level(ctx, fields[key], lead))
    }


def _visible(ctx: Context, object_key: str, record: UUID, fields: tuple[str, ...]) -> dict[str, Any]:
    rows = reads.native(ctx, object_key, [record], fields)
    if record not in rows:
        raise NotFound("records.not_found", {"object": object_key, "id": str(record)})
    return rows[record]


def _move_activities(ctx: Context, lead: UUID, target: tuple[str, UUID]) -> None:
    """Notes, tasks, calls, meetings and whatever else can be about the lead go where the work goes on."""
    system = ctx.as_system()
    object_key, record = target
    for obj in ctx.snapshot.objects.values():
        for field in obj.fields.values():
            targets = field.settings.get("targets", ())
            if field.kind.trait != "about" or not {"lead", object_key} <= set(targets):
                continue
            where = {"field": field.key, "op": "eq", "value": {"object": "lead", "id": str(lead)}}
            moved = reads.ids(system, obj.key, where)
            if moved:
                about = {"object": object_key, "id": record}
                writes.update(system, obj.key, [Change(one, {field.key: about}) for one in moved])
