"""Values that steps work out: constants, formulas of a record, texts with fields in braces; for many records at once.

    {"value": "high"}   {"formula": "amount * 0.1"}   {"text": "{company.name} 的商机超过 {amount}"}   {"data": "quote.id"}

Formulas and texts are worked out with the reach of the flow's actor: what the actor may not read is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.engine.context import Context
from guanxi.engine.objects.computed.compile import Formula, compiled, sql
from guanxi.engine.objects.computed.defaults import wanted
from guanxi.engine.objects.computed.names import Names
from guanxi.engine.objects.computed.problems import BadFormula
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.objects.query.build import Bind, Everything, Source
from guanxi.engine.records import locking, reads
from guanxi.engine.records.formula_reach import leading_out_of_sight, reads_all
from guanxi.engine.records.rules.images import Image, evaluate
from guanxi.infra.errors import BadRequest

FORMS = ("value", "formula", "text", "data")
HOLE = re.compile(r"\{([\w.]+)\}")
LONGEST = 10_000
Spec = Mapping[str, Any]


def problems(place: Place, obj: Object, spec: Any, setting: str, field: Field | None = None) -> Iterator[Problem]:
    """What is wrong with a value; with the field that it is meant for, whether it fits."""
    form = next(iter(spec), None) if isinstance(spec, Mapping) and len(spec) == 1 else None
    if form not in FORMS:
        yield place.problem("flows.bad_value", setting)
    elif form == "formula":
        try:
            _formula(place.snapshot, obj, spec["formula"], field)
        except BadFormula as bad:
            value = bad.as_value()
            yield place.problem(value.code, setting, **value.params)
    elif form == "text":
        for path in HOLE.findall(str(spec["text"])):
            try:
                Source(place.snapshot, obj, Everything(), Bind(), _env(), "t").resolve(path)
            except BadRequest as bad:
                yield place.problem(bad.code, setting, **bad.params)
    elif form == "value" and field is not None and spec["value"] is not None:
        try:
            field.kind.parse(field, spec["value"], _env())
        except BadValue as bad:
            yield place.problem(bad.code, setting, **bad.params)


def work_out(
    ctx: Context,
    obj: Object,
    records: Sequence[UUID],
    specs: Mapping[str, Spec],
    data: Sequence[Mapping[str, Any]],
    fields: Mapping[str, Field] | None = None,
) -> list[dict[str, Any]]:
    """For each record the values by name; ``data`` is what each run remembers, ``fields`` what values are meant for."""
    formulas = {name: spec["formula"] for name, spec in specs.items() if "formula" in spec}
    texts = {name: str(spec["text"]) for name, spec in specs.items() if "text" in spec}
    found: list[dict[str, Any]] = [
        {name: spec["value"] if "value" in spec else remembered(known, spec["data"]) for name, spec in specs.items()
         if "value" in spec or "data" in spec}
        for known in data
    ]  # fmt: skip
    if formulas:
        for out, row in zip(found, _evaluated(ctx, obj, records, formulas, fields or {}), strict=True):
            out.update(row)
    if texts:
        for out, row in zip(found, _written(ctx, obj, records, texts), strict=True):
            out.update(row)
    return found


def _evaluated(
    ctx: Context, obj: Object, records: Sequence[UUID], formulas: Mapping[str, str], fields: Mapping[str, Field]
) -> list[dict[str, Any]]:
    reached = reads.visible(ctx, obj.key, list(set(records)))
    stored = locking.stored(ctx, obj, [one for one in set(records) if one in reached])
    order = list(stored)
    images = [Image(one, stored[one]) for one in order]
    made = {name: _formula(ctx.snapshot, obj, text, fields.get(name)) for name, text in formulas.items()}
    told = {name: one for name, one in made.items() if reads_all(ctx, one)}
    rows = evaluate(ctx, obj, images, lambda source: [sql(one.node, source.alias) for one in told.values()])
    by_record = {one: dict(zip(told, row, strict=True)) for one, row in zip(order, rows, strict=True)}
    for name, one in told.items():
        for record in leading_out_of_sight(ctx, obj, images, one):
            by_record[record][name] = None
    return [dict.fromkeys(made) | by_record.get(one, {}) for one in records]


def _written(ctx: Context, obj: Object, records: Sequence[UUID], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    paths = sorted({path for text in texts.values() for path in HOLE.findall(text)})
    shown = reads.in_words(ctx, obj.key, list(set(records)), paths) if paths else {}
    return [
        {
            name: HOLE.sub(lambda hole, one=one: shown.get(one, {}).get(hole[1], ""), text)
            for name, text in texts.items()
        }
        for one in records
    ]


def _formula(snapshot: Snapshot, obj: Object, text: Any, field: Field | None) -> Formula:
    return (
        compiled(obj, str(text), Names(snapshot), wanted(field)) if field else compiled(obj, str(text), Names(snapshot))
    )


def remembered(data: Mapping[str, Any], path: Any) -> Any:
    """What a run remembers under a name, or under a path of names with dots between them."""
    found: Any = data
    for name in str(path).split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _env() -> Any:
    from guanxi.engine.objects.components.conditions import SOMEBODY

    return SOMEBODY
