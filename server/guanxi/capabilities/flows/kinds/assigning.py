"""The step that gives a record to somebody, and how one of several is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import conditions, people
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import Fail, Foreseen, Go, Outcome, Place, StepKind, Touch, step_kind
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.objects.query.groups import GroupBy
from guanxi.engine.records import writes
from guanxi.engine.records.groups import MAX_GROUPS, GroupQuery, group

OWNER = "owner"
FIRST, ROUND_ROBIN, LEAST_LOAD = "first", "round_robin", "least_load"


@step_kind
class Assign(StepKind):
    """The owner, or another person of the record, is set to one of the people named."""

    key = "assign"
    label = words("分配", "Assign")
    help = words(
        "把记录分配给一位成员：指定人员、轮流或给手头最少的人；已离职的人不会被选中",
        "Gives the record to one member: the first named, each in turn, or whoever has least; nobody who has left",
    )
    icon = "user-check"
    group = "people"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``people``, ``mode``, ``field`` (the owner without one), ``open``: which records count as somebody's load."""
        modes = (
            (FIRST, words("第一位", "The first")),
            (ROUND_ROBIN, words("轮流", "In turn")),
            (LEAST_LOAD, words("手头最少", "Whoever has least")),
        )
        return (
            Setting("people", "people", words("人选", "People"), required=True),
            Setting("mode", "choice", words("方式", "Choose"), required=True, default=FIRST, choices=modes),
            Setting(
                "field", "field", words("人员字段", "Person field"), words("不选则为负责人", "The owner if none is chosen")
            ),
            Setting(
                "open", "filter", words("计入手头的记录", "Records that count as load"),
                words("不填则为此人的全部记录", "All records of the person if left out"),
            ),
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """People are named, the field holds one of them, the condition makes sense."""
        yield from people.problems(place, place.settings.get("people"), "people")
        obj = place.object
        if obj is None:
            return
        key = place.settings.get("field") or OWNER
        field = obj.fields.get(str(key))
        if field is None or field.kind.trait != "ref" or field.target != people.MEMBER:
            yield place.problem("flows.no_person_field", "field", field=str(key)[:40])
        if place.settings.get("open"):
            yield from conditions.problems(place, obj, {"where": place.settings["open"]}, "open")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Chooses for one token after the other and writes the records of all as one list."""
        subjects = batch.subjects()
        key = batch.settings.get("field") or OWNER
        starters = [run.starter for run, _ in batch.held]
        named = people.resolve_all(batch.ctx, subjects, starters, batch.settings["people"])
        order = sorted(range(len(named)), key=lambda place: batch.held[place][0].id)  # whose run began first
        turns = dict(zip(order, _chosen(batch, [named[place] for place in order], key), strict=True))
        chosen = [turns[place] for place in range(len(named))]
        by_object: dict[str, dict[UUID, UUID]] = {}
        for subject, one in zip(subjects, chosen, strict=True):
            if subject is not None and one is not None:
                by_object.setdefault(subject[0].key, {})[subject[1]] = one
        for object_key, records in by_object.items():
            changes = [writes.Change(record, {key: str(one)}) for record, one in records.items()]
            writes.update(batch.ctx, object_key, changes)
        return [Fail("flows.nobody") if one is None else Go(note={"member": str(one)}) for one in chosen]

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """In turn and by load as if nobody had anything to begin with."""
        named, key = batch.named(batch.settings["people"]), batch.settings.get("field") or OWNER
        loads = batch.loads
        found = []
        for place, who in enumerate(named):
            first = next(iter(who), None)
            one = (
                first
                if batch.settings.get("mode") in (None, FIRST)
                else min(who, key=lambda m: (loads[m], m), default=None)
            )
            if one is None:
                found.append(Foreseen(Fail("flows.nobody")))
                continue
            loads[one] += 1
            deeds = [replace(deed, to=(one,)) for deed in batch.write(place, {key: str(one)}, "assign")]
            found.append(Foreseen(Go(note={"member": str(one)}), deeds))
        return found

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """The owner, or another person."""
        if about:
            yield Touch(about, "update", frozenset({settings.get("field") or OWNER}))


def _chosen(batch: Batch, named: Sequence[Sequence[UUID]], key: str) -> list[UUID | None]:
    mode = batch.settings.get("mode")
    if mode == ROUND_ROBIN:
        return _in_turn(batch, named)
    if mode == LEAST_LOAD:
        _place(batch)  # whoever chooses at the same time waits, and counts what is given here
        obj = next((one[0] for one in batch.subjects() if one is not None), batch.object)
        loads = _loads(batch.ctx, obj, key, {one for who in named for one in who}, batch.settings.get("open"))
        found: list[UUID | None] = []
        for who in named:
            least = min(who, key=lambda one: (loads[one], one), default=None)
            if least is not None:
                loads[least] += 1
            found.append(least)
        return found
    return [next(iter(who), None) for who in named]


def _in_turn(batch: Batch, named: Sequence[Sequence[UUID]]) -> list[UUID | None]:
    """The next one after whoever was last, in the order of their ids: who comes or goes changes nobody else's turn."""
    last = _place(batch)
    found: list[UUID | None] = []
    for who in named:
        order = sorted(who)
        one = next((one for one in order if last is None or one > last), next(iter(order), None))
        last = one or last
        found.append(one)
    batch.ctx.run(
        "UPDATE sys_assignment SET last = $3, at = $4 WHERE flow = $1 AND node = $2",
        [batch.version.flow, batch.node.id, last, batch.ctx.now],
    )
    return found


def _place(batch: Batch) -> UUID | None:
    """Who was last, with the row locked until the unit of work ends."""
    where = [batch.version.flow, batch.node.id]
    batch.ctx.run(
        "INSERT INTO sys_assignment (flow, node, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [*where, batch.ctx.now],
    )
    ((last,),) = batch.ctx.run("SELECT last FROM sys_assignment WHERE flow = $1 AND node = $2 FOR UPDATE", where)
    found: UUID | None = last
    return found


def _loads(ctx: Context, obj: Object, key: str, members: set[UUID], open_: Mapping[str, Any] | None) -> Counter[UUID]:
    """How many live records of the object each member has, whoever may see them."""
    if not members:
        return Counter()
    theirs = {"field": key, "op": "in", "value": [str(one) for one in members]}
    query = GroupQuery([GroupBy(key)], where={"and": [theirs, open_]} if open_ else theirs, limit=MAX_GROUPS)
    found = group(ctx.as_system(), obj.key, query)["groups"]
    return Counter({UUID(one["keys"][0]["id"]): int(one["count"]) for one in found if one["keys"][0]})
