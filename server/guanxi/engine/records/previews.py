"""Formulas while they are written: what they would give on a record, and what is wrong with them and where.

Whoever asks may name only what they may read, and sees a value only if they may see every record on the way to it: what
a saved formula may tell of a record is the designer's decision, what a preview tells is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.computed.compile import Formula, compiled
from guanxi.engine.objects.computed.names import Names
from guanxi.engine.objects.computed.problems import BadFormula, Problem, Span
from guanxi.engine.objects.computed.results import Finished, wanted, with_result
from guanxi.engine.objects.computed.types import Type
from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import Source
from guanxi.engine.records import locking, reads, references, values
from guanxi.engine.records.formula_reach import leading_out_of_sight, may_read
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.rules.images import Image, evaluate
from guanxi.engine.records.titles import titles
from guanxi.engine.records.values import Errors
from guanxi.kit.ids import uuid7

_SHOWN_AS = {"option": "text", "list": "text", "blank": "text"}
_FINEST = 10


@dataclass
class Preview:
    """A formula that is being written."""

    formula: Formula | None = None
    value: Any = None
    text: str = ""
    problems: Sequence[Problem] = ()


def preview(
    ctx: Context,
    object_key: str,
    text: str,
    record: UUID | None = None,
    given: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Preview:
    """Check a formula of an object, and work it out over a record, over values, or over the record with these values.

    ``settings`` are those of the formula field that is being made, such as ``result``. NotFound for an object or a
    record that the actor may not read, Invalid for values that cannot be read.
    """
    obj = ctx.object(object_key)
    names = Names(ctx.snapshot, ctx.language, lenient=True, may=lambda one: ctx.actor.rights(one.key).reads)
    image, hidden = _image(ctx, obj, record, given)
    try:
        made = compiled(obj, text, names)
        shown = dict(settings or _settings(made.type))
        typed = compiled(obj, text, names, wanted(shown))
    except BadFormula as bad:
        return Preview(problems=bad.problems)
    found = Preview(made)
    if not all(may_read(ctx, key, name) for key, name in with_result(typed, shown).named):
        return Preview(problems=[Problem(Span(0, len(text)), "formula.hidden_field")])
    if image is not None:
        if hidden or leading_out_of_sight(ctx, obj, [image], typed):
            found.problems = [Problem(Span(0, len(text)), "formula.hidden_record")]
        else:
            _work_out(ctx, obj, image, with_result(typed, shown), shown, found)
    return found


def _settings(of: Type) -> dict[str, Any]:
    """As what a value is shown while nobody has said it."""
    if of.name == "number" and of.currency:
        return {"result": "money", "currency": of.currency}
    found: dict[str, Any] = {"result": _SHOWN_AS.get(of.name, of.name)}
    if of.name == "number":
        found["decimals"] = _FINEST
    return found | ({"target": of.target} if of.target else {})


def _image(
    ctx: Context, obj: Object, record: UUID | None, given: Mapping[str, Any] | None
) -> tuple[Image | None, bool]:
    """What to work the formula out over, and whether a typed value refers to a record that the actor may not see.

    A saved formula tells of related records what its designer decided, but only of those that the actor could refer to.
    """
    if record is None and given is None:
        return None, False
    held = locking.lock(ctx, obj, [record], "read", (), hold=False)[record] if record else {}
    errors = Errors()
    parsed = values.parse(ctx, obj, given or {}, 0, errors, creating=record is None)
    errors.check()
    typed = Write("update" if record else "create", record or uuid7(), held, values.changed_only(obj, held, parsed))
    references.check(ctx, obj, [typed], errors)
    return Image(typed.id, {**held, **typed.new}), bool(errors.found)


def _work_out(
    ctx: Context, obj: Object, image: Image, made: Finished, settings: Mapping[str, Any], found: Preview
) -> None:
    def cells(source: Source) -> list[str]:
        return made.cells(source.alias)

    row = evaluate(ctx, obj, [image], cells)[0]
    field = Field("preview", "preview", kind("formula").of(settings), {}, settings=settings)
    native = field.kind.from_db(row)
    known = titles(ctx, reads.references(field, native))
    found.value = reads.rendered(field, native, known)
    if native is not None:
        refs = reads.references(field, native)
        told = ", ".join(known.get(ref, "—") for ref in refs)
        found.text = told if refs else field.kind.text(field, native, ctx.language, ctx.env.time_zone)
