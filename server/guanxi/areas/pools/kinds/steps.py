"""Steps of flows that put records into a pool, and that give to people what lies in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.areas.pools import limits, moving
from guanxi.areas.pools.actions.give_records import refuse_giving
from guanxi.areas.pools.membership import has_pools, settings_of
from guanxi.areas.pools.moving import Step
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.assigning import OWNER, Assign
from guanxi.capabilities.flows.kinds.base import Fail, Foreseen, Go, Outcome, Place, StepKind, Touch, step_kind
from guanxi.engine.access.actor import POOL
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.records import reads, transfers

WRITTEN = frozenset({OWNER, POOL})


def _fits(place: Place) -> Iterator[Problem]:
    if place.object is not None and not has_pools(place.object):
        yield place.problem("pools.object_without_pools", object=place.object.key)


@step_kind
class MoveToPool(StepKind):
    """The record goes into a pool; its owner gives it up."""

    key = "pool_release"
    label = words("退回公海", "Move to pool")
    help = words(
        "记录放入公海，不再有负责人；已在公海中的保持不变",
        "Puts the record into a pool, without an owner; one that lies in a pool stays",
    )
    icon = "waves"
    group = "people"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``pool``: its name (the first one of the object without one), ``reason`` for the history."""
        return (
            Setting(
                "pool", "text", words("公海名称", "Name of the pool"),
                words("不填则为该对象的第一个公海", "The first pool of the object if left out"), max=100,
            ),
            Setting("reason", "text", words("原因", "Reason"), max=300),
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """The object can have pools."""
        yield from _fits(place)

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Writes the records of all tokens as one list for each object; those whom the flow's actor may not hand over fail."""
        found: list[Outcome] = [Go() for _ in batch.held]
        for obj, places in _by_object(batch):
            pool = _pool(batch.ctx, obj, batch.settings.get("pool"))
            if pool is None:
                for place in places.values():
                    found[place] = Fail("pools.unknown", {"object": obj.key})
                continue
            held = moving.hold(batch.ctx, obj, list(places))
            may = _handed_over(batch.ctx, obj, list(held))
            steps = []
            for record, place in places.items():
                if held[record][POOL] is not None:
                    continue
                if record not in may:
                    found[place] = Fail(
                        "pools.not_yours", {"title": moving.titles_of(batch.ctx, obj, [record])[record]}
                    )
                else:
                    reason = batch.settings.get("reason")
                    steps.append(Step(record, "released", pool, reason=reason))
            if steps:
                moving.take(batch.ctx, obj, held, steps)
        return found

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """Records that would lie in the pool."""
        return [
            Foreseen(Go(), batch.write(place, {OWNER: None}, "pool") if image and not image.values.get(POOL) else ())
            for place, image in enumerate(batch.past())
        ]

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """The owner and the pool."""
        if about:
            yield Touch(about, "update", WRITTEN)


@step_kind
class GiveFromPool(Assign):
    """A record that lies in a pool is given to one of the people named, chosen as any assignment chooses."""

    key = "pool_give"
    label = words("从公海分配", "Give from pool")
    help = words(
        "把公海中的记录分配给一位成员，方式与“分配”相同；保有量已满的人不会被选中",
        "Gives a record that lies in a pool to one member, chosen as by Assign; nobody who holds as many as they may",
    )
    icon = "hand"
    group = "people"

    def settings_schema(self) -> tuple[Setting, ...]:
        """Those of an assignment, but for the field."""
        return tuple(one for one in super().settings_schema() if one.name != "field")

    def check(self, place: Place) -> Iterator[Problem]:
        """The object can have pools, and whatever an assignment asks for."""
        yield from _fits(place)
        yield from super().check(place)

    def narrowed(self, batch: Batch, named: Sequence[Sequence[UUID]]) -> list[list[UUID]]:
        """Without those who hold as many as their limits allow."""
        obj = next((one[0] for one in batch.subjects() if one is not None), None)
        if obj is None:
            return [list(who) for who in named]
        everybody = {one for who in named for one in who}
        for one in sorted(everybody):
            moving.be_alone_for(batch.ctx, one)
        full = {one for one in everybody if any(not holding.left for holding in limits.holdings(batch.ctx, obj, one))}
        return [[one for one in who if one not in full] for who in named]

    def write(self, batch: Batch, obj: Object, chosen: Mapping[UUID, UUID]) -> None:
        """Gives what lies in a pool that the flow's actor administers; what lies in none stays as it is."""
        held = moving.hold(batch.ctx, obj, list(chosen))
        refuse_giving(batch.ctx, obj, [held[record][POOL] for record in chosen if held[record][POOL] is not None])
        steps = [
            Step(record, "given", held[record][POOL], member)
            for record, member in chosen.items()
            if held[record][POOL] is not None
        ]
        if steps:
            moving.take(batch.ctx, obj, held, steps)

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """As an assignment; a record in no pool stays."""
        found = super().foresee(batch)
        lying = [image is not None and image.values.get(POOL) is not None for image in batch.past()]
        return [one if there else Foreseen(Go()) for one, there in zip(found, lying, strict=True)]

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """The owner and the pool."""
        if about:
            yield Touch(about, "update", WRITTEN)


def _by_object(batch: Batch) -> list[tuple[Object, dict[UUID, int]]]:
    by_key: dict[str, tuple[Object, dict[UUID, int]]] = {}
    for place, subject in enumerate(batch.subjects()):
        if subject is not None and has_pools(subject[0]):
            by_key.setdefault(subject[0].key, (subject[0], {}))[1][subject[1]] = place
    return list(by_key.values())


def _pool(ctx: Context, obj: Object, name: str | None) -> UUID | None:
    known = [one for one in settings_of(ctx).values() if one.object == obj.key]
    return next((one.id for one in known if not name or one.name == name), None)


def _handed_over(ctx: Context, obj: Object, records: Sequence[UUID]) -> set[UUID]:
    """Those that the flow's actor may give up for their owners."""
    if ctx.actor.is_system:
        return set(records)
    may = reads.visible(ctx, obj.key, records, "edit")
    return may & (transfers.standing(ctx, obj, records) if ctx.actor.rights(obj.key).transfer else set())
