"""What commission is paid of: pieces of source records, the people, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from guanxi.areas.commission.rules.plan import Basis, Component, Credit, Measure, Version
from guanxi.kit import clock

Kind = Literal["earned", "claw_back", "adjustment", "guarantee", "draw", "recovery"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A source record, or the part of it that is of one product, in the workspace's currency.

    ``standing`` is the share of the record that counts as things are: less what was credited, cancelled or taken back.
    """

    object: str
    id: UUID
    number: str
    day: date
    basis: Basis
    gross: Decimal
    net: Decimal | None = None
    margin: Decimal | None = None
    product: UUID | None = None
    categories: frozenset[UUID] = frozenset()
    company: UUID | None = None
    first_deal: date | None = None
    """When the customer first ordered, signed or was invoiced."""
    renewal: bool = False
    owner: UUID | None = None
    splits: tuple[tuple[UUID, Decimal], ...] = ()
    overlays: tuple[tuple[UUID, Decimal], ...] = ()
    standing: Decimal = Decimal(1)

    def amount(self, measure: Measure) -> Decimal | None:
        """What counts of it by a measure; None where that is not known."""
        return self.gross if measure == "gross" else self.net if measure == "net" else self.margin

    def fulfils(self, one: Component) -> bool:
        """Whether a component is about it."""
        if one.basis != self.basis:
            return False
        if (
            (one.products or one.categories)
            and self.product not in one.products
            and not one.categories & self.categories
        ):
            return False
        if one.margin_from is not None or one.margin_to is not None:
            if self.margin is None or not self.net:
                return False
            percent = self.margin * 100 / self.net
            if one.margin_from is not None and percent < one.margin_from:
                return False
            if one.margin_to is not None and percent >= one.margin_to:
                return False
        return one.customers == "any" or one.customers in self.customer(one.new_months)

    def customer(self, new_months: int) -> frozenset[str]:
        """What kind of business it is: of a new customer, of one that there was, and in the latter case perhaps a renewal."""
        if self.renewal:
            return frozenset({"existing", "renewal"})
        since = self.first_deal or self.day
        return frozenset({"new" if self.day < clock.shift(since, new_months, "month") else "existing"})


@dataclass(frozen=True, slots=True)
class Person:
    """A member as far as commission is concerned: when they were there, and whose work they answer for."""

    id: UUID
    joined: date | None = None
    left: date | None = None
    team: frozenset[UUID] = frozenset()
    """Everybody in the departments that they head and below, without themselves."""

    def there(self, day: date) -> bool:
        """Whether they worked here on a day."""
        return (self.joined is None or self.joined <= day) and (self.left is None or day <= self.left)


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody earned by one tier with one piece, or what was settled beside it; it names the rule that gave it.

    ``whole`` is the piece, ``share`` the percent of it (of the commission, where a pool shares it out) that is the
    member's, ``base`` what the tier was applied to, ``computed`` what that gave, ``amount`` what is paid after caps.
    """

    member: UUID
    kind: Kind
    amount: Decimal
    version: Version
    component: Component | None = None
    piece: Piece | None = None
    credit: Credit = "owner"
    whole: Decimal = Decimal(0)
    share: Decimal = Decimal(100)
    base: Decimal = Decimal(0)
    tier: int = 0
    rate: Decimal = Decimal(0)
    computed: Decimal = Decimal(0)
    note: str = ""
    corrects: UUID | None = None


@dataclass(frozen=True)
class Situation:
    """What a calculation has to know beside plans and pieces."""

    begins: date
    ends: date
    unit: Decimal
    people: Mapping[UUID, Person]
    quotas: Mapping[tuple[UUID, Basis], Decimal] = field(default_factory=dict)
    """Sales targets of the period by person and basis."""
    balances: Mapping[tuple[UUID, UUID], Decimal] = field(default_factory=dict)
    """Draws that were not recovered yet, by member and family of plans."""
