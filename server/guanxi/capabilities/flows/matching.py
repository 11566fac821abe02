"""From changes to runs: the consumer of the change log that knows which flows a change sets off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.conditions import NOT_ASKABLE
from guanxi.capabilities.flows.definition import Trigger
from guanxi.capabilities.flows.hearing import hear
from guanxi.capabilities.flows.live import OWNER, STARTER, SYSTEM_ACTOR, Flow, live
from guanxi.capabilities.flows.overview import alerting
from guanxi.capabilities.flows.runs import Begin
from guanxi.capabilities.flows.triggers.base import ChangeTrigger, change_triggers, trigger_kinds
from guanxi.engine.context import Context
from guanxi.engine.feed import Change, consumer
from guanxi.engine.feed.moments import Moment, moments
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Source
from guanxi.engine.records.changes import COMPUTED
from guanxi.engine.records.rules.images import Image, evaluate

DEEPEST = 8
"""Flows that may set each other off one after the other."""
Watch = tuple[Flow, Trigger]


@consumer("flows", batch=2000, listens=lambda ctx: bool(live(ctx).flows))
def set_off(ctx: Context, changes: Sequence[Change]) -> None:
    """Begin the runs that changes set off, and have those go on that waited for one."""
    hear(ctx, changes)
    flows = live(ctx)
    by_object: dict[str, list[Change]] = {}
    for change in changes:
        if change.object in flows.by_object and change.object in ctx.snapshot.objects:
            by_object.setdefault(change.object, []).append(change)
    for key, mine in by_object.items():
        found = matches(ctx, ctx.snapshot.objects[key], flows.by_object[key], mine)
        runs.begin(ctx, [_begin(flow, trigger, change) for flow, trigger, change in found])


def matches(
    ctx: Context, obj: Object, watches: Sequence[Watch], changes: Sequence[Change]
) -> Iterator[tuple[Flow, Trigger, Change]]:
    """Which of the changes of an object's records set off which trigger, as the records were around each change."""
    sorts = _Sorts(changes)
    some = [(watch, ones) for watch in watches if (ones := sorts.concerning(*watch))]
    watches, concerned = [watch for watch, _ in some], [ones for _, ones in some]
    wanted = {change.seq for ones in concerned for change in ones}
    around = {one.change.seq: one for one in moments(ctx, obj, changes) if one.change.seq in wanted} if wanted else {}
    broken: dict[UUID, Exception] = {}
    before = truths(ctx, obj, watches, list(around.values()), after=False, broken=broken)
    after = truths(ctx, obj, watches, list(around.values()), after=True, broken=broken)
    for flow, _ in watches:
        if flow.id in broken:
            alerting.not_askable(ctx, flow, broken.pop(flow.id))
    for place, ((flow, trigger), ones) in enumerate(zip(watches, concerned, strict=True)):
        for change in ones:
            if change.seq in around and before[change.seq][place] and after[change.seq][place]:
                yield flow, trigger, change


def path_of(change: Change) -> tuple[UUID, ...]:
    """The flows that led to a change, the first one first; none for what people and programs write."""
    path = (change.label or {}).get("path") or ()
    return tuple(UUID(one) for one in path)


def concerns(flow: Flow, trigger: Trigger, change: Change) -> bool:
    """Whether a change may set a trigger off at all; what the flow did itself does so only where it wants that."""
    kind = trigger_kinds()[trigger.kind]
    is_own = not flow.own_effects and bool(change.label) and flow.id in path_of(change)
    return isinstance(kind, ChangeTrigger) and not is_own and kind.concerns(trigger, change)


class _Sorts:
    """Very many changes by what was done to which fields: there are few such sorts, and triggers are asked of each."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = changes
        self._sorts = [(change.op, change.via == COMPUTED, tuple(change.diff)) for change in changes]
        self._first = dict(zip(reversed(self._sorts), reversed(changes), strict=True))
        self._paths = {
            change.change_set: frozenset(path_of(change))
            for change in {one.change_set: one for one in changes}.values()
        }

    def concerning(self, flow: Flow, trigger: Trigger) -> list[Change]:
        """Those that may set a trigger off."""
        kind = trigger_kinds()[trigger.kind]
        if not isinstance(kind, ChangeTrigger):
            return []
        wanted = {sort for sort, change in self._first.items() if kind.concerns(trigger, change)}
        if not wanted:
            return []
        own = set() if flow.own_effects else {one for one, path in self._paths.items() if flow.id in path}
        return [
            change
            for change, sort in zip(self._changes, self._sorts, strict=True)
            if sort in wanted and not (own and change.change_set in own)
        ]


def truths(
    ctx: Context,
    obj: Object,
    watches: Sequence[Watch],
    around: Sequence[Moment],
    *,
    after: bool,
    judge: Callable[..., Sequence[Sequence[Any]]] = evaluate,
    broken: dict[UUID, Exception] | None = None,
) -> dict[int, Sequence[bool]]:
    """For each change whether what every trigger asks of the record before it, or after it, holds; ``judge`` works
    expressions out for images. What cannot be asked any more never holds: flows with such a trigger come into ``broken``.
    """
    kinds = change_triggers()
    found: dict[int, Sequence[bool]] = {}
    there: list[tuple[int, Image]] = []
    for one in around:
        image = one.after if after else one.before
        if image is None:
            found[one.change.seq] = [not kinds[trigger.kind].asks(trigger, after=after) for _, trigger in watches]
        else:
            there.append((one.change.seq, image))

    places: list[int | None] = []

    def expressions(source: Source) -> list[str]:
        made = [_asked(flow, trigger, source, after=after, broken=broken) for flow, trigger in watches]
        asked = [one for one in made if one is not None]
        numbers = iter(range(len(asked)))
        places[:] = [None if one is None else next(numbers) for one in made]
        return asked

    if there:
        rows = judge(ctx, obj, [image for _, image in there], expressions)
        if not any(place is None for place in places):
            found |= {seq: row for (seq, _), row in zip(there, rows, strict=True)}
        elif all(place is None for place in places):
            found |= dict.fromkeys((seq for seq, _ in there), [True] * len(watches))
        else:
            found |= {
                seq: [True if place is None else row[place] for place in places]
                for (seq, _), row in zip(there, rows, strict=True)
            }
    return found


def _asked(
    flow: Flow, trigger: Trigger, source: Source, *, after: bool, broken: dict[UUID, Exception] | None
) -> str | None:
    """SQL for what a trigger asks, None for nothing; one that asks of a field that is gone is not to hold up all others."""
    kind, bound = change_triggers()[trigger.kind], len(source.bind.values)
    try:
        return (kind.after if after else kind.before)(trigger, source)
    except NOT_ASKABLE as error:
        source.bind.back_to(bound)
        if broken is not None:
            broken[flow.id] = error
        return "FALSE"


def _begin(flow: Flow, trigger: Trigger, change: Change) -> Begin:
    path = path_of(change)
    actor, error = actor_of(flow, change.actor)
    if len(path) >= DEEPEST:
        error = {"code": "flows.too_deep", "params": {"limit": DEEPEST}}
    return Begin(
        flow=flow,
        key=f"{flow.id} {trigger.id} {change.record} {change.seq}",
        cause={"trigger": trigger.id, "kind": trigger.kind, "seq": change.seq, "change_set": str(change.change_set)},
        object=change.object,
        record=change.record,
        starter=change.actor,
        actor=actor,
        path=path,
        error=error,
    )


def actor_of(flow: Flow, starter: UUID | None) -> tuple[UUID | None, Mapping[str, Any] | None]:
    """With whose rights a run of the flow acts (None: the system's), and why it cannot when there is nobody."""
    run_as = flow.version.run_as if flow.version else OWNER
    if run_as == SYSTEM_ACTOR:
        return None, None
    actor = starter or flow.owner if run_as == STARTER else flow.owner
    return actor, None if actor else {"code": "flows.no_actor", "params": {}}
