"""A plan's definition as it is kept: read into components, or said what is wrong with it and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, get_args
from uuid import UUID

from guanxi.areas.commission.rules.plan import (
    HIGHEST_RATE,
    Basis,
    Component,
    Credit,
    Customers,
    Floor,
    Measure,
    Measured,
    Method,
    Tier,
)

MOST_COMPONENTS, MOST_TIERS = 20, 20
HIGHEST = Decimal(10) ** 15
ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where (``components.0.tiers.1.from``), and what its sentence names."""

    at: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """A definition without problems, or its problems."""

    components: Sequence[Component]
    cap: Decimal | None
    floor: Floor
    floor_amount: Decimal
    problems: Sequence[Problem]


class _Reader:
    """Takes values out of what came, and notes what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, at: str, code: str, **params: Any) -> None:
        self.problems.append(Problem(at, code, params))

    def number(self, of: Mapping[str, Any], key: str, at: str, highest: Decimal = HIGHEST) -> Decimal | None:
        value = of.get(key)
        if value is None or value == "":
            return None
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(value, bool) or not number.is_finite() or number < 0 or number > highest:
            self.wrong(f"{at}{key}", "not_a_number", highest=f"{highest:,f}")
            return None
        return number

    def choice(self, of: Mapping[str, Any], key: str, at: str, among: Any, default: str) -> Any:
        value = of.get(key) or default
        if value not in get_args(among):
            self.wrong(f"{at}{key}", "not_one_of", known=", ".join(get_args(among)))
            return default
        return value

    def ids(self, of: Mapping[str, Any], key: str, at: str) -> frozenset[UUID]:
        try:
            return frozenset(UUID(str(one)) for one in of.get(key) or ())
        except (ValueError, TypeError):
            self.wrong(f"{at}{key}", "not_ids")
            return frozenset()


def read(definition: Any) -> Read:
    """Read a definition, whoever wrote it."""
    reader = _Reader()
    known = definition if isinstance(definition, Mapping) else {}
    rows = known.get("components")
    rows = [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
    floor: Floor = reader.choice(known, "floor", "", Floor, "none")
    floor_amount = reader.number(known, "floor_amount", "")
    if floor != "none" and not floor_amount:
        reader.wrong("floor_amount", "floor_amount_needed")
    if (not rows and floor == "none") or len(rows) > MOST_COMPONENTS:
        reader.wrong("components", "components_needed", most=MOST_COMPONENTS)
    components = [_component(reader, row, place) for place, row in enumerate(rows[:MOST_COMPONENTS])]
    cap = reader.number(known, "cap", "")
    return Read(components, cap, floor, floor_amount or ZERO, reader.problems)


def _component(reader: _Reader, row: Mapping[str, Any], place: int) -> Component:
    at = f"components.{place}."
    name = str(row.get("name") or "").strip()[:100]
    if not name:
        reader.wrong(f"{at}name", "name_needed")
    threshold = reader.number(row, "threshold", at)
    margin_from, margin_to = (reader.number(row, key, at, HUNDRED) for key in ("margin_from", "margin_to"))
    if margin_from is not None and margin_to is not None and margin_from >= margin_to:
        reader.wrong(f"{at}margin_to", "margin_reversed")
    measured: Measured = reader.choice(row, "measured", at, Measured, "amount")
    quota = reader.number(row, "quota", at)
    credit: Credit = reader.choice(row, "credit", at, Credit, "owner")
    if measured == "attainment" and credit == "pool" and not quota:
        reader.wrong(f"{at}quota", "pool_quota_needed")
    if quota == 0:
        reader.wrong(f"{at}quota", "quota_above_zero")
    months = reader.number(row, "new_months", at, Decimal(120))
    return Component(
        key=str(row.get("key") or place), name=name, basis=reader.choice(row, "basis", at, Basis, "received"),
        tiers=_tiers(reader, row.get("tiers"), f"{at}tiers"), measure=reader.choice(row, "measure", at, Measure, "gross"),
        credit=credit, method=reader.choice(row, "method", at, Method, "marginal"), measured=measured, quota=quota,
        products=reader.ids(row, "products", at), categories=reader.ids(row, "categories", at),
        customers=reader.choice(row, "customers", at, Customers, "any"),
        new_months=int(months) if months else 12, margin_from=margin_from, margin_to=margin_to,
        threshold=threshold or None, threshold_above=bool(row.get("threshold_above")), cap=reader.number(row, "cap", at),
        shares=_shares(reader, row.get("shares"), f"{at}shares") if credit == "pool" else {},
    )  # fmt: skip


def _tiers(reader: _Reader, rows: Any, at: str) -> list[Tier]:
    rows = [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
    if not rows or len(rows) > MOST_TIERS:
        reader.wrong(at, "tiers_needed", most=MOST_TIERS)
        return [Tier(ZERO, None, ZERO)]
    found = []
    for place, row in enumerate(rows):
        here = f"{at}.{place}."
        before = len(reader.problems)
        starts, ends = reader.number(row, "from", here), reader.number(row, "to", here)
        rate = reader.number(row, "rate", here, HIGHEST_RATE)
        if rate is None and len(reader.problems) == before:
            reader.wrong(f"{here}rate", "rate_needed", highest=f"{HIGHEST_RATE:f}")
        found.append(Tier(starts or ZERO, ends, rate or ZERO))
    for problem in _order(found, at):
        reader.problems.append(problem)
    return found


def _order(tiers: Sequence[Tier], at: str) -> Iterator[Problem]:
    """Tiers begin at zero, each where the one before it ends, and the last has no end."""
    if tiers[0].starts != 0:
        yield Problem(f"{at}.0.from", "first_from_zero")
    for place, one in enumerate(tiers):
        number, last = place + 1, place == len(tiers) - 1
        if one.ends is not None and one.ends <= one.starts:
            yield Problem(f"{at}.{place}.to", "tier_reversed", {"tier": number})
            return
        if one.ends is not None and last:
            yield Problem(f"{at}.{place}.to", "last_without_end", {"tier": number, "to": f"{one.ends:,f}"})
        if last:
            return
        following = tiers[place + 1].starts
        said = {"tier": number, "next": number + 1, "from": f"{following:,f}"}
        if one.ends is None:
            yield Problem(f"{at}.{place}.to", "end_needed", said)
        elif one.ends > following:
            yield Problem(f"{at}.{place + 1}.from", "tiers_overlap", {**said, "to": f"{one.ends:,f}"})
        elif one.ends < following:
            yield Problem(f"{at}.{place + 1}.from", "tiers_gap", {**said, "to": f"{one.ends:,f}"})


def _shares(reader: _Reader, rows: Any, at: str) -> dict[UUID, Decimal]:
    rows = [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
    found: dict[UUID, Decimal] = {}
    for place, row in enumerate(rows):
        percent = reader.number(row, "percent", f"{at}.{place}.", HUNDRED)
        try:
            who = UUID(str(row.get("member")))
        except ValueError:
            reader.wrong(f"{at}.{place}.member", "member_needed")
            continue
        if who in found:
            reader.wrong(f"{at}.{place}.member", "named_twice")
        found[who] = percent or ZERO
    total = sum(found.values(), ZERO)
    if total != HUNDRED:
        reader.wrong(at, "shares_not_whole", total=f"{total.normalize():f}")
    return found
