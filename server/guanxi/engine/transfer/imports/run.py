"""Running an import: staged once, then batch by batch, each committed with its progress.

A batch and the position behind it are one transaction: a run that is killed goes on where the last committed batch
ended, and nothing is written twice. The whole run is one change set.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from django.db import OperationalError

from guanxi.engine.access.actor import SYSTEM, Actor
from guanxi.engine.acting import acting_or_told
from guanxi.engine.audit import note
from guanxi.engine.context import CatalogMoved, Context, Workspace, work
from guanxi.engine.records import stale, writes
from guanxi.engine.transfer.files import Reading, open_source
from guanxi.engine.transfer.imports import staging, store
from guanxi.engine.transfer.imports.attempts import attempt, write_all_that_can_be
from guanxi.engine.transfer.imports.batch import Batches
from guanxi.engine.transfer.imports.catching_up import caught_up, look_after
from guanxi.engine.transfer.imports.references import look_up
from guanxi.engine.transfer.imports.settings import Entry, Plan, Relation, check_rights, plan
from guanxi.engine.transfer.imports.staging import Outcome
from guanxi.engine.transfer.imports.store import Import, State
from guanxi.infra.errors import Refusal
from guanxi.infra.jobs import job
from guanxi.infra.storage import store as files

BATCH = 2000
STAGE, ROWS, LINKS, END = range(4)
"""The passes of a run, in order."""

AWAY = (psycopg.OperationalError, OperationalError)
"""The database does not answer: the job is tried again and goes on."""

log = logging.getLogger("guanxi.imports")


@job("transfer.import")
def run_job(payload: Mapping[str, Any]) -> None:
    """Run or rehearse an import; payload: workspace, import, change_set, language, and as of ``order_of``.

    One whose starter has left ends as failed, with the reason: somebody else may go on with it.
    """
    id_ = UUID(payload["import"])
    found = acting_or_told(payload, lambda place, refusal: fail(partial(work, place, SYSTEM, via="job"), id_, refusal))
    if found is None:
        return
    look_after(found[0], id_)
    Run(*found, id_, UUID(payload["change_set"]), payload["language"]).to_the_end()


class Run:
    """One run of an import, from wherever it stands to its end."""

    def __init__(self, workspace: Workspace, actor: Actor, import_id: UUID, change_set: UUID, language: str) -> None:
        self._open = partial(work, workspace, actor, via="import", language=language, change_set=change_set)
        self._id = import_id
        self._batches: Batches | None = None
        self._version = 0
        """The catalog that the batches were made for."""
        self._ended: datetime | None = None
        """When all was written; what others mark later is theirs to work out."""

    def to_the_end(self) -> None:
        """Take one step after the other; a refusal or a mistake of ours ends the run as failed, with its reason."""
        try:
            while self._go_on():
                pass
        except Refusal as refusal:
            fail(self._open, self._id, refusal)
        except AWAY:
            raise
        except Exception:
            log.exception("import %s failed", self._id)
            fail(self._open, self._id, Refusal("transfer.run_failed"))

    def _go_on(self) -> bool:
        try:
            return self.step()
        except CatalogMoved:  # somebody changes the object while records are brought in
            return True

    def step(self) -> bool:
        """One transaction's worth of work; False when there is nothing left to do."""
        with self._open() as ctx:
            # Two workers may hold the job for a moment after one was thought dead: they take turns.
            ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [str(self._id)])
            one = store.get(ctx, self._id)
            if one.state not in ("checking", "running"):
                return False
            ctx.label = {"code": "transfer.import_label", "params": {"file": one.file_name}}
            if one.stop or one.pass_ == END:
                self._ended = self._ended or ctx.now
                if stale.catch_up(ctx, self._ended):
                    return True
            if one.stop:
                return self._finish(ctx, one, "cancelled")
            if one.pass_ == STAGE:
                return self._stage(ctx, one)
            if one.pass_ == ROWS:
                return self._rows(ctx, one)
            if one.pass_ == LINKS:
                return self._links(ctx, one)
            return self._finish(ctx, one, "checked" if one.state == "checking" else "done")

    def _stage(self, ctx: Context, one: Import) -> bool:
        source = open_source(files.path_of(one.file), Reading(**one.reading))
        total = staging.fill(ctx, one.id, source)
        store.change(ctx, one.id, rows_total=total, **{"pass": ROWS}, position=0, done=0, counts={}, error=None)
        return True

    def _rows(self, ctx: Context, one: Import) -> bool:
        _need_not_last(ctx)
        rows = staging.batch(ctx, one.id, one.position, BATCH)
        dry = one.state == "checking"
        if not rows:
            store.change(ctx, one.id, **{"pass": END if dry else LINKS}, position=0)
            return True
        if self._batches is None or self._version != ctx.snapshot.version:
            self._version = ctx.snapshot.version
            made = self._plan(ctx, one)
            self._batches = Batches(ctx.snapshot, made, one.id, ctx.env, _keys_in_file(ctx, one.id, made), dry=dry)
        ctx.rehearsal = dry
        with attempt(ctx, keep=not dry), stale.noted(ctx):
            outcomes = self._batches.take(ctx, rows)
        staging.mark(ctx, one.id, outcomes)
        counts = Counter(one.counts)
        counts.update(outcome.state for outcome in outcomes)
        store.change(ctx, one.id, position=rows[-1][0], done=one.done + len(rows), counts=dict(counts))
        return True

    def _links(self, ctx: Context, one: Import) -> bool:
        """Link references to rows of the same file, now that all of them are records."""
        _need_not_last(ctx)
        rows = staging.later(ctx, one.id, one.position, BATCH)
        if not rows:
            store.change(ctx, one.id, **{"pass": END}, position=0)
            return True
        made = self._plan(ctx, one)
        entries = {entry.field.key: entry for entry in made.entries}
        changes: list[tuple[int, writes.Change]] = []
        outcomes = {number: Outcome(number, "unlinked", record) for number, record, _ in rows}
        for key in sorted({key for _, _, texts in rows for key in texts}):
            entry = entries[key]
            relation = entry.relation or Relation("title")
            wanted = {texts[key] for _, _, texts in rows if key in texts}
            found = look_up(ctx, made.obj, entry.field, relation, wanted)
            for number, record, texts in rows:
                hits = found.get(texts.get(key, ""), [])
                if len(hits) == 1:
                    changes.append((number, writes.Change(record, {key: hits[0].id})))
                elif key in texts:
                    code = "transfer.relation_ambiguous" if hits else "transfer.relation_not_found"
                    outcomes[number].errors.append(_error(entry, code, {"value": texts[key]}))
        with stale.noted(ctx):
            self._write_links(ctx, made, changes, outcomes, entries)
        unlinked = [outcome for outcome in outcomes.values() if outcome.errors]
        staging.mark(ctx, one.id, unlinked)
        counts = Counter(one.counts)
        counts["unlinked"] += len(unlinked)
        store.change(ctx, one.id, position=rows[-1][0], counts=dict(counts))
        return True

    def _write_links(
        self,
        ctx: Context,
        made: Plan,
        changes: list[tuple[int, writes.Change]],
        outcomes: Mapping[int, Outcome],
        entries: Mapping[str, Entry],
    ) -> None:
        def write(places: Any) -> list[UUID]:
            writes.update(ctx, made.obj.key, [changes[place][1] for place in places])
            return [changes[place][1].id for place in places]

        _, refused = write_all_that_can_be(ctx, len(changes), write)
        for place, errors in refused.items():
            number, change = changes[place]
            entry = entries[next(iter(change.values))]
            outcomes[number].errors += [_error(entry, error.code, error.params) for error in errors]

    def _finish(self, ctx: Context, one: Import, state: State) -> bool:
        staging.clear(ctx, one.id, keep_errors=True)
        change_set = one.change_set
        if state != "checked" and not ctx.run("SELECT 1 FROM sys_change_set WHERE id = $1", [change_set]):
            change_set = None
        store.change(ctx, one.id, state=state, stop=False, change_set=None if state == "checked" else change_set)
        if state != "checked":
            _note_end(ctx, one, state)
        return False

    @staticmethod
    def _plan(ctx: Context, one: Import) -> Plan:
        made = plan(ctx.snapshot, ctx.object(one.object), one.columns, one.settings or {})
        check_rights(ctx.actor, made)
        return made


def fail(open_work: Callable[[], AbstractContextManager[Context]], id_: UUID, refusal: Refusal) -> None:
    """End a run as failed; what it wrote stays, and what rests on that is worked out."""
    try:
        until = datetime.now(UTC)
        while caught_up(open_work, until):
            pass
    except AWAY:
        raise
    except Exception:
        log.exception("values after import %s wait for the next look after it", id_)
    with open_work() as ctx:
        one = store.get(ctx, id_)
        error = {"code": refusal.code, "params": dict(refusal.params)}
        store.change(ctx, id_, state="failed", stop=False, error=error)
        if one.state == "running":
            _note_end(ctx, one, "failed")


def _note_end(ctx: Context, one: Import, state: State) -> None:
    details = {"file": one.file_name, "state": {"code": f"audit.state_{state}"}, "counts": dict(one.counts)}
    note(ctx, "import_end", object=one.object, details=details)


def _need_not_last(ctx: Context) -> None:
    """Do not wait for the disk at the end of this batch.

    A power cut may then take the last batches away, each with its position: the run does them again. Whatever commits
    later and does wait, the end of the run or anybody's work, makes all that came before it last as well.
    """
    ctx.run("SET LOCAL synchronous_commit = off")


def _error(entry: Entry, code: str, params: Mapping[str, Any]) -> dict[str, Any]:
    return {"column": entry.name, "field": entry.field.key, "code": code, "params": dict(params)}


def _keys_in_file(ctx: Context, import_id: UUID, made: Plan) -> dict[str, frozenset[str]]:
    """By field that refers to the imported object itself: the texts in it that name a row of the same file."""
    own = [e for e in made.entries if e.relation and e.relation.by != "id" and e.field.target == made.obj.key]
    found: dict[str, frozenset[str]] = {}
    for entry in own:
        by = entry.relation.by if entry.relation else "title"
        named = next((e for e in made.entries if e.target == (made.obj.title if by == "title" else by)), None)
        if named is None:
            continue
        referred: set[str] = set()
        names: set[str] = set()
        for cells in staging.everything(ctx, import_id):
            if text := entry.text(cells):
                referred.add(entry.values.get(text, text))
            names.add(named.text(cells))
        found[entry.field.key] = frozenset(referred & names)
    return found
