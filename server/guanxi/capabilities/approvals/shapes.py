"""Shapes of what approvals answer."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.capabilities.approvals.store import ApprovalState, NoteKind, TaskState
from guanxi.engine.http.shapes.records import FileValue, Filter, Reference
from guanxi.infra.http.shapes import Id, Instant

Box = Literal["to_do", "done", "submitted", "copied"]


class AskedPerson(Reference):
    """Somebody who is asked, and those who stand in for them today."""

    stands_in: list[Reference]


class ApprovalTask(TypedDict):
    """What one person is or was asked at a node; `acted_by` is somebody else where a delegate has decided. `is_mine`: it is
    the reader's to decide now, for themselves or for somebody they stand in for. `beside` are the nodes that are decided at
    the same time as its own."""

    id: Id
    node: str
    node_label: str
    round: int
    kind: Literal["approve", "handle", "cc"]
    assignee: AskedPerson
    is_mine: bool
    beside: list[str]
    state: TaskState
    comment: str | None
    due_at: Instant | None
    created_at: Instant
    acted_at: Instant | None
    acted_by: Reference | None
    urged_at: Instant | None


class ApprovalItem(TypedDict):
    """An approval in a list; `task` is the reader's own open task, where there is one, and `step` what its node is called.

    In the box of what is to be done there is one for each such task."""

    id: Id
    flow: Reference
    object: str | None
    record: Reference | None
    title: str
    op: str
    state: ApprovalState
    submitter: Reference | None
    submitted_at: Instant
    ended_at: Instant | None
    task: Id | None
    step: str | None
    waits_for: list[Reference]


class BoxCounts(TypedDict):
    """How many approvals there are in each of the reader's boxes."""

    to_do: int
    done: int
    submitted: int
    copied: int


class Approvals(TypedDict):
    """A page of approvals, the latest first, and how many there are in each box."""

    approvals: list[ApprovalItem]
    next_cursor: str | None
    counts: BoxCounts


class ApprovalParameters(TypedDict):
    """Which approvals are wanted."""

    box: NotRequired[Box]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class ApprovalDetailsParameters(TypedDict):
    """Which of one's own tasks the approval is looked at for, where there are several."""

    task: NotRequired[Id]


class HeldValue(TypedDict):
    """A field that is being decided about: what it is, and what it would be, in words; ``value`` is what it would be as
    records hold it, for those who may change it."""

    field: str
    label: str
    before: str | None
    after: str | None
    value: Any
    right: Literal["read", "edit"]


class NoteDetails(TypedDict):
    """What a line of the history says beside who, where and when.

    ``to`` is who goes on, or the node that an approval was sent back to (``start``: its submitter); ``instead_of`` whose
    task it was; ``people`` who were added; ``why`` it went without people: ``empty``, ``late``, ``self`` or ``repeat``.
    """

    to: Reference | None
    instead_of: Reference | None
    people: list[Reference]
    why: str | None
    files: list[FileValue]


class ApprovalNote(TypedDict):
    """A line of the history."""

    at: Instant
    kind: NoteKind
    member: Reference | None
    node: str | None
    node_label: str | None
    comment: str | None
    more: NoteDetails


class HeldExport(TypedDict):
    """What would be exported: the format, the filter and the words of the search, the fields (none: all)."""

    format: str
    where: Filter | None
    search: str | None
    fields: list[str]


class ApprovalDetails(ApprovalItem):
    """An approval with what is held, who is asked, what happened, and what the reader may do. `not_askable` are people who
    cannot be given a task of it: its submitter, and those who cannot sign in; `hidden` are fields that the reader's step
    hides from them."""

    export: HeldExport | None
    held: list[HeldValue]
    hidden: list[str]
    tasks: list[ApprovalTask]
    notes: list[ApprovalNote]
    may: list[str]
    not_askable: list[Id]
    returnable: list[Reference]
    error: str | None


class RecordApprovals(TypedDict):
    """The approvals of a record, the last one first."""

    approvals: list[ApprovalItem]


class RehearsalRequest(TypedDict):
    """A change that would be submitted."""

    flow: Id
    object: str
    op: Literal["create", "update", "delete", "export"]
    record: NotRequired[Id | None]
    values: NotRequired[dict[str, Any]]


class RehearsedStep(TypedDict):
    """A node that would be come to: who is asked, how, and how many hours it has taken before, null where unknown. With
    `choose` the submitter says who decides, beside the people that are named. `beside` are nodes of the same flow that are come
    to at the same time."""

    flow: Reference
    choose: bool
    node: str
    label: str
    kind: str
    mode: str | None
    people: list[AskedPerson]
    automatic: str | None
    hours: float | None
    beside: list[str]


class Rehearsal(TypedDict):
    """The way that a change would take, as far as nobody rejects it; `not_askable` are people whom its submitter cannot
    choose: themselves, and those who cannot sign in. It is empty where nobody is to be chosen."""

    steps: list[RehearsedStep]
    hours: float | None
    not_askable: list[Id]


class NotAskable(TypedDict):
    """Members who cannot sign in, and so are not named where people decide."""

    members: list[Id]


class StatisticsParameters(TypedDict):
    """Of how many days back."""

    days: NotRequired[int]


class NodeStatistics(TypedDict):
    """What people decided at a node, how long it took them, and what waits there now.

    `automatic` went without anybody, `late` was decided behind its time limit, `overdue` waits behind it.
    """

    node: str
    label: str
    decided: int
    rejected: int
    returned: int
    automatic: int
    late: int
    waiting: int
    overdue: int
    average_hours: float | None
    median_hours: float | None


class ApprovalStatistics(TypedDict):
    """How decisions at the nodes of a flow went in the last days."""

    days: int
    nodes: list[NodeStatistics]
