"""The company of a contact and its primary affiliation say the same, whichever of them is written."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from guanxi.areas.customers.rules.affiliations import Affiliation, follow_contacts, main_companies
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.writes import Change


@hook("contact", "after", fields={"company"}, ops=("create", "update"))
def contact_decides(ctx: Context, batch: list[Write]) -> None:
    """The affiliation with the new company becomes primary, and is made if there is none."""
    moved = {w.id: w for w in batch if w.op == "update" or w.new.get("company") is not None}
    if not moved:
        return
    updated = [one for one, write in moved.items() if write.op == "update"]
    known = _of_contacts(ctx, updated) if updated else []
    steps = follow_contacts({one: write.new.get("company") for one, write in moved.items()}, known)
    system = ctx.as_system()
    if steps.primary:
        writes.update(system, "affiliation", [Change(one, {"is_primary": v}) for one, v in steps.primary.items()])
    if steps.missing:
        rows = [
            {
                "contact": contact,
                "company": company,
                "role": moved[contact].value("title"),
                "is_primary": True,
                "owner": moved[contact].value("owner"),
            }
            for contact, company in steps.missing
        ]
        writes.create(system, "affiliation", rows)


@hook("affiliation", "after", fields={"is_primary", "contact", "company"})
def affiliation_decides(ctx: Context, batch: list[Write]) -> None:
    """A primary affiliation sets the contact's company; when the primary one goes, so does the company."""
    contacts = {one for w in batch for one in (w.value("contact"), (w.old or {}).get("contact")) if one}
    system = ctx.as_system()
    current = {
        one: row["company"] for one, row in reads.native(system, "contact", list(contacts), ("company",)).items()
    }
    if not current:  # the contacts themselves are gone, or not yet back
        return
    known = _of_contacts(ctx, current)
    written = [
        Affiliation(w.id, w.value("contact"), w.value("company"), bool(w.value("is_primary")))
        for w in batch
        if w.op != "delete" and (w.op != "update" or w.new.get("is_primary") or w.value("is_primary"))
    ]
    changes = main_companies(written, known, current)
    if changes:
        writes.update(system, "contact", [Change(one, {"company": company}) for one, company in changes.items()])
    others = follow_contacts({one: changes.get(one, company) for one, company in current.items()}, known).primary
    if others:
        writes.update(system, "affiliation", [Change(one, {"is_primary": v}) for one, v in others.items()])


@hook("contact", "after", ops=("delete",))
def contact_takes_its_affiliations_along(ctx: Context, batch: list[Write]) -> None:
    """They go after the contact, so that their going does not take the company from it."""
    _remove(ctx, "contact", [w.id for w in batch])


@hook("company", "after", ops=("delete",))
def company_takes_its_affiliations_along(ctx: Context, batch: list[Write]) -> None:
    """A role in a company that is gone says nothing."""
    _remove(ctx, "company", [w.id for w in batch])


def _remove(ctx: Context, field: str, gone: list[UUID]) -> None:
    system = ctx.as_system()
    where = {"field": field, "op": "in", "value": [str(one) for one in gone]}
    if ids := reads.ids(system, "affiliation", where):
        writes.delete(system, "affiliation", ids)


def _of_contacts(ctx: Context, contacts: Iterable[UUID]) -> list[Affiliation]:
    system = ctx.as_system()
    where = {"field": "contact", "op": "in", "value": [str(one) for one in contacts]}
    rows = reads.native(
        system, "affiliation", reads.ids(system, "affiliation", where), ("contact", "company", "is_primary")
    )
    return [Affiliation(one, row["contact"], row["company"], bool(row["is_primary"])) for one, row in rows.items()]
