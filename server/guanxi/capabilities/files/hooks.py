"""Keeps file fields honest: a record refers only to files its writer may fetch, described as they really are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from guanxi.capabilities.files import stored
from guanxi.capabilities.files.access import may_read
from guanxi.capabilities.files.stored import Use
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid


@hook("*", "before", ops=("create", "update"))
def only_files_of_ones_own_reach(ctx: Context, batch: list[Write]) -> None:
    """Refuse a file that the writer could not fetch: naming somebody else's file must not open it.

    What the record held before stays allowed, and so does what an undo brings back.
    """
    named = [(write, key, files) for write, key, files in _file_values(ctx, batch) if files]
    if not named:
        return
    known = stored.find(ctx, [UUID(file["id"]) for _, _, files in named for file in files])
    errors = []
    for write, key, files in named:
        before = {file["id"] for file in (write.old or {}).get(key) or ()}
        for file in files:
            found = known.get(UUID(file["id"]))
            if found is None or not (file["id"] in before or ctx.via == "undo" or may_read(ctx, found)):
                errors.append(FieldError(key, "files.unknown", {"name": file["name"]}, write.row))
            else:
                file.update(name=found.name, size=found.size, type=found.type)
                if not _fits(ctx, write.object, key, found.type):
                    errors.append(FieldError(key, "fields.not_an_image", {"name": found.name}, write.row))
    if errors:
        raise Invalid(errors)


@hook("*", "after", ops=("create", "update"))
def uses_are_noted(ctx: Context, batch: list[Write]) -> None:
    """Remember which records refer to which files, so that a file can be handed out by its id alone."""
    places = [
        (Use(write.object, write.id, key), [UUID(file["id"]) for file in files])
        for write, key, files in _file_values(ctx, batch)
        if files or write.op == "update"
    ]
    if places:
        stored.set_uses(ctx, places)


def _fits(ctx: Context, object_key: str, key: str, media_type: str) -> bool:
    """Whether what was really uploaded is what the field takes, whatever the writer said it was."""
    accepted = getattr(ctx.snapshot.objects[object_key].fields[key].kind, "media_types", None)
    return accepted is None or media_type in accepted


def _file_values(ctx: Context, batch: list[Write]) -> Iterator[tuple[Write, str, list[dict[str, Any]]]]:
    fields = ctx.snapshot.objects[batch[0].object].fields
    keys = [key for key, field in fields.items() if field.kind.trait == "file"]
    for write in batch if keys else ():
        for key in keys:
            if key in write.new:
                yield write, key, write.new[key] or []
