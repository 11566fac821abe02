"""Checks of calls in which every type may stand: the branches must agree, nothing fits everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from guanxi.engine.objects.computed.syntax import Call
from guanxi.engine.objects.computed.tree import Apply, Constant, Function, Typed
from guanxi.engine.objects.computed.types import BLANK, BOOLEAN, UNKNOWN

if TYPE_CHECKING:
    from guanxi.engine.objects.computed.check import Checker


def conditional(checker: Checker, call: Call, function: Function) -> Typed:
    """IF and IFS: conditions and values in turn, the last value alone."""
    nodes = list(call.args)
    conditions = nodes[0:-1:2] if len(nodes) % 2 else nodes[0::2]
    values = [*nodes[1::2], *(nodes[-1:] if len(nodes) % 2 else [])]
    checked = [checker.expect(one, BOOLEAN) for one in conditions]
    branches = checker.alike(values)
    if len(nodes) % 2 == 0:
        branches.append(checker.nothing(branches[0].type))
    parts: list[Typed] = []
    for condition, branch in zip(checked, branches, strict=False):
        parts += [condition, branch]
    return Apply(branches[-1].type, function, (*parts, branches[-1]))


def switch(checker: Checker, call: Call, function: Function) -> Typed:
    """SWITCH: candidates are of the value's type, results agree."""
    value, *rest = call.args
    subject = checker.check(value)
    if subject.type.name == "list":
        checker.refuse(value, "formula.list_here")
        return Constant(UNKNOWN, None)
    keys = [checker.comparable(one, subject) for one in (rest[0:-1:2] if len(rest) % 2 else rest[0::2])]
    results = checker.alike([*rest[1::2], *(rest[-1:] if len(rest) % 2 else [])])
    if len(rest) % 2 == 0:
        results.append(checker.nothing(results[0].type))
    parts: list[Any] = []
    for key, result in zip(keys, results, strict=False):
        parts += [key, result]
    if subject.type == BLANK:
        subject = checker.nothing(keys[0].type)
    return Apply(results[-1].type, function, (subject, *parts, results[-1]))


def is_blank(checker: Checker, call: Call, function: Function) -> Typed:
    """ISBLANK of anything."""
    value = checker.check(call.args[0])
    return Apply(BOOLEAN, function, (value, value.type.name))


def blank_sql(value: str, name: str) -> str:
    """Texts and lists are never NULL in formulas."""
    empty = {"text": "''", "list": "'{}'::text[]"}.get(name)
    return f"({value} = {empty})" if empty else f"({value} IS NULL)"


def first_of(checker: Checker, call: Call, function: Function) -> Typed:
    """COALESCE of values that agree."""
    values = checker.alike(call.args)
    return Apply(values[0].type, function, (*values, values[0].type.name))


def coalesce_sql(*parts: str) -> str:
    """What is not blank first; texts and lists as what they are when all are blank."""
    *values, name = parts
    empty = {"text": "''", "list": "'{}'::text[]"}.get(name)
    if empty is None:
        return f"coalesce({', '.join(values)})"
    return f"coalesce({', '.join(f'nullif({value}, {empty})' for value in values)}, {empty})"


def coalesce(*parts: Any) -> Any:
    """The same in Python."""
    *values, _ = parts
    return next((value for value in values if value is not None and value not in ("", ())), values[-1])


def nothing(checker: Checker, call: Call, function: Function) -> Typed:
    """BLANK()."""
    return Constant(BLANK, None)


def extreme(checker: Checker, call: Call, function: Function) -> Typed:
    """MIN and MAX of numbers, dates or moments."""
    values = checker.alike(call.args)
    if values[0].type.name not in ("number", "date", "datetime", "unknown"):
        checker.refuse(call.args[0], "formula.wrong_type", expected="number", found=values[0].type.name)
    return Apply(values[0].type, function, tuple(values))


def written(checker: Checker, node: Any, allowed: Sequence[str]) -> str:
    """A text that must be written out and be one of some words."""
    value = getattr(node, "value", None)
    found = next((word for word in allowed if isinstance(value, str) and word.lower() == value.lower()), None)
    if found is None:
        checker.refuse(node, "formula.one_of", known=", ".join(allowed))
    return found or allowed[0]
