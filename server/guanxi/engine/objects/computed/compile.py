"""From a formula's text to what can be run: SQL for the rows of a table, and a value in Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from guanxi.engine.objects.computed.check import Checker
from guanxi.engine.objects.computed.functions.conversions import quoted
from guanxi.engine.objects.computed.names import Names, Reference, rewritten
from guanxi.engine.objects.computed.problems import MAX_DEPTH, MAX_NODES, BadFormula, Problem, Span
from guanxi.engine.objects.computed.syntax import parse
from guanxi.engine.objects.computed.tree import Apply, Constant, CurrencyOf, Env, FieldValue, Typed, fields, size, walk
from guanxi.engine.objects.computed.types import LONGEST_TEXT, SQL_TYPES, UNKNOWN, Type, Value, empty, to_value
from guanxi.engine.objects.fields.kinds.text import LARGEST_LENGTH
from guanxi.engine.objects.model import Field, Object, table_of

_NESTED = re.compile(r"x(\d+)_\d+$")

Read = Callable[[FieldValue], Value]
"""Gives the value of a field of the record, or at the end of a path, while a formula is evaluated in Python."""


@dataclass(frozen=True)
class Formula:
    """A formula that is right. ``currency`` is the SQL-able currency of a money result."""

    text: str
    node: Typed
    references: tuple[Reference, ...] = ()
    currency: Typed | None = None

    @property
    def type(self) -> Type:
        """What it gives."""
        return self.node.type

    @cached_property
    def weight(self) -> tuple[int, int]:
        """Nodes and depth with the formulas behind fields."""
        return size(self.node)

    @cached_property
    def fields(self) -> tuple[FieldValue, ...]:
        """The stored fields that it is worked out of."""
        found = [*fields(self.node), *(fields(self.currency) if self.currency else ())]
        return tuple({one.path: one for one in found}.values())

    @cached_property
    def far(self) -> tuple[FieldValue, ...]:
        """What is read at the end of relations when the formula is evaluated in Python, currencies as such."""
        found: dict[tuple[str, str], FieldValue] = {}
        for one in _read(self.node):
            if one.steps:
                found[one.path, one.type.name] = one
        return tuple(found.values())

    @staticmethod
    def shortened(value: FieldValue, steps: tuple[tuple[Object, Field], ...]) -> Typed:
        """What a value of ``far`` is, seen from a later record of its path."""
        end = replace(value, steps=steps, type=value.type)
        if value.type.name != "currency":
            return end
        return CurrencyOf(value.type, replace(end, type=Type("number")))

    @cached_property
    def formulas(self) -> frozenset[tuple[str, str]]:
        """The formulas behind it, as (object, field)."""
        behind = (one for one in walk(self.node) if isinstance(one, FieldValue) and one.inner is not None)
        return frozenset((one.obj.key, one.field.key) for one in behind)

    @cached_property
    def is_own(self) -> bool:
        """Whether it needs nothing but fields of the record itself and gives the same at any time for anybody."""
        steps = any(one.steps for one in self.fields)
        return not steps and all(one.function.stable for one in walk(self.node) if isinstance(one, Apply))

    @cached_property
    def is_indexable(self) -> bool:
        """Whether an index can hold its values."""
        return self.is_own and all(one.function.plain for one in walk(self.node) if isinstance(one, Apply))

    def sql(self, alias: str) -> str:
        """SQL of the value for the row of the object's table under an alias. Needs no parameters."""
        return sql(self.node, alias)

    def currency_sql(self, alias: str) -> str:
        """SQL of the currency of a money result."""
        return sql(self.currency, alias) if self.currency is not None else "NULL::text"

    def value(self, env: Env, read: Read) -> Value:
        """The same value in Python."""
        return evaluate(self.node, env, read)

    @property
    def canonical(self) -> str:
        """The text with keys instead of labels: what is stored."""
        return rewritten(self.text, [(one.span, one.canonical) for one in self.references])

    @property
    def shown(self) -> str:
        """The text with labels instead of keys: what people read."""
        return rewritten(self.text, [(one.span, one.shown) for one in self.references])


def compiled(
    obj: Object, text: str, names: Names, wanted: Type | None = None, pending: tuple[tuple[str, str], ...] = ()
) -> Formula:
    """The formula over an object; BadFormula with everything that is wrong. ``wanted`` is the type it has to give."""
    checker = Checker(obj, names, pending)
    syntax = parse(text)
    node = checker.check(syntax)
    if wanted is not None:
        node = checker.converted(syntax, node, wanted)
    if checker.problems:
        raise BadFormula(sorted(checker.problems, key=lambda one: one.span.start))
    if node.type == UNKNOWN:
        raise BadFormula([Problem(syntax.span, "formula.unknown_type")])
    nodes, depth = size(node)
    if nodes > MAX_NODES or depth > 2 * MAX_DEPTH:
        code, limit = ("formula.too_large", MAX_NODES) if nodes > MAX_NODES else ("formula.too_deep", 2 * MAX_DEPTH)
        raise BadFormula([Problem(Span(0, len(text)), code, {"limit": limit})])
    return Formula(text, node, tuple(checker.references))


def sql(node: Typed, alias: str) -> str:
    """SQL of a typed node for the row under an alias."""
    if isinstance(node, Apply):
        return node.function.sql(*(sql(arg, alias) if isinstance(arg, Typed) else arg for arg in node.args))
    if isinstance(node, Constant):
        return literal(node.type, node.value)
    value = node.value if isinstance(node, CurrencyOf) else node
    if not isinstance(value, FieldValue):
        raise TypeError(node)
    if not value.steps:
        return _leaf(node, value, alias)
    return _total(node.type, along(value.steps, alias, lambda end: _leaf(node, value, end)))


def along(steps: Sequence[tuple[Object, Field]], alias: str, leaf: Callable[[str], str]) -> str:
    """A sub-query along to-one relations for what ``leaf`` says of the record at their end; only live records count.

    Sub-queries inside each other have names of their own, by how deep they are.
    """
    inside = _NESTED.match(alias)
    level = int(inside[1]) + 1 if inside else 0
    first, joins, before = "", [], ""
    for place, (_, field) in enumerate(steps):
        here = f"x{level}_{place}"
        table = table_of(str(field.target))
        if place == 0:
            first = f'{here}.id = {alias}."{field.key}" AND {here}.deleted_at IS NULL'
            joins.append(f'"{table}" {here}')
        else:
            joins.append(f'JOIN "{table}" {here} ON {here}.id = {before}."{field.key}" AND {here}.deleted_at IS NULL')
        before = here
    return f"(SELECT {leaf(before)} FROM {' '.join(joins)} WHERE {first})"


def _leaf(node: Typed, value: FieldValue, alias: str) -> str:
    field = value.field
    if isinstance(node, CurrencyOf):
        if value.inner is not None:
            return sql(value.currency, alias) if value.currency is not None else "NULL::text"
        return f'{alias}."{field.key}__currency"'
    if value.inner is not None:
        return sql(value.inner, alias)
    expression = f"{alias}.id" if field.key == "id" else field.kind.expression(field, alias)
    if value.type.name == "text" and getattr(field.kind, "largest_max_length", LONGEST_TEXT + 1) > LARGEST_LENGTH:
        expression = f"left({expression}, {LONGEST_TEXT})"
    if value.type.name == "number":
        expression = f"{expression}::numeric"
    return _total(value.type, expression)


def _total(of: Type, expression: str) -> str:
    """Text, booleans and lists are never NULL in formulas."""
    nothing = empty(of.name)
    return expression if nothing is None else f"coalesce({expression}, {literal(of, nothing)})"


def literal(of: Type, value: Any) -> str:
    """SQL of a value that is written out."""
    sql_type = SQL_TYPES.get(of.name)
    if value is None:
        return f"NULL::{sql_type}" if sql_type else "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}::numeric"
    if isinstance(value, tuple):
        return f"ARRAY[{', '.join(map(quoted, value))}]::text[]"
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"{quoted(text)}::{sql_type}"


def evaluate(node: Typed, env: Env, read: Read) -> Any:
    """The value of a typed node, the same that its SQL gives."""
    if isinstance(node, Apply):
        values = [evaluate(arg, env, read) if isinstance(arg, Typed) else arg for arg in node.args]
        if node.function.strict and any(value is None for value in values):
            return None
        return node.function.python(env, *values)
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, CurrencyOf):
        value = node.value
        if value.inner is not None and not value.steps:
            return evaluate(value.currency, env, read) if value.currency is not None else None
        return read(replace(value, type=node.type))
    if not isinstance(node, FieldValue):
        raise TypeError(node)
    if node.inner is not None and not node.steps:
        return evaluate(node.inner, env, read)
    return read(node)


def _read(node: Typed) -> Iterator[FieldValue]:
    """The fields that ``evaluate`` asks for."""
    if isinstance(node, Apply):
        for arg in node.args:
            if isinstance(arg, Typed):
                yield from _read(arg)
    elif isinstance(node, CurrencyOf):
        value = node.value
        if value.inner is not None and not value.steps:
            yield from _read(value.currency) if value.currency is not None else ()
        else:
            yield replace(value, type=node.type)
    elif isinstance(node, FieldValue):
        if node.inner is not None and not node.steps:
            yield from _read(node.inner)
        else:
            yield node


def reading(native: dict[str, Any]) -> Read:
    """Reads the record's own fields from native values by key; what is missing is empty."""

    def read(value: FieldValue) -> Value:
        found = native.get(value.field.key)
        if value.type.name == "currency":
            return getattr(found, "currency", None)
        return to_value(value.field, found)

    return read
