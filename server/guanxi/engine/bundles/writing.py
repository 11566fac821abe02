"""The records of a configuration, written: new ones, changed ones, removed ones, each known by its id in the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from guanxi.engine.bundles import aliases
from guanxi.engine.bundles.comparing import Comparison, Difference, same
from guanxi.engine.bundles.impact import called
from guanxi.engine.bundles.items import section_of
from guanxi.engine.bundles.records import CUSTOM, RecordSection
from guanxi.engine.bundles.references import Ref, has_ids, swapped
from guanxi.engine.context import Context
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid


class Writing:
    """Writes the records of the chosen differences, and knows which record is meant by which id of the files."""

    def __init__(self, ctx: Context, found: Comparison, chosen: Sequence[Difference]) -> None:
        self.ctx = ctx
        self.chosen = chosen
        self.names = found.names
        self.adopted = found.adopted
        self.made: dict[str, UUID] = {}
        """New records by the names of their differences."""
        self.written: dict[str, set[str]] = {}
        """By the names of differences: fields of the workspace whose values are written."""
        self.touched = {
            (one.item.values["object"], one.item.values["key"]) for one in chosen if one.item.section == "field"
        }
        self.ids = {
            one.id: str(one.record)
            for one in found.now.items.values()
            if one.record is not None and not _by_key(one.section) and one.id != str(one.record)
        }
        """Records by the ids that the files have for them, where the two differ."""

    def here(self, value: Any) -> Any:
        """A value of the files, with the ids of records as they are here; Invalid for one that is not here."""
        return swapped(value, self._here)

    def write(self, section: RecordSection) -> None:
        """New records of a section and changed ones, with all that can be said of them by now."""
        if new := self._of(section, "added"):
            given = [self._values(section, one) for one in new]
            with _in_files(new):
                records = section.create(self.ctx, given)
            self.made.update({one.item.name: record for one, record in zip(new, records, strict=True)})
            if not section.by_key:
                self.ids.update({one.item.id: str(record) for one, record in zip(new, records, strict=True)})
            self.names.forget(section.object)
            # They may name each other, by ids that are known only now.
            again = [(one, self._values(section, one), said) for one, said in zip(new, given, strict=True)]
            differing = [
                (one, {name: value for name, value in now.items() if value != said.get(name)})
                for one, now, said in again
            ]
            self._update(section, differing)
        self._update(section, [(one, self._values(section, one)) for one in self._of(section, "changed")])

    def complete(self, section: RecordSection) -> None:
        """What could not be said while fields or other records were missing."""
        left = []
        for one in self._of(section, "added", "changed"):
            done = self.written[one.item.name]
            left.append((one, {key: self.here(value) for key, value in _own(one).items() if key not in done}))
        self._update(section, left)

    def settle(self, section: RecordSection) -> None:
        """What a section does with its records at the end."""
        if done := self._of(section, "added", "changed"):
            with _in_files(done):
                section.settle(self.ctx, [(self._record(one), self.here(one.values)) for one in done])

    def delete(self, section: RecordSection) -> None:
        """Removed records of a section."""
        if gone := self._of(section, "removed"):
            section.delete(self.ctx, [self._record(one) for one in gone])

    def remember(self) -> None:
        """Keep under which ids the files know the records."""
        for name, bundle, record in self.adopted.values():
            aliases.remember(self.ctx, name, [(UUID(bundle), record)])
        for one in self.chosen:
            if one.item.name in self.made and not _by_key(one.item.section):
                aliases.remember(self.ctx, one.item.section, [(UUID(one.item.id), self.made[one.item.name])])

    def _here(self, one: Any) -> Any:
        if isinstance(one, str):
            return self.ids.get(one, one)
        if not isinstance(one, Ref):
            return one
        found = self.names.record(one) or one.id
        if found is None:
            params = {"name": one.name, "object": called(self.ctx, one)}
            refused = FieldError(str(one), "bundles.no_such_reference", params)
            raise Invalid([refused], "bundles.invalid", {"count": 1})
        return found

    def _of(self, section: RecordSection, *ops: str) -> list[Difference]:
        return [one for one in self.chosen if one.item.section == section.name and one.op in ops]

    def _update(self, section: RecordSection, given: Sequence[tuple[Difference, dict[str, Any]]]) -> None:
        wanted = [(one, values) for one, values in given if values]
        if wanted:
            with _in_files([one for one, _ in wanted]):
                section.update(self.ctx, [Change(self._record(one), values) for one, values in wanted])
            self.names.forget(section.object)

    def _values(self, section: RecordSection, one: Difference) -> dict[str, Any]:
        values = {name: self.here(value) for name, value in one.differing.items() if name != CUSTOM}
        if one.now is None:
            values = {name: value for name, value in values.items() if value is not None}
        own = {key: value for key, value in _own(one).items() if self._is_sayable(section, key, value)}
        self.written[one.item.name] = set(own)
        return {**values, **own}

    def _is_sayable(self, section: RecordSection, key: str, value: Any) -> bool:
        """Whether a field of the workspace can take the value now: records that it names may still have to come, and
        so may the field, before objects and fields are applied.
        """
        if has_ids(value):
            return False
        there = key in self.ctx.snapshot.object(section.object).fields
        return section.phase == "after" or (there and (section.object, key) not in self.touched)

    def _record(self, one: Difference) -> UUID:
        found = one.now.record if one.now else self.made.get(one.item.name)
        if found is None:
            raise TypeError(f"{one.item.name} is no record")
        return found


def in_file(error: FieldError, paths: Sequence[str]) -> FieldError:
    """What is refused of a row, told with the file that the row comes of."""
    if error.row is None or error.row >= len(paths):
        return error
    return replace(error, field=f"{paths[error.row]}: {error.field}", row=None)


def _own(one: Difference) -> dict[str, Any]:
    """Values of the workspace's own fields that differ; None for those that go."""
    wanted = one.wanted.values[CUSTOM] if one.wanted else {}
    now = one.now.values[CUSTOM] if one.now else {}
    return {key: wanted.get(key) for key in {**now, **wanted} if not same(now.get(key), wanted.get(key))}


def _by_key(name: str) -> bool:
    section = section_of(name)
    return isinstance(section, RecordSection) and section.by_key


class _in_files:  # noqa: N801 - reads as the statement it guards
    """What is refused of a record is told with the record's file."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        self.paths = [one.path for one in differences]

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Invalid):
            told = [in_file(one, self.paths) for one in error.fields]
            raise Invalid(told, "bundles.invalid", {"count": len(told)}) from None
