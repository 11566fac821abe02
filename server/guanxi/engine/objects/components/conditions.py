"""Conditions of rules: a filter tree or a formula, checked on an object and compiled to SQL that is true or false."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from guanxi.engine.objects.components import shapes
from guanxi.engine.objects.computed.compile import Formula, compiled
from guanxi.engine.objects.computed.names import Names
from guanxi.engine.objects.computed.problems import MAX_LENGTH, BadFormula, Span, bad
from guanxi.engine.objects.computed.syntax import Call, Path, parse
from guanxi.engine.objects.computed.types import BOOLEAN
from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.objects.query.build import Bind, Everything, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.infra.errors import BadRequest

FORMS = ("where", "formula")
SOMEBODY = ParseEnv(me=UUID(int=0))
"""Conditions are checked as if somebody were signed in."""


def compile_condition(source: Source, when: Any) -> str:
    """SQL that is true or false, never NULL; without a condition it is always true."""
    if when is None:
        return "TRUE"
    if "formula" in when:
        return f"({_formula(source.snapshot, source.obj, when['formula']).sql(source.alias)}) IS TRUE"
    return f"({compile_filter(source, when['where'])}) IS TRUE"


def _formula(snapshot: Snapshot, obj: Object, text: Any) -> Formula:
    """The formula of a condition, which gives true or false; BadFormula otherwise."""
    if not isinstance(text, str) or len(text) > MAX_LENGTH:
        raise bad(Span(0, 0), "formula.empty")
    return compiled(obj, text, Names(snapshot), BOOLEAN)


def check_condition(snapshot: Snapshot, obj: Object, when: Any) -> None:
    """Refuse a condition that is not understood, with the words that the filter or the formula is refused with."""
    if when is None:
        return
    shapes.only(when, FORMS, "when")
    if len(when) != 1 or not next(iter(when.values())):
        raise BadValue("components.condition_missing")
    source = Source(snapshot, obj, Everything(), Bind(), SOMEBODY, "t")
    try:
        compile_condition(source, when)
    except BadRequest as refusal:
        raise BadValue(refusal.code, **refusal.params) from None
    except BadFormula as refusal:
        raise refusal.as_value() from None


def condition_paths(when: Any) -> Iterator[str]:
    """Paths of the fields that a condition names."""
    yield from filter_paths(shapes.part(when, "where"))
    formula = shapes.part(when, "formula")
    if isinstance(formula, str):
        yield from formula_paths(formula)


def formula_paths(text: str) -> Iterator[str]:
    """Paths that a formula names; nothing of one that cannot be read."""
    try:
        waiting: list[Any] = [parse(text)]
    except BadFormula:
        return
    while waiting:
        node = waiting.pop()
        if isinstance(node, Path):
            yield ".".join(node.names)
        elif isinstance(node, Call):
            waiting.extend(node.args)


def filter_paths(node: Any, before: str = "") -> Iterator[str]:
    """Paths of the fields that a filter tree names, from the object that it is for."""
    if not isinstance(node, Mapping):
        return
    for word in ("and", "or"):
        for part in shapes.each(node.get(word)):
            yield from filter_paths(part, before)
    if "not" in node:
        yield from filter_paths(node["not"], before)
    if "has" in node:
        yield f"{before}{node['has']}"
        yield from filter_paths(node.get("where"), f"{before}{node['has']}.")
    if isinstance(node.get("field"), str):
        yield f"{before}{node['field']}"
