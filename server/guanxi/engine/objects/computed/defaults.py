"""Defaults that are formulas: worked out in Python before a new record is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from guanxi.engine.objects.computed.compile import Formula, compiled
from guanxi.engine.objects.computed.names import Names
from guanxi.engine.objects.computed.problems import MAX_LENGTH, BadFormula, Span, bad
from guanxi.engine.objects.computed.tree import FieldValue, walk
from guanxi.engine.objects.computed.types import TEXT, Type, type_of
from guanxi.engine.objects.model import Field, Object, Snapshot

_KEPT = "_default_formulas"


def is_formula(default: Any) -> bool:
    """Whether a field's default is a formula rather than a value."""
    return isinstance(default, Mapping) and set(default) == {"formula"}


def wanted(field: Field) -> Type:
    """The type that a default has to give: that of the field, text for what is chosen or labelled."""
    of = type_of(field)
    return TEXT if of is None or of.name in ("option", "list") else of


def compiled_default(snapshot: Snapshot, obj: Object, field: Field) -> Formula:
    """The formula of a field's default; BadFormula when it is not right or does not fit the field."""
    text = field.default["formula"] if is_formula(field.default) else None
    if not isinstance(text, str) or len(text) > MAX_LENGTH:
        raise bad(Span(0, 0), "formula.empty")
    of = type_of(field)
    made = compiled(obj, text, Names(snapshot))
    fits = of is not None and of.name == made.type.name and (of.name != "record" or of.target == made.type.target)
    if fits or made.type.name == "blank":
        _check_own(obj, field, made)
        return made
    made = compiled(obj, text, Names(snapshot), wanted(field))
    _check_own(obj, field, made)
    return made


def formulas(snapshot: Snapshot, obj: Object) -> Sequence[tuple[Field, Formula]]:
    """The fields whose default is a formula, in their order; one that is no longer right gives nothing."""
    kept = obj.__dict__.get(_KEPT)
    if kept is None:
        kept = []
        for field in obj.stored:
            if is_formula(field.default):
                with suppress(BadFormula):
                    kept.append((field, compiled_default(snapshot, obj, field)))
        obj.__dict__[_KEPT] = kept
    found: Sequence[tuple[Field, Formula]] = kept
    return found


def _check_own(obj: Object, field: Field, made: Formula) -> None:
    """A default is worked out before there is a record: not of itself, and not of what others' records make of it."""
    for one in walk(made.node):
        if not isinstance(one, FieldValue) or one.steps:
            continue
        if one.field.key == field.key or (one.field.kind.computed and one.inner is None):
            raise bad(Span(0, len(made.text)), "formula.default_own")
