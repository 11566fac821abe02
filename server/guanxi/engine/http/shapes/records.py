"""Shapes of records and of questions about them. `RecordRow` and `RecordValues` become the object's own at its addresses."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import with_config
from typing_extensions import TypeAliasType, TypedDict

from guanxi.infra.http.shapes import CLOSED, OPEN, Id, component

Filter = Annotated[dict[str, Any], component("Filter")]
Bucket = Literal["day", "week", "month", "quarter", "year"]


class Reference(TypedDict):
    """A record named by another; without a title, and `restricted`, when the reader may not see it."""

    id: Id
    title: str | None
    restricted: NotRequired[bool]


class AboutReference(TypedDict):
    """A record of any object, named by another."""

    object: str
    id: Id
    title: str | None
    restricted: NotRequired[bool]


class MoneyValue(TypedDict):
    """An amount as a decimal number in text, and its ISO 4217 currency."""

    amount: str
    currency: str


class AddressValue(TypedDict, total=False):
    """A postal address in parts."""

    country: str
    province: str
    city: str
    district: str
    street: str
    postcode: str


class FileValue(TypedDict):
    """A file that was uploaded: what the upload answers and a file field takes."""

    id: Id
    name: str
    size: int
    type: str


@with_config(CLOSED)
class RecordRights(TypedDict):
    """What the caller may do to one record."""

    edit: bool
    delete: bool


@with_config(OPEN)
class RecordRow(TypedDict):
    """A record: the values that were asked for by their paths, related records where these were."""

    id: Id
    rev: int
    _rights: NotRequired[RecordRights]
    _change_set: NotRequired[Id | None]


AnyRecord = Annotated[RecordRow, component("RecordRow")]
"""A record of another object than the address names."""


class OutOfSight(TypedDict):
    """The answer for a record that the writer may not see any more after the write."""

    id: Id
    out_of_sight: Literal[True]
    _change_set: Id | None


UpdatedRecord = TypeAliasType("UpdatedRecord", RecordRow | OutOfSight)


@with_config(OPEN)
class RecordValues(TypedDict):
    """Values by field; references take an id."""


class NewRecord(TypedDict):
    """What a record begins with."""

    values: RecordValues


class RecordChange(TypedDict):
    """New values; with `rev` a record that was changed meanwhile is refused with 409."""

    values: RecordValues
    rev: NotRequired[int | None]


class Sort(TypedDict):
    """One criterion of an order."""

    field: str
    dir: NotRequired[Literal["asc", "desc"]]


class Expansion(TypedDict, total=False):
    """Which related records come along under each record."""

    select: list[str]
    where: Filter | None
    sort: list[Sort]
    limit: int
    search: str | None


class RecordQuery(TypedDict, total=False):
    """A question for records; `select` takes paths over relations, `cursor` is the `next_cursor` of the page before."""

    select: list[str]
    where: Filter | None
    sort: list[Sort]
    limit: int
    cursor: str | None
    search: str | None
    expand: dict[str, Expansion]


class QueryParameters(TypedDict, total=False):
    """The same in the address: lists with commas (`sort=-amount,name`), `where` and `expand` as JSON."""

    select: str
    where: str
    sort: str
    limit: int
    cursor: str
    search: str
    expand: str


class RecordParameters(TypedDict, total=False):
    """What comes along with one record."""

    select: str
    expand: str


class RecordPageResult(TypedDict):
    """Records in the order that was asked for, and where the next ones begin."""

    rows: list[RecordRow]
    next_cursor: str | None


class RelatedPage(TypedDict):
    """Records of the object that a relation leads to."""

    object: str
    rows: list[AnyRecord]
    next_cursor: str | None


class CountRequest(TypedDict, total=False):
    """Which records to count."""

    where: Filter | None
    search: str | None


class CountResult(TypedDict):
    """How many there are; beyond a bound the number is that bound and not `exact`."""

    count: int
    exact: bool


class GroupBy(TypedDict):
    """A field to group by, dates in buckets."""

    field: str
    bucket: NotRequired[Bucket | None]


class Aggregate(TypedDict):
    """A function over a field; the catalog says which a field knows."""

    fn: str
    field: NotRequired[str]


class GroupRequest(TypedDict):
    """Which records to group, by what, and what to reckon of each group."""

    by: list[GroupBy]
    aggregates: NotRequired[list[Aggregate]]
    where: NotRequired[Filter | None]
    search: NotRequired[str | None]
    limit: NotRequired[int]


class Totals(TypedDict):
    """A count, and the aggregates in the order in which they were asked for."""

    count: int
    values: list[Any]


class Group(TypedDict):
    """One group: its key for each field of `by`, references with their titles."""

    keys: list[Any]
    count: int
    values: list[Any]


class GroupResult(TypedDict):
    """Groups in the order of their keys, and the totals of all records, also of groups beyond the limit."""

    groups: list[Group]
    totals: Totals


class BulkRecord(TypedDict):
    """One record of a bulk write; an update names it by `id`."""

    id: NotRequired[Id]
    rev: NotRequired[int | None]
    values: RecordValues


class BulkRequest(TypedDict):
    """One operation on records that are listed, named by `ids`, kept by a filter or a search, or on `all` of them."""

    op: Literal["create", "update", "delete", "restore"]
    records: NotRequired[list[BulkRecord]]
    ids: NotRequired[list[Id]]
    where: NotRequired[Filter | None]
    all: NotRequired[bool]
    search: NotRequired[str | None]
    values: NotRequired[RecordValues]


class BulkResult(TypedDict):
    """The change set to undo it by; `ids` names the first thousand records."""

    change_set: Id
    count: int
    ids: list[Id]


class Deleted(TypedDict):
    """The change set to undo a deletion by."""

    change_set: Id


class UpsertRequest(TypedDict):
    """Records by field, and the fields that tell whether one is there already."""

    match: list[str]
    records: list[RecordValues]


class UpsertResult(TypedDict):
    """What became of the records, their ids in the order of the request."""

    change_set: Id
    created: int
    updated: int
    ids: list[Id]


class ExportRequest(TypedDict, total=False):
    """Which records go into the file, and which of their fields."""

    format: Literal["csv", "xlsx"]
    select: list[str]
    where: Filter | None
    sort: list[Sort]
    search: str | None
