"""Who of those named may be given something: who can do it, who is there, who is at work; and whose turn it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.capabilities.flows import people
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field
from guanxi.engine.records import reads
from guanxi.kit.working_days import is_working_day

LANGUAGES = ("zh-CN", "en")
NOBODY, UNSKILLED, ABSENT, OFF, FULL = (
    "flows.nobody", "flows.nobody_skilled", "flows.nobody_present", "flows.nobody_at_work", "flows.everybody_full",
)  # fmt: skip
EVERY_DAY = "every_day"
_LONGEST_WAIT = 366
"""Days that are looked ahead for the end of a time that runs while somebody works."""
Asked = Sequence[frozenset[str]]
"""What somebody has to be able to do: for each skill the words by which it may go."""


@dataclass(frozen=True)
class Hours:
    """When a member works: every day or on working days, from a time of day to another one."""

    every_day: bool = False
    begins: time | None = None
    ends: time | None = None

    def hold(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether the member works at a moment; whoever works past midnight does so on the day that they began."""
        local = moment.astimezone(zone)
        day, now = local.date(), local.time()
        begins, ends = self.begins or time.min, self.ends or time.max
        if ends <= begins:
            if now < ends:
                day -= timedelta(days=1)
            elif now < begins:
                return False
        elif now < begins or now >= ends:
            return False
        return self.every_day or is_working_day(day)

    def after(self, moment: datetime, minutes: int, zone: ZoneInfo) -> datetime:
        """When so many minutes that the member works have passed; by the clock for who does not work so much within a year."""
        left = timedelta(minutes=minutes)
        first = moment.astimezone(zone).date() - timedelta(days=1)
        for day in (first + timedelta(days=count) for count in range(_LONGEST_WAIT)):
            if not (self.every_day or is_working_day(day)):
                continue
            begins, ends = self._on(day, zone)
            begins = max(begins, moment)
            if ends - begins >= left:
                return (begins + left).astimezone(moment.tzinfo)
            left -= max(ends - begins, timedelta())
        return moment + timedelta(minutes=minutes)

    def _on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when until when a member works who begins on a day, as instants that can be told apart by their length."""
        begins = datetime.combine(day, self.begins or time.min, zone).astimezone(UTC)
        if self.ends is None:
            return begins, datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
        last = day + timedelta(days=self.ends <= (self.begins or time.min))
        return begins, datetime.combine(last, self.ends, zone).astimezone(UTC)


@dataclass(frozen=True)
class Choice:
    """Who may be given it, in the order in which they are named, how good each is at it, and why there is nobody."""

    members: Sequence[UUID] = ()
    levels: Mapping[UUID, int] = field(default_factory=dict)
    why: str = NOBODY


class Staff:
    """What is known of members where something is given to them."""

    def __init__(self, ctx: Context, members: Iterable[UUID], *, skills: bool, hours: bool) -> None:
        self._directory = people.Directory(ctx)
        self._zone = ctx.env.time_zone
        self._skills = _skills(ctx) if skills else {}
        self._hours = hours_of(ctx, sorted(set(members))) if hours else {}

    def narrowed(self, named: Sequence[UUID], asked: Asked, now: datetime, *, present: bool, at_work: bool) -> Choice:
        """Those of the people named who can do what is asked, whom nobody stands in for, and who work at the moment."""
        if not named:
            return Choice()
        able = {one: level for one in named if (level := self._level(one, asked)) is not None}
        if not able:
            return Choice(why=UNSKILLED)
        here = [one for one in able if not (present and self._directory.is_stood_in_for(one))]
        if not here:
            return Choice(why=ABSENT)
        working = [one for one in here if not at_work or self._hours.get(one, Hours()).hold(now, self._zone)]
        return Choice(working, able, why=FULL if working else OFF)

    def _level(self, member: UUID, asked: Asked) -> int | None:
        """How good a member is at everything that is asked together; None for who cannot do one of it."""
        mine = self._skills.get(member, {})
        total = 0
        for words in asked:
            best = max((level for name, level in mine.items() if name in words), default=None)
            if best is None:
                return None
            total += best
        return total


class Turns:
    """Whose turn it is: whoever was chosen longest ago, so that nobody is passed over where not all are asked alike."""

    def __init__(self, last: Mapping[str, int]) -> None:
        self.last = dict(last)

    def next(self, members: Sequence[UUID]) -> UUID | None:
        """The one among them, who is then the last."""
        found = min(members, key=lambda one: (self.last.get(str(one), -1), one), default=None)
        if found is not None:
            self.last[str(found)] = max(self.last.values(), default=-1) + 1
        return found

    def kept(self) -> dict[str, int]:
        """The order, counted from nought."""
        return {one: place for place, one in enumerate(sorted(self.last, key=lambda one: self.last[one]))}


def asked_by(names: Iterable[str], words: Iterable[frozenset[str]]) -> Asked:
    """Skills by their names and by what a record says."""
    return [*(frozenset({one.casefold()}) for one in names), *words]


def words_of(ctx: Context, one: Field, values: Sequence[Any]) -> list[list[frozenset[str]]]:
    """For each value of a field what it asks for: each option, tag or record by the words by which it goes."""
    held = [
        list(value) if isinstance(value, list | tuple) else [] if value in (None, "") else [value] for value in values
    ]
    titles = _titles(ctx, one, {part for parts in held for part in parts if isinstance(part, UUID)})
    known = {part: titles[part] if part in titles else _spoken(one, part) for parts in held for part in parts}
    return [[known[part] for part in parts] for parts in held]


def _spoken(one: Field, part: Any) -> frozenset[str]:
    options = {option["key"]: option["label"] for option in one.settings.get("options") or ()}
    labels = options.get(part)
    said = [labels.get(language, "") for language in LANGUAGES] if isinstance(labels, Mapping) else [labels or ""]
    return frozenset(text.casefold() for text in (str(part), *said) if text)


def _titles(ctx: Context, one: Field, ids: set[UUID]) -> dict[UUID, frozenset[str]]:
    target = ctx.snapshot.objects.get(one.target or "")
    if target is None or not ids:
        return {}
    rows = reads.native(ctx.as_system(), target.key, sorted(ids), (target.title,))
    return {id_: frozenset({str(row[target.title] or "").casefold()}) for id_, row in rows.items()}


def _skills(ctx: Context) -> dict[UUID, dict[str, int]]:
    """The skills of everybody by name, with the level; a skill without one counts as a beginner's."""
    system = ctx.as_system()
    rows = reads.native(system, "member_skill", reads.ids(system, "member_skill", None), ("member", "name", "level"))
    found: dict[UUID, dict[str, int]] = {}
    for row in rows.values():
        found.setdefault(row["member"], {})[str(row["name"]).casefold()] = int(row["level"] or 1)
    return found


def hours_of(ctx: Context, members: Sequence[UUID]) -> dict[UUID, Hours]:
    """When each of some members works."""
    rows = reads.native(ctx.as_system(), "member", members, ("works_on", "works_from", "works_until"))
    return {
        id_: Hours(row["works_on"] == EVERY_DAY, row["works_from"], row["works_until"]) for id_, row in rows.items()
    }


def chosen_in_order(
    choices: Sequence[Choice], mode: str, turns: Turns, loads: Counter[UUID], most: int | None
) -> Iterator[UUID | None]:
    """Who is chosen, one after the other; ``turns`` and ``loads`` count what is given here."""
    for choice in choices:
        free = [one for one in choice.members if most is None or loads[one] < most]
        one = _one_of(free, choice.levels, mode, turns, loads)
        if one is not None:
            loads[one] += 1
        yield one


def _one_of(
    free: Sequence[UUID], levels: Mapping[UUID, int], mode: str, turns: Turns, loads: Counter[UUID]
) -> UUID | None:
    if mode == "round_robin":
        return turns.next(free)
    if mode == "least_load":
        return min(free, key=lambda one: (loads[one], one), default=None)
    if mode == "highest_level":
        best = max((levels.get(one, 0) for one in free), default=0)
        return turns.next([one for one in free if levels.get(one, 0) == best])
    return next(iter(free), None)
