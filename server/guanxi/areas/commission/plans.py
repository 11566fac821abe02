"""Plans as records become the versions and people that the rules work with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.commission.rules.definition import read
from guanxi.areas.commission.rules.pieces import Person
from guanxi.areas.commission.rules.plan import Version
from guanxi.areas.commission.rules.tiers import rounded
from guanxi.areas.forecast import api as forecast
from guanxi.capabilities.identity.organisation import Organisation, organisation_in
from guanxi.capabilities.identity.tree import with_descendants
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.kit import money

PLAN = "commission_plan"
FIELDS = (
    "name", "number", "first", "status", "valid_from", "valid_to", "members", "departments", "roles", "definition",
)  # fmt: skip
IN_USE = ("active", "ended")


def unit_of(ctx: Context) -> Decimal:
    """The least that the workspace's currency can pay."""
    return Decimal(1).scaleb(-money.decimals(ctx.workspace.currency))


def versions_of(ctx: Context, begins: date, ends: date) -> list[Version]:
    """The versions in use that hold on a day of a period."""
    where = {"and": [
        {"field": "status", "op": "in", "value": list(IN_USE)},
        {"field": "valid_from", "op": "lte", "value": ends.isoformat()},
        {"or": [
            {"field": "valid_to", "op": "is_empty"}, {"field": "valid_to", "op": "gte", "value": begins.isoformat()},
        ]},
    ]}  # fmt: skip
    system = ctx.as_system()
    return versions(ctx, reads.ids(system, PLAN, where))


def versions(ctx: Context, ids: Collection[UUID]) -> list[Version]:
    """Versions by their ids, drafts as well; one whose rules cannot be read is left out."""
    system = ctx.as_system()
    rows = reads.native(system, PLAN, list(ids), FIELDS)
    there = organisation_in(system)
    unit = unit_of(ctx)
    return [made for one, row in rows.items() if (made := _version(one, row, there, unit)) is not None]


def _version(id_: UUID, row: Mapping[str, Any], there: Organisation, unit: Decimal) -> Version | None:
    found = read(row["definition"])
    if found.problems:
        return None
    components = [
        replace(one, cap=None if one.cap is None else rounded(one.cap, unit)) for one in found.components
    ]  # fmt: skip
    return Version(
        id=id_, family=row["first"] or id_, name=row["name"] or "", number=row["number"] or 1,
        begins=row["valid_from"], ends=row["valid_to"], components=components,
        members=frozenset(assigned(there, row["members"], row["departments"], row["roles"])),
        cap=None if found.cap is None else rounded(found.cap, unit), floor=found.floor, floor_amount=found.floor_amount,
    )  # fmt: skip


def assigned(
    there: Organisation, members: Iterable[UUID], departments: Iterable[UUID], roles: Iterable[UUID]
) -> set[UUID]:
    """Whom a plan is for: those named, and everybody of the departments (and below) and roles named."""
    within = with_descendants(there.departments, departments)
    held = set(roles)
    return set(members) | {
        one.id for one in there.people.values() if one.department in within or not held.isdisjoint(one.roles)
    }


def people(ctx: Context) -> dict[UUID, Person]:
    """Everybody, with the days they worked here and those whom they head."""
    system = ctx.as_system()
    there = organisation_in(system)
    rows = reads.native(system, "member", list(there.people), ("joined_on", "left_on"))
    teams: dict[UUID, set[UUID]] = {}
    for department, head in there.heads.items():
        below = with_descendants(there.departments, [department])
        teams.setdefault(head, set()).update(one.id for one in there.people.values() if one.department in below)
    return {
        one: Person(one, row["joined_on"], row["left_on"], frozenset(teams.get(one, set()) - {one}))
        for one, row in rows.items()
    }


def quotas(ctx: Context, period: forecast.Period) -> dict[tuple[UUID, Any], Decimal]:
    """The sales targets of a period by person and base: of amounts received, else of amounts won."""
    system = ctx.as_system()
    where = {"and": [
        {"field": "period", "op": "eq", "value": period.unit},
        {"field": "starts_on", "op": "eq", "value": period.begins.isoformat()},
        {"field": "person", "op": "not_empty"}, {"field": "product", "op": "is_empty"},
        {"field": "category", "op": "is_empty"}, {"field": "measure", "op": "in", "value": list(_BASES)},
    ]}  # fmt: skip
    rows = reads.native(
        system, "sales_target", reads.ids(system, "sales_target", where), ("person", "measure", "amount")
    )
    return {
        (row["person"], basis): row["amount"].amount
        for row in rows.values()
        if row["amount"] is not None and row["amount"].currency == ctx.workspace.currency
        for basis in _BASES[row["measure"]]
    }


_BASES = {"received_amount": ("received",), "won_amount": ("order_signed", "contract_signed", "invoiced")}
