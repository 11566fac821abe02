"""Small steps: tags of the record, variables of the run, a verb that is registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import worked
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import Deed, Foreseen, Go, Outcome, Place, StepKind, Touch, step_kind
from guanxi.engine.actions import actions, run
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.records import reads, writes

TAGS = "tags"
RECORD = "@record"
AS = Setting("as", "text", words("变量名", "Remember as"), max=40)


@step_kind
class ChangeTags(StepKind):
    """Tags are put on the record, or taken off."""

    key = "tag"
    label = words("打标签", "Tag")
    help = words("给记录添加或移除标签", "Puts tags on the record, or takes them off")
    icon = "tag"
    group = "record"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``add``, ``remove``, ``field``: of which tags (``tags`` without one)."""
        return (
            Setting("add", "texts", words("添加", "Add")),
            Setting("remove", "texts", words("移除", "Remove")),
            Setting("field", "field", words("标签字段", "Field of tags")),
        )

    def check(self, place: Place) -> Iterator[Problem]:
        """Something is changed, and in a field that holds tags."""
        if not place.settings.get("add") and not place.settings.get("remove"):
            yield place.problem("flows.no_tags", "add")
        key = str(place.settings.get("field") or TAGS)
        field = place.object.fields.get(key) if place.object is not None else None
        if field is None or field.kind.trait != "tags":
            yield place.problem("flows.no_tag_field", "field", field=key[:40])

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Writes the records whose tags become others, as one list."""
        key = str(batch.settings.get("field") or TAGS)
        for object_key, records in _records(batch.subjects()).items():
            there = reads.native(batch.ctx, object_key, records, [key])
            changes = []
            for record in records:
                known = tuple(there.get(record, {}).get(key) or ())
                wanted = _changed(known, batch.settings.get("add") or (), batch.settings.get("remove") or ())
                if wanted != known:
                    changes.append(writes.Change(record, {key: list(wanted) or None}))
            if changes:
                writes.update(batch.ctx, object_key, changes)
        return [Go()] * len(batch.held)

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """Records whose tags would be others."""
        settings, key = batch.settings, str(batch.settings.get("field") or TAGS)
        found = []
        for place, image in enumerate(batch.past()):
            known = tuple(image.values.get(key) or ()) if image is not None else ()
            wanted = _changed(known, settings.get("add") or (), settings.get("remove") or ())
            found.append(
                Foreseen(Go(), batch.write(place, {key: list(wanted) or None}, "tag") if wanted != known else ())
            )
        return found

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """The tags."""
        if about:
            yield Touch(about, "update", frozenset({str(settings.get("field") or TAGS)}))


@step_kind
class SetVariables(StepKind):
    """The run remembers values for later steps."""

    key = "set"
    label = words("设置变量", "Set variables")
    help = words("计算一些值，供后面的步骤使用", "Works out values that later steps use")
    icon = "variable"
    group = "logic"
    about_record = False

    def settings_schema(self) -> tuple[Setting, ...]:
        """``values`` by name."""
        return (Setting("values", "assignments", words("变量", "Variables"), required=True),)

    def check(self, place: Place) -> Iterator[Problem]:
        """Every value makes sense, and no name is empty or has dots."""
        given = place.settings.get("values") or {}
        for name in given:
            if not str(name).isidentifier():
                yield place.problem("flows.bad_name", "values", name=str(name)[:40])
        yield from worked.problems(place, given, "values")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Works them out for all tokens at once."""
        return [Go(data=worked.plain(row)) for row in worked.work_out(batch, batch.settings["values"], kept=False)]

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """What would be remembered."""
        return [Foreseen(Go(data=worked.plain(row))) for row in batch.worked_out(batch.settings["values"])]


@step_kind
class RunAction(StepKind):
    """A verb of the product is run with the rights of the flow's actor."""

    key = "action"
    label = words("执行操作", "Run action")
    help = words(
        "执行产品中的操作，例如转换线索；参数值 @record 表示触发记录",
        "Runs a verb of the product, such as converting a lead; the value @record stands for the record",
    )
    icon = "bolt"
    group = "record"
    about_record = False

    def settings_schema(self) -> tuple[Setting, ...]:
        """``action``, ``params`` by name, ``as``: a name for what it answers."""
        return (
            Setting("action", "action", words("操作", "Action"), required=True),
            Setting("params", "assignments", words("参数", "Parameters")),
            AS,
        )

    def check(self, place: Place) -> Iterator[Problem]:
        """There is such a verb, and it takes these parameters."""
        verb = actions().get(str(place.settings.get("action")))
        if verb is None:
            yield place.problem("actions.unknown", "action", action=str(place.settings.get("action"))[:80])
            return
        given = place.settings.get("params") or {}
        for name in given:
            if name not in verb.params.__dataclass_fields__:
                yield place.problem("flows.unknown_parameter", "params", name=str(name)[:40], action=verb.name)
        yield from worked.problems(place, given, "params")
        if place.object is None and {"value": RECORD} in given.values():
            yield place.problem("flows.object_needed", "params")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Runs it for one token after the other."""
        rows = worked.work_out(batch, batch.settings.get("params") or {}, setting="params")
        out = []
        for subject, row in zip(batch.subjects(), rows, strict=True):
            params = {name: _param(value, subject) for name, value in row.items()}
            answer = worked.plain(run(batch.ctx, batch.settings["action"], params))
            name = batch.settings.get("as")
            out.append(Go(data={name: answer} if name else {}))
        return out

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """The verb that would be run; what it would answer is not known."""
        rows = batch.worked_out(batch.settings.get("params") or {})
        named = {"action": batch.settings["action"]}
        return [Foreseen(Go(), (Deed("action", values={**row, **named}),)) for row in rows]


def _param(value: Any, subject: tuple[Object, UUID] | None) -> Any:
    if value == RECORD and subject is not None:
        return str(subject[1])
    return worked.plain(value)


def _records(subjects: Sequence[tuple[Object, UUID] | None]) -> Mapping[str, list[UUID]]:
    found: dict[str, dict[UUID, None]] = {}
    for subject in subjects:
        if subject is not None:
            found.setdefault(subject[0].key, {})[subject[1]] = None
    return {key: list(ones) for key, ones in found.items()}


def _changed(known: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(one for one in known if one not in set(remove)), *add]))
