"""Shapes of what is told of automation as a whole."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Instant


class FlowFigures(TypedDict):
    """How one flow went. ``seconds`` is what a run took on average from its beginning to its end, waiting included, null
    where none has ended; ``open`` are runs that have not ended, whenever they began."""

    flow: Reference
    state: str
    runs: int
    failed: int
    open: int
    seconds: float | None
    mails: int
    last_at: Instant | None


class ConsumerLag(TypedDict):
    """How far a consumer of the change log is behind; ``held`` are changes that it could not bear."""

    name: str
    waiting: int
    since: Instant | None
    held: int


class FlowStatus(TypedDict):
    """How automation goes. ``due`` are steps whose time has come and that have not been done, ``oldest`` since when;
    ``unsent`` are mails and calls on their way, ``unsent_failed`` those that were given up in the days asked for."""

    days: int
    stopped: bool
    failure_percent: int
    failure_least: int
    due: int
    oldest: Instant | None
    unsent: int
    unsent_failed: int
    consumers: list[ConsumerLag]
    flows: list[FlowFigures]


class FlowStatusParameters(TypedDict):
    """Over how many days."""

    days: NotRequired[int]


class FlowSecret(TypedDict):
    """A secret as it is told: everything but itself; ``used_in`` are the flows that name it."""

    name: str
    host: str
    note: str | None
    updated_at: Instant
    updated_by: Reference | None
    used_in: list[Reference]


class FlowSecretList(TypedDict):
    """All secrets of the workspace; what they are is never told."""

    secrets: list[FlowSecret]


class FlowHook(TypedDict):
    """A trigger that an address starts. ``made_at`` is null before the first address was made; the address itself is
    told only when it is made."""

    flow: Reference
    trigger: str
    is_on: bool
    made_at: Instant | None
    made_by: Reference | None


class FlowHooks(TypedDict):
    """Every trigger of published flows that an address starts."""

    hooks: list[FlowHook]
