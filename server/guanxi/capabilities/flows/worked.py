"""Values and texts for every token of a batch, whatever record each is about, and whether it is about any."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import traces, values
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.flows.values import HOLE
from guanxi.engine.access.actor import Actor
from guanxi.engine.context import Context
from guanxi.engine.objects.components.conditions import SOMEBODY
from guanxi.engine.objects.model import Field
from guanxi.engine.objects.query.build import Bind, Everything, Source
from guanxi.infra.errors import BadRequest

Specs = Mapping[str, values.Spec]


def work_out(
    batch: Batch, specs: Specs, ctx: Context | None = None, *, setting: str | None = None, kept: bool = True
) -> list[dict[str, Any]]:
    """For each token the values by name, as ``ctx`` (the batch's own without one) reads the record it is about.

    They are kept with the runs as what their step was given, under the ``setting`` that holds them if it is one.
    """
    ctx = ctx or batch.ctx
    found: list[dict[str, Any]] = [{} for _ in batch.held]
    by_object: dict[str, list[int]] = {}
    for place, subject in enumerate(batch.subjects()):
        key = subject[0].key if subject is not None and ctx.actor.rights(subject[0].key).reads else ""
        by_object.setdefault(key, []).append(place)
    subjects = batch.subjects()
    for key, places in by_object.items():
        data = [batch.held[place][0].data for place in places]
        if key:
            records = [subject[1] for place in places if (subject := subjects[place]) is not None]
            rows = values.work_out(ctx, ctx.snapshot.object(key), records, specs, data)
        else:
            rows = [_without_record(specs, one) for one in data]
        for place, row in zip(places, rows, strict=True):
            found[place] = row
    if kept and (names := traces.differing(specs)):
        batch.give(setting, [{name: row[name] for name in names} for row in found])
    return found


def as_read_by(batch: Batch, reader: Actor) -> Context:
    """The unit of work as it reads for somebody else, to whom the outcome is told."""
    return replace(batch.ctx, actor=reader)


def problems(place: Place, specs: Specs, setting: str) -> Iterator[Problem]:
    """What is wrong with values that are meant for no field; without an object nothing is asked of a record."""
    for spec in specs.values():
        if place.object is not None:
            yield from values.problems(place, place.object, spec, setting)
        elif not isinstance(spec, Mapping) or len(spec) != 1 or next(iter(spec)) not in values.FORMS:
            yield place.problem("flows.bad_value", setting)
        elif "formula" in spec or ("text" in spec and HOLE.search(str(spec["text"]))):
            yield place.problem("flows.object_needed", setting)


def text_problems(place: Place, *settings: str) -> Iterator[Problem]:
    """What is wrong with templates."""
    for setting in settings:
        if place.settings.get(setting):
            yield from problems(place, {setting: {"text": place.settings[setting]}}, setting)


def field_at(place: Place, path: Any, setting: str) -> Generator[Problem, None, Field | None]:
    """The field that a path of the flow's object leads to; None, and what is wrong, when there is none."""
    if place.object is None:
        yield place.problem("flows.object_needed", setting)
        return None
    try:
        return Source(place.snapshot, place.object, Everything(), Bind(), SOMEBODY, "t").resolve(str(path)).field
    except BadRequest as bad:
        yield place.problem(bad.code, setting, **bad.params)
        return None


def plain(value: Any) -> Any:
    """A native value as JSON has it: numbers stay numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def _without_record(specs: Specs, data: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, spec in specs.items():
        if "text" in spec:
            found[name] = HOLE.sub("", str(spec["text"]))
        elif "data" in spec:
            found[name] = values.remembered(data, spec["data"])
        else:
            found[name] = spec.get("value")
    return found


def shortened(text: str, longest: int) -> str:
    """A text cut to what a field takes."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def of_people(people: Sequence[Sequence[UUID]]) -> dict[UUID, list[int]]:
    """For each person the places in which they are named."""
    found: dict[UUID, list[int]] = {}
    for place, who in enumerate(people):
        for one in who:
            found.setdefault(one, []).append(place)
    return found
