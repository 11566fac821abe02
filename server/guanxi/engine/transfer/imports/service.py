"""What a person does with an import, from the upload to the undo; each step checks its right and the import's state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from guanxi.engine.acting import order_of
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.records import long_undo, undo
from guanxi.engine.transfer.files import Reading, Source, open_source
from guanxi.engine.transfer.files.source import LARGEST_FILE
from guanxi.engine.transfer.imports import store
from guanxi.engine.transfer.imports.replacements import suggest
from guanxi.engine.transfer.imports.settings import check_rights, plan
from guanxi.engine.transfer.imports.store import Import, State
from guanxi.engine.transfer.proposal import propose
from guanxi.infra.errors import BadRequest, Conflict, NotAllowed
from guanxi.infra.jobs import enqueue
from guanxi.infra.storage import store as files
from guanxi.kit.ids import uuid7

_LOOKED_AT = 500
_DISTINCT = 50
_SHOWN = 3
_READING = ("encoding", "delimiter", "sheet", "header_row")


def upload(ctx: Context, object_key: str, file_name: str, content: Iterable[bytes]) -> Import:
    """Keep a file for an import into an object; Invalid says why it cannot be read as a table."""
    obj = ctx.object(object_key)
    if "import" not in obj.features or not ctx.actor.rights(object_key).imports:
        raise NotAllowed("transfer.import_not_allowed", {"object": object_key})
    kept = files.keep(content, limit=LARGEST_FILE)
    source = open_source(files.path_of(kept.name))
    return store.add(
        ctx, id=uuid7(), object=object_key, file=kept.name, file_name=file_name[:200], size=kept.size,
        reading=_told(source.table.reading), columns=source.table.columns, rows_total=_count(source),
    )  # fmt: skip


def preview(ctx: Context, id_: UUID, reading: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an import's file with samples and a proposed mapping, read as asked for or as told from the file.

    A proposed entry carries ``values`` (what to replace, by what) and ``unknown`` (what nothing here resembles).
    Nothing is kept: the reading that holds is sent with the mapping.
    """
    one = store.get(ctx, id_)
    wanted = {**one.reading, **{name: reading[name] for name in _READING if reading.get(name) is not None}}
    source = open_source(files.path_of(one.file), Reading(**wanted))
    samples: dict[str, dict[str, None]] = {name: {} for name in source.table.columns}
    for _, cells in islice(source.rows(), _LOOKED_AT):
        for found, cell in zip(samples.values(), cells, strict=False):
            if cell and len(found) < _DISTINCT:
                found[cell[:500]] = None
    same = _told(source.table.reading) == one.reading
    obj = ctx.object(one.object)
    proposal = propose(ctx.snapshot, obj, {name: list(found) for name, found in samples.items()}, ctx.env)
    for entry in proposal.mapping:
        values, unknown = suggest(ctx, obj, entry, list(samples.get(str(entry.get("column")), ())))
        entry.update({name: found for name, found in (("values", values), ("unknown", unknown)) if found})
    return {
        **_told(source.table.reading),
        "columns": [{"name": name, "samples": list(found)[:_SHOWN]} for name, found in samples.items()],
        "sheets": source.table.sheets,
        "rows_total": one.rows_total if same else _count(source),
        "proposal": proposal.mapping,
        "match": proposal.match,
    }


def set_mapping(ctx: Context, id_: UUID, body: Mapping[str, Any]) -> Import:
    """Decide how the file is read and which column fills which field; Invalid names what makes no sense."""
    one = _in_state(ctx, id_, "uploaded", "mapped", "checked")
    asked = body.get("reading") or {}
    if not isinstance(asked, Mapping):
        raise BadRequest("request.bad_parameter", {"name": "reading", "reason": "object"})
    wanted = {name: asked.get(name, one.reading.get(name)) for name in _READING}
    source = open_source(files.path_of(one.file), Reading(**wanted))
    told = _told(source.table.reading)
    settings = {name: body[name] for name in ("mapping", "match", "mode", "owner", "clear_empty") if name in body}
    check_rights(ctx.actor, plan(ctx.snapshot, ctx.object(one.object), source.table.columns, settings))
    total = one.rows_total if told == one.reading else _count(source)
    store.change(
        ctx, id_, reading=told, columns=source.table.columns, rows_total=total, settings=settings,
        state="mapped", counts={}, done=0, error=None,
    )  # fmt: skip
    return store.get(ctx, id_)


def rehearse(ctx: Context, id_: UUID) -> Import:
    """Queue a dry run: the same work, nothing kept but what would become of every row."""
    one = _in_state(ctx, id_, "mapped", "checked")
    store.change(ctx, id_, state="checking", stop=False, **{"pass": 0}, position=0, done=0, counts={}, error=None)
    return _queued(ctx, one, uuid7())


def run(ctx: Context, id_: UUID) -> Import:
    """Queue the import. One that failed goes on behind its last finished batch, in the same change set."""
    one = _in_state(ctx, id_, "mapped", "checked", "failed")
    details = {
        "file": one.file_name,
        "sha256": one.file,
        "rows": one.rows_total,
        "mode": (one.settings or {}).get("mode"),
    }
    note(ctx, "import_begin", object=one.object, details=details)
    if one.state == "failed" and one.change_set:
        store.change(ctx, id_, state="running", stop=False, error=None)
        return _queued(ctx, one, one.change_set)
    change_set = uuid7()
    fresh: dict[str, Any] = {"pass": 0, "position": 0, "done": 0, "counts": {}, "error": None}
    store.change(ctx, id_, state="running", stop=False, change_set=change_set, **fresh)
    return _queued(ctx, one, change_set)


def cancel(ctx: Context, id_: UUID) -> Import:
    """Have the run end behind the batch it is at; what was written stays, and can be undone."""
    _in_state(ctx, id_, "checking", "running")
    store.change(ctx, id_, stop=True)
    return store.get(ctx, id_)


def take_back(ctx: Context, id_: UUID, *, preview_only: bool, skip_conflicts: bool) -> dict[str, Any]:
    """Queue the undo of everything that the import wrote, or say what it would do.

    Conflict ``records.undo_conflicts`` when records were changed since, unless those are to be skipped; of very many
    records the job finds that out, and the import is then again as it was, with the reason.
    """
    one = _in_state(ctx, id_, "done", "cancelled", "failed")
    if one.change_set is None:
        raise Conflict("transfer.nothing_to_undo")
    if preview_only or not long_undo.is_long(ctx, one.change_set):
        found = undo.undo(ctx, one.change_set, preview=True)
    else:  # the job tells of conflicts: to look for them takes as long as half the undo
        found = undo.Undo(long_undo.writes_of(ctx, one.change_set))
    if found.conflicts and not (preview_only or skip_conflicts):
        raise Conflict("records.undo_conflicts", {"count": len(found.conflicts), "conflicts": found.conflicts[:50]})
    if not preview_only:
        store.change(ctx, id_, state="undoing", done=0, error=None)
        payload = _payload(ctx, one, one.change_set) | {"before": one.state, "done": one.done}
        enqueue("transfer.undo", payload | {"skip_conflicts": skip_conflicts})
    return {
        "import": store.as_json(store.get(ctx, id_)),
        "undone": found.undone,
        "conflicts": found.conflicts[:200],
    }


def _queued(ctx: Context, one: Import, change_set: UUID) -> Import:
    enqueue("transfer.import", _payload(ctx, one, change_set))
    return store.get(ctx, one.id)


def _payload(ctx: Context, one: Import, change_set: UUID) -> dict[str, Any]:
    return {
        "workspace": ctx.workspace.id,
        **order_of(ctx.actor),
        "import": str(one.id),
        "change_set": str(change_set),
        "language": ctx.language,
    }


def _in_state(ctx: Context, id_: UUID, *allowed: State) -> Import:
    """The import, locked: of two who ask for the same step at once, the second finds it taken.

    NotAllowed for a program that may not write the import's object.
    """
    one = store.get(ctx, id_, lock=True)
    if not ctx.actor.in_scope(one.object, write=True):
        raise NotAllowed("transfer.scope_needed", {"scope": f"{one.object}:write"})
    if one.state not in allowed:
        raise Conflict("transfer.wrong_state", {"state": one.state})
    return one


def _told(reading: Reading) -> dict[str, Any]:
    return {name: getattr(reading, name) for name in _READING}


def _count(source: Source) -> int:
    return sum(1 for _ in source.rows())
