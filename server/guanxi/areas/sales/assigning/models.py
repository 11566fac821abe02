"""Assignment rules and territories as they are kept, and what of them concerns a lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.areas.sales.rules.assignment import Place, territory_of
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.kit import divisions

RULE, TERRITORY, HISTORY = "assignment_rule", "territory", "lead_assignment"
_RULE_FIELDS = (
    "name", "where", "by_territory", "members", "departments", "roles", "skills", "industry_skill", "mode", "present",
    "at_work", "most", "seniors", "accept_minutes", "accept_at_work", "otherwise", "pool",
    "position",
)  # fmt: skip
_TERRITORY_FIELDS = ("name", "regions", "industries", "members", "weights", "position")
_PARTS = ("province", "city", "district")


@dataclass(frozen=True)
class Rule:
    """An active rule."""

    id: UUID
    name: str
    where: Any
    by_territory: bool
    members: tuple[UUID, ...]
    departments: tuple[UUID, ...]
    roles: tuple[UUID, ...]
    skills: tuple[UUID, ...]
    industry_skill: bool
    mode: str
    present: bool
    at_work: bool
    most: int | None
    seniors: frozenset[UUID]
    accept_minutes: int | None
    accept_at_work: bool
    """Whether the minutes run only while whoever is given a lead works."""
    otherwise: str
    pool: UUID | None


@dataclass(frozen=True)
class Territory:
    """An active territory."""

    place: Place
    name: str
    members: tuple[UUID, ...]
    weights: Mapping[UUID, int]


def has_rules(ctx: Context) -> bool:
    """Whether leads are assigned by rules at all."""
    return RULE in ctx.snapshot.objects and bool(_ids(ctx, RULE, limit=1))


def rules_of(ctx: Context) -> list[Rule]:
    """The active rules in their order."""
    if RULE not in ctx.snapshot.objects:
        return []
    system = ctx.as_system()
    rows = reads.native(system, RULE, _ids(ctx, RULE), _RULE_FIELDS)
    ordered = sorted(rows.items(), key=lambda one: (one[1]["position"] or 0, one[0]))
    return [_rule(id_, row) for id_, row in ordered]


def territories_of(ctx: Context) -> dict[UUID, Territory]:
    """The active territories."""
    system = ctx.as_system()
    rows = reads.native(system, TERRITORY, _ids(ctx, TERRITORY), _TERRITORY_FIELDS)
    return {id_: _territory(id_, row) for id_, row in rows.items()}


def located(places: Sequence[Place], lead: Mapping[str, Any]) -> UUID | None:
    """The territory that a lead lies in."""
    return territory_of(places, region_of(lead.get("address")), lead.get("industry"))


def region_of(address: Mapping[str, str] | None) -> Sequence[str]:
    """The way from the province to the smallest division that an address names; nothing where it cannot be told."""
    parts = [address[part] for part in _PARTS if address.get(part)] if address else []
    while parts:
        try:
            key = divisions.find("".join(parts))
        except divisions.Ambiguous:
            key = None
        if key is not None:
            return divisions.tree_of(key).path(key)
        parts.pop()
    return ()


def _rule(id_: UUID, row: Mapping[str, Any]) -> Rule:
    return Rule(
        id=id_, name=row["name"], where=row["where"], mode=row["mode"], most=row["most"],
        seniors=frozenset(row["seniors"] or ()), by_territory=bool(row["by_territory"]),
        industry_skill=bool(row["industry_skill"]), present=bool(row["present"]), at_work=bool(row["at_work"]),
        members=tuple(row["members"] or ()), departments=tuple(row["departments"] or ()), roles=tuple(row["roles"] or ()),
        skills=tuple(row["skills"] or ()), accept_minutes=row["accept_minutes"],
        accept_at_work=bool(row["accept_at_work"]),
        otherwise=row["otherwise"] or "superior", pool=row["pool"],
    )  # fmt: skip


def _territory(id_: UUID, row: Mapping[str, Any]) -> Territory:
    regions = frozenset(str(one["code"]) for one in row["regions"] or ())
    place = Place(id_, regions, frozenset(row["industries"] or ()), row["position"] or 0)
    weights = {UUID(str(key)): int(value) for key, value in (row["weights"] or {}).items()}
    return Territory(place, row["name"], tuple(row["members"] or ()), weights)


def _ids(ctx: Context, key: str, limit: int = 1000) -> list[UUID]:
    where = {"field": "active", "op": "eq", "value": True}
    if limit == 1:
        query = reads.Query(select=("name",), where=where, limit=1)
        return [UUID(row["id"]) for row in reads.page(ctx.as_system(), key, query).rows]
    return reads.ids(ctx.as_system(), key, where, limit=limit)
