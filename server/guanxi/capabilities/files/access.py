"""Who may fetch a file: whoever uploaded it, and whoever may read a record, or something else, that refers to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from uuid import UUID

from guanxi.capabilities.files import stored
from guanxi.capabilities.files.stored import StoredFile
from guanxi.engine.context import Context
from guanxi.engine.records import pools, reads
from guanxi.infra.errors import NotFound

Opens = Callable[[Context, UUID], bool]
_holders: dict[str, Opens] = {}
OUTSIDE = "@"
"""Begins the names of what refers to files and is no object."""


def holder(name: str) -> Callable[[Opens], Opens]:
    """Register what refers to files without being a record: a function that tells whether the actor sees one of it."""
    if not name.startswith(OUTSIDE):
        raise ValueError(f"{name!r} could be an object's key")

    def register(function: Opens) -> Opens:
        _holders[name] = function
        return function

    return register


def readable(ctx: Context, file_id: UUID) -> StoredFile:
    """The file, if the actor may fetch it; NotFound otherwise, as if it did not exist."""
    file = stored.find(ctx, [file_id]).get(file_id)
    if file is None or not may_read(ctx, file):
        raise NotFound("files.not_found", {"id": str(file_id)})
    return file


def may_read(ctx: Context, file: StoredFile) -> bool:
    """Whether the actor uploaded the file or sees a record that refers to it."""
    actor = ctx.actor
    if actor.is_system or (file.uploaded_by is not None and file.uploaded_by == actor.member_id):
        return True
    records: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for use in stored.uses(ctx, file.id):
        if (opens := _holders.get(use.object)) is not None and opens(ctx, use.record):
            return True
        obj = ctx.snapshot.objects.get(use.object)
        field = obj.fields.get(use.field) if obj is not None else None
        if obj is not None and field is not None and ctx.guard().reads(obj, field):
            records[use.object, use.field].append(use.record)
    return any(_told(ctx, *place, ids) for place, ids in records.items())


def _told(ctx: Context, object_key: str, field: str, ids: list[UUID]) -> bool:
    """Whether the actor sees one of the records, and its field: what lies in a pool is shown in part."""
    obj = ctx.snapshot.objects[object_key]
    seen = reads.visible(ctx, object_key, ids)
    return bool(seen - pools.kept_among(ctx, obj, [obj.fields[field]], list(seen)))
