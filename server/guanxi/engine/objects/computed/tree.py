"""Typed formulas: what the checker makes of a syntax tree, ready to be compiled and evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.engine.objects.computed.types import Type
from guanxi.engine.objects.model import Field, Object


@dataclass(frozen=True, slots=True)
class Env:
    """What a formula may depend on besides the record: the same that the transaction tells the database."""

    now: datetime
    zone: ZoneInfo
    language: str = "zh-CN"
    me: UUID | None = None

    @property
    def today(self) -> date:
        """The day it is in the workspace."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Typed:
    """An expression with its type."""

    type: Type


@dataclass(frozen=True, slots=True)
class Constant(Typed):
    """A value written out, or nothing."""

    value: Any


@dataclass(frozen=True, slots=True)
class FieldValue(Typed):
    """A field of the record, or of the record at the end of to-one relations; ``steps`` are object and reference."""

    steps: tuple[tuple[Object, Field], ...]
    obj: Object
    field: Field
    inner: Typed | None = None
    """The formula behind the field, when it is one."""
    currency: Typed | None = None
    """The currency of an amount that is made by a formula."""
    weight: tuple[int, int] = (0, 0)
    """Nodes and depth of ``inner``."""

    @property
    def path(self) -> str:
        """The keys from the record to the field, with points between them."""
        return ".".join([*(step.key for _, step in self.steps), self.field.key])


@dataclass(frozen=True, slots=True)
class CurrencyOf(Typed):
    """The currency of an amount of money that a field holds."""

    value: FieldValue


@dataclass(frozen=True, slots=True)
class Apply(Typed):
    """A function given its arguments; plain Python values among them are settings such as a unit or a pattern."""

    function: Function
    args: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a function takes in one place: a type's name, ``any``, or ``constant``."""

    type: str
    name: Mapping[str, str]
    optional: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """One function or operator: the pair of SQL and Python that give the same value, and what people read of it.

    ``sql`` gets the SQL of the arguments, ``python`` the environment and their values. With ``strict`` an empty
    argument makes an empty result, in both. ``stable`` is false where the result depends on more than the arguments,
    ``plain`` is false where the SQL holds a sub-query: such an expression cannot be indexed.
    """

    name: str
    group: str
    sql: Callable[..., str]
    python: Callable[..., Any]
    parameters: tuple[Parameter, ...] = ()
    result: Type | None = None
    zh: str = ""
    help: Mapping[str, str] | None = None
    example: str = ""
    strict: bool = False
    stable: bool = True
    plain: bool = True
    resolve: Callable[..., Typed] | None = None
    """Checks a call whose types no list of parameters can tell."""


def walk(node: Typed) -> Iterator[Typed]:
    """Every node, the formulas behind fields included."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, Apply):
            waiting.extend(arg for arg in one.args if isinstance(arg, Typed))
        elif isinstance(one, FieldValue):
            waiting.extend(part for part in (one.inner, one.currency) if part is not None)
        elif isinstance(one, CurrencyOf):
            waiting.append(one.value)


def top(node: Typed) -> Iterator[FieldValue]:
    """The fields that a formula names itself, not those behind the formulas that it names."""
    if isinstance(node, FieldValue):
        yield node
    elif isinstance(node, Apply):
        for arg in node.args:
            if isinstance(arg, Typed):
                yield from top(arg)


def size(node: Typed) -> tuple[int, int]:
    """Nodes and depth, the formulas behind fields included."""
    if isinstance(node, FieldValue):
        return 1 + node.weight[0], 1 + node.weight[1]
    parts = [size(arg) for arg in node.args if isinstance(arg, Typed)] if isinstance(node, Apply) else []
    return 1 + sum(count for count, _ in parts), 1 + max((depth for _, depth in parts), default=0)


def fields(node: Typed) -> Iterator[FieldValue]:
    """Every field that the value is worked out of, those behind formulas included, formulas themselves not."""
    for one in walk(node):
        value = one.value if isinstance(one, CurrencyOf) else one
        if isinstance(value, FieldValue) and value.inner is None:
            yield value
