"""Kinds of computed fields: each behaves in everything as an ordinary kind whose values it shows.

``showing`` joins a computed kind and the ordinary kind of its result into one, so that operators, orders, groups, words
and files need to know of neither. The result's settings stand in place of the field's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, cast
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, Column, FieldKind, ParseEnv
from guanxi.engine.objects.model import Field, Object, Snapshot


class Computed(FieldKind):
    """What computed kinds have in common. ``result`` says which ordinary kind's values are shown, with its settings."""

    computed = True
    generated = False
    searchable = False
    offered = True
    result: ClassVar[str]
    result_settings: Mapping[str, Any]
    snapshot: Snapshot | None = None
    obj: Object | None = None
    own: Field | None = None

    def bind(self, snapshot: Snapshot, obj: Object, field: Field) -> None:
        """Computed kinds belong to one field of one snapshot."""
        self.snapshot, self.obj, self.own = snapshot, obj, field

    def depends_on(self, snapshot: Snapshot, obj: Object, field: Field) -> frozenset[tuple[str, str]]:
        """What the field of the snapshot is worked out of; a field that is just being read from its row has none."""
        held = obj.fields.get(field.key)
        return held.kind.worked_out_of(held) if held is not None and isinstance(held.kind, Computed) else frozenset()

    def worked_out_of(self, field: Field) -> frozenset[tuple[str, str]]:
        """Fields that the value is worked out of, as (object, key)."""
        raise NotImplementedError

    def shown(self, field: Field) -> Field:
        """The field as one of the result's kind."""
        if field.settings is self.result_settings:
            return field
        made = cast("dict[str, Field]", self.__dict__).get("_shown")
        if made is None or made.key != field.key:
            made = Field(field.id, field.key, self, field.label, settings=self.result_settings)
            self.__dict__["_shown"] = made
        return made

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """The settings of the computed kind, not those of the result."""
        from guanxi.engine.objects.fields.settings import check

        check(self.settings_schema(), settings)

    def prepare(self, settings: Mapping[str, Any]) -> Any:
        """As the result."""
        return super().prepare(self.result_settings)

    def columns(self, field: Field) -> tuple[Column, ...]:
        """As the result."""
        return super().columns(self.shown(field))

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> Any:
        """As the result: filters and history read values, nobody writes them."""
        return super().parse(self.shown(field), raw, env)

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> Any:
        """As the result."""
        return super().parse_text(self.shown(field), text, env)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """As the result."""
        return super().text(self.shown(field), value, language, zone)

    def sort_expression(self, field: Field, alias: str) -> str:
        """As the result."""
        return super().sort_expression(self.shown(field), alias)

    def aggregate(self, field: Field, alias: str, fn: str) -> str:
        """As the result."""
        return super().aggregate(self.shown(field), alias, fn)

    def unit_expression(self, field: Field, alias: str) -> str | None:
        """As the result."""
        return super().unit_expression(self.shown(field), alias)

    def group_expression(self, field: Field, alias: str) -> str:
        """As the result."""
        return super().group_expression(self.shown(field), alias)

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Any:
        """As the result."""
        return super().comparable(self.shown(field), raw, env)

    def param_type(self, field: Field) -> str:
        """As the result."""
        return super().param_type(self.shown(field))

    def target(self, field: Field) -> str | None:
        """As the result."""
        return super().target(self.shown(field))

    def samples(self, field: Field) -> list[Any]:
        """As the result."""
        return super().samples(self.shown(field))

    def json_schema(self, field: Field) -> dict[str, Any]:
        """As the result."""
        return super().json_schema(self.shown(field))


class Virtual(Computed):
    """A computed kind whose values are not stored: ``cells`` is the SQL of its columns, worked out by every statement."""

    virtual = True

    def cells(self, field: Field, alias: str) -> Sequence[str]:
        """SQL of the columns' values for the row under an alias; needs no parameters."""
        raise NotImplementedError

    def select(self, field: Field, alias: str) -> tuple[str, ...]:
        """The columns' values."""
        return tuple(self.cells(field, alias))

    def expression(self, field: Field, alias: str) -> str:
        """What is compared: the first column."""
        return self.cells(field, alias)[0]

    def indexes(self, field: Field) -> tuple[str, ...]:
        """An index can only hold what is stored."""
        return ()


_Kind = TypeVar("_Kind", bound=Computed)


@lru_cache(maxsize=500)
def _joined(computed: type[_Kind], result: type[FieldKind]) -> type[_Kind]:
    name = f"{computed.__name__}Of{result.__name__}"
    body = {"__doc__": computed.__doc__, "result": result.key, "is_shaped": True}
    return cast("type[_Kind]", type(name, (computed, result), body))


def showing(computed: type[_Kind], result: FieldKind, settings: Mapping[str, Any]) -> _Kind:
    """A computed kind with the values of an ordinary one."""
    plain = cast("type[FieldKind]", next(cls for cls in type(result).__mro__ if not issubclass(cls, Computed)))
    made = _joined(computed, plain)()
    made.result_settings = settings
    return made


def result_of(field: Field) -> tuple[FieldKind, Mapping[str, Any]]:
    """The ordinary kind whose values a field has, and its settings."""
    kind = field.kind
    if not isinstance(kind, Computed):
        return kind, field.settings
    from guanxi.engine.objects.fields.registry import kind as registered

    return registered(kind.result), kind.result_settings


@dataclass(frozen=True)
class Shapes:
    """Finds fields while a snapshot is being assembled: kinds that show other fields need those first."""

    fields: Mapping[str, Mapping[str, Field]]
    done: dict[tuple[str, str], Field]
    pending: set[tuple[str, str]]

    def find(self, object_key: str, key: str) -> Field | None:
        """A field with its final kind; None when there is none, or when it depends on itself."""
        field = self.fields.get(object_key, {}).get(key)
        place = (object_key, key)
        if field is None or place in self.pending:
            return None
        if place not in self.done:
            self.pending.add(place)
            kind = field.kind.shaped(self, object_key, field) if isinstance(field.kind, Shaped) else field.kind
            self.done[place] = field if kind is field.kind else replace(field, kind=kind)
            self.pending.discard(place)
        return self.done[place]


class Shaped(Computed):
    """A computed kind whose result depends on other fields."""

    is_shaped: ClassVar[bool] = False
    """False while the settings name nothing that is there: the value is then empty."""

    def of(self, settings: Mapping[str, Any]) -> FieldKind:
        """Each field has a kind of its own, until its result is known."""
        return type(self)()

    def shaped(self, shapes: Shapes, object_key: str, field: Field) -> FieldKind:
        """The kind with its result; itself when the settings name nothing that is there."""
        raise NotImplementedError


def shape(fields: Mapping[str, Mapping[str, Field]], own: Mapping[str, dict[str, Field]]) -> None:
    """Give computed fields the kinds of what they show, in ``own``; ``fields`` holds the system's fields too."""
    waiting = [(o, k) for o, held in own.items() for k, one in held.items() if isinstance(one.kind, Shaped)]
    if not waiting:
        return
    shapes = Shapes(fields, {}, set())
    for object_key, key in waiting:
        found = shapes.find(object_key, key)
        if found is not None:
            own[object_key][key] = found
