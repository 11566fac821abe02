"""Applying a configuration: what differs, or a part of it, in one transaction and one change set; and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from guanxi.engine.bundles import aliases, applied, changing
from guanxi.engine.bundles.comparing import Comparison, Difference, compare
from guanxi.engine.bundles.files import permit
from guanxi.engine.bundles.items import Bundle, section_of, sections
from guanxi.engine.bundles.records import RecordSection
from guanxi.engine.context import Context
from guanxi.engine.design import Outcome
from guanxi.engine.design import apply as apply_design
from guanxi.engine.design.apply import lock
from guanxi.engine.records.writes import Change
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed
from guanxi.kit.ids import uuid7

MAX_CHANGES = 100_000


class _Rehearsed(Exception):
    """Ends a preview: what it did is rolled back."""


@dataclass
class Applied:
    """What was applied: the differences, what the designer says of it, and the number by which it is rolled back."""

    differences: list[Difference]
    outcome: Outcome = field(default_factory=Outcome)
    id: UUID | None = None


def apply(
    ctx: Context,
    wanted: Bundle,
    *,
    selected: Sequence[str] | None = None,
    prune: bool = False,
    confirm: bool = False,
    expected: str | None = None,
    preview: bool = False,
    source: str = "",
) -> Applied:
    """Make the workspace as the configuration says, all of it or what is ``selected`` by the names of differences.

    What the configuration lacks goes only with ``prune``, or when it is selected. Refused as a whole, with everything
    as it was: NotAllowed without the right of a section, Conflict when the differences are no longer those of
    ``expected`` or when data would be lost without ``confirm``, Invalid with the files and places that are wrong. With
    ``preview`` everything is tried and taken back.
    """
    permit(ctx)
    lock(ctx)
    if not preview:
        return _apply(ctx, wanted, selected, prune, confirm, expected, source)
    # A unit of work within this one, so that nothing of it is left.
    inner = replace(ctx, change_set=uuid7(), counts={}, at_end=[], rehearsal=True)
    kept: list[Applied] = []
    try:
        with savepoint():
            kept.append(_apply(inner, wanted, selected, prune, True, expected, source))
            raise _Rehearsed
    except _Rehearsed:
        kept[0].id = kept[0].outcome.change = None
        kept[0].outcome.preview = True
        return kept[0]


def _apply(
    ctx: Context,
    wanted: Bundle,
    selected: Sequence[str] | None,
    prune: bool,
    confirm: bool,
    expected: str | None,
    source: str,
) -> Applied:
    found = compare(ctx, wanted)
    if expected is not None and expected != found.fingerprint:
        raise Conflict("bundles.changed_meanwhile")
    chosen = _chosen(found, selected, prune=prune)
    for one in chosen:
        if not ctx.actor.may(section_of(one.item.section).right):
            raise NotAllowed("bundles.section_not_allowed", {"name": one.label})
    work = _Work(ctx, found, chosen)
    made = Applied(chosen)
    before, after = _record_sections("before"), _record_sections("after")
    for section in reversed(after):
        work.delete(section)
    for section in before:
        work.write(section)
    made.outcome = _design(ctx, changing.changes(ctx, chosen, work.ids, confirm=confirm))
    for section in after:
        work.write(section)
    for section in reversed(before):
        work.delete(section)
    work.remember()
    if chosen:
        made.id = applied.note(ctx, made.outcome.change, _summary(chosen), source)
    return made


def _chosen(found: Comparison, selected: Sequence[str] | None, *, prune: bool) -> list[Difference]:
    if selected is None:
        return [one for one in found.differences if prune or one.op != "removed"]
    known = {one.item.name for one in found.differences}
    if unknown := sorted(set(selected) - known):
        raise Invalid(
            [FieldError("selected", "bundles.no_such_difference", {"name": name}) for name in unknown],
            "bundles.invalid", {"count": len(unknown)},
        )  # fmt: skip
    return [one for one in found.differences if one.item.name in set(selected)]


def _record_sections(phase: str) -> list[RecordSection]:
    return [one for one in sections() if isinstance(one, RecordSection) and one.phase == phase]


def _design(ctx: Context, placed: Sequence[changing.Placed]) -> Outcome:
    """Let the designer make the changes; what it refuses is told with the file that asked for it."""
    if not placed:
        return Outcome(version=ctx.snapshot.version)
    label = {"code": "bundles.label", "params": {"count": len(placed)}}
    try:
        return apply_design(ctx, [change for change, _ in placed], label=label, limit=MAX_CHANGES)
    except Invalid as refusal:
        raise Invalid(
            [_in_file(error, [one.path for _, one in placed]) for error in refusal.fields], refusal.code, refusal.params
        ) from None


def _in_file(error: FieldError, paths: Sequence[str]) -> FieldError:
    if error.row is None or error.row >= len(paths):
        return error
    return replace(error, field=f"{paths[error.row]}: {error.field}", row=None)


class _Work:
    """Writes the records of the chosen differences, and knows which record is meant by which id of the files."""

    def __init__(self, ctx: Context, found: Comparison, chosen: Sequence[Difference]) -> None:
        self.ctx = ctx
        self.chosen = chosen
        self.adopted = found.adopted
        self.made: list[tuple[str, UUID, UUID]] = []
        self.ids = {
            one.id: str(one.record)
            for one in found.now.items.values()
            if one.record is not None and not _by_key(one.section) and one.id != str(one.record)
        }
        """Records by the ids that the files have for them, where the two differ."""

    def _of(self, section: RecordSection, *ops: str) -> list[Difference]:
        return [one for one in self.chosen if one.item.section == section.name and one.op in ops]

    def write(self, section: RecordSection) -> None:
        """New records and changed ones of a section."""
        new = self._of(section, "added")
        if new:
            with _in_files(new):
                records = section.create(self.ctx, [self._values(one) for one in new])
            for one, record in zip(new, records, strict=True):
                if not section.by_key:
                    self.ids[one.item.id] = str(record)
                    self.made.append((section.name, UUID(one.item.id), record))
        changed = self._of(section, "changed")
        if changed:
            with _in_files(changed):
                section.update(self.ctx, [Change(_record(one), self._values(one)) for one in changed])

    def delete(self, section: RecordSection) -> None:
        """Removed records of a section."""
        if gone := self._of(section, "removed"):
            section.delete(self.ctx, [_record(one) for one in gone])

    def _values(self, one: Difference) -> dict[str, Any]:
        values = aliases.translated(dict(one.item.values), self.ids)
        if one.now is None:
            return {name: value for name, value in values.items() if value is not None}
        return {name: value for name, value in values.items() if one.item.values[name] != one.now.values.get(name)}

    def remember(self) -> None:
        """Keep under which ids the files know the records."""
        for name, bundle, record in self.adopted.values():
            aliases.remember(self.ctx, name, [(UUID(bundle), record)])
        for name, bundle_id, record in self.made:
            aliases.remember(self.ctx, name, [(bundle_id, record)])


def _by_key(name: str) -> bool:
    section = section_of(name)
    return isinstance(section, RecordSection) and section.by_key


def _record(one: Difference) -> UUID:
    if one.now is None or one.now.record is None:
        raise TypeError(f"{one.item.name} is no record")
    return one.now.record


class _in_files:  # noqa: N801 - reads as the statement it guards
    """What is refused of a record is told with the record's file."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        self.paths = [one.path for one in differences]

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Invalid):
            told = [_in_file(one, self.paths) for one in error.fields]
            raise Invalid(told, "bundles.invalid", {"count": len(told)}) from None


def _summary(chosen: Iterable[Difference]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for one in chosen:
        name = f"{one.item.section}.{one.op}"
        counts[name] = counts.get(name, 0) + 1
    return counts
