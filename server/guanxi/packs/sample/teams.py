"""Who works on opportunities beside their owners, and how those are split."""

from __future__ import annotations

from guanxi.packs.sample.draft import Draft, Ref
from guanxi.packs.sample.organisation import SELLERS
from guanxi.packs.sample.sales import Deal

WITH_A_TEAM = 30
"""One opportunity in so many has a team."""
_WITH_PRESALES = 2
_PRESALES = "xuting"


def teams(deals: list[Deal]) -> list[Draft]:
    """The owner shares the revenue with the next salesperson in the list; some deals have presales on top."""
    keys = [person.key for person in SELLERS]
    made: list[Draft] = []
    for place, deal in enumerate(deals[::WITH_A_TEAM]):
        owner = deal.draft.owner
        second = keys[(keys.index(owner) + 1) % len(keys)]
        made += [_line(deal, owner, "sales", "revenue", 70), _line(deal, second, "sales", "revenue", 30)]
        if place % _WITH_PRESALES == 0:
            made.append(_line(deal, _PRESALES, "presales", "overlay", 10))
    return made


def _line(deal: Deal, member: str, role: str, kind: str, percent: int) -> Draft:
    values = {
        "opportunity": deal.draft.ref, "member": Ref(f"member:{member}"), "role": role, "access": "read",
        "split_type": kind, "percent": str(percent),
    }  # fmt: skip
    return Draft("opportunity_member", f"{deal.draft.name}:{member}", deal.draft.owner, deal.draft.at, values)
