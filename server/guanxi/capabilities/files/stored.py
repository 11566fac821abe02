"""Which files a workspace keeps and which records refer to them: the tables sys_file and sys_file_use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.engine.context import Context


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An uploaded file; `sha256` names its content in the storage, `uploaded_by` is a member."""

    id: UUID
    name: str
    size: int
    type: str
    sha256: str
    uploaded_by: UUID | None


@dataclass(frozen=True, slots=True)
class Use:
    """One field of one record that refers to a file."""

    object: str
    record: UUID
    field: str


def add(ctx: Context, file: StoredFile) -> None:
    """Note an uploaded file whose content is in the storage already."""
    ctx.run(
        "INSERT INTO sys_file (id, name, size, type, sha256, uploaded_by) VALUES ($1, $2, $3, $4, $5, $6)",
        [file.id, file.name, file.size, file.type, file.sha256, file.uploaded_by],
    )


def find(ctx: Context, ids: Sequence[UUID]) -> dict[UUID, StoredFile]:
    """The files with these ids, whoever may see them."""
    rows = ctx.run(
        "SELECT id, name, size, type, sha256, uploaded_by FROM sys_file WHERE id = ANY($1::uuid[])", [list(ids)]
    )
    return {row[0]: StoredFile(*row) for row in rows}


def uses(ctx: Context, file: UUID) -> list[Use]:
    """Every place that refers to the file, deleted records included."""
    return [Use(*row) for row in ctx.run("SELECT object, record, field FROM sys_file_use WHERE file = $1", [file])]


def set_uses(ctx: Context, places: Iterable[tuple[Use, Sequence[UUID]]]) -> None:
    """State anew which files these fields refer to."""
    listed = list(places)
    ctx.run(
        "DELETE FROM sys_file_use u USING unnest($1::uuid[], $2::text[]) AS p(record, field)"
        " WHERE u.record = p.record AND u.field = p.field",
        [[use.record for use, _ in listed], [use.field for use, _ in listed]],
    )
    flat = [(file, use) for use, files in listed for file in files]
    if flat:
        ctx.run(
            "INSERT INTO sys_file_use (file, object, record, field)"
            " SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[])",
            [
                [file for file, _ in flat],
                [use.object for _, use in flat],
                [use.record for _, use in flat],
                [use.field for _, use in flat],
            ],
        )
