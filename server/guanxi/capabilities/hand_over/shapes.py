"""Shapes of what hand-overs answer."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from guanxi.capabilities.hand_over.store import State
from guanxi.engine.http.shapes.catalog import Label
from guanxi.engine.http.shapes.history import UndoConflict
from guanxi.engine.http.shapes.records import Filter, Reference
from guanxi.infra.http.shapes import Id, Instant


class HeldPart(TypedDict):
    """Records of an object, called ``label``, that a person holds by one field.

    ``open`` of them still need somebody, null where that is not told; ``seen`` is how many the caller may read, and
    ``where`` finds these. Records of a part that ``belongs`` stand below others and go with them when belongings stay
    together, those of one that ``follows`` always. Numbers that are not ``exact`` are estimates.
    """

    part: str
    object: str
    field: str
    label: Label
    field_label: Label
    count: int
    open: int | None
    seen: int
    exact: bool
    follows: bool
    belongs: bool
    where: Filter


class Holdings(TypedDict):
    """All that a person holds and the caller may hand over; the numbers behind the parts are null for callers who do not
    manage members."""

    member: Reference
    status: str
    parts: list[HeldPart]
    shares_received: int | None
    shares_given: int | None
    positions: int | None
    delegations: int | None
    jobs: int | None
    approvals: int | None


class HandedTo(TypedDict):
    """How many records somebody gets; ``member`` is null where nobody comes in the giver's place."""

    member: Reference | None
    count: int


class HandedPart(TypedDict):
    """What becomes, or became, of one part; ``left`` stays with the giver, ``refused`` could not be given."""

    part: str
    object: str
    field: str
    label: Label
    field_label: Label
    to: list[HandedTo]
    left: int
    refused: int


class RefusedRecord(TypedDict):
    """A record that could not be handed over, and why."""

    object: str
    record: Reference
    code: str
    message: str


class BlindReceiver(TypedDict):
    """Somebody who would get records of an object that their roles do not let them see."""

    member: Reference
    object: str


class HandOverProgress(TypedDict):
    """How many steps are behind it."""

    done: int
    total: int


class HandOverProblem(TypedDict):
    """Why a hand-over or its undo failed."""

    code: str
    params: dict[str, Any]
    message: str


class HandOverReport(TypedDict):
    """A hand-over as it stands: checked or run, with the numbers by part and receiver."""

    id: Id
    member: Reference
    state: State
    leave: bool
    progress: HandOverProgress
    parts: list[HandedPart]
    shares: int
    kept: int
    jobs: int
    approvals: int
    refused: list[RefusedRecord]
    blind: list[BlindReceiver]
    error: HandOverProblem | None
    change_set: Id | None
    created_by: Reference | None
    created_at: Instant


class HandOvers(TypedDict):
    """Hand-overs, latest first."""

    hand_overs: list[HandOverReport]


class HandOverUndo(TypedDict):
    """What an undo did, or would do."""

    hand_over: HandOverReport
    undone: int
    conflicts: list[UndoConflict]


class OfMember(TypedDict, total=False):
    """Only those of this giver."""

    member: Id
