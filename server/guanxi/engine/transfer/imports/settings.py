"""What a person decided about an import: which column fills which field, how records are recognised."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from guanxi.engine.access.actor import Actor
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.records.matching import MATCHABLE
from guanxi.engine.records.values import PROVENANCE
from guanxi.engine.transfer.imports.texts import TextSource, text_source
from guanxi.engine.transfer.proposal import importable, parts
from guanxi.engine.transfer.proposal.names import REFERENCES, targets
from guanxi.infra.errors import FieldError, Invalid, NotAllowed

Mode = Literal["create", "update", "upsert"]
MODES: tuple[Mode, ...] = ("create", "update", "upsert")
DATE_ORDERS = ("ymd", "mdy", "dmy")
DECIMAL_MARKS = (".", ",")


@dataclass(frozen=True, slots=True)
class Relation:
    """How the text of a reference names a record: by its id, its title or another of its fields."""

    by: str
    create_missing: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One target of the mapping: a field or a ``part`` of it, and where its text comes from."""

    field: Field
    part: str | None
    text: TextSource
    name: str
    """What the text comes from, as the person knows it: the column, or the field where there is no column."""
    relation: Relation | None = None
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    date_order: str = "mdy"
    decimal_mark: str = "."

    @property
    def target(self) -> str:
        """The field's key, with the part where there is one."""
        return f"{self.field.key}.{self.part}" if self.part else self.field.key


@dataclass(frozen=True, slots=True)
class Plan:
    """An import decided in every point and checked against the catalog."""

    obj: Object
    entries: tuple[Entry, ...]
    match: tuple[str, ...]
    mode: Mode
    owner: UUID | None
    clear_empty: bool
    columns: tuple[str, ...]


def plan(snapshot: Snapshot, obj: Object, columns: Sequence[str], settings: Mapping[str, Any]) -> Plan:
    """The plan that settings from a person make; Invalid names every entry that makes no sense."""
    return _Planner(snapshot, obj, columns).plan(settings)


def check_rights(actor: Actor, made: Plan) -> None:
    """NotAllowed unless the actor may do everything that the plan asks for."""
    rights = actor.rights(made.obj.key)
    refused = not rights.imports or "import" not in made.obj.features
    refused |= made.mode != "update" and not rights.create
    refused |= made.mode != "create" and rights.edit.is_none
    if refused:
        raise NotAllowed("transfer.import_not_allowed", {"object": made.obj.key})
    if any(entry.field.system and entry.field.key != "owner" for entry in made.entries) and not actor.may("import"):
        raise NotAllowed("transfer.history_not_allowed")


class _Planner:
    def __init__(self, snapshot: Snapshot, obj: Object, columns: Sequence[str]) -> None:
        self._snapshot = snapshot
        self._obj = obj
        self._columns = columns
        self._targets = {one.key: one for one in importable(obj)}
        self._errors: list[FieldError] = []

    def plan(self, settings: Mapping[str, Any]) -> Plan:
        mapping = settings.get("mapping")
        if not isinstance(mapping, list):
            raise Invalid([FieldError("mapping", "transfer.mapping_missing")])
        entries = [
            entry
            for place, data in enumerate(mapping)
            if isinstance(data, Mapping) and data.get("field") and (entry := self._entry(f"mapping.{place}", data))
        ]
        if not entries and not self._errors:
            self._refuse("mapping", "transfer.nothing_mapped")
        self._check_once(entries)
        mode = settings.get("mode", "create")
        if mode not in MODES:
            self._refuse("mode", "transfer.unknown_mode", mode=str(mode))
        match = tuple(settings.get("match") or ())
        self._check_match(match, mode, entries)
        if mode == "update":
            for entry in entries:
                if entry.field.key in PROVENANCE:
                    self._refuse("mapping", "transfer.history_of_new_records", field=entry.target)
        owner = self._owner(settings.get("owner"))
        if self._errors:
            raise Invalid(self._errors)
        return Plan(
            self._obj, tuple(entries), match, mode, owner, bool(settings.get("clear_empty")), tuple(self._columns)
        )

    def _entry(self, where: str, data: Mapping[str, Any]) -> Entry | None:
        key, _, part = str(data["field"]).partition(".")
        target = self._targets.get(key)
        if target is None or (part and part not in parts(target)):
            self._refuse(f"{where}.field", "transfer.unknown_field", field=str(data["field"]))
            return None
        text, unknown = text_source(data, self._columns)
        if text is None:
            self._refuse(where, "transfer.unknown_column", column=unknown)
            return None
        values = data.get("values") or {}
        date_order, mark = data.get("date_order") or "mdy", data.get("decimal_mark") or "."
        if not isinstance(values, Mapping):
            self._refuse(f"{where}.values", "transfer.bad_values")
            return None
        if date_order not in DATE_ORDERS or mark not in DECIMAL_MARKS:
            self._refuse(where, "transfer.bad_style")
            return None
        return Entry(
            field=target,
            part=part or None,
            text=text,
            name=str(data.get("column") or target.key),
            relation=self._relation(where, target, data.get("relation") or {}),
            values={str(old): str(new) for old, new in values.items()},
            date_order=date_order,
            decimal_mark=mark,
        )

    def _relation(self, where: str, target: Field, data: Mapping[str, Any]) -> Relation | None:
        if target.kind.trait not in REFERENCES:
            return None
        by, create = str(data.get("by") or "title"), bool(data.get("create_missing"))
        objects = targets(self._snapshot, target)
        known = [
            other
            for other in objects
            if by in ("id", "title") or (by in other.fields and other.fields[by].kind.trait == "text")
        ]
        if not known:
            self._refuse(f"{where}.relation", "transfer.unknown_key", key=by)
        if create and (len(objects) != 1 or by == "id" or target.kind.key == "person"):
            self._refuse(f"{where}.relation", "transfer.cannot_create_missing")
        return Relation(by, create)

    def _check_once(self, entries: Sequence[Entry]) -> None:
        seen: set[str] = set()
        whole = {entry.field.key for entry in entries if entry.part is None}
        for entry in entries:
            if entry.target in seen or (entry.part and entry.field.key in whole):
                self._refuse("mapping", "transfer.target_twice", field=entry.target)
            seen.add(entry.target)

    def _check_match(self, match: Sequence[str], mode: Mode, entries: Sequence[Entry]) -> None:
        if mode != "create" and not match:
            self._refuse("match", "transfer.match_missing")
        mapped = {entry.target: entry.field for entry in entries}
        for key in match:
            if key not in mapped:
                self._refuse("match", "transfer.match_not_mapped", field=str(key))
            elif mapped[key].kind.trait not in MATCHABLE:
                self._refuse("match", "transfer.match_not_possible", field=str(key))

    def _owner(self, owner: Any) -> UUID | None:
        if not owner:
            return None
        try:
            return UUID(str(owner["id"] if isinstance(owner, Mapping) else owner))
        except (KeyError, ValueError):
            self._refuse("owner", "transfer.unknown_owner")
            return None

    def _refuse(self, where: str, code: str, **params: Any) -> None:
        self._errors.append(FieldError(where, code, params))
