"""Shapes of targets and forecasts over HTTP. Amounts are decimals as text, in the workspace's currency."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant

PeriodUnit = Literal["month", "quarter", "year"]
PlaceKind = Literal["company", "department", "person", "nobody"]


class ForecastPeriod(TypedDict):
    """A month, quarter or year; `name` is 2026-11, 2026-Q4 or 2026."""

    unit: PeriodUnit
    begins: str
    ends: str
    name: str


class ForecastPlace(TypedDict):
    """A node of the tree; the company, and what belongs to nobody, have neither id nor title."""

    kind: PlaceKind
    id: Id | None
    title: str | None


class ForecastAsked(TypedDict):
    """Which period and whose; `day` is any day of the period, and without a node the caller's own place is told."""

    period: NotRequired[PeriodUnit]
    day: NotRequired[str]
    department: NotRequired[Id]
    person: NotRequired[Id]
    company: NotRequired[str]


class AdjustedForecast(TypedDict):
    """Somebody's own number over the sum below it; null took an earlier one back."""

    id: Id
    amount: str | None
    computed: str | None
    reason: str
    by: Reference | None
    at: Instant


class ForecastRow(TypedDict):
    """The figures of a node.

    `computed` is what is won and committed; `below` the same with the numbers of those below in place of theirs, and
    `forecast` the node's own number or else `below`. `whole` is false where the caller does not see all of it.
    """

    place: ForecastPlace
    whole: bool
    opens: bool
    may_adjust: bool
    won: str
    won_count: int
    commit: str
    best_case: str
    pipeline: str
    omitted: str
    count: int
    weighted: str
    computed: str
    below: str
    forecast: str
    adjustment: AdjustedForecast | None
    target: str | None
    attainment: str | None


class ForecastInterval(TypedDict):
    """A forecast with the range within which four out of five results lie."""

    middle: str
    low: str
    high: str


class ForecastMethods(TypedDict):
    """What each method says the period will come to; `later` is what past periods still won from here on."""

    weighted: str
    run_rate: str
    model: ForecastInterval
    later: list[str]


class OverdueDeals(TypedDict):
    """Open opportunities that were expected before the period, or on no day."""

    count: int
    amount: str


class ForecastPage(TypedDict):
    """The forecast of a node and of those directly below it. `missing_rates` are currencies that could not be counted."""

    period: ForecastPeriod
    today: str
    currency: str
    trail: list[ForecastPlace]
    node: ForecastRow
    rows: list[ForecastRow]
    history: list[AdjustedForecast]
    methods: ForecastMethods
    overdue: OverdueDeals
    missing_rates: list[str]


class WaterfallAsked(ForecastAsked):
    """Between which days; without them from the period's first snapshot until now."""

    since: NotRequired[str]
    until: NotRequired[str]


class WaterfallDeal(TypedDict):
    """An opportunity that made a step, and by how much."""

    opportunity: Reference
    amount: str


class WaterfallStep(TypedDict):
    """A step from the opening to the closing amount; the largest of its deals are told."""

    step: Literal["new", "pulled_in", "taken_over", "up", "down", "won", "lost", "pushed_out", "handed_on", "gone"]
    amount: str
    count: int
    deals: list[WaterfallDeal]


class ForecastWaterfall(TypedDict):
    """What was open for the period on two days, and what lies between; `since` is null where nothing was kept yet."""

    period: ForecastPeriod
    currency: str
    since: str | None
    until: str | None
    days: list[str]
    opening: str
    steps: list[WaterfallStep]
    closing: str
    missing_rates: list[str]


class RecordedForecast(TypedDict):
    """What the methods said on a day, and by how many percent each was off what came."""

    taken_on: str
    week: int
    forecast: str
    weighted: str
    run_rate: str
    model: str
    model_low: str
    model_high: str
    off: dict[str, str | None]
    """By method; empty while the period is not over."""


class RecordedPeriod(TypedDict):
    """A period with what came of it, and what was said of it week by week."""

    period: ForecastPeriod
    over: bool
    came: str
    weeks: list[RecordedForecast]


class MethodError(TypedDict):
    """How far a method was off in so many weeks of past periods: on average either way, and the lean to one side."""

    method: Literal["forecast", "weighted", "run_rate", "model"]
    weeks: int
    off: str | None
    lean: str | None


class ForecastErrors(TypedDict):
    """The forecasts of past periods against what came; nothing where the caller does not see the node whole."""

    whole: bool
    currency: str
    periods: list[RecordedPeriod]
    methods: list[MethodError]
    within: str | None
    """How many percent of what came lay within the model's range."""


Measured = Literal["won_amount", "won_count", "received_amount"]


class TargetsAsked(ForecastAsked):
    """Which targets: of a measure, perhaps with one product or category."""

    measure: NotRequired[Measured]
    product: NotRequired[Id]
    category: NotRequired[Id]


class TargetRow(TypedDict):
    """The target of a node and what was reached; `handed_down` of it stands with those directly below, `left` does not.

    `gap` is what is missing, below zero where more was reached; null without a target, or where the caller does not see
    all that counts.
    """

    place: ForecastPlace
    whole: bool
    opens: bool
    may_set: bool
    target: str | None
    record: Id | None
    actual: str
    attainment: str | None
    gap: str | None
    handed_down: str | None
    left: str | None


class TargetsPage(TypedDict):
    """Targets of a node and of those directly below it. `passed` is the share of the period that is over, in percent."""

    period: ForecastPeriod
    measure: Measured
    currency: str
    passed: str
    trail: list[ForecastPlace]
    node: TargetRow
    rows: list[TargetRow]
    missing_rates: list[str]
