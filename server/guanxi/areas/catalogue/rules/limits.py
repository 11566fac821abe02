"""How much discount somebody may give by themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Limit:
    """The highest discount in percent for whoever has the role, works in the department and has the title, where named."""

    percent: Decimal
    role: UUID | None = None
    department: UUID | None = None
    job_title: str | None = None


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives a discount; ``departments`` are their own and all above."""

    roles: Collection[UUID] = ()
    departments: Collection[UUID] = ()
    job_title: str | None = None


def limit_of(giver: Giver, limits: Iterable[Limit]) -> Decimal | None:
    """The highest of the limits that hold for somebody; None where none does, which is no limit at all."""
    return max((one.percent for one in limits if _holds(one, giver)), default=None)


def _holds(limit: Limit, giver: Giver) -> bool:
    return (
        (limit.role is None or limit.role in giver.roles)
        and (limit.department is None or limit.department in giver.departments)
        and (not limit.job_title or limit.job_title == giver.job_title)
    )
