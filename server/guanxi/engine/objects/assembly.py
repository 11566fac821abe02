"""Objects made of their stored rows: system fields and relations added, computed fields given what they show."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from guanxi.engine.objects.components import record_type
from guanxi.engine.objects.computed.showing import shape
from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.model import Component, Field, Object, Relation, ShareReach, Snapshot

_SYSTEM_LABELS: Mapping[str, tuple[str, str, str]] = {
    "owner": ("person", "负责人", "Owner"),
    "created_at": ("datetime", "创建时间", "Created at"),
    "created_by": ("person", "创建人", "Created by"),
    "updated_at": ("datetime", "更新时间", "Updated at"),
    "updated_by": ("person", "更新人", "Updated by"),
}


@dataclass
class ObjectRow:
    """One row of ``sys_object`` with what belongs to it."""

    id: str
    key: str
    area: str
    live: Mapping[str, Any]
    custom: bool = False
    fields: dict[str, Field] = field(default_factory=dict)
    components: dict[str, list[Component]] = field(default_factory=dict)
    made: Object | None = None
    """The object that was made of it last, for as long as the row is kept."""

    @cached_property
    def stands_alone(self) -> bool:
        """Whether of other objects nothing but relations goes into it: it is then shared by snapshots, never changed."""
        return not any(
            one.kind.computed or one.kind.key == record_type.FIELD or "targets" in one.settings
            for one in self.fields.values()
        )

    @cached_property
    def reversed(self) -> tuple[tuple[str, Relation], ...]:
        """What its references are seen from their targets, as (target, relation); for one that stands alone."""
        return tuple(_relations(self))


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
        shape({row.key: ChainMap(row.fields, _systems(row)) for row in rows}, {row.key: row.fields for row in bound})
    relations: dict[str, dict[str, Relation]] = {}
    for row in rows:
        for target, one in row.reversed if row.stands_alone else _relations(row):
            relations.setdefault(target, {})[one.key] = one
    made = Snapshot(schema, version, {row.key: _object(row, relations.get(row.key, {})) for row in rows})
    for row in bound:
        obj = made.objects[row.key]
        for one in obj.fields.values():
            if one.kind.computed:
                one.kind.bind(made, obj, one)
    return made


def _object(row: ObjectRow, relations: Mapping[str, Relation]) -> Object:
    """The object of a row; the very one that was made before while it would be the same."""
    if row.stands_alone and row.made is not None and [*row.made.relations.items()] == [*relations.items()]:
        return row.made
    live = row.live
    row.made = Object(
        id=row.id, key=row.key, area=row.area, label=live["label"], plural=live["plural"], icon=live["icon"],
        color=live["color"], title=live["title"], group=live["group"], position=live["position"],
        features=frozenset(live["features"]), fields={**row.fields, **_systems(row)},
        relations=relations, layout=live["layout"], inherit=live["inherit"], board=live["board"],
        read_also=(live["access"] or {}).get("read_also"), private=(live["access"] or {}).get("private"),
        share_reach=_share_reach((live["access"] or {}).get("share_reach")),
        custom=row.custom,
        uniques=tuple(tuple(keys) for keys in live.get("uniques") or ()),
        components={kind_: tuple(those) for kind_, those in row.components.items()},
    )  # fmt: skip
    return row.made


def _relations(row: ObjectRow) -> Iterator[tuple[str, Relation]]:
    for one in row.fields.values():
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
