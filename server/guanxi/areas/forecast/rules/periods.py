"""Months, quarters and years: where they begin and end, and how far one is through them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from guanxi.kit import clock

Unit = Literal["month", "quarter", "year"]
UNITS: tuple[Unit, ...] = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year; both its days are included."""

    unit: Unit
    begins: date
    first_month: int = 1
    """The month that the (fiscal) year begins with."""

    @property
    def ends(self) -> date:
        """Its last day."""
        return clock.shift(self.begins, 1, self.unit) - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends - self.begins).days + 1

    def before(self, count: int = 1) -> Period:
        """The period of the same length so many before this one."""
        return Period(self.unit, clock.shift(self.begins, -count, self.unit), self.first_month)

    def passed(self, today: date) -> int:
        """How many of its days are over, today among them; none before it begins, all after it ended."""
        return min(max((today - self.begins).days + 1, 0), self.days)

    def day_after(self, passed: int, of_days: int) -> date:
        """The last day that is over once the same share of this period is over; the day before it begins for none."""
        if passed <= 0:
            return self.begins - timedelta(days=1)
        share = (passed * self.days + of_days - 1) // of_days
        return self.begins + timedelta(days=min(share, self.days) - 1)

    @property
    def name(self) -> str:
        """As it is written in every language: 2026, 2026-Q4, 2026-11; fiscal years by the year that they end in: FY2027."""
        if self.unit == "month":
            return f"{self.begins:%Y-%m}"
        year_begins = clock.start_of("year", self.begins, self.first_month)
        year = f"FY{year_begins.year + 1}" if self.first_month != 1 else f"{year_begins.year}"
        if self.unit == "year":
            return year
        return f"{year}-Q{(self.begins.month - self.first_month) % 12 // 3 + 1}"


def period_of(unit: Unit, day: date, first_month: int = 1) -> Period:
    """The period that a day lies in; years begin with ``first_month``, quarters are counted from it."""
    return Period(unit, clock.start_of(unit, day, first_month), first_month)
