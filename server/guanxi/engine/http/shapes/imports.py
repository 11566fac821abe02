"""Shapes of imports."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypeAliasType, TypedDict

from guanxi.engine.http.shapes.history import UndoConflict
from guanxi.engine.transfer.imports.settings import Mode
from guanxi.engine.transfer.imports.store import State
from guanxi.infra.http.shapes import Id, Instant

ImportState = TypeAliasType("ImportState", State)


class Reading(TypedDict):
    """How a file is read."""

    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int | None


class WantedReading(TypedDict, total=False):
    """How a file is to be read; what is null or left out is told from the file."""

    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int | None


class RelationRule(TypedDict):
    """How the text of a reference names a record: by its id, its title or another of its fields."""

    by: str
    create_missing: bool


class MappingEntry(TypedDict):
    """One target and where its text comes from: a column, a template over columns, or the same text for every row."""

    field: str | None
    column: NotRequired[str | None]
    template: NotRequired[str | None]
    constant: NotRequired[str | None]
    relation: NotRequired[RelationRule]
    values: NotRequired[dict[str, str]]
    date_order: NotRequired[Literal["ymd", "mdy", "dmy"]]
    decimal_mark: NotRequired[Literal[".", ","]]
    confidence: NotRequired[float]
    unknown: NotRequired[list[str]]


class ImportSettings(TypedDict):
    """What a person decided about an import."""

    mapping: list[MappingEntry]
    mode: NotRequired[Mode]
    match: NotRequired[list[str]]
    owner: NotRequired[Id | None]
    clear_empty: NotRequired[bool]


class MappingRequest(ImportSettings):
    """The decisions, and how the file is read."""

    reading: NotRequired[WantedReading]


class ImportFile(TypedDict):
    """The uploaded file."""

    name: str
    size: int


class ImportCounts(TypedDict):
    """What became of the rows; `unlinked` counts references that found nothing."""

    create: int
    update: int
    skip: int
    error: int
    unlinked: int


class Progress(TypedDict):
    """How far the work is, in rows."""

    done: int
    total: int


class ImportJob(TypedDict):
    """An import and where it stands."""

    id: Id
    object: str
    file: ImportFile
    reading: Reading
    columns: list[str]
    settings: ImportSettings | None
    state: ImportState
    progress: Progress
    counts: ImportCounts
    change_set: Id | None
    created_by: Id | None
    created_at: Instant
    updated_at: Instant


class ImportProblem(TypedDict):
    """One thing that is wrong, with the number of rows that have it."""

    column: str
    field: str
    code: str
    params: dict[str, Any]
    message: str
    count: int
    first_row: int


class ImportFailure(TypedDict):
    """Why an import stopped."""

    code: str
    params: dict[str, Any]
    message: str


class ImportReport(ImportJob):
    """One import with what was wrong, the most frequent problems first."""

    errors: list[ImportProblem]
    error: ImportFailure | None


class Imports(TypedDict):
    """Imports, newest first."""

    rows: list[ImportJob]


class ImportUpload(TypedDict):
    """A form: the object to import into and the file."""

    object: str
    file: bytes


class ImportColumn(TypedDict):
    """A column of the file with a few of its values."""

    name: str
    samples: list[str]


class ImportPreview(Reading):
    """What the file holds when read so, and a proposed mapping."""

    columns: list[ImportColumn]
    sheets: list[str]
    rows_total: int
    proposal: list[MappingEntry]
    match: list[str]


class ImportRowError(TypedDict):
    """What is wrong in one row."""

    column: str
    field: str
    code: str
    params: dict[str, Any]
    message: str


class RefusedRow(TypedDict):
    """A refused row: its number in the file, its cells, and what is wrong."""

    row: int
    cells: list[str]
    errors: list[ImportRowError]


class RefusedRows(TypedDict):
    """Refused rows in the order of the file."""

    rows: list[RefusedRow]
    next_after: int | None


class RefusedParameters(TypedDict, total=False):
    """Rows behind the row with the number `after`."""

    after: int
    limit: int


ImportUndo = TypedDict("ImportUndo", {"import": ImportJob, "undone": int, "conflicts": list[UndoConflict]})
"""The import that is being taken back, or would be."""
