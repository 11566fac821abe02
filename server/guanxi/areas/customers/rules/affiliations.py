"""Keeping the main company of a contact and the primary one of its affiliations the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One contact's role in one company."""

    id: UUID
    contact: UUID
    company: UUID
    is_primary: bool


@dataclass
class Steps:
    """What must be written so that affiliations agree with the contacts' companies."""

    primary: dict[UUID, bool] = field(default_factory=dict)
    """New values of `is_primary` by affiliation."""
    missing: list[tuple[UUID, UUID]] = field(default_factory=list)
    """Contacts and companies without an affiliation between them, to be made as primary."""


def follow_contacts(companies: Mapping[UUID, UUID | None], known: Iterable[Affiliation]) -> Steps:
    """Steps after contacts were given these companies (None: no main company any more)."""
    steps = Steps()
    served: set[UUID] = set()
    for one in sorted(known, key=lambda a: (not a.is_primary, a.id)):
        wanted = companies[one.contact] == one.company and one.contact not in served
        if wanted:
            served.add(one.contact)
        if one.is_primary != wanted:
            steps.primary[one.id] = wanted
    steps.missing = [(c, company) for c, company in companies.items() if company is not None and c not in served]
    return steps


def main_companies(
    written: Iterable[Affiliation], known: Iterable[Affiliation], current: Mapping[UUID, UUID | None]
) -> dict[UUID, UUID | None]:
    """New main companies of contacts after affiliations were written or removed; those that stay are missing.

    `known` are all live affiliations of the contacts. The last one written as primary wins. A contact whose main
    company has no primary affiliation left loses it.
    """
    changes: dict[UUID, UUID | None] = {}
    primaries: dict[UUID, set[UUID]] = {}
    for one in known:
        if one.is_primary:
            primaries.setdefault(one.contact, set()).add(one.company)
    chosen = {one.contact: one.company for one in written if one.is_primary and one.contact in current}
    for contact, company in current.items():
        wanted = chosen.get(contact, company if company in primaries.get(contact, ()) else None)
        if wanted != company:
            changes[contact] = wanted
    return changes
