"""What is wrong with a formula, and where in its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.objects.fields.base import BadValue

MAX_LENGTH = 10_000
MAX_DEPTH = 64
MAX_NODES = 2_000


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a formula's text, in characters."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """From the beginning of this one to the end of the other."""
        return Span(self.start, other.end)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``code`` and ``params`` name the sentence."""

    span: Span
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class BadFormula(Exception):
    """A formula that cannot be computed; ``problems`` in the order of the text, at least one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].code, problems[0].params)
        self.problems = tuple(problems)

    def as_value(self) -> BadValue:
        """The first problem as the refusal of a setting, with the place counted from 1."""
        first = self.problems[0]
        return BadValue(first.code, **{**first.params, "at": first.span.start + 1})


def bad(span: Span, code: str, **params: Any) -> BadFormula:
    """One problem."""
    return BadFormula([Problem(span, code, params)])
