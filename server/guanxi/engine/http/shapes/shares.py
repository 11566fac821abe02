"""Shapes of sharing one record."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant

Level = Literal["read", "edit"]


class Share(TypedDict):
    """One member or department that the record is shared with."""

    id: Id
    kind: Literal["member", "department"]
    receiver: Reference
    level: Level
    created_at: Instant
    created_by: Reference | None


class RecordShares(TypedDict):
    """Everybody the record is shared with, the oldest share first, and whether the caller may change that."""

    may_share: bool
    shares: list[Share]


class ShareRequest(TypedDict):
    """Either a member or a department, which stands for everybody in it and below it."""

    member: NotRequired[Id]
    department: NotRequired[Id]
    level: Level


class ShareChange(TypedDict):
    """How a record is shared otherwise than before; a level is null where there is no share."""

    kind: Literal["member", "department"]
    receiver: Reference
    old: Level | None
    new: Level | None
