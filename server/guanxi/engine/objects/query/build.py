"""Parts of a statement: bound parameters, joins made once per path, and the guard that every one of them needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from guanxi.engine.objects.fields.base import ParseEnv
from guanxi.engine.objects.levels import MASKED, Level
from guanxi.engine.objects.masks import masked, masked_aside
from guanxi.engine.objects.model import Field, Object, Relation, Snapshot
from guanxi.engine.objects.naming import physical
from guanxi.infra.errors import BadRequest

MAX_PATH = 4
"""Longest path over relations, in steps."""


class Bind:
    """Parameters of one statement as ``$n``; the same value bound twice is sent once."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[tuple[int, str], tuple[str, Any]] = {}

    def __call__(self, value: Any, sql_type: str) -> str:
        """The place holder of a value, cast to its SQL type."""
        known = self._places.get((id(value), sql_type))
        if known is None:
            self.values.append(_ids(value) if sql_type == "uuid[]" else value)
            # The value is kept with its place: another one must not come to stand at its address in memory.
            known = self._places[id(value), sql_type] = (f"${len(self.values)}::{sql_type}", value)
        return known[0]

    def back_to(self, count: int) -> None:
        """Forget what was bound behind the first ``count`` values, since nothing was made of it."""
        del self.values[count:]
        kept = {f"${number}" for number in range(1, count + 1)}
        self._places = {key: one for key, one in self._places.items() if one[0].split("::")[0] in kept}


def _ids(values: Sequence[UUID | None]) -> str:
    """Many ids as PostgreSQL writes an array: a tenth of what the driver takes for a list of them."""
    return "{" + ",".join(["NULL" if value is None else value.hex for value in values]) + "}"


class Guard(Protocol):
    """The access predicate. Compiling anything without one is impossible."""

    def rows(self, obj: Object, alias: str, bind: Bind) -> str:
        """SQL that is true for the rows of ``obj`` under ``alias`` that may be read."""
        ...

    def table(self, obj: Object) -> str:
        """What stands in FROM for the object: its table, or the part of its columns that may be read."""
        ...

    def level(self, obj: Object, field_: Field) -> Level:
        """How far the field may be reached into."""
        ...

    def masks_some(self, obj: Object, field_: Field) -> bool:
        """Whether a field that is told is a mask on records of some types."""
        ...

    def field(self, obj: Object, field_: Field) -> None:
        """Raise when the field may not be read: it can then not be selected, filtered, sorted or grouped either."""
        ...


class Everything:
    """A guard that hides nothing: for what the workspace decides, whoever looks, such as rules and roll-ups."""

    def rows(self, obj: Object, alias: str, bind: Bind) -> str:
        """Every row."""
        return "TRUE"

    def table(self, obj: Object) -> str:
        """The whole table."""
        return f'"{obj.table}"'

    def level(self, obj: Object, field_: Field) -> Level:
        """All of it."""
        return "edit"

    def masks_some(self, obj: Object, field_: Field) -> bool:
        """Never."""
        return False

    def field(self, obj: Object, field_: Field) -> None:
        """Every field."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A resolved path: the field, the object it is on and the alias of that object's row."""

    path: str
    obj: Object
    field: Field
    alias: str

    @property
    def sql(self) -> str:
        """Expression to compare."""
        return self.field.kind.expression(self.field, self.alias)


class Source:
    """The FROM clause of one object: every to-one path is joined once, with the guard in the join."""

    def __init__(self, snapshot: Snapshot, obj: Object, guard: Guard, bind: Bind, env: ParseEnv, alias: str) -> None:
        self.snapshot = snapshot
        self.obj = obj
        self.guard = guard
        self.bind = bind
        self.env = env
        self.alias = alias
        self._joins: dict[tuple[str, ...], tuple[str, Object]] = {}
        self._text: list[str] = []

    def nested(self, obj: Object, alias: str) -> Source:
        """A source for a sub-query of the same statement."""
        return Source(self.snapshot, obj, self.guard, self.bind, self.env, alias)

    def next_alias(self) -> str:
        """An alias that no other part of this source uses."""
        return f"{self.alias}{len(self._joins) + 1}"

    def resolve(self, path: str, *, shown: bool = False) -> Operand:
        """The field at the end of a path over to-one relations. BadRequest names what is wrong with it.

        One that is masked is only resolved to be ``shown``.
        """
        *steps, last = path.split(".")
        if len(steps) > MAX_PATH:
            raise BadRequest("query.path_too_long", {"path": path, "limit": MAX_PATH})
        alias, obj = self._walk(path, tuple(steps))
        field = self._field(obj, last, path, shown=shown)
        return Operand(path, obj, field, alias)

    def mask(self, operand: Operand) -> Operand | None:
        """What tells the masks of a field on records of the types on which it is one; None where there are none."""
        if not self.guard.masks_some(operand.obj, operand.field):
            return None
        return replace(operand, field=masked_aside(operand.field))

    def to_many(self, path: str) -> Relation | None:
        """The to-many relation that a path begins with, if it begins with one."""
        head = path.split(".", 1)[0]
        return None if head in self.obj.fields else self.obj.relations.get(head)

    def rows(self) -> str:
        """Condition that holds for live rows that the guard lets through."""
        return f"{self.alias}.deleted_at IS NULL AND {self.guard.rows(self.obj, self.alias, self.bind)}"

    def from_clause(self, rows: str | None = None) -> str:
        """The table with the joins that were asked for so far; ``rows`` stand in for the table's where they are given."""
        return " ".join([rows or f"{self.guard.table(self.obj)} {self.alias}", *self._text])

    def join_title(self, operand: Operand) -> Operand | None:
        """The title of the record that a reference points at, joined; None when the field refers to no one object."""
        target = operand.field.target
        if target is None or operand.field.kind.trait != "ref":
            return None
        return self.resolve(f"{operand.path}.{self.snapshot.object(target).title}")

    def _field(self, obj: Object, key: str, path: str, *, shown: bool = False) -> Field:
        field = obj.identity if key == "id" else obj.fields.get(key)
        if field is None or field.state not in ("active", "creating"):
            raise BadRequest("query.unknown_field", {"object": obj.key, "field": path})
        if not field.kind.holds_value:
            raise BadRequest("query.holds_no_value", {"object": obj.key, "field": path})
        if shown and self.guard.level(obj, field) in MASKED:
            return masked(field)
        self.guard.field(obj, field)
        return field

    def _walk(self, path: str, steps: tuple[str, ...]) -> tuple[str, Object]:
        if not steps:
            return self.alias, self.obj
        known = self._joins.get(steps)
        if known:
            return known
        alias, obj = self._walk(path, steps[:-1])
        field = self._field(obj, steps[-1], path)
        if field.kind.trait != "ref" or field.target is None:
            raise BadRequest("query.not_a_relation", {"object": obj.key, "field": steps[-1], "path": path})
        target = self.snapshot.object(field.target)
        joined = f"{self.alias}{len(self._joins) + 1}"
        self._joins[steps] = (joined, target)
        self._text.append(
            f"LEFT JOIN {self.guard.table(target)} {joined} ON {joined}.id = {field.kind.expression(field, alias)}"
            f" AND {joined}.deleted_at IS NULL AND {self.guard.rows(target, joined, self.bind)}"
        )
        return joined, target


def link_table(obj: Object | str, field: Field | str) -> str:
    """Table of a many-to-many field: columns ``source``, ``target``, ``position``."""
    return physical(
        f"sys_link_{obj if isinstance(obj, str) else obj.key}_{field if isinstance(field, str) else field.key}"
    )


def quoted(names: Iterable[str]) -> str:
    """Column names, quoted and joined."""
    return ", ".join(f'"{n}"' for n in names)
