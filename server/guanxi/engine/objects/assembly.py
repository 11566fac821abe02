"""Objects made of their stored rows: system fields and relations added, computed fields given what they show."""

from __future__ import annotations

import threading
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from guanxi.engine.objects.components import record_type
from guanxi.engine.objects.computed.showing import shape
from guanxi.engine.objects.fields.base import FieldKind
from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.model import Component, Field, Object, Relation, ShareReach, Snapshot

_SYSTEM_LABELS: Mapping[str, tuple[str, str, str]] = {
    "owner": ("person", "负责人", "Owner"),
    "created_at": ("datetime", "创建时间", "Created at"),
    "created_by": ("person", "创建人", "Created by"),
    "updated_at": ("datetime", "更新时间", "Updated at"),
    "updated_by": ("person", "更新人", "Updated by"),
}


making = threading.RLock()
"""Held while fields are made of what is stored, for whoever looks first; all others find them whole."""


@dataclass(frozen=True)
class Later:
    """What is known of an object whose fields and components are not made yet, since nobody has looked at them."""

    make: Callable[[], ObjectRow]
    """Makes the row with all that belongs to it."""
    kinds: frozenset[FieldKind]
    """What its fields are of, whatever states these are in."""
    pointing: tuple[Field, ...]
    """The fields that other objects have relations by."""


@dataclass
class ObjectRow:
    """One row of ``sys_object`` with what belongs to it, unless that is made ``later``."""

    id: str
    key: str
    area: str
    live: Mapping[str, Any]
    custom: bool = False
    fields: dict[str, Field] = field(default_factory=dict)
    components: dict[str, list[Component]] = field(default_factory=dict)
    later: Later | None = None
    made: Object | None = None
    """The object that was made of it last, for as long as the row is kept."""
    _whole: ObjectRow | None = None
    _alone: bool | None = None
    _reversed: tuple[tuple[str, Relation], ...] | None = None

    @property
    def stands_alone(self) -> bool:
        """Whether of other objects nothing but relations goes into it: it is then shared by snapshots, never changed."""
        if self._alone is None:
            self._alone = self.later is not None or not any(
                belongs_to_snapshot(one.kind) or "targets" in one.settings for one in self.fields.values()
            )
        return self._alone

    def whole(self) -> ObjectRow:
        """The row with all that belongs to it."""
        if self.later is None:
            return self
        with making:
            if self._whole is None:
                self._whole = self.later.make()
            return self._whole

    @property
    def reversed(self) -> tuple[tuple[str, Relation], ...]:
        """What its references are seen from their targets, as (target, relation)."""
        if not self.stands_alone:
            return tuple(_relations(self))
        if self._reversed is None:
            self._reversed = tuple(_relations(self))
        return self._reversed


def belongs_to_snapshot(kind_: FieldKind) -> bool:
    """Whether more than its own row goes into a field of the kind."""
    return kind_.computed or kind_.key == record_type.FIELD


def field_from(
    id_: str, key: str, kind_key: str, live: Mapping[str, Any], state: str = "active", custom: bool = False
) -> Field:
    """A field of its stored attributes."""
    of = kind(kind_key).of(live["settings"])
    return Field(
        id=id_, key=key, kind=of, label=live["label"], help=live["help"], required=live["required"],
        unique=live["unique"], searchable=live["searchable"], read_only=live["read_only"] or of.computed,
        hidden=live["hidden"], index=live["index"], default=live["default"], settings=live["settings"],
        position=live["position"], state=state, custom=custom,
    )  # fmt: skip


def assemble(schema: str, version: int, rows: list[ObjectRow]) -> Snapshot:
    """A snapshot of object rows with system fields and relations added."""
    bound = [row for row in rows if not row.stands_alone]
    _open_targets(rows, bound)
    _give_types(bound)
    if bound:
        shape(_FieldsByObject(rows), {row.key: row.fields for row in bound})
    relations: dict[str, dict[str, Relation]] = {}
    for row in rows:
        for target, one in row.reversed:
            relations.setdefault(target, {})[one.key] = one
    made = Snapshot(schema, version, {row.key: _object(row, relations.get(row.key, {})) for row in rows})
    for row in bound:
        obj = made.objects[row.key]
        for one in obj.fields.values():
            if one.kind.computed:
                one.kind.bind(made, obj, one)
    return made


class _FieldsByObject(Mapping[str, Mapping[str, Field]]):
    """The fields of all objects, those of the system included, made as far as somebody looks."""

    def __init__(self, rows: list[ObjectRow]) -> None:
        self._rows = {row.key: row for row in rows}

    def __getitem__(self, key: str) -> Mapping[str, Field]:
        row = self._rows[key]
        return ChainMap(row.whole().fields, _systems(row))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class _Unmade(Object):
    """An object whose fields and components are made when somebody first looks at them."""

    row: ObjectRow

    @classmethod
    def of(cls, row: ObjectRow, later: Later, attributes: Mapping[str, Any]) -> Object:
        """The object of a row with all attributes but those that are made later."""
        made = cls.__new__(cls)
        vars(made).update(attributes, row=row, kinds=later.kinds)
        return made

    def __getattr__(self, name: str) -> Any:
        """What is not there yet."""
        held = vars(self)
        if name not in ("fields", "components") or "row" not in held:
            raise AttributeError(name, name=name, obj=self)
        with making:
            if name not in held:
                held.update(_parts(self.row.whole()))
        return held[name]


def _parts(row: ObjectRow) -> dict[str, Any]:
    return {
        "fields": {**row.fields, **_systems(row)},
        "components": {kind_: tuple(those) for kind_, those in row.components.items()},
    }


_AS_STORED = "label plural icon color title group position layout inherit board".split()


def _object(row: ObjectRow, relations: Mapping[str, Relation]) -> Object:
    """The object of a row; the very one that was made before while it would be the same."""
    if row.stands_alone and row.made is not None and [*row.made.relations.items()] == [*relations.items()]:
        return row.made
    live, access = row.live, row.live["access"] or {}
    attributes: dict[str, Any] = {
        **{name: live[name] for name in _AS_STORED},
        "id": row.id, "key": row.key, "area": row.area, "custom": row.custom, "relations": relations,
        "features": frozenset(live["features"]), "read_also": access.get("read_also"), "private": access.get("private"),
        "share_reach": _share_reach(access.get("share_reach")), "follows": _follows(access.get("follows")),
        "uniques": tuple(tuple(keys) for keys in live.get("uniques") or ()),
    }  # fmt: skip
    row.made = _Unmade.of(row, row.later, attributes) if row.later else Object(**attributes, **_parts(row))
    return row.made


def _relations(row: ObjectRow) -> Iterator[tuple[str, Relation]]:
    for one in row.later.pointing if row.later else row.fields.values():
        reverse = one.settings.get("reverse")
        if reverse:
            label = one.settings.get("reverse_label") or row.live["plural"]
            for target in one.settings.get("targets", [one.target]):
                yield target, Relation(reverse, label, row.key, one.key)


def _share_reach(told: Mapping[str, Any] | None) -> ShareReach:
    if not told:
        return ShareReach()
    objects = told.get("objects")
    return ShareReach(int(told.get("steps", 1)), None if objects is None else frozenset(objects))


def _follows(told: Mapping[str, str] | None) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for key, path in (told or {}).items():
        other, _, field = path.partition(".")
        found[key] = (other, field)
    return found


def _give_types(rows: list[ObjectRow]) -> None:
    """The field of a record's type offers the types that its object has."""
    for row in rows:
        held = row.fields.get(record_type.FIELD)
        if held is not None and held.kind.key == record_type.FIELD:
            types = row.components.get(record_type.RecordType.key, ())
            row.fields[held.key] = record_type.typed(held, types)


def _open_targets(rows: list[ObjectRow], bound: list[ObjectRow]) -> None:
    """References to several objects mean those that are there, and every object with the feature they are open to."""
    present = {row.key for row in rows}
    for row in bound:
        for key, one in row.fields.items():
            named = one.settings.get("targets")
            if named is None:
                continue
            feature = one.settings.get("open_to")
            opened = [other.key for other in rows if feature in other.live["features"]] if feature else []
            targets = [target for target in dict.fromkeys([*named, *opened]) if target in present]
            if targets != named:
                row.fields[key] = replace(one, settings={**one.settings, "targets": targets})


def _systems(row: ObjectRow) -> dict[str, Field]:
    return _system_fields(has_owner="owner" in row.live["features"])


@cache
def _system_fields(*, has_owner: bool) -> dict[str, Field]:
    """The fields that every object has, the same ones for all."""
    made = {}
    for place, (key, (kind_key, zh, en)) in enumerate(_SYSTEM_LABELS.items()):
        if key == "owner" and not has_owner:
            continue
        made[key] = Field(
            id=f"system:{key}", key=key, kind=kind(kind_key), label={"zh-CN": zh, "en": en}, system=True,
            read_only=key != "owner", settings={"target": "member"}, position=1000 + place,
        )  # fmt: skip
    return made
