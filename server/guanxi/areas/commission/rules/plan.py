"""A commission plan as the rules know it: versions with components, each a base, conditions, a rate table and whom it credits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

Basis = Literal["order_signed", "contract_signed", "invoiced", "received"]
Measure = Literal["gross", "net", "margin"]
Credit = Literal["owner", "splits", "overlay", "team", "pool"]
"""Who is credited: the owner; the owner or the revenue splits of the deal's team; its overlay splits; the head, for all
that their people are credited as owners; or a pool, which shares out what it earned."""
Customers = Literal["any", "new", "existing", "renewal"]
Method = Literal["marginal", "whole"]
Measured = Literal["amount", "attainment"]
Floor = Literal["none", "guarantee", "draw"]
HIGHEST_RATE = Decimal(300)


@dataclass(frozen=True, slots=True)
class Tier:
    """From which amount (or percent of the quota) until which, None without end, at which rate in percent."""

    starts: Decimal
    ends: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Component:
    """One way to earn. ``threshold`` is what a period must come to before anything is paid; with ``threshold_above`` only
    what lies above it is. ``quota`` is what attainment is measured against, None for the person's sales target.
    """

    key: str
    name: str
    basis: Basis
    tiers: Sequence[Tier]
    measure: Measure = "gross"
    credit: Credit = "owner"
    method: Method = "marginal"
    measured: Measured = "amount"
    quota: Decimal | None = None
    products: frozenset[UUID] = frozenset()
    categories: frozenset[UUID] = frozenset()
    customers: Customers = "any"
    new_months: int = 12
    margin_from: Decimal | None = None
    margin_to: Decimal | None = None
    threshold: Decimal | None = None
    threshold_above: bool = False
    cap: Decimal | None = None
    shares: Mapping[UUID, Decimal] = field(default_factory=dict)
    """Of a pool, in percent, by member."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a plan, with the days it holds on, whom it is for, and what holds for all of its components together.

    ``family`` is the same for every version of a plan. ``floor_amount`` is for a whole month.
    """

    id: UUID
    family: UUID
    name: str
    number: int
    begins: date
    ends: date | None
    components: Sequence[Component]
    members: frozenset[UUID] = frozenset()
    cap: Decimal | None = None
    floor: Floor = "none"
    floor_amount: Decimal = Decimal(0)

    def holds(self, day: date) -> bool:
        """Whether the version is the one of a day."""
        return self.begins <= day and (self.ends is None or day <= self.ends)
