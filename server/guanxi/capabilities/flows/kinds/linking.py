"""Steps that link the record to others of a relation, or take links away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import conditions, worked
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import Deed, Fail, Foreseen, Go, Outcome, Place, StepKind, Touch, step_kind
from guanxi.capabilities.flows.kinds.nesting import MOST_ENTRIES, entries, target_of
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.records import reads, writes

RELATION = Setting(
    "relation", "text", words("关联", "Relation"),
    words("记录的对多关联，例如联系人", "A relation of the record to many, such as contacts"), required=True, max=60,
)  # fmt: skip


class _Linking(StepKind):
    """What they have in common: a relation to many, and the others that are meant."""

    group = "record"

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """That links would be made, or taken away; which ones, depends on what is remembered then."""
        what = self.key.removeprefix("record.")
        return [Foreseen(Go(), (Deed(what, one[0].key, one[1]),) if one else ()) for one in batch.subjects()]

    def check(self, place: Place) -> Iterator[Problem]:
        """The relation leads to many; what names the others makes sense."""
        relation = str(place.settings.get("relation"))
        target = target_of(place.snapshot, place.object, {"relation": relation})
        if target is None:
            yield place.problem("flows.no_to_many", "relation", relation=relation[:60])
            return
        if place.settings.get("other") is not None:
            yield from worked.problems(place, {"other": place.settings["other"]}, "other")
        if place.settings.get("where") is not None:
            yield from conditions.problems(place, place.snapshot.objects[target], place.settings["where"], "where")

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """The field that holds the link, of the record or of the others."""
        obj, relation = snapshot.objects.get(about or ""), str(settings.get("relation"))
        if obj is not None and relation in obj.relations:
            to = obj.relations[relation]
            yield Touch(to.object, "update", frozenset({to.field}))
        elif obj is not None:
            yield Touch(obj.key, "update", frozenset({relation}))


@step_kind
class Link(_Linking):
    """Others are linked to the record; those that are linked already stay so."""

    key = "record.link"
    label = words("建立关联", "Link records")
    help = words("把其他记录关联到此记录，已有的关联保留", "Links others to the record; what is linked already stays")
    icon = "link"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``relation``, and ``other``: a record that was made or found before, or several."""
        return (
            RELATION,
            Setting(
                "other", "value", words("要关联的记录", "Records to link"),
                words("通常为前面步骤记下的变量", "Usually a variable that an earlier step remembers"), required=True,
            ),
        )  # fmt: skip

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Writes one record after the other: several tokens may be about the same one."""
        rows = worked.work_out(batch, {"other": batch.settings["other"]})
        out: list[Outcome] = []
        for subject, row in zip(batch.subjects(), rows, strict=True):
            others = named(row["other"])
            if subject is None or others is None or not others:
                out.append(Fail("flows.nothing_to_link"))
                continue
            out.append(Go(note={"count": _link(batch.ctx, *subject, batch.settings["relation"], others)}))
        return out


@step_kind
class Unlink(_Linking):
    """Links to others are taken away; the others themselves stay."""

    key = "record.unlink"
    label = words("解除关联", "Unlink records")
    help = words(
        "解除与指定记录的关联，或与满足条件的全部记录的关联；记录本身保留",
        "Takes away the link to named records, or to all of a condition; the records themselves stay",
    )
    icon = "unlink"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``relation``, and which of the linked ones: ``other``, or those of ``where``; all without either."""
        return (
            RELATION,
            Setting(
                "other", "value", words("要解除的记录", "Records to unlink"),
                words("不填则按条件，条件也不填则为全部", "Left out: those of the condition; without one, all"),
            ),
            Setting("where", "condition", words("条件", "Condition")),
        )  # fmt: skip

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Writes one record after the other."""
        spec = batch.settings.get("other")
        rows = worked.work_out(batch, {"other": spec}) if spec else [{}] * len(batch.held)
        out: list[Outcome] = []
        for subject, row in zip(batch.subjects(), rows, strict=True):
            others = named(row.get("other")) if spec else []
            if subject is None or others is None:
                out.append(Fail("flows.nothing_to_link"))
                continue
            linked = entries(batch.ctx, subject, batch.settings)
            meant = [one for one in linked if not spec or one in set(others)]
            if len(linked) > MOST_ENTRIES:
                out.append(Fail("flows.too_many_entries", {"limit": MOST_ENTRIES}))
            else:
                out.append(Go(note={"count": _unlink(batch.ctx, *subject, batch.settings["relation"], meant)}))
        return out


def named(value: Any) -> list[UUID] | None:
    """The records that a value names: an id, what a step remembers of a record, or a list of such; None: something else."""
    found: list[UUID] = []
    for one in value if isinstance(value, list | tuple) else [] if value is None else [value]:
        try:
            found.append(UUID(str(one.get("id") if isinstance(one, Mapping) else one)))
        except ValueError:
            return None
    return list(dict.fromkeys(found))


def _link(ctx: Context, obj: Object, record: UUID, relation: str, others: Sequence[UUID]) -> int:
    if relation in obj.relations:
        to = obj.relations[relation]
        known = reads.native(ctx, to.object, list(others), [to.field])
        new = [one for one in others if known.get(one, {}).get(to.field) != record]
        if new:
            writes.update(ctx, to.object, [writes.Change(one, {to.field: str(record)}) for one in new])
        return len(new)
    there = tuple(reads.native(ctx, obj.key, [record], [relation]).get(record, {}).get(relation) or ())
    new = [one for one in others if one not in there]
    if new:
        writes.update(ctx, obj.key, [writes.Change(record, {relation: [str(one) for one in (*there, *new)]})])
    return len(new)


def _unlink(ctx: Context, obj: Object, record: UUID, relation: str, others: Sequence[UUID]) -> int:
    if not others:
        return 0
    if relation in obj.relations:
        to = obj.relations[relation]
        writes.update(ctx, to.object, [writes.Change(one, {to.field: None}) for one in others])
    else:
        there = tuple(reads.native(ctx, obj.key, [record], [relation]).get(record, {}).get(relation) or ())
        kept = [str(one) for one in there if one not in set(others)]
        writes.update(ctx, obj.key, [writes.Change(record, {relation: kept})])
    return len(others)
