"""Tokens at a node of a flow that is tried on the past, or on one record, and does nothing: what steps may ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from guanxi.capabilities.flows import people, values, worked
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.judging import Expressions, judge
from guanxi.capabilities.flows.kinds.base import Deed
from guanxi.capabilities.flows.people import Subject
from guanxi.capabilities.flows.runs import Run, Token
from guanxi.engine.feed.timelines import PastImage, Timeline, of_records
from guanxi.engine.objects.computed.compile import compiled, sql
from guanxi.engine.objects.computed.defaults import wanted
from guanxi.engine.objects.computed.names import Names
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads

Overlay = Mapping[str, Any]
BEGINNING = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Written:
    """A write of a run about its record, that was not made: the record before it and after it."""

    node: str
    at: datetime
    before: PastImage
    after: PastImage
    fields: frozenset[str]


@dataclass
class PastRun(Run):
    """A run that is only thought of. ``clock`` is what time it is for it, ``overlay`` what it would have written."""

    line: Timeline | None = None
    clock: datetime = BEGINNING
    overlay: Overlay = field(default_factory=dict)
    times: list[datetime] = field(default_factory=list)
    deeds: list[tuple[int, Deed]] = field(default_factory=list)
    """What each line of the record would have done, by the line's place."""
    written: list[Written] = field(default_factory=list)

    def note(
        self,
        token: Token,
        outcome: str,
        port: str | None = None,
        note: Mapping[str, Any] | None = None,
        gave: Mapping[str, Any] | None = None,
    ) -> None:
        """Write a line of the record, with its time."""
        super().note(token, outcome, port, note, gave)
        self.times.append(self.clock)

    def image(self) -> PastImage | None:
        """The record as it was at this moment, with what the run would have written; None without a record."""
        if self.line is None:
            return None
        image = self.line.image(self.line.place_at(self.clock), self.clock)
        if not self.overlay:
            return image
        links = {key: value for key, value in self.overlay.items() if key in image.links}
        return PastImage(image.id, _Over(image.values, self.overlay), {**image.links, **links}, image.at)


class _Over(Mapping[str, Any]):
    """Values with others laid over them."""

    __slots__ = ("_over", "_under")

    def __init__(self, under: Mapping[str, Any], over: Overlay) -> None:
        self._under, self._over = under, over

    def __getitem__(self, key: str) -> Any:
        return self._over[key] if key in self._over else self._under[key]

    def __iter__(self) -> Iterator[str]:
        return iter({*self._under, *self._over})

    def __len__(self) -> int:
        return len({*self._under, *self._over})


@dataclass(frozen=True)
class Foresight(Batch):
    """As a batch, of runs that are only thought of. What is read is read with the rights of whoever asks."""

    is_kept = False
    loads: Counter[UUID] = field(default_factory=Counter)
    """How often each member was chosen at this node so far."""
    closely: bool = False
    """Whether values and texts are wanted, for somebody who looks at one run."""

    def part_of(self, place: int) -> Foresight:
        """One of the tokens."""
        return replace(self, held=[self.held[place]])

    def is_stored(self, place: int) -> bool:
        """Not what a run would have written."""
        return not self.run(place).overlay

    def run(self, place: int) -> PastRun:
        """The run of a token."""
        return cast("PastRun", self.held[place][0])

    def now(self, place: int) -> datetime:
        """What time it is for a token."""
        return self.run(place).clock

    def past(self) -> list[PastImage | None]:
        """For each token the record that it is about: its run's as it was at its time, the entry of a loop as it is now."""
        entries: dict[str, set[UUID]] = {}
        for _, token in self.held:
            if token.item is not None:
                entries.setdefault(token.item["object"], set()).add(UUID(token.item["record"]))
        lines = {
            (key, one): line
            for key, ids in entries.items()
            for one, line in of_records(self.ctx, self.ctx.snapshot.object(key), sorted(ids)).items()
        }
        found: list[PastImage | None] = []
        for place, (_, token) in enumerate(self.held):
            if token.item is None:
                found.append(self.run(place).image())
            else:
                line = lines.get((token.item["object"], UUID(token.item["record"])))
                found.append(line and line.image(0, self.now(place)))
        return found

    def judged(self, expressions: Callable[[Object], Expressions]) -> list[tuple[Any, ...] | None]:
        """Expressions for each token's record; None where there is none."""
        by_object: dict[str, list[tuple[int, PastImage]]] = {}
        for place, (image, subject) in enumerate(zip(self.past(), self.subjects(), strict=True)):
            if image is not None and subject is not None:
                by_object.setdefault(subject[0].key, []).append((place, image))
        found: list[tuple[Any, ...] | None] = [None] * len(self.held)
        for key, there in by_object.items():
            obj = self.ctx.snapshot.object(key)
            rows = judge(self.ctx, obj, [one for _, one in there], expressions(obj))
            for (place, _), row in zip(there, rows, strict=True):
                found[place] = row
        return found

    def named(self, spec: people.Spec | None) -> list[list[UUID]]:
        """Whom a list of people means for each token: by who owned the record then, in the organisation of today."""
        if not spec:
            return [[] for _ in self.held]
        directory = people.Directory(self.ctx)
        known: dict[Any, list[UUID]] = {}
        found = []
        for about in self._about(spec):
            key = (about.starter, *(_hashed(one) for one in about.values.values()))
            if key not in known:
                meant = dict.fromkeys(id_ for one in spec for id_ in directory.found(one, about))
                known[key] = [one for one in meant if directory.works_here(one)]
            found.append(known[key])
        return found

    def worked_out(
        self, specs: Mapping[str, values.Spec], fields: Mapping[str, Field] | None = None, *, shown: bool = False
    ) -> list[dict[str, Any]]:
        """Values by name for each token; formulas as they would have come out then, texts as they would now. What is
        only ``shown`` is left out unless somebody looks closely.
        """
        left_out = shown and not self.closely
        plain = {
            name: spec for name, spec in specs.items() if "formula" not in spec and not (left_out and "text" in spec)
        }
        found = worked.work_out(self, plain)
        formulas = {name: str(spec["formula"]) for name, spec in specs.items() if "formula" in spec}
        if formulas:
            names = Names(self.ctx.snapshot)

            def expressions(obj: Object) -> Expressions:
                made = [
                    compiled(obj, text, names, wanted(one))
                    if (one := (fields or {}).get(name))
                    else compiled(obj, text, names)
                    for name, text in formulas.items()
                ]
                return lambda source: [sql(one.node, source.alias) for one in made]

            for out, row in zip(found, self.judged(expressions), strict=True):
                out.update(zip(formulas, row or [None] * len(formulas), strict=True))
        return found

    def write(self, place: int, given: Mapping[str, Any], what: str = "update") -> Sequence[Deed]:
        """Have a run take its record for changed; nothing where no value would be another than before."""
        subject, run = self.subject(place), self.run(place)
        if subject is None:
            return ()
        obj, record = subject
        before = run.image() if self.held[place][1].item is None else None
        if before is None or run.line is None:
            return (Deed(what, obj.key, record, values={key: [None, worked.plain(one)] for key, one in given.items()}),)
        changed = {}
        for key, value in given.items():
            parsed = _parsed(obj, key, value, run.line)
            if before.values.get(key) != parsed:
                changed[key] = parsed
        if not changed:
            return ()
        run.overlay = {**run.overlay, **changed, "updated_at": run.clock}
        after = run.image()
        if after is not None:
            run.written.append(Written(self.node.id, run.clock, before, after, frozenset(changed)))
        return (Deed(what, obj.key, record, values=_told(obj, before.values, changed)),)

    @property
    def about(self) -> Object | None:
        """The object that the tokens are about, as far as it is the same for all."""
        return next((one[0] for one in self.subjects() if one is not None), None)

    def subject(self, place: int) -> tuple[Object, UUID] | None:
        """The record that a token is about."""
        return self.part([place]).subjects()[0]

    def _about(self, spec: people.Spec) -> list[Subject]:
        """Of each token's record what names people."""
        paths = sorted({str(one["field"]) for one in spec if one["kind"] == "field"})
        far = [one for one in paths if "." in one]
        runs = [self.run(place) for place in range(len(self.held))]
        ids = {run.record for run in runs if run.record is not None}
        rows = reads.native(self.ctx.as_system(), self.object.key, sorted(ids), far) if far and ids else {}
        found = []
        for run, image in zip(runs, self.past(), strict=True):
            known = {} if image is None else {key: image.values.get(key) for key in ("owner", *paths) if key not in far}
            known |= rows.get(run.record, {}) if run.record else {}
            found.append(Subject(run.object, run.record, known, run.starter))
        return found


def _hashed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value


def _parsed(obj: Object, key: str, value: Any, line: Timeline) -> Any:
    one = obj.fields.get(key)
    if one is None or value is None:
        return value
    try:
        return one.kind.parse(one, worked.plain(value), line.env)
    except BadValue:
        return value


def _told(obj: Object, before: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Old and new values in the forms of the API."""

    def kept(key: str, value: Any) -> Any:
        one = obj.fields.get(key)
        return value if value is None or one is None else worked.plain(one.kind.kept(value))

    return {key: [kept(key, before.get(key)), kept(key, value)] for key, value in changed.items() if key in obj.fields}
