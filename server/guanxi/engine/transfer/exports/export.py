"""The records of a query as CSV or XLSX, read chunk by chunk from the server and written to a temporary file."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from rustpy_xlsxwriter import write_worksheet

from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object, label_text
from guanxi.engine.records import reads
from guanxi.engine.records.titles import titles
from guanxi.engine.transfer.exports.values import Column
from guanxi.infra.errors import BadRequest, LimitReached, NotAllowed

FORMATS = ("csv", "xlsx")
SHEET_ROWS = 1_048_575
"""Records that one sheet of a workbook can hold below its header."""

_CHUNK = 5000
Asked = Callable[[Context, Object, reads.Query], None]
_asked: list[Asked] = []


@dataclass(frozen=True, slots=True)
class Export:
    """A finished file, open at its beginning and gone when it is closed."""

    file: IO[bytes]
    content_type: str
    extension: str
    rows: int


def export(ctx: Context, object_key: str, query: reads.Query, file_format: str) -> Export:
    """Write the actor's visible records of a query to a file, values as text in the actor's language.

    Without ``select`` the object's own fields are exported. NotAllowed without the right to export the object, or one
    that a path leads to, unless for the title by which a reference is told anyway; BadRequest for an unknown format;
    LimitReached for more records than a sheet holds.
    """
    obj = ctx.object(object_key)
    ask(ctx, obj, query, file_format)
    hidden = {field.key for field in obj.fields.values() if field.hidden}
    wanted = query.select or [key for key in reads.told_fields(ctx, obj) if key not in hidden]
    asked = reads.Query(select=tuple(wanted), where=query.where, sort=query.sort, search=query.search)
    headings = _headings(ctx, obj, wanted)
    write = _as_csv if file_format == "csv" else _as_xlsx
    made = write(ctx, obj, asked, headings)
    _note(ctx, obj, asked, made)
    return made


def before_export(function: Asked) -> Asked:
    """Have a function asked before records leave, which refuses what must not, or not yet."""
    if function not in _asked:
        _asked.append(function)
    return function


def ask(ctx: Context, obj: Object, query: reads.Query, file_format: str) -> None:
    """Let an export go ahead, or refuse it before anything is written: nothing is exported past this."""
    if "export" not in obj.features or not ctx.actor.rights(obj.key).exports:
        raise NotAllowed("transfer.export_not_allowed", {"object": obj.key})
    if file_format not in FORMATS:
        raise BadRequest("transfer.unknown_format", {"format": file_format, "known": ", ".join(FORMATS)})
    for function in _asked:
        function(ctx, obj, query)


def _note(ctx: Context, obj: Object, query: reads.Query, made: Export) -> None:
    """Tell the audit log what went out: the question, the fields, how many records, and the digest of the file."""
    digest, size = sha256(), 0
    while part := made.file.read(1 << 20):
        digest.update(part)
        size += len(part)
    made.file.seek(0)
    details = {
        "format": made.extension, "fields": query.select, "filter": query.where, "search": query.search,
        "sort": [" ".join(one) for one in query.sort], "rows": made.rows, "size": size, "sha256": digest.hexdigest(),
    }  # fmt: skip
    note(ctx, "export", object=obj.key, details=details)


def _as_csv(ctx: Context, obj: Object, query: reads.Query, headings: Sequence[str]) -> Export:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes what it is given
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(headings)
    rows = 0
    for chunk in _chunks(ctx, obj, query, typed=False):
        writer.writerows(chunk)
        rows += len(chunk)
    text.flush()
    text.detach()
    file.seek(0)
    return Export(file, "text/csv; charset=utf-8", "csv", rows)


def _as_xlsx(ctx: Context, obj: Object, query: reads.Query, headings: Sequence[str]) -> Export:
    headings = _distinct(headings)
    rows = 0

    def records() -> Iterator[dict[str, Any]]:
        nonlocal rows
        for chunk in _chunks(ctx, obj, query, typed=True):
            rows += len(chunk)
            if rows > SHEET_ROWS:
                raise LimitReached("transfer.too_many_for_a_sheet", {"most": SHEET_ROWS})
            yield from (dict(zip(headings, row, strict=True)) for row in chunk)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        first = next(iter(made := records()), None)
        content = _before(first, made) if first is not None else [dict.fromkeys(headings)]
        write_worksheet(content, path, freeze_row=1, bold_headers=True, datetime_format="yyyy-mm-dd hh:mm")
        file = path.open("rb")
    return Export(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", rows)


def _before(first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rest


def _chunks(ctx: Context, obj: Object, query: reads.Query, *, typed: bool) -> Iterator[list[tuple[Any, ...]]]:
    """The query's records as rows of cells, a bounded number at a time."""
    columns: list[Column] = []
    for items, rows in reads.stream(ctx, obj.key, query, _CHUNK):
        columns = columns or [Column(ctx, item, typed=typed) for item in items]
        values = [column.values(rows) for column in columns]
        wanted = set().union(*(column.referred(v) for column, v in zip(columns, values, strict=True)))
        found = titles(ctx, wanted)
        cells = [column.cells(v, found) for column, v in zip(columns, values, strict=True)]
        yield list(zip(*(column.masked(rows, c) for column, c in zip(columns, cells, strict=True)), strict=True))


def _headings(ctx: Context, obj: Object, paths: Sequence[str]) -> list[str]:
    """The labels of the fields along each path, none of which leads to what the actor may not export."""
    headings = []
    for path in paths:
        at, labels, allowed = obj, [], True
        for key in path.split("."):
            field = at.fields.get(key)
            if field is None or ctx.guard().level(at, field) == "hidden":
                raise BadRequest("query.unknown_field", {"object": at.key, "field": path})
            labels.append(label_text(field.label, ctx.language))
            allowed &= key == at.title or ctx.actor.rights(at.key).exports
            at = ctx.snapshot.objects.get(field.target or "", at)
        heading = " · ".join(labels)
        if not allowed:
            raise NotAllowed("transfer.export_path_not_allowed", {"path": heading})
        headings.append(heading)
    return headings


def _distinct(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out
