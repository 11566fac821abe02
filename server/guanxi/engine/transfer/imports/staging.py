"""The rows of a file in the database while they are imported: copied in, taken in batches, marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.engine.records import bulk
from guanxi.engine.transfer.files import Source


@dataclass(slots=True)
class Outcome:
    """What became of one row. ``later`` holds texts of references to rows of the same file; ``errors`` what is wrong.

    ``state`` is create, update, skip or error; ``key`` tells a dry run that an equal row was met before.
    """

    number: int
    state: str = ""
    record: UUID | None = None
    key: str | None = None
    later: dict[str, str] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)


def fill(ctx: Context, import_id: UUID, source: Source) -> int:
    """Replace an import's staged rows by those of its file; their number."""
    clear(ctx, import_id)
    total = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal total
        (own,) = bulk.cells("uuid", [import_id])
        for number, cells in source.rows():
            yield own, number, cells
            total += 1

    bulk.copy(ctx, "sys_import_row", (("import", "uuid"), ("number", "int4"), ("cells", "text[]")), rows())
    return total


def clear(ctx: Context, import_id: UUID, *, keep_errors: bool = False) -> None:
    """Forget an import's staged rows; with ``keep_errors`` those that can be handed back stay."""
    kept = " AND errors IS NULL" if keep_errors else ""
    ctx.run(f"DELETE FROM sys_import_row WHERE import = $1{kept}", [import_id])


def batch(ctx: Context, import_id: UUID, after: int, size: int) -> list[tuple[int, list[str]]]:
    """The next rows behind a row number, as (number, cells)."""
    return ctx.run(
        "SELECT number, cells FROM sys_import_row WHERE import = $1 AND number > $2 ORDER BY number LIMIT $3",
        [import_id, after, size],
    )


def later(ctx: Context, import_id: UUID, after: int, size: int) -> list[tuple[int, UUID, dict[str, str]]]:
    """The next rows with references still to be linked, as (number, record, texts by field)."""
    return ctx.run(
        "SELECT number, record, later FROM sys_import_row"
        " WHERE import = $1 AND number > $2 AND later IS NOT NULL ORDER BY number LIMIT $3",
        [import_id, after, size],
    )


def everything(ctx: Context, import_id: UUID, size: int = 5000) -> Iterator[list[str]]:
    """The cells of every row, read in chunks."""
    after = 0
    while rows := batch(ctx, import_id, after, size):
        yield from (cells for _, cells in rows)
        after = rows[-1][0]


def mark(ctx: Context, import_id: UUID, outcomes: Sequence[Outcome]) -> None:
    """Write what became of a batch's rows, those alone that something later asks for."""
    notable = [one for one in outcomes if one.errors or one.later or one.key]
    if not notable:
        return
    ctx.run(
        "UPDATE sys_import_row r SET state = v.state, record = v.record, key = v.key, later = v.later::jsonb,"
        " errors = v.errors::jsonb FROM unnest($2::int[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[])"
        " AS v(number, state, record, key, later, errors) WHERE r.import = $1 AND r.number = v.number",
        [
            import_id,
            [one.number for one in notable],
            [one.state for one in notable],
            [one.record for one in notable],
            [one.key for one in notable],
            [orjson.dumps(one.later).decode() if one.later else None for one in notable],
            [orjson.dumps(one.errors).decode() if one.errors else None for one in notable],
        ],
    )


def met_before(ctx: Context, import_id: UUID, keys: Sequence[str]) -> set[str]:
    """Those of the keys that an earlier row of a dry run would have made a record for."""
    rows = ctx.run(
        "SELECT DISTINCT key FROM sys_import_row WHERE import = $1 AND key = ANY($2::text[]) AND state = 'create'",
        [import_id, list(keys)],
    )
    return {key for (key,) in rows}
