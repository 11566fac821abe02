"""The interpreter against a small model of it: random flows do the same, at the same times, and end alike.

Flows are blocks within blocks, so that the model can be a plain recursion over them; every wait lasts another power of
two of minutes, so that nothing that excludes each other happens at the same instant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.capabilities.flows.definition import read
from guanxi.capabilities.flows.interpreter import Interpreter
from guanxi.capabilities.flows.keeping import state_of
from guanxi.capabilities.flows.kinds import base
from guanxi.capabilities.flows.kinds.base import Fail, Fork, Go, StepKind, Wait
from guanxi.capabilities.flows.live import Version
from guanxi.capabilities.flows.runs import Run, Token

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
ID = UUID(int=1)
Block = tuple[Any, ...]
"""Blocks: ("mark", name), ("fail", handled), ("choose", which, [blocks]), ("parallel", mode, count, [blocks]),
("wait", minutes), ("await", event, timeout), ("loop", times, block), ("stop",), ("end",), ("then", [blocks])."""


# What the model says of a block that begins at a time.


@dataclass
class Told:
    """Marks with their times, and how it ends: ``out`` goes on, ``gone`` is nowhere any more, ``stuck`` has failed,
    ``stopped`` has ended the whole run."""

    end: str
    at: int
    marks: list[tuple[int, str]] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    stuck: bool = False
    """Whether something failed in it that nobody has cut off."""


def model(block: Block, at: int) -> Told:
    """What a block does."""
    match block:
        case ("mark", name):
            return Told("out", at, [(at, name)])
        case ("fail", handled):
            return Told("out", at) if handled else Told("stuck", at, stuck=True)
        case ("choose", which, ways):
            return model(ways[which], at)
        case ("wait", minutes):
            return Told("out", at + minutes)
        case ("await", event, timeout):
            return Told("out", at + min(event, timeout), [(at + min(event, timeout), f"{event < timeout}")])
        case ("stop",):
            return Told("stopped", at, stops=[at])
        case ("end",):
            return Told("gone", at)
        case ("then", blocks):
            return _then(blocks, at)
        case ("loop", times, body):
            return _loop([model(body, at) for _ in range(times)], at)
        case ("parallel", mode, count, ways):
            return _parallel(mode, count, [model(one, at) for one in ways])
    raise AssertionError(block)


def _then(blocks: Sequence[Block], at: int) -> Told:
    whole = Told("out", at)
    for block in blocks:
        one = model(block, whole.at)
        whole = Told(one.end, one.at, whole.marks + one.marks, whole.stops + one.stops, whole.stuck or one.stuck)
        if one.end != "out":
            break
    return whole


def _together(end: str, at: int, ways: Sequence[Told], until: int | None = None) -> Told:
    """All ways as one; with ``until`` they were cut off then."""
    kept = [(time, name) for one in ways for time, name in one.marks if until is None or time <= until]
    stops = [time for one in ways for time in one.stops if until is None or time <= until]
    return Told(end, at, kept, stops, stuck=until is None and any(one.stuck for one in ways))


def _loop(entries: Sequence[Told], at: int) -> Told:
    last = max([at, *(one.at for one in entries)])
    return _together("stuck" if any(one.stuck for one in entries) else "out", last, entries)


def _parallel(mode: str, count: int, ways: Sequence[Told]) -> Told:
    arrived = sorted(one.at for one in ways if one.end == "out")
    wanted = {"all": len(ways), "any": 1, "some": count}[mode]
    if mode != "all" and len(arrived) >= wanted:
        met = arrived[wanted - 1]
        return _together("out", met, ways, met)
    last = max(one.at for one in ways)
    for end in ("stopped", "stuck"):
        if any(one.end == end for one in ways):
            return _together(end, last, ways)
    return _together("out" if arrived else "gone", last, ways)


def expected(block: Block) -> tuple[list[tuple[int, str]], str]:
    """The marks in the order of their times, and the state in the end."""
    told = model(block, 0)
    if told.stops:
        first = min(told.stops)
        return sorted((time, name) for time, name in told.marks if time <= first), "done"
    return sorted(told.marks), "failed" if told.stuck else "done"


# The same as a definition.


class Writer:
    """Writes blocks as nodes."""

    def __init__(self) -> None:
        self.nodes: list[dict[str, Any]] = []

    def write(self, block: Block, following: str | None) -> str | None:
        """The node that a block begins with, which leads to the one that follows; None for a way that ends."""
        match block:
            case ("mark", name):
                return self.node("test.mark", {"name": name}, {"out": following})
            case ("fail", handled):
                following = following or self.node("test.end", {}, {})
                return self.node("test.fail", {}, {"error": following} if handled else {"out": following}, handled)
            case ("choose", which, ways):
                nexts = {str(number): self.write(one, following) for number, one in enumerate(ways)}
                return self.node("test.choose", {"port": str(which)}, nexts)
            case ("wait", minutes):
                return self.node("wait", {"time": {"amount": minutes, "unit": "minutes"}}, {"out": following})
            case ("await", event, timeout):
                happened, late = (self.write(("mark", f"{truth}"), following) for truth in (True, False))
                given_ = {"event": event, "timeout": timeout}
                return self.node("test.await", given_, {"out": happened, "timeout": late})
            case ("stop",):
                return self.node("stop", {}, {})
            case ("end",):
                return self.node("test.end", {}, {})
            case ("then", blocks):
                for one in reversed(blocks):
                    following = self.write(one, following)
                return following
            case ("loop", times, body):
                return self.node("test.each", {"times": times}, {"each": self.write(body, None), "done": following})
            case ("parallel", mode, count, ways):
                join = self.node("join", {"mode": mode, "count": count}, {"out": following})
                nexts = {str(number): self.write(one, join) for number, one in enumerate(ways, start=1)}
                return self.node("parallel", {"ways": len(ways)}, nexts)
        raise AssertionError(block)

    def node(self, kind: str, given_: dict[str, Any], nexts: dict[str, str | None], handled: bool = True) -> str:
        """One node; what fails unhandled, or leads nowhere, has no ways."""
        id_ = f"n{len(self.nodes)}"
        ways = {port: target for port, target in nexts.items() if target is not None} if handled else {}
        self.nodes.append({"id": id_, "kind": kind, "settings": given_, "next": ways})
        return id_


class Mark(StepKind):
    """Notes that it was there."""

    key: ClassVar[str] = "test.mark"

    def run(self, batch: Any) -> list[Any]:
        """Once for each token."""
        batch.ctx.marks.extend((batch.ctx.minutes(), batch.settings["name"]) for _ in batch.held)
        return [Go()] * len(batch.held)


class Failing(StepKind):
    """Fails."""

    key: ClassVar[str] = "test.fail"

    def run(self, batch: Any) -> list[Any]:
        """Alone, or the whole batch by raising."""
        if len(batch.held) > 1:
            raise ValueError("one after the other")
        return [Fail("flows.broken", {"error": "x"})]


class Choosing(StepKind):
    """Takes the way that is set."""

    key: ClassVar[str] = "test.choose"

    def run(self, batch: Any) -> list[Any]:
        """All the same."""
        return [Go(batch.settings["port"])] * len(batch.held)


class Awaiting(StepKind):
    """Waits for an event of the test."""

    key: ClassVar[str] = "test.await"

    def run(self, batch: Any) -> list[Any]:
        """Not longer than it may."""
        event = batch.ctx.now + timedelta(minutes=batch.settings["event"])
        late = batch.ctx.now + timedelta(minutes=batch.settings["timeout"])
        return [Wait(late, f"event {event.isoformat()}", "timeout")] * len(batch.held)


class Ending(StepKind):
    """Leads nowhere."""

    key: ClassVar[str] = "test.end"

    def run(self, batch: Any) -> list[Any]:
        """All the same."""
        return [Go()] * len(batch.held)


class Repeating(StepKind):
    """Takes the way ``each`` some times."""

    key: ClassVar[str] = "test.each"

    def run(self, batch: Any) -> list[Any]:
        """And then the way ``done``."""
        return [Fork([("each", {})] * batch.settings["times"], rest="done")] * len(batch.held)


@pytest.fixture
def kinds(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kinds of steps of these tests."""
    from guanxi.app.areas import registry

    registry()
    for one in (Mark, Failing, Choosing, Awaiting, Ending, Repeating):
        monkeypatch.setitem(base.step_kinds._known, one.key, one())


class World(SimpleNamespace):
    """What steps are given in place of a unit of work: the time, and where they leave their marks."""

    now: datetime
    marks: list[tuple[int, str]]
    counts: ClassVar[dict[str, int]] = {}
    at_end: ClassVar[list[Any]] = []

    def minutes(self) -> int:
        """Since the beginning."""
        return round((self.now - BEGIN).total_seconds() / 60)


def done(block: Block) -> tuple[list[tuple[int, str]], str]:
    """What the interpreter makes of a block: the marks in the order of their times, and the state in the end."""
    writer = Writer()
    start = writer.write(block, writer.node("test.end", {}, {}))
    definition, problems = read({"triggers": [], "nodes": writer.nodes, "start": start})
    assert problems == []
    run = Run(ID, ID, ID, None, None, "running", None, None, (), {}, {}, 0, None, BEGIN)
    run.tokens.append(Token(1, start or "", wake_at=BEGIN, entered_at=BEGIN))
    numbers = iter(range(2, 100_000))
    world = World(now=BEGIN, marks=[])
    version = Version(ID, ID, 1, definition, "system")
    for _ in range(10_000):
        machine = Interpreter(world, version, None, [run], lambda count: [next(numbers) for _ in range(count)])  # type: ignore[arg-type]
        for token in _heard(run, world.now):
            machine.leave(run, token, "out")
        machine.go()
        run.tokens = run.live
        times = [one for token in run.live for one in _times(token)]
        if not times:
            return sorted(world.marks), state_of(run)
        world.now = min(times)
    raise AssertionError("it comes to no end")


def _event(token: Token) -> datetime | None:
    waits = token.state == "waiting" and token.corr is not None and token.corr.startswith("event ")
    return datetime.fromisoformat((token.corr or "").removeprefix("event ")) if waits else None


def _heard(run: Run, now: datetime) -> list[Token]:
    """Tokens whose event happens now."""
    return [token for token in run.live if _event(token) == now]


def _times(token: Token) -> Iterator[datetime]:
    if token.wake_at is not None and token.state in ("ready", "waiting"):
        yield token.wake_at
    if (event := _event(token)) is not None:
        yield event


# Random blocks.


class Minutes:
    """Powers of two, each once in a flow."""

    def __init__(self) -> None:
        self._next = 1

    def __call__(self) -> int:
        self._next *= 2
        return self._next // 2


@st.composite
def flows(draw: st.DrawFn) -> Block:
    """A flow of a few blocks."""
    minutes, names = Minutes(), iter(range(1000))
    return ("then", [_drawn(draw, minutes, names, 3, looped=False) for _ in range(draw(st.integers(1, 3)))])


def _drawn(draw: st.DrawFn, minutes: Minutes, names: Iterator[int], depth: int, *, looped: bool) -> Block:
    kinds_ = ["mark", "mark", "fail", "wait", "await", "end", *([] if looped else ["stop"])]
    kind = draw(st.sampled_from([*kinds_, "choose", "parallel", "parallel", "loop", "then"] if depth else kinds_))

    def some(low: int, high: int, *, inside: bool = looped) -> list[Block]:
        count = draw(st.integers(low, high))
        return [_drawn(draw, minutes, names, depth - 1, looped=inside) for _ in range(count)]

    match kind:
        case "mark":
            return ("mark", f"m{next(names)}")
        case "fail":
            return ("fail", draw(st.booleans()))
        case "wait":
            return ("wait", minutes())
        case "await":
            return ("await", *draw(st.permutations([minutes(), minutes()])))
        case "end":
            return ("end",)
        case "stop":
            return ("then", [("wait", minutes()), ("stop",)])
        case "choose":
            ways = some(2, 3)
            return ("choose", draw(st.integers(0, len(ways) - 1)), ways)
        case "parallel":
            # Ways come in at different times, so that it is clear whom a join leaves behind.
            ways = [("then", [("wait", minutes()), one]) for one in some(2, 3)]
            return ("parallel", draw(st.sampled_from(["all", "any", "some"])), draw(st.integers(1, len(ways))), ways)
        case "loop":
            return ("loop", draw(st.integers(0, 3)), ("then", some(1, 2, inside=True)))
        case _:
            return ("then", some(1, 3))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(block=flows())
def test_a_random_flow_does_what_the_model_says(kinds: None, block: Block) -> None:
    assert done(block) == expected(block)


@pytest.mark.parametrize(
    ("block", "marks", "state"),
    [
        (("then", [("parallel", "all", 1, [("mark", "a"), ("end",)]), ("mark", "b")]), ["a", "b"], "done"),
        (("then", [("parallel", "all", 1, [("end",), ("end",)]), ("mark", "b")]), [], "done"),
        (("then", [("parallel", "all", 1, [("mark", "a"), ("fail", False)]), ("mark", "b")]), ["a"], "failed"),
        (("then", [("loop", 3, ("mark", "a")), ("mark", "b")]), ["a", "a", "a", "b"], "done"),
        (("then", [("loop", 0, ("mark", "a")), ("mark", "b")]), ["b"], "done"),
        (("then", [("fail", True), ("mark", "b")]), ["b"], "done"),
    ],
)
def test_plain_cases_that_the_model_must_not_get_wrong_either(
    kinds: None, block: Block, marks: Any, state: str
) -> None:
    assert [name for _, name in expected(block)[0]] == marks
    assert done(block) == expected(block)
    assert done(block)[1] == state
