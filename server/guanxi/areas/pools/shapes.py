"""Shapes of pools over HTTP."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant


class HoldingLeft(TypedDict):
    """A holding limit that concerns the caller, and how many they hold of what it counts."""

    name: str
    most: int
    held: int
    left: int


class OwnPool(TypedDict):
    """A pool that the caller belongs to, and what is left of its limits today; null where there is no limit.

    `keeps` are the fields of which members see no more than `others` says.
    """

    id: Id
    name: str
    object: str
    description: str | None
    count: int
    administers: bool
    keeps: list[str]
    others: Literal["masked", "reveal", "hidden"]
    claims_per_day: int | None
    claims_left: int | None
    views_per_day: int | None
    views_left: int | None
    cooling_days: int
    holdings: list[HoldingLeft]


class OwnPools(TypedDict):
    """The pools of the caller."""

    pools: list[OwnPool]


class PoolStep(TypedDict):
    """One step in the history of a record's owners."""

    id: Id
    kind: Literal["claimed", "given", "released", "recycled", "moved", "warned", "viewed"]
    pool: Reference | None
    from_owner: Reference | None
    to_owner: Reference | None
    by: Reference | None
    reason: str | None
    at: Instant


class Recycling(TypedDict):
    """When a record goes into which pool, by which rule, unless something is done about it."""

    at: Instant
    rule: str
    pool: str
    days: int


class PoolOfRecord(TypedDict):
    """Where a record stands between pools and owners, what the caller may do about that, and the history."""

    pool: Reference | None
    since: Instant | None
    former_owner: Reference | None
    may_claim: bool
    may_release: bool
    may_give: bool
    recycling: Recycling | None
    history: list[PoolStep]


class ThoughtOfRule(TypedDict):
    """A recycling rule as it would be. `rule` is the one that it would change; `days_ahead` how far to look."""

    pool: Id
    field: NotRequired[str | None]
    days: int
    where: NotRequired[Any]
    rule: NotRequired[Id | None]
    days_ahead: NotRequired[int]


class OwnerCount(TypedDict):
    """How many of somebody's records would go."""

    owner: Reference
    now: int
    count: int


class ForeseenRecord(TypedDict):
    """A record that would go, whose it is and when."""

    record: Reference
    owner: Reference
    at: Instant


class ForeseenRecycling(TypedDict):
    """What a rule would do: how many go at once and until the horizon, by owner and one by one, the first ones first.

    `already` of those that go at once would do so by the rules that hold now; `spared` go by the rule as it is now, and
    would not. `more` is true where there are too many to count.
    """

    now: int
    count: int
    already: int
    spared: int
    more: bool
    owners: list[OwnerCount]
    records: list[ForeseenRecord]
