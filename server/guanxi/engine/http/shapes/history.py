"""Shapes of what happened: timelines, change sets, undo, search hits, actions and the live stream."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import with_config
from typing_extensions import TypeAliasType, TypedDict

from guanxi.engine.http.shapes.catalog import Label
from guanxi.engine.http.shapes.records import AnyRecord, Reference
from guanxi.engine.http.shapes.shares import ShareChange
from guanxi.infra.http.shapes import OPEN, Id, Instant


class FieldChange(TypedDict):
    """One field before and after, in words and as values."""

    field: str
    label: Label
    old: str
    new: str
    old_value: Any
    new_value: Any


class ActivityItem(TypedDict):
    """An activity about the record."""

    type: Literal["activity"]
    object: str
    record: AnyRecord
    at: Instant
    by: Reference | None


class MakingFlow(TypedDict):
    """The flow that made a change by itself."""

    id: Id
    name: str


class ChangeItem(TypedDict):
    """A change of the record itself; `share` tells of one that is none of its values, `flow` of what made it by itself."""

    type: Literal["change"]
    at: Instant
    by: Reference | None
    via: str
    change_set: Id
    op: Literal["create", "update", "delete", "restore", "share", "reveal"]
    fields: list[FieldChange]
    share: NotRequired[ShareChange | None]
    flow: NotRequired[MakingFlow | None]


TimelineItem = TypeAliasType("TimelineItem", ActivityItem | ChangeItem)


class TimelineResult(TypedDict):
    """What happened, latest first."""

    items: list[TimelineItem]
    next_cursor: str | None


class TimelineParameters(TypedDict, total=False):
    """`kinds` lists `activity`, `change` or both."""

    kinds: str
    limit: int
    cursor: str


@with_config(OPEN)
class ChangeSetLabel(TypedDict, total=False):
    """What a change set was made by, as far as one word for it exists."""

    action: str
    bulk: str
    object: str
    share: str
    undo: str


class ChangeSet(TypedDict):
    """Everything that one request or job wrote; `counts` has the writes by object and operation."""

    id: Id
    at: Instant
    actor: Reference | None
    via: str
    label: ChangeSetLabel | None
    counts: dict[str, int]
    undone: bool


class ChangeSets(TypedDict):
    """Change sets, latest first."""

    change_sets: list[ChangeSet]


class Limit(TypedDict, total=False):
    """How many at most."""

    limit: int


class UndoRequest(TypedDict, total=False):
    """`preview` only says what would happen; `skip_conflicts` leaves alone what was changed since."""

    preview: bool
    skip_conflicts: bool


class UndoConflict(TypedDict):
    """A record that was changed since, or is out of reach; `["*"]` stands for the record as a whole."""

    object: str
    id: Id
    fields: list[str]


class UndoFailure(TypedDict):
    """Why nothing was taken back."""

    code: str
    message: str


class UndoProgress(TypedDict):
    """How far a job is that takes a change set back: `done` of `total` writes. `undone` and `conflicts` count records once
    it is over; `none` is a change set that no job was asked to take back.
    """

    state: Literal["none", "waiting", "running", "done", "failed"]
    total: int
    done: int
    undone: int
    conflicts: int
    error: UndoFailure | None
    change_set: Id | None


class UndoResult(TypedDict):
    """How many records were taken back. With more than a few thousand a job does it, and `progress` is told."""

    undone: int
    conflicts: list[UndoConflict]
    change_set: Id | None
    progress: UndoProgress | None


class SearchParameters(TypedDict):
    """`objects` limits the search to some objects."""

    q: str
    objects: NotRequired[str]
    limit: NotRequired[int]


class SearchHit(TypedDict):
    """A found record."""

    object: str
    id: Id
    title: str
    subtitle: str | None


class SearchResult(TypedDict):
    """Found records, best first."""

    hits: list[SearchHit]


class LiveParameters(TypedDict):
    """The slug of the workspace to hear of."""

    workspace: str


class LiveChange(TypedDict):
    """Records of one object that somebody wrote; no ids when they are too many to name, or not all in sight.

    With `catalog` the objects and fields themselves were changed: the page reads the catalog again. The object
    `sys_notification` stands for the reader's own notifications: `create` when there are new ones, `update` when some were read.
    """

    type: Literal["change"]
    object: str
    op: Literal["create", "update", "delete", "restore", "catalog"]
    ids: list[Id]
    actor: Id | None
    change_set: Id | None


class ActionRequest(TypedDict, total=False):
    """The parameters of an action."""

    params: dict[str, Any]


class ActionResult(TypedDict):
    """What an action answers, and the change set to undo it by, if it wrote anything."""

    result: dict[str, Any]
    change_set: Id | None
