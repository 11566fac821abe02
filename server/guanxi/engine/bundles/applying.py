"""Applying a configuration: what differs, or a part of it, in one transaction and one change set; and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from guanxi.engine.bundles import applied, changing, needs, writing
from guanxi.engine.bundles.comparing import Comparison, Difference, compare, digest
from guanxi.engine.bundles.files import permit
from guanxi.engine.bundles.items import Bundle, section_of
from guanxi.engine.bundles.records import RecordSection, record_sections
from guanxi.engine.bundles.writing import in_file
from guanxi.engine.context import Context
from guanxi.engine.design import Outcome
from guanxi.engine.design import apply as apply_design
from guanxi.engine.design.apply import lock
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
    needs.check(ctx, found, chosen)
    work = writing.Writing(ctx, found, chosen)
    made = Applied(chosen)
    before, after = _of_phase("before"), _of_phase("after")
    for section in reversed(after):
        work.delete(section)
    for section in before:
        work.write(section)
    made.outcome = _design(ctx, changing.changes(ctx, chosen, work.here, confirm=confirm))
    for section in after:
        work.write(section)
    for section in (*before, *after):
        work.complete(section)
    for section in (*before, *after):
        work.settle(section)
    for section in reversed(before):
        work.delete(section)
    work.remember()
    if chosen:
        made.id = applied.note(ctx, made.outcome.change, _summary(chosen), source)
    if chosen and not ctx.rehearsal and found.wanted.origin:
        found.wanted.origin.agree({one.item.name: digest(one.wanted) if one.wanted else None for one in chosen})
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


def _of_phase(phase: str) -> list[RecordSection]:
    return [one for one in record_sections() if one.phase == phase]


def _design(ctx: Context, placed: Sequence[changing.Placed]) -> Outcome:
    """Let the designer make the changes; what it refuses is told with the file that asked for it."""
    if not placed:
        return Outcome(version=ctx.snapshot.version)
    label = {"code": "bundles.label", "params": {"count": len(placed)}}
    try:
        return apply_design(ctx, [change for change, _ in placed], label=label, limit=MAX_CHANGES)
    except Invalid as refusal:
        raise Invalid(
            [in_file(error, [one.path for _, one in placed]) for error in refusal.fields], refusal.code, refusal.params
        ) from None


def _summary(chosen: Iterable[Difference]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for one in chosen:
        name = f"{one.item.section}.{one.op}"
        counts[name] = counts.get(name, 0) + 1
    return counts
