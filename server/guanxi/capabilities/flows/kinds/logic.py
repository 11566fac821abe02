"""Steps that decide where a run goes: branch, split, join, wait, end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from guanxi.capabilities.flows import conditions
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import (
    OUT,
    Foreseen,
    Fork,
    Go,
    Meet,
    Outcome,
    Place,
    StepKind,
    Stop,
    Wait,
    step_kind,
)
from guanxi.engine.context import Context
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object
from guanxi.engine.records.rules.images import Image, evaluate
from guanxi.kit import working_days

ELSE = "else"
MOST_BRANCHES = 20


@step_kind
class Branch(StepKind):
    """The first branch whose condition holds is taken; without one, the way ``else``."""

    key = "branch"
    label = words("条件分支", "Branch")
    help = words(
        "走第一个条件成立的分支，都不成立则走“否则”", "Takes the first branch whose condition holds, otherwise “else”"
    )
    icon = "git-branch"
    group = "logic"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``branches``: a list of {port, label, when}."""
        return (Setting("branches", "branches", words("分支", "Branches"), required=True),)

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """One for each branch, and the way for all others."""
        return (*(str(one.get("port")) for one in _branches(settings)), ELSE)

    def check(self, place: Place) -> Iterator[Problem]:
        """Ports are told apart, conditions are understood."""
        ports: set[str] = set()
        for one in _branches(place.settings):
            port = one.get("port")
            if not isinstance(port, str) or not port or port == ELSE or port in ports:
                yield place.problem("flows.bad_port", "branches", port=str(port)[:40])
            ports.add(str(port))
            if one.get("when") is None:
                yield place.problem("components.condition_missing", "branches")
            elif place.object is not None:
                yield from conditions.problems(place, place.object, one["when"], "branches")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Asks all conditions of all records in one statement."""
        images, ports = batch.images(), [ELSE] * len(batch.held)
        for key in {one[0].key for one in images if one is not None}:
            obj = batch.ctx.snapshot.object(key)
            places = [place for place, one in enumerate(images) if one is not None and one[0].key == key]
            asked = [one[1] for place in places if (one := images[place]) is not None]
            for place, port in zip(places, self.ways(batch.ctx, obj, batch.settings, asked), strict=True):
                ports[place] = port
        return [Go(port) for port in ports]

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """The way that the record would have taken."""
        branches = _branches(batch.settings)
        rows = batch.judged(lambda _: lambda source: [compile_condition(source, one["when"]) for one in branches])
        return [Foreseen(Go(ELSE if row is None else _first(branches, row))) for row in rows]

    def ways(self, ctx: Context, obj: Object, settings: Mapping[str, Any], images: Sequence[Image]) -> list[str]:
        """The port through which each image leaves."""
        branches = _branches(settings)
        rows = evaluate(ctx, obj, images, lambda source: [compile_condition(source, one["when"]) for one in branches])
        return [_first(branches, row) for row in rows]


@step_kind
class Parallel(StepKind):
    """All ways are taken at the same time."""

    key = "parallel"
    label = words("并行", "Parallel")
    help = words("同时走所有分支，可在“汇合”处等待", "Takes all ways at once; they can meet at a join")
    icon = "arrows-split"
    group = "logic"
    about_record = False
    forks = True
    decides = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """``ways``: how many."""
        return (Setting("ways", "whole", words("分支数", "Ways"), required=True, default=2, min=2, max=MOST_BRANCHES),)

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """Numbered from 1."""
        ways = settings.get("ways")
        return [str(number + 1) for number in range(ways if isinstance(ways, int) else 2)]

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Splits every token."""
        return [Fork([(port, {}) for port in self.ports(batch.settings)])] * len(batch.held)


@step_kind
class Join(StepKind):
    """Ways that were taken at the same time meet: all of them, the first one, or some."""

    key = "join"
    label = words("汇合", "Join")
    help = words("等待全部、任一或若干个分支到达", "Waits for all branches, for any or for some of them")
    icon = "arrows-join"
    group = "logic"
    about_record = False
    joins = True
    decides = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """``mode``, and for ``some`` how many."""
        modes = (("all", words("全部", "All")), ("any", words("任一", "Any")), ("some", words("若干", "Some")))
        return (
            Setting("mode", "choice", words("等待", "Wait for"), required=True, default="all", choices=modes),
            Setting("count", "whole", words("数量", "How many"), min=1, max=MOST_BRANCHES),
        )

    def check(self, place: Place) -> Iterator[Problem]:
        """Some is a number."""
        if place.settings.get("mode") == "some" and not place.settings.get("count"):
            yield place.problem("flows.how_many", "count")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Waits for as many as the settings say."""
        mode = batch.settings.get("mode")
        count = {"any": 1, "some": batch.settings.get("count")}.get(mode)
        return [Meet(count)] * len(batch.held)


@step_kind
class WaitFor(StepKind):
    """The run pauses for some time."""

    key = "wait"
    label = words("等待", "Wait")
    help = words("等待一段时间，可按工作日计算", "Pauses for some time, in working days if wanted")
    icon = "hourglass"
    group = "logic"
    about_record = False
    waits = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """``time``."""
        return (Setting("time", "duration", words("时长", "How long"), required=True),)

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Until the time is over."""
        return [Wait(until=later(batch.ctx, batch.settings["time"]), port=OUT)] * len(batch.held)

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """As long, from when each came here."""
        times = [later(batch.ctx, batch.settings["time"], batch.now(place)) for place in range(len(batch.held))]
        return [Foreseen(Wait(until=one, port=OUT)) for one in times]


@step_kind
class End(StepKind):
    """The whole run ends, with all its branches."""

    key = "stop"
    label = words("结束", "End")
    help = words("结束整个流程，包括其他并行分支", "Ends the whole run with all its branches")
    icon = "player-stop"
    group = "logic"
    about_record = False
    decides = True

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """None."""
        return ()

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Ends every run."""
        return [Stop()] * len(batch.held)


def later(ctx: Context, duration: Mapping[str, Any], begin: datetime | None = None) -> datetime:
    """The instant that is so much later; working days end at the same time of day, where the workspace is."""
    begin = begin or ctx.now
    amount = int(duration["amount"])
    if duration["unit"] != "working_days":
        return begin + timedelta(**{duration["unit"]: amount})
    local = begin.astimezone(ctx.env.time_zone)
    day = working_days.after(local.date(), amount)
    return datetime.combine(day, time(local.hour, local.minute, local.second), tzinfo=ctx.env.time_zone)


def _branches(settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = settings.get("branches")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []


def _first(branches: Sequence[Mapping[str, Any]], truths: Sequence[bool]) -> str:
    holding = (str(one["port"]) for one, held in zip(branches, truths, strict=True) if held)
    return next(holding, ELSE)
