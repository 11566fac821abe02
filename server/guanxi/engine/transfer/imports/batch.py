"""One batch of an import: read, linked, matched, written, with what became of every row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Snapshot
from guanxi.engine.records import matching, writes
from guanxi.engine.records.values import PROVENANCE
from guanxi.engine.transfer.imports import staging
from guanxi.engine.transfer.imports.attempts import write_all_that_can_be
from guanxi.engine.transfer.imports.cells import Draft, Reader
from guanxi.engine.transfer.imports.references import References
from guanxi.engine.transfer.imports.settings import Plan
from guanxi.engine.transfer.imports.staging import Outcome
from guanxi.infra.errors import FieldError


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values without the past, which belongs to new records alone; one that is there already keeps its own."""
    return {key: value for key, value in values.items() if key not in PROVENANCE}


class _Group:
    """Rows with the same match key: the first makes or finds the record, the others are laid over it."""

    __slots__ = ("drafts", "values")

    def __init__(self, draft: Draft) -> None:
        self.drafts = [draft]
        self.values = draft.values

    def add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self.values = {**self.values, **draft.values}


class Batches:
    """Takes the batches of one run, real or dry. Its memory of references lasts from batch to batch."""

    def __init__(
        self,
        snapshot: Snapshot,
        plan: Plan,
        import_id: UUID,
        env: Any,
        in_file: Mapping[str, Collection[str]],
        *,
        dry: bool,
    ) -> None:
        self._plan = plan
        self._import = import_id
        self._dry = dry
        self._reader = Reader(plan, env)
        self._references = References(snapshot, plan, in_file, remember=not dry)
        self._columns = {entry.field.key: entry.name for entry in plan.entries}

    def take(self, ctx: Context, rows: Sequence[tuple[int, Sequence[str]]]) -> list[Outcome]:
        """Write the rows' records and say what became of every row; a refused row never holds back another."""
        drafts = self._reader.read(rows)
        self._references.resolve(ctx, drafts)
        self._write(ctx, [draft for draft in drafts if not draft.outcome.errors])
        for draft in drafts:
            if draft.outcome.errors:
                draft.outcome.state, draft.outcome.record, draft.outcome.later = "error", None, {}
        return [draft.outcome for draft in drafts]

    def _write(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        groups = self._groups(drafts)
        existing = self._match(ctx, groups)
        mode = self._plan.mode
        fresh: list[_Group] = []
        known: list[tuple[_Group, UUID]] = []
        for group in groups:
            record = existing.get(id(group))
            if group.drafts[0].outcome.errors:
                continue
            if group.drafts[0].outcome.state:
                self._follow(group, "skip" if mode == "create" else "update", None)
            elif record is None:
                fresh.append(group)
            elif mode == "create":
                self._follow(group, "skip", record, first="skip")
            else:
                known.append((group, record))
        self._create(ctx, fresh)
        self._update(ctx, known)

    def _groups(self, drafts: Sequence[Draft]) -> list[_Group]:
        groups: list[_Group] = []
        by_key: dict[tuple[Any, ...], _Group] = {}
        for draft in drafts:
            key = tuple(draft.values.get(field) for field in self._plan.match)
            if not key or None in key:
                if self._plan.mode == "update":
                    self._refuse(draft, self._plan.match[0], "transfer.key_empty")
                else:
                    groups.append(_Group(draft))
            elif key in by_key:
                by_key[key].add(draft)
            else:
                groups.append(_Group(draft))
                by_key[key] = groups[-1]
        return groups

    def _match(self, ctx: Context, groups: Sequence[_Group]) -> dict[int, UUID]:
        """Records found by the match key, by identity of the group; what is refused is noted on its rows."""
        if not self._plan.match or not groups:
            return {}
        found, errors = matching.find(ctx, self._plan.obj, self._plan.match, [group.values for group in groups])
        for error in errors.found:
            self._refuse_all(groups[error.row or 0], [error])
        if self._dry:
            self._recall(ctx, groups, found)
        if self._plan.mode == "update":
            for group, record in zip(groups, found, strict=True):
                if record is None and not group.drafts[0].outcome.errors and not group.drafts[0].outcome.state:
                    self._refuse_all(group, [FieldError(self._plan.match[0], "transfer.no_match")])
        return {id(group): record for group, record in zip(groups, found, strict=True) if record is not None}

    def _recall(self, ctx: Context, groups: Sequence[_Group], found: Sequence[UUID | None]) -> None:
        """In a dry run earlier batches are gone: rows with a key that one of them made are told from their marks."""
        keys = {
            orjson.dumps([str(group.values.get(field)) for field in self._plan.match]).decode(): group
            for group, record in zip(groups, found, strict=True)
            if record is None and all(group.values.get(field) is not None for field in self._plan.match)
        }
        for key, group in keys.items():
            group.drafts[0].outcome.key = key
        for key in staging.met_before(ctx, self._import, list(keys)):
            keys[key].drafts[0].outcome.state = "skip" if self._plan.mode == "create" else "update"
            keys[key].drafts[0].outcome.key = None

    def _create(self, ctx: Context, groups: Sequence[_Group]) -> None:
        obj, owner = self._plan.obj, self._plan.owner
        rows = [{"owner": owner, **group.values} if owner and obj.has_owner else group.values for group in groups]
        made, refused = write_all_that_can_be(
            ctx, len(rows), lambda places: writes.create(ctx, obj.key, [rows[place] for place in places])
        )
        for place, record in made.items():
            self._follow(groups[place], "skip" if self._plan.mode == "create" else "update", record, first="create")
        for place, errors in refused.items():
            self._refuse_all(groups[place], errors)

    def _update(self, ctx: Context, known: Sequence[tuple[_Group, UUID]]) -> None:
        changes = [writes.Change(record, _present(group.values)) for group, record in known]

        def write(places: Sequence[int]) -> list[UUID]:
            writes.update(ctx, self._plan.obj.key, [changes[place] for place in places])
            return [changes[place].id for place in places]

        made, refused = write_all_that_can_be(ctx, len(changes), write)
        for place, record in made.items():
            self._follow(known[place][0], "update", record, first="update")
        for place, errors in refused.items():
            self._refuse_all(known[place][0], errors)

    @staticmethod
    def _follow(group: _Group, state: str, record: UUID | None, first: str | None = None) -> None:
        """Note what became of a group's rows: ``first`` of the first one, ``state`` of those that repeat its key."""
        for place, draft in enumerate(group.drafts):
            draft.outcome.state = first if place == 0 and first else state
            draft.outcome.record = record

    def _refuse_all(self, group: _Group, errors: Sequence[FieldError]) -> None:
        for draft in group.drafts:
            for error in errors:
                self._refuse(draft, error.field, error.code, **error.params)

    def _refuse(self, draft: Draft, field: str, code: str, **params: Any) -> None:
        draft.refuse(self._columns.get(field, ""), field, code, **params)
