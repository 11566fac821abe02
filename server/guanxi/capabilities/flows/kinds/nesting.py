"""Steps that hold other steps: a loop over records, and another flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import conditions, runs
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import (
    OUT,
    Deed,
    Fail,
    Foreseen,
    Fork,
    Go,
    Outcome,
    Place,
    StepKind,
    Wait,
    step_kind,
)
from guanxi.capabilities.flows.live import Flow, live
from guanxi.capabilities.flows.matching import DEEPEST, actor_of
from guanxi.capabilities.flows.runs import Begin, Run, Token
from guanxi.capabilities.flows.triggers.asked import BY_FLOW
from guanxi.engine.context import Context
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.records import locking, reads
from guanxi.engine.records.rules.images import Image, evaluate
from guanxi.engine.records.spans import every
from guanxi.kit.ids import uuid7

EACH, DONE = "each", "done"
MOST_ENTRIES = 1_000


@step_kind
class Loop(StepKind):
    """The way ``each`` is taken for every record of a relation or of a condition, and then the way ``done``."""

    key = "loop"
    label = words("循环", "Loop")
    help = words(
        "对关联的每条记录，或另一对象满足条件的每条记录，各走一遍“每条”，全部结束后走“完成”",
        "Takes the way “each” for every related record, or every record of a condition, and then the way “done”",
    )
    icon = "repeat"
    group = "logic"
    about_record = False
    decides = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """The relation, or the object; and which of its records."""
        return (
            Setting(
                "relation", "text", words("关联", "Relation"),
                words("记录的对多关联，例如联系人", "A relation of the record to many, such as contacts"), max=60,
            ),
            Setting(
                "object", "object", words("对象", "Object"),
                words("不按关联时，查找这个对象的记录", "Whose records are looked for where no relation is chosen"),
            ),
            Setting("where", "condition", words("条件", "Condition")),
        )  # fmt: skip

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """For each record, and when all of them are done."""
        return (EACH, DONE)

    def about(self, snapshot: Snapshot, obj: Object | None, settings: Mapping[str, Any], port: str) -> str | None:
        """What steps behind ``each`` are about: the records of the loop."""
        if port != EACH:
            return obj.key if obj else None
        return target_of(snapshot, obj, settings)

    def check(self, place: Place) -> Iterator[Problem]:
        """There is something to go over, and the condition is understood."""
        relation = place.settings.get("relation")
        target = target_of(place.snapshot, place.object, place.settings)
        if relation and target is None:
            yield place.problem("flows.no_to_many", "relation", relation=str(relation)[:60])
        elif target is None:
            yield place.problem("flows.loop_over_what", "object")
        elif place.settings.get("where") is not None:
            yield from conditions.problems(place, place.snapshot.objects[target], place.settings["where"], "where")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Splits every token into one for each record that the flow's actor may read."""
        out: list[Outcome] = []
        for subject in batch.subjects():
            target = target_of(batch.ctx.snapshot, subject[0] if subject else None, batch.settings)
            found = entries(batch.ctx, subject, batch.settings) if target else []
            if len(found) > MOST_ENTRIES:
                out.append(Fail("flows.too_many_entries", {"limit": MOST_ENTRIES}))
            else:
                items = [{"item": {"object": target, "record": str(one)}} for one in found]
                out.append(Fork([(EACH, item) for item in items], rest=DONE))
        return out


def target_of(snapshot: Snapshot, obj: Object | None, settings: Mapping[str, Any]) -> str | None:
    """The object whose records a loop goes over; None when there is none."""
    if relation := settings.get("relation"):
        if obj is None:
            return None
        if relation in obj.relations:
            return obj.relations[relation].object
        field = obj.fields.get(str(relation))
        return field.target if field is not None and field.kind.trait == "refs" else None
    return settings["object"] if settings.get("object") in snapshot.objects else None


def entries(ctx: Context, subject: tuple[Object, UUID] | None, settings: Mapping[str, Any]) -> list[UUID]:
    """The records of a loop, a few more than there may be."""
    key = target_of(ctx.snapshot, subject[0] if subject else None, settings) or ""
    target, when = ctx.object(key), settings.get("where")
    relation = settings.get("relation")
    if not relation or subject is None:
        return _first(every(ctx, target, when))
    obj, record = subject
    if relation in obj.relations:
        where = {"field": obj.relations[relation].field, "op": "eq", "value": str(record)}
        found = reads.ids(ctx, key, where)
    else:
        values = reads.native(ctx, obj.key, [record], [relation]).get(record, {})
        there = reads.visible(ctx, key, list(values.get(relation) or ()))
        found = [one for one in values.get(relation) or () if one in there]
    return _kept(ctx, target, found, when)


def _kept(ctx: Context, obj: Object, ids: Sequence[UUID], when: Any) -> list[UUID]:
    if when is None or not ids:
        return list(ids)
    stored = locking.stored(ctx, obj, ids)
    images = [Image(one, stored[one]) for one in ids if one in stored]
    rows = evaluate(ctx, obj, images, lambda source: [compile_condition(source, when)])
    return [image.id for image, (truth,) in zip(images, rows, strict=True) if truth]


def _first(parts: Iterator[Sequence[UUID]]) -> list[UUID]:
    found: list[UUID] = []
    for part in parts:
        found.extend(part)
        if len(found) > MOST_ENTRIES:
            break
    return found


@step_kind
class SubFlow(StepKind):
    """Another flow is started for the record; its end is waited for if wanted."""

    key = "flow"
    label = words("子流程", "Start a flow")
    help = words(
        "为记录启动另一个流程，可等待它结束", "Starts another flow for the record, and waits for its end if wanted"
    )
    icon = "subtask"
    group = "logic"
    about_record = False

    def settings_schema(self) -> tuple[Setting, ...]:
        """The flow, and whether its end is waited for."""
        return (
            Setting("flow", "text", words("流程", "Flow"), required=True, max=36, of="flow"),
            Setting("wait", "flag", words("等待结束", "Wait for its end"), default=True),
        )

    def check(self, place: Place) -> Iterator[Problem]:
        """The flow is named by its id."""
        if _id(place.settings.get("flow")) is None:
            yield place.problem("flows.choose_flow", "flow")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Begins a run for each token."""
        flow = live(batch.ctx).flows.get(_id(batch.settings.get("flow")) or UUID(int=0))
        waits = batch.settings.get("wait", True)
        out: list[Outcome] = []
        begun: list[Begin] = []
        for (run, token), subject in zip(batch.held, batch.subjects(), strict=True):
            refused = _refusal(flow, run, subject)
            if flow is None or refused is not None:
                out.append(refused or Fail("flows.not_startable"))
                continue
            begun.append(_begin(flow, run, token if waits else None, subject))
            note = {"flow": str(flow.id)}
            out.append(Wait(None, f"flow:{token.id}", OUT, note) if waits else Go(note=note))
        runs.begin(batch.ctx, begun)
        return out

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """The flow that would be started; what it does is its own."""
        flow = live(batch.ctx).flows.get(_id(batch.settings.get("flow")) or UUID(int=0))
        found = []
        for (run, _), subject in zip(batch.held, batch.subjects(), strict=True):
            refused = _refusal(flow, run, subject)
            started = Deed(
                "flow", subject and subject[0].key, subject and subject[1], values={"flow": flow and flow.name}
            )
            found.append(Foreseen(refused) if refused else Foreseen(Go(), (started,)))
        return found


def _begin(flow: Flow, run: Run, parent: Token | None, subject: tuple[Object, UUID] | None) -> Begin:
    actor, error = actor_of(flow, run.starter)
    about = subject if flow.version and flow.version.definition.object else None
    return Begin(
        flow=flow,
        key=f"{flow.id} flow {uuid7()}",
        cause={"kind": BY_FLOW, "run": str(run.id), "flow": str(run.flow)},
        object=about[0].key if about else None,
        record=about[1] if about else None,
        starter=run.starter,
        path=tuple(run.path),
        actor=actor,
        parent=parent.id if parent else None,
        error=error,
        paced=False,
    )


def _refusal(flow: Flow | None, run: Run, subject: tuple[Object, UUID] | None) -> Fail | None:
    """Why the flow cannot be started here."""
    version = flow.version if flow and flow.is_on else None
    if flow is None or version is None or all(one.kind != BY_FLOW for one in version.definition.triggers):
        return Fail("flows.not_startable")
    if len(run.path) >= DEEPEST:
        return Fail("flows.too_deep", {"limit": DEEPEST})
    wanted = version.definition.object
    if wanted is not None and (subject is None or subject[0].key != wanted):
        return Fail("flows.another_object", {"object": wanted})
    _, error = actor_of(flow, run.starter)
    return Fail(error["code"], error["params"]) if error else None


def _id(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
