"""Steps that write records: change, create, delete."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import traces, values
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import Deed, Foreseen, Go, Outcome, Place, StepKind, Touch, step_kind
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.records import reads, writes

VALUES = Setting("values", "assignments", words("字段值", "Values"), required=True)
UNASKED = Setting(
    "unasked", "flag", words("免审批", "Without approval"),
    words("即使其他审批流程要求先审批，也直接写入", "Written even where an approval flow wants to be asked first"),
)  # fmt: skip


@step_kind
class UpdateRecord(StepKind):
    """Fields of the record, or of one that it refers to, are set."""

    key = "record.update"
    label = words("更新记录", "Update record")
    help = words("更新触发记录或其关联记录的字段", "Sets fields of the record, or of one that it refers to")
    icon = "pencil"
    group = "record"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``through``: a relation to one record, whose record is meant; ``values`` by field; ``unasked``."""
        return (
            Setting(
                "through", "field", words("关联记录", "Related record"),
                words("不选则为触发记录本身", "None chosen means the record itself"),
            ),
            VALUES,
            UNASKED,
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """The relation leads to one record, fields exist and take the values."""
        target = place.object and (yield from _through(place, place.object))
        if place.object is not None and target:
            yield from check_values(place, place.object, target)

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Writes the records of all tokens as one list."""
        subjects = batch.subjects()
        out: list[Outcome] = []
        changes: dict[str, dict[UUID, dict]] = {}  # type: ignore[type-arg]
        by_object: dict[str, list[int]] = {}
        for place, subject in enumerate(subjects):
            if subject is not None:
                by_object.setdefault(subject[0].key, []).append(place)
        for key, places in by_object.items():
            obj = batch.ctx.snapshot.object(key)
            records = [subjects[place][1] for place in places]  # type: ignore[index]
            through = batch.settings.get("through")
            field = obj.fields.get(through) if through else None
            target = batch.ctx.snapshot.object(field.target or "") if field else obj
            meant: list[UUID | None] = list(records)
            if field is not None:
                there = reads.native(batch.ctx, key, list(set(records)), [field.key])
                meant = [there.get(one, {}).get(field.key) for one in records]
            data = [batch.held[place][0].data for place in places]
            worked = values.work_out(batch.ctx, obj, records, batch.settings["values"], data, target.fields)
            if names := traces.differing(batch.settings["values"]):
                batch.give("values", [{name: row[name] for name in names} for row in worked], places)
            for record, row in zip(meant, worked, strict=True):
                if record is not None:
                    changes.setdefault(target.key, {}).setdefault(record, {}).update(row)
        for key, rows in changes.items():
            writes.update(_writer(batch), key, [writes.Change(one, row) for one, row in rows.items()])
        out.extend(Go() for _ in subjects)
        return out

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """What would be other values of the record than before."""
        through, given = batch.settings.get("through"), batch.settings["values"]
        obj = batch.about
        field = obj.fields.get(through) if obj and through else None
        target = batch.ctx.snapshot.objects.get(field.target or "") if field else obj
        rows = batch.worked_out(given, target.fields if target else {})
        if field is None:
            return [Foreseen(Go(), batch.write(place, row)) for place, row in enumerate(rows)]
        images = batch.past()
        return [
            Foreseen(
                Go(), (Deed("update", field.target, one, values={key: [None, value] for key, value in row.items()}),)
            )
            if image is not None and (one := image.values.get(field.key)) is not None
            else Foreseen(Go())
            for image, row in zip(images, rows, strict=True)
        ]

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """The fields that are set."""
        obj = snapshot.objects.get(about or "")
        field = obj.fields.get(str(settings.get("through"))) if obj else None
        key = field.target if field else about
        if key:
            yield Touch(key, "update", frozenset(settings.get("values") or ()))


@step_kind
class CreateRecord(StepKind):
    """A record of any object is made; later steps find it under a name."""

    key = "record.create"
    label = words("新建记录", "Create record")
    help = words("新建任意对象的记录，后续步骤可以引用", "Creates a record of any object that later steps can refer to")
    icon = "plus"
    group = "record"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``object``, ``values`` by field, ``about``: the field that refers back to the record, ``as``: a name, ``unasked``."""
        return (
            Setting("object", "object", words("对象", "Object"), required=True),
            VALUES,
            Setting(
                "about", "field", words("关联到触发记录的字段", "Field that refers to the record"), of="object"
            ),
            Setting("as", "text", words("变量名", "Remember as"), max=40),
            UNASKED,
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """The object exists, fields exist and take the values."""
        target = place.snapshot.objects.get(str(place.settings.get("object")))
        if target is None:
            yield place.problem("flows.unknown_object", "object", object=str(place.settings.get("object"))[:40])
            return
        if (about := place.settings.get("about")) and about not in target.fields:
            yield place.problem("flows.unknown_field", "about", field=str(about)[:40])
        if place.object is not None:
            yield from check_values(place, place.object, target)

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Makes the records of all tokens as one list."""
        ctx, settings = batch.ctx, batch.settings
        target = ctx.snapshot.object(settings["object"])
        subjects = [one or (batch.object, run.id) for (run, _), one in zip(batch.held, batch.subjects(), strict=True)]
        rows: list[dict[str, Any]] = [{} for _ in batch.held]
        for key in {obj.key for obj, _ in subjects}:
            places = [place for place, (obj, _) in enumerate(subjects) if obj.key == key]
            records, data = [subjects[place][1] for place in places], [batch.held[place][0].data for place in places]
            worked = values.work_out(ctx, ctx.snapshot.object(key), records, settings["values"], data, target.fields)
            for place, row in zip(places, worked, strict=True):
                rows[place] = row
        if names := traces.differing(settings["values"]):
            batch.give("values", [{name: row[name] for name in names} for row in rows])
        if about := settings.get("about"):
            for row, subject in zip(rows, batch.subjects(), strict=True):
                if subject is not None:
                    row[about] = _reference(target, about, subject[0].key, subject[1])
        made = writes.create(_writer(batch), target.key, rows)
        name = settings.get("as")
        return [
            Go(
                data={name: {"object": target.key, "id": str(one)}} if name else {},
                note={"object": target.key, "record": str(one)},
            )
            for one in made
        ]

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """A record that would be made."""
        settings = batch.settings
        fields = batch.ctx.snapshot.object(settings["object"]).fields
        rows = batch.worked_out(settings["values"], fields, shown=True)
        name = settings.get("as")
        data = {name: {"object": settings["object"], "id": None}} if name else {}
        return [
            Foreseen(
                Go(data=data), (Deed("create", settings["object"], values={k: [None, v] for k, v in row.items()}),)
            )
            for row in rows
        ]

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """A record is made."""
        yield Touch(str(settings.get("object")), "create", frozenset(settings.get("values") or ()))


@step_kind
class DeleteRecord(StepKind):
    """The record is put into the bin."""

    key = "record.delete"
    label = words("删除记录", "Delete record")
    help = words("把触发记录移入回收站", "Puts the record into the bin")
    icon = "trash"
    group = "record"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``unasked``: whether approval flows are not asked."""
        return (UNASKED,)

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Deletes the records of all tokens; one that is gone already is done."""
        by_object: dict[str, list[UUID]] = {}
        for subject in batch.subjects():
            if subject is not None:
                by_object.setdefault(subject[0].key, []).append(subject[1])
        for key, ids in by_object.items():
            there = reads.visible(batch.ctx, key, ids)
            if there:
                writes.delete(_writer(batch), key, sorted(there))
        return [Go()] * len(batch.held)

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """The record would be in the bin."""
        return [Foreseen(Go(), (Deed("delete", one[0].key, one[1]),) if one else ()) for one in batch.subjects()]

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """The record is deleted."""
        if about:
            yield Touch(about, "delete")


def _writer(batch: Batch) -> Context:
    """The unit of work as it writes: whatever approval flows want to be asked about, unless the designer said otherwise."""
    return replace(batch.ctx, approved=None) if batch.settings.get("unasked") else batch.ctx


def check_values(place: Place, source: Object, target: Object) -> Iterator[Problem]:
    """Every field named exists in the target and takes what is worked out of the source."""
    given = place.settings.get("values") or {}
    for key, spec in given.items():
        field = target.fields.get(key)
        if field is None:
            yield place.problem("flows.unknown_field", "values", field=str(key)[:40])
        else:
            yield from values.problems(place, source, spec, "values", field)


def _through(place: Place, obj: Object) -> Generator[Problem, None, Object | None]:
    key = place.settings.get("through")
    if not key:
        return obj
    field = obj.fields.get(str(key))
    target = place.snapshot.objects.get(field.target or "") if field and field.kind.trait == "ref" else None
    if target is None:
        yield place.problem("flows.no_relation", "through", field=str(key)[:40])
    return target


def _reference(target: Object, field: str, object_key: str, record: UUID) -> object:
    if target.fields[field].kind.trait == "about":
        return {"object": object_key, "id": str(record)}
    return str(record)
