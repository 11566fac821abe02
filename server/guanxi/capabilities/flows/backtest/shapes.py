"""Shapes of what back-tests and test runs answer."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.capabilities.flows.shapes import RunProblem
from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant

BacktestState = Literal["waiting", "running", "done", "failed", "cancelled"]


class BacktestBegin(TypedDict):
    """Over how many days (1 to 90), and what: a definition, a published version, or without either the draft as it is kept."""

    days: int
    definition: NotRequired[dict[str, Any]]
    version: NotRequired[int | None]


class Backtest(TypedDict):
    """A back-test; ``version`` is null for a draft. ``done`` of ``total`` changes were looked at."""

    id: Id
    flow: Id
    days: int
    version: int | None
    state: BacktestState
    done: int
    total: int
    error: RunProblem | None
    created_at: Instant
    updated_at: Instant


class Backtests(TypedDict):
    """One's own back-tests of a flow, the last one first."""

    backtests: list[Backtest]


class BacktestNode(TypedDict):
    """How many runs came to a step, wait there or failed, and which ways they went on."""

    node: str
    came: int
    waiting: int
    failed: int
    ports: dict[str, int]


class BacktestDeed(TypedDict):
    """A sort of things that would have been done, such as ``mail``, about which object, and how often."""

    what: str
    object: str | None
    count: int


class BacktestPerson(TypedDict):
    """What one member would have been given, by sort."""

    member: Reference
    counts: dict[str, int]


class BacktestDay(TypedDict):
    """What would have been on one day: ``starts``, and things done by sort."""

    day: str
    counts: dict[str, int]


class BacktestNote(TypedDict):
    """A warning or a hint, in the reader's words."""

    code: str
    says: str


class WouldDo(TypedDict):
    """Something that a step would do, in the reader's words; ``values`` are what it would write or send."""

    what: str
    says: str
    values: list[WouldSay]


class WouldSay(TypedDict):
    """A value: what it is called, what it was and what it would be."""

    name: str
    old: str | None
    new: str | None


class BacktestLine(TypedDict):
    """A line of a run's way: what became of a token at a step, when, and what the step would have done.

    ``unseen`` is how many members it would not tell, since they may not see the record.
    """

    node: str
    outcome: str
    port: str | None
    at: Instant
    until: Instant | None
    error: RunProblem | None
    unseen: int
    does: list[WouldDo]


class BacktestRun(TypedDict):
    """A run that would have begun. ``more`` is how many lines of its way are left out."""

    at: Instant
    trigger: str
    record: Reference | None
    state: str
    way: list[BacktestLine]
    more: int


class BacktestCount(TypedDict):
    """How often something was."""

    name: str
    count: int


class BacktestOften(TypedDict):
    """A record that would have set the flow off again and again."""

    record: Reference
    count: int


class BacktestPeak(TypedDict):
    """The hour with the most starts."""

    at: Instant
    count: int


class BacktestResult(TypedDict):
    """What would have happened. ``foreign`` starts are of records that the reader may not see, which are counted and
    not named; ``changes`` is null where nothing may be told of them. Of all starts, the latest are told one by one."""

    since: Instant
    until: Instant
    changes: int | None
    starts: int
    records: int
    foreign: int
    triggers: list[BacktestCount]
    ends: dict[str, int]
    nodes: list[BacktestNode]
    deeds: list[BacktestDeed]
    people: list[BacktestPerson]
    outside: int
    days: list[BacktestDay]
    peak: BacktestPeak | None
    often: list[BacktestOften]
    warnings: list[BacktestNote]
    hints: list[BacktestNote]
    runs: list[BacktestRun]


class BacktestDetails(Backtest):
    """A back-test with what came of it, null until it is done; ``object`` is what its records are of."""

    object: str | None
    definition: dict[str, Any]
    result: BacktestResult | None


class FlowTry(TypedDict):
    """A draft, and the record that it is tried on, for a flow that is about records."""

    definition: dict[str, Any]
    record: NotRequired[Id | None]


class FlowTried(BacktestRun):
    """What a run would do, to its end; ``data`` is what it would remember.

    ``unmet`` are the ids of triggers whose condition does not hold for the record, by which no run would begin.
    """

    data: dict[str, Any]
    unmet: list[str]
