"""Seeded chance: choices by weight, and moments within working hours of the year behind."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
_FIRST_HOUR, _LAST_HOUR = 9, 18
_SATURDAY = 5


class Chance:
    """Everything accidental of one sample, made from a seed and the moment that counts as now."""

    def __init__(self, seed: int, now: datetime, zone: ZoneInfo) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the point is that it can be foreseen
        self.now = now
        self.zone = zone
        from faker import Faker  # its tables take 17 MB, and few processes ever make a sample

        self._faker = Faker("zh_CN")
        self._faker.seed_instance(seed)

    def one(self, choices: Sequence[T]) -> T:
        """One of several."""
        return self.random.choice(choices)

    def weighted(self, choices: Sequence[T], weights: Sequence[float]) -> T:
        """One of several, the heavier the likelier."""
        return self.random.choices(choices, weights)[0]

    def row(self, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """One of several rows, by their column `weight`."""
        return self.weighted(rows, [float(row["weight"]) for row in rows])

    def happens(self, share: float) -> bool:
        """True in that share of all cases."""
        return self.random.random() < share

    def person(self) -> tuple[str, str]:
        """A personal name and its gender."""
        if self.happens(0.62):
            return self._faker.name_male(), "male"
        return self._faker.name_female(), "female"

    def past(self, days: float, growth: float = 1.4) -> datetime:
        """A working moment of the last `days`; with growth above 1 the recent ones are likelier."""
        back = days * self.random.random() ** growth
        return self.working(self.now - timedelta(days=back))

    def after(self, moment: datetime, mean_days: float) -> datetime:
        """A working moment some days later; it may lie in the future."""
        later = self.working(moment + timedelta(days=self.random.expovariate(1 / mean_days) + 0.4))
        return max(later, moment + timedelta(minutes=self.random.randint(20, 90)))

    def between(self, start: datetime, end: datetime) -> datetime:
        """A working moment between two moments, as far as there is one."""
        moment = self.working(start + (end - start) * self.random.random())
        return min(max(moment, start), end)

    def working(self, moment: datetime) -> datetime:
        """The same day at some time between nine and half past six, Monday for the weekend; a past one stays past."""
        local = moment.astimezone(self.zone)
        day = local.date()
        if day.weekday() >= _SATURDAY:
            day += timedelta(days=7 - day.weekday())
        minute = self.random.randint(_FIRST_HOUR * 60, _LAST_HOUR * 60 + 30)
        worked = datetime.combine(day, time(minute // 60, minute % 60, self.random.randint(0, 59)), self.zone)
        if moment <= self.now < worked:
            worked = self.now - timedelta(minutes=self.random.randint(10, 600))
        return worked.astimezone(self.now.tzinfo)
