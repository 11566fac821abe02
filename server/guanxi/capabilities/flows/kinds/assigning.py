"""The step that gives a record to somebody, and how one of several is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson

from guanxi.capabilities.flows import conditions, people
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import (
    AGAIN,
    OUT,
    Fail,
    Foreseen,
    Go,
    Outcome,
    Place,
    StepKind,
    Touch,
    Wait,
    step_kind,
)
from guanxi.capabilities.flows.kinds.choosing import Asked, Choice, Staff, Turns, asked_by, chosen_in_order, words_of
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.objects.query.groups import GroupBy
from guanxi.engine.records import reads, writes
from guanxi.engine.records.groups import MAX_GROUPS, GroupQuery, group

OWNER = "owner"
FIRST, ROUND_ROBIN, LEAST_LOAD, HIGHEST_LEVEL = "first", "round_robin", "least_load", "highest_level"
FAIL, WAIT, WAY, INSTEAD = "fail", "wait", "way", "instead"
NOBODY_PORT = "nobody"
SOON = timedelta(minutes=15)
"""After which it is asked again whether somebody is there."""
WORDED = frozenset({"choice", "choices", "tags", "text", "ref", "refs"})
"""Traits of fields whose values may name skills."""


@step_kind
class Assign(StepKind):
    """The owner, or another person of the record, is set to one of the people named."""

    key = "assign"
    label = words("分配", "Assign")
    help = words(
        "把记录分配给一位成员：可按技能、在岗、工作时间和手头数量筛选，再轮流、按手头最少或熟练程度选出；已离职的人不会被选中",
        "Gives the record to one member: those with the skill, there, at work and with room for more are asked, then the"
        " first named, each in turn, whoever has least or is best; nobody who has left",
    )
    icon = "user-check"
    group = "people"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``people`` and what is asked of them; ``mode``: which of them; ``open``: which records count as somebody's load,
        ``most`` of which one may have; ``nobody``: what happens when there is nobody; ``field`` (the owner without one).
        """
        modes = (
            (FIRST, words("第一位", "The first")),
            (ROUND_ROBIN, words("轮流", "In turn")),
            (LEAST_LOAD, words("手头最少", "Whoever has least")),
            (HIGHEST_LEVEL, words("最熟练的，相同则轮流", "Whoever is best at it, in turn among equals")),
        )
        otherwise = (
            (FAIL, words("运行失败，由管理员处理", "The run fails, for somebody to look at")),
            (WAIT, words("等有合适的人再分配", "Wait until there is somebody")),
            (WAY, words("走“没有合适的人”这条路", "Go on by the way “nobody”")),
            (INSTEAD, words("分配给指定的人", "Assign to somebody else")),
        )
        return (
            Setting("people", "people", words("人选", "People"), required=True),
            Setting(
                "skills", "texts", words("需要的技能", "Skills needed"),
                words("须全部具备；不填则不限", "All of them; any if left out"), of="skill",
            ),
            Setting(
                "skill_field", "field", words("需要的技能取自字段", "Skills needed, from a field"),
                words(
                    "例如行业或标签：其值与技能同名的人才会被选中",
                    "Such as the industry or tags: those with the skill of that name are asked",
                ),
            ),
            Setting("mode", "choice", words("方式", "Choose"), required=True, default=FIRST, choices=modes),
            Setting(
                "present", "flag", words("跳过由他人代理的人", "Pass over who is stood in for"),
                words("今天有代理人的成员视为请假", "Members with a delegate today are away"),
            ),
            Setting(
                "at_work", "flag", words("只给在上班时间的人", "Only to those at work now"),
                words("按成员的工作日与上下班时间", "By the working days and hours of members"),
            ),
            Setting(
                "most", "whole", words("每人最多", "At most each"),
                words("手头已有这么多记录的人不会被选中", "Nobody with so many records already"), min=1, max=100_000,
            ),
            Setting(
                "open", "filter", words("计入手头的记录", "Records that count as load"),
                words("不填则为此人的全部记录", "All records of the person if left out"),
            ),
            Setting(
                "nobody", "choice", words("没有合适的人时", "When there is nobody"), default=FAIL, choices=otherwise
            ),
            Setting("instead", "people", words("改为分配给", "Somebody else")),
            Setting(
                "field", "field", words("人员字段", "Person field"), words("不选则为负责人", "The owner if none is chosen")
            ),
        )  # fmt: skip

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """One more where a way was asked for those whom nobody can be given to."""
        return (OUT, NOBODY_PORT) if settings.get("nobody") == WAY else (OUT,)

    def check(self, place: Place) -> Iterator[Problem]:
        """People are named, fields hold what is asked of them, the condition makes sense."""
        settings = place.settings
        yield from people.problems(place, settings.get("people"), "people")
        if settings.get("nobody") == INSTEAD:
            if not settings.get("instead"):
                yield place.problem("flows.people_missing", "instead")
            yield from people.problems(place, settings.get("instead"), "instead")
        if _asks_skills(settings) and "member_skill" not in place.snapshot.objects:
            yield place.problem("flows.no_companion", "skills", object="member_skill")
        obj = place.object
        if obj is None:
            return
        key = settings.get("field") or OWNER
        field = obj.fields.get(str(key))
        if field is None or field.kind.trait != "ref" or field.target != people.MEMBER:
            yield place.problem("flows.no_person_field", "field", field=str(key)[:40])
        if settings.get("skill_field"):
            field = obj.fields.get(str(settings["skill_field"]))
            if field is None or field.kind.trait not in WORDED:
                yield place.problem("flows.no_skill_field", "skill_field", field=str(settings["skill_field"])[:40])
        if settings.get("open"):
            yield from conditions.problems(place, obj, {"where": settings["open"]}, "open")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Chooses for one token after the other and writes the records of all as one list."""
        subjects, settings = batch.subjects(), batch.settings
        key = settings.get("field") or OWNER
        starters = [run.starter for run, _ in batch.held]
        named = self.narrowed(batch, people.resolve_all(batch.ctx, subjects, starters, settings["people"]))
        order = sorted(range(len(named)), key=lambda place: batch.held[place][0].id)  # whose run began first
        offered = _offered(batch.ctx, settings, named, _asked(batch.ctx, settings, subjects))
        turns = dict(zip(order, _chosen(batch, [offered[place] for place in order], key), strict=True))
        chosen = [turns[place] for place in range(len(named))]
        if settings.get("nobody") == INSTEAD and None in chosen:
            others = people.resolve_all(batch.ctx, subjects, starters, settings.get("instead") or ())
            chosen = [one or next(iter(who), None) for one, who in zip(chosen, others, strict=True)]
        by_object: dict[str, dict[UUID, UUID]] = {}
        for subject, one in zip(subjects, chosen, strict=True):
            if subject is not None and one is not None:
                by_object.setdefault(subject[0].key, {})[subject[1]] = one
        for object_key, records in by_object.items():
            self.write(batch, batch.ctx.snapshot.object(object_key), records)
        return [
            _without(settings, offer, batch.ctx) if one is None else Go(note={"member": str(one)})
            for one, offer in zip(chosen, offered, strict=True)
        ]

    def narrowed(self, batch: Batch, named: Sequence[Sequence[UUID]]) -> Sequence[Sequence[UUID]]:
        """Who of those named may be chosen for each token at all; kinds that are assignments of a sort leave some out."""
        return named

    def write(self, batch: Batch, obj: Object, chosen: Mapping[UUID, UUID]) -> None:
        """Give each record to whom was chosen for it."""
        key = batch.settings.get("field") or OWNER
        writes.update(batch.ctx, obj.key, [writes.Change(record, {key: str(one)}) for record, one in chosen.items()])

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """In turn and by load as if nobody had anything to begin with; skills, delegates and hours as they are now, the
        moment and the record as they were.
        """
        settings, key = batch.settings, batch.settings.get("field") or OWNER
        named, others = batch.named(settings["people"]), batch.named(settings.get("instead"))
        asked: list[Asked] = [asked_by(settings.get("skills") or (), ()) for _ in named]
        field = batch.about.fields.get(str(settings.get("skill_field"))) if batch.about else None
        if field is not None:
            held = [image and image.values.get(field.key) for image in batch.past()]
            asked = _with_words(batch.ctx, settings, field, held)
        found, turns = [], Turns({})
        turns.last = {str(one): number for one, number in batch.loads.items()}
        for place, who in enumerate(named):
            (offer,) = _offered(batch.ctx, settings, [who], [asked[place]], batch.now(place))
            mode = settings.get("mode") or FIRST
            if mode == ROUND_ROBIN:
                mode = LEAST_LOAD  # from nothing on it comes to the same
            (one,) = chosen_in_order([offer], mode, turns, batch.loads, settings.get("most"))
            if one is None and settings.get("nobody") == INSTEAD:
                one = next(iter(others[place]), None)
            if one is None:
                found.append(Foreseen(_without(settings, offer, batch.ctx, batch.now(place))))
                continue
            deeds = [replace(deed, to=(one,)) for deed in batch.write(place, {key: str(one)}, "assign")]
            found.append(Foreseen(Go(note={"member": str(one)}), deeds))
        return found

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """The owner, or another person."""
        if about:
            yield Touch(about, "update", frozenset({settings.get("field") or OWNER}))


def _asks_skills(settings: Mapping[str, Any]) -> bool:
    return bool(settings.get("skills") or settings.get("skill_field"))


def _asked(ctx: Context, settings: Mapping[str, Any], subjects: Sequence[tuple[Object, UUID] | None]) -> list[Asked]:
    """What has to be known for each record: the skills named, and those that a field of it names."""
    key = settings.get("skill_field")
    obj = next((one[0] for one in subjects if one is not None), None)
    field = obj.fields.get(str(key)) if obj is not None and key else None
    if obj is None or field is None:
        return [asked_by(settings.get("skills") or (), ()) for _ in subjects]
    ids = sorted({one[1] for one in subjects if one is not None})
    rows = reads.native(ctx.as_system(), obj.key, ids, (field.key,))
    held = [rows[one[1]][field.key] if one is not None and one[1] in rows else None for one in subjects]
    return _with_words(ctx, settings, field, held)


def _with_words(ctx: Context, settings: Mapping[str, Any], field: Field, held: Sequence[Any]) -> list[Asked]:
    return [asked_by(settings.get("skills") or (), one) for one in words_of(ctx, field, held)]


def _offered(
    ctx: Context, settings: Mapping[str, Any], named: Sequence[Sequence[UUID]], asked: Sequence[Asked], now: Any = None
) -> list[Choice]:
    """For each record who may be given it, before anybody's load is looked at."""
    present, at_work = bool(settings.get("present")), bool(settings.get("at_work"))
    everybody = {one for who in named for one in who}
    staff = Staff(ctx, everybody, skills=_asks_skills(settings), hours=at_work)
    return [
        staff.narrowed(who, skills, now or ctx.now, present=present, at_work=at_work)
        for who, skills in zip(named, asked, strict=True)
    ]


def _without(settings: Mapping[str, Any], offer: Choice, ctx: Context, now: Any = None) -> Outcome:
    """What becomes of a record for which there is nobody."""
    what = settings.get("nobody") or FAIL
    if what == WAY:
        return Go(NOBODY_PORT, note={"why": offer.why})
    if what == WAIT:
        return Wait((now or ctx.now) + SOON, port=AGAIN, note={"why": offer.why})
    return Fail(offer.why)


def _chosen(batch: Batch, offered: Sequence[Choice], key: str) -> list[UUID | None]:
    settings = batch.settings
    mode, most = settings.get("mode") or FIRST, settings.get("most")
    everybody = {one for offer in offered for one in offer.members}
    loads, turns = Counter[UUID](), Turns({})
    if most is not None:
        # Other steps give away too: whoever counts at the same time waits, and counts what is given here.
        obj = _about(batch)
        name = f"flows.assign {batch.ctx.workspace.schema} {obj.key} {key}"
        batch.ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [name])
    if mode != FIRST:
        turns = _turns(batch)
    if most is not None or mode == LEAST_LOAD:
        loads = _loads(batch, key, everybody)
    chosen = list(chosen_in_order(offered, mode, turns, loads, most))
    if mode in (ROUND_ROBIN, HIGHEST_LEVEL):
        batch.ctx.run(
            "UPDATE sys_assignment SET turns = $3::jsonb, at = $4 WHERE flow = $1 AND node = $2",
            [batch.version.flow, batch.node.id, orjson.dumps(turns.kept()).decode(), batch.ctx.now],
        )
    return chosen


def _turns(batch: Batch) -> Turns:
    """Whose turn it is, with the row locked until the unit of work ends."""
    where = [batch.version.flow, batch.node.id]
    batch.ctx.run(
        "INSERT INTO sys_assignment (flow, node, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [*where, batch.ctx.now],
    )
    ((last, turns),) = batch.ctx.run(
        "SELECT last, turns FROM sys_assignment WHERE flow = $1 AND node = $2 FOR UPDATE", where
    )
    return Turns(turns or ({str(last): 0} if last else {}))


def _about(batch: Batch) -> Object:
    return next((one[0] for one in batch.subjects() if one is not None), batch.object)


def _loads(batch: Batch, key: str, members: set[UUID]) -> Counter[UUID]:
    """How many live records of the object each member has beside those that are given away, whoever may see them."""
    if not members:
        return Counter()
    held = sorted({str(one[1]) for one in batch.subjects() if one is not None})
    theirs: list[Any] = [{"field": key, "op": "in", "value": [str(one) for one in sorted(members)]}]
    theirs.append({"field": "id", "op": "not_in", "value": held})
    if batch.settings.get("open"):
        theirs.append(batch.settings["open"])
    query = GroupQuery([GroupBy(key)], where={"and": theirs}, limit=MAX_GROUPS)
    found = group(batch.ctx.as_system(), _about(batch).key, query)["groups"]
    return Counter({UUID(one["keys"][0]["id"]): int(one["count"]) for one in found if one["keys"][0]})
