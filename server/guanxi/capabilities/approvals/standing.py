"""Who acts for people who are away."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from guanxi.capabilities.flows import people
from guanxi.capabilities.flows.told import named
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records.titles import titles


def standing_in(ctx: Context, members: Collection[UUID]) -> dict[UUID, list[Reference]]:
    """Those who stand in for members today, by the member; without those for whom nobody does."""
    directory = people.Directory(ctx)
    found = {one: [each for each in directory.with_delegates([one]) if each != one] for one in set(members)}
    told = titles(ctx.as_system(), {("member", each) for others in found.values() for each in others})
    return {one: [named(told, "member", each) for each in others] for one, others in found.items() if others}
