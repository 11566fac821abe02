"""Which of the members whom a step would tell of a record may see it; the others would be told of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from guanxi.capabilities.flows import worked
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.kinds.base import Go, Outcome, Wait
from guanxi.capabilities.flows.values import HOLE
from guanxi.capabilities.identity.organisation import organisation_in
from guanxi.engine.records import reads


def those_who_see(batch: Batch, named: Sequence[Sequence[UUID]], *texts: str) -> tuple[list[list[UUID]], list[int]]:
    """For each token those of its members who may see the record that it is about, and how many others there were.

    Everybody, where none of the settings ``texts`` names a field, or there is no such record (any more, or yet).
    """
    if not any(HOLE.search(str(batch.settings.get(one) or "")) for one in texts):
        return [list(who) for who in named], [0] * len(named)
    subjects = batch.subjects()
    organisation = organisation_in(batch.ctx)
    there: dict[str, set[UUID]] = {}
    for key in {one[0].key for one in subjects if one is not None}:
        there[key] = reads.visible(
            batch.ctx.as_system(), key, [one[1] for one in subjects if one and one[0].key == key]
        )
    blind: set[tuple[UUID, int]] = set()
    for member, places in worked.of_people(named).items():
        actor = organisation.actor(member)
        for key, ids in there.items():
            mine = [
                place for place in places
                if (one := subjects[place]) and one[0].key == key and one[1] in ids and batch.is_stored(place)
            ]  # fmt: skip
            seen: set[UUID] = set()
            if mine and actor is not None and actor.rights(key).reads:
                asked = sorted({one[1] for place in mine if (one := subjects[place])})
                seen = reads.visible(worked.as_read_by(batch, actor), key, asked)
            blind |= {(member, place) for place in mine if (one := subjects[place]) and one[1] not in seen}
    left = [[one for one in who if (one, place) not in blind] for place, who in enumerate(named)]
    return left, [len(who) - len(seeing) for who, seeing in zip(named, left, strict=True)]


def noted(outcome: Outcome, unseen: int) -> Outcome:
    """The outcome of a token, with how many members were not told since they may not see the record."""
    if unseen and isinstance(outcome, Go | Wait):
        return replace(outcome, note={**outcome.note, "unseen": unseen})
    return outcome
