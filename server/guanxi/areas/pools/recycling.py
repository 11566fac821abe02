"""Which records of their owners go back into a pool, when, and taking them there.

A rule counts days from a date of the record, never from before its owner got it; a field that is worked out, such as the
last follow-up, counts from then while it is empty. What is due is found by the index of the field, as flows find it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from guanxi.areas.pools import moving
from guanxi.areas.pools.hooks.pools import UPDATED
from guanxi.areas.pools.membership import has_pools, settings_of
from guanxi.areas.pools.moving import MOST, Step
from guanxi.capabilities.flows.timing import Timing, timing_of
from guanxi.capabilities.flows.triggers.dates import DATES, MORNING, kind_of
from guanxi.capabilities.notifications.telling import Notice, notify
from guanxi.engine.access.actor import POOL, SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads
from guanxi.engine.records.spans import span
from guanxi.infra.i18n import sentence

_FIELDS = ("name", "pool", "field", "days", "where", "warn_days", "position")


@dataclass(frozen=True, slots=True)
class Rule:
    """A recycling rule of a pool; ``id`` is None for one that is only thought of."""

    id: UUID | None
    name: str
    pool: UUID
    object: str
    field: str
    days: int
    where: Any
    warn_days: int | None

    def timing(self, field: Field, ctx: Context) -> Timing:
        """As flows count days from a date."""
        at = MORNING if kind_of(field) == DATES else None
        return timing_of({"amount": self.days, "unit": "days"}, "after", at, ctx.env.time_zone)


@dataclass(frozen=True, slots=True)
class Due:
    """A record that goes, whose it is, and when."""

    record: UUID
    owner: UUID
    at: datetime


def rules_of(ctx: Context, object_key: str | None = None) -> list[Rule]:
    """The active rules of active pools, first ones first."""
    if "recycle_rule" not in ctx.snapshot.objects:
        return []
    pools = settings_of(ctx)
    where = {"field": "active", "op": "eq", "value": True}
    system = ctx.as_system()
    rows = reads.native(system, "recycle_rule", reads.ids(system, "recycle_rule", where), _FIELDS)
    found = []
    for id_, row in sorted(rows.items(), key=lambda one: (one[1]["position"] or 0, one[0])):
        pool = pools.get(row["pool"])
        if pool is not None and object_key in (None, pool.object):
            field, warned = row["field"] or UPDATED, row["warn_days"]
            found.append(Rule(id_, row["name"], pool.id, pool.object, field, row["days"], row["where"], warned))
    return found


def due(ctx: Context, rule: Rule, until: datetime, among: Sequence[UUID] | None = None) -> Iterator[Sequence[Due]]:
    """Parts of the owned records that the rule has go until a moment, ``among`` some of them where they are named."""
    obj, field = _asked(ctx, rule)
    if obj is None or field is None:
        return
    timing, system = rule.timing(field, ctx), ctx.as_system()
    owned = _owned(rule, until - timedelta(days=rule.days), among)
    low, high = timing.values(None, until, dates=kind_of(field) == DATES)
    for rows in span(system, obj, field.key, low, high, {"where": {"and": owned}}):
        yield _told(system, obj, timing, rows, until)
    if field.kind.computed:
        empty = {"where": {"and": [*owned, {"field": field.key, "op": "is_empty"}]}}
        began = rule.timing(obj.fields["created_at"], ctx)
        for rows in span(system, obj, "created_at", None, until - timedelta(days=rule.days), empty):
            yield _told(system, obj, began, rows, until)


def _asked(ctx: Context, rule: Rule) -> tuple[Object | None, Field | None]:
    """The object and the field of a rule; None where they are not there any more."""
    obj = ctx.snapshot.objects.get(rule.object)
    if obj is None or not has_pools(obj):
        return None, None
    field = obj.fields.get(rule.field)
    return obj, field if field is not None and kind_of(field) is not None else None


def _owned(rule: Rule, since: datetime, among: Sequence[UUID] | None) -> list[Any]:
    """What holds of a record that may go: somebody has owned it for long enough, and the rule's condition."""
    kept: list[Any] = [
        {"field": "owner", "op": "not_empty"}, {"field": POOL, "op": "is_empty"},
        {"or": [
            {"field": "owned_since", "op": "is_empty"},
            {"field": "owned_since", "op": "lte", "value": since.isoformat()},
        ]},
    ]  # fmt: skip
    if rule.where:
        kept.append(rule.where)
    if among is not None:
        kept.append({"field": "id", "op": "in", "value": [str(one) for one in among]})
    return kept


def _told(system: Context, obj: Object, timing: Timing, rows: Sequence[tuple[UUID, Any]], until: datetime) -> list[Due]:
    owners = reads.native(system, obj.key, [record for record, _ in rows], ("owner", "owned_since"))
    found = []
    for record, value in rows:
        at, held = timing.due(value), owners[record]
        if held["owned_since"] is not None:
            at = max(at, held["owned_since"] + timedelta(days=timing.amount))
        if at <= until:
            found.append(Due(record, held["owner"], at))
    return found


def recycle(workspace: Workspace, now: datetime | None = None) -> int:
    """Put everything that is due into its pool and warn the owners of what soon will be; how many records went.

    Each batch is one unit of work: what went is in its pool and not due any more, so that a crash repeats nothing.
    """
    with work(workspace, SYSTEM, via="job", now=now) as ctx:
        rules = rules_of(ctx)
    gone = 0
    for rule in rules:
        more = True
        while more:
            with work(workspace, SYSTEM, via="job", now=now, label={"recycled": rule.name}) as ctx:
                taken = _take(ctx, rule)
            gone, more = gone + taken, taken > 0
    for rule in rules:
        if rule.warn_days is not None:
            with work(workspace, SYSTEM, via="job", now=now) as ctx:
                _warn(ctx, rule)
    return gone


def _take(ctx: Context, rule: Rule) -> int:
    """One batch of what is due now; how many went."""
    found = list(islice((one for part in due(ctx, rule, ctx.now) for one in part), MOST))
    if not found or rule.id is None:
        return 0
    obj = ctx.snapshot.object(rule.object)
    there = list(reads.visible(ctx, obj.key, [one.record for one in found]))
    held = moving.hold(ctx, obj, there)
    # Whoever was faster than the lock followed the record up, or gave it away: it is asked for once more.
    sure = [one for part in due(ctx, rule, ctx.now, list(held)) for one in part]
    if not sure:
        return 0
    steps = [Step(one.record, "recycled", rule.pool, rule=rule.id, reason=rule.name) for one in sure]
    moving.take(ctx, obj, held, steps)
    _tell(ctx, obj, rule, "pools.told_recycled", sure)
    return len(sure)


def _warn(ctx: Context, rule: Rule) -> None:
    """Tell the owners of what goes within the rule's days of warning, once for each time it is counted."""
    warned = _warned(ctx, rule)
    until = ctx.now + timedelta(days=rule.warn_days or 0)
    coming = [
        one
        for part in due(ctx, rule, until)
        for one in part
        if one.at > ctx.now and warned.get(one.record, _NEVER) < one.at - timedelta(days=rule.days)
    ]
    if not coming:
        return
    obj = ctx.snapshot.object(rule.object)
    for start in range(0, len(coming), MOST):
        some = coming[start : start + MOST]
        steps = [Step(one.record, "warned", rule.pool, rule=rule.id, reason=rule.name) for one in some]
        moving.note(ctx, obj, {one.record: {"owner": one.owner} for one in some}, steps)
    _tell(ctx, obj, rule, "pools.told_warned", coming)


_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _warned(ctx: Context, rule: Rule) -> Mapping[UUID, datetime]:
    """When owners were last warned of records by a rule, as far back as may matter."""
    where = {"and": [
        {"field": "kind", "op": "eq", "value": "warned"}, {"field": "rule", "op": "eq", "value": str(rule.id)},
        {"field": "at", "op": "gte", "value": (ctx.now - timedelta(days=rule.days + 1)).isoformat()},
    ]}  # fmt: skip
    found: dict[UUID, datetime] = {}
    for row in reads.native(ctx, "pool_move", reads.ids(ctx, "pool_move", where), ("record", "at")).values():
        found[row["record"].id] = max(row["at"], found.get(row["record"].id, _NEVER))
    return found


def _tell(ctx: Context, obj: Object, rule: Rule, code: str, ones: Sequence[Due]) -> None:
    """One notice for each owner, which names the record where it is one alone."""
    by_owner: dict[UUID, list[Due]] = {}
    for one in ones:
        by_owner.setdefault(one.owner, []).append(one)
    pool = settings_of(ctx)[rule.pool].name
    notices = []
    for owner, theirs in by_owner.items():
        first = min(theirs, key=lambda one: one.at)
        params = {
            "count": len(theirs), "object": dict(obj.label), "pool": pool, "rule": rule.name,
            "day": day_of(ctx, first.at).isoformat(), "title": moving.titles_of(ctx, obj, [first.record])[first.record],
        }  # fmt: skip
        one_alone = len(theirs) == 1
        title = sentence(f"{code}_one" if one_alone else f"{code}_many", params, ctx.language)
        # Of what is gone the former owner sees no more than its pool shows, if that: the notice is about no record.
        about = (obj.key, first.record) if one_alone and code == "pools.told_warned" else (None, None)
        notices.append(Notice(owner, "pools", title, object=about[0], record=about[1]))
    notify(ctx, notices)


def day_of(ctx: Context, at: datetime) -> date:
    """The day of an instant where the workspace is."""
    return at.astimezone(ctx.env.time_zone).date()


def coming_of(ctx: Context, obj: Object, record: UUID) -> tuple[Rule, Due] | None:
    """The rule by which a record goes first, and when; None where none has it go."""
    far = ctx.now + timedelta(days=3650)
    found = [
        (rule, one)
        for rule in rules_of(ctx, obj.key)
        for part in due(ctx, rule, far, [record])
        for one in part
    ]  # fmt: skip
    return min(found, key=lambda pair: pair[1].at, default=None)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a rule would do: records until the horizon, how many of each owner, and how it differs from what holds."""

    due: Sequence[Due]
    now: int
    by_owner: Counter[UUID]
    already: int
    """Of those that go now, how many the rules that hold now would have go anyway."""
    spared: int
    """How many the rule as it is now has go at once, and the one thought of does not."""
    more: bool


MOST_FORESEEN = 20_000


def foresee(ctx: Context, rule: Rule, days: int) -> Outlook:
    """What a rule would do until so many days from now. Nothing is written."""
    until = ctx.now + timedelta(days=days)
    every = list(islice((one for part in due(ctx, rule, until) for one in part), MOST_FORESEEN + 1))
    found = sorted(every[:MOST_FORESEEN], key=lambda one: (one.at, one.record))
    at_once = {one.record for one in found if one.at <= ctx.now}
    others: set[UUID] = set()
    before: set[UUID] = set()
    for known in rules_of(ctx, rule.object):
        goes = {one.record for part in due(ctx, known, ctx.now) for one in part}
        others |= goes
        before |= goes if known.id == rule.id else set()
    counts = Counter(one.owner for one in found)
    return Outlook(found, len(at_once), counts, len(at_once & others), len(before - at_once), len(every) > len(found))
