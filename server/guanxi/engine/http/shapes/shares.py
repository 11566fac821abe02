"""Shapes of sharing one record."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant

Level = Literal["read", "edit"]


class Share(TypedDict):
    """One member, department or role that the record is shared with, until it ends."""

    id: Id
    kind: Literal["member", "department", "role"]
    receiver: Reference
    level: Level
    expires_at: Instant | None
    created_at: Instant
    created_by: Reference | None


class RecordShares(TypedDict):
    """Everybody the record is shared with, the oldest share first, and whether the caller may change that.

    `reaches` are the keys of the objects whose records beneath it are shared along with it.
    """

    may_share: bool
    shares: list[Share]
    reaches: list[str]


class ShareRequest(TypedDict):
    """A member, or a department, which stands for everybody in it and below it, or a role for all who hold it."""

    member: NotRequired[Id]
    department: NotRequired[Id]
    role: NotRequired[Id]
    level: Level
    expires_at: NotRequired[Instant | None]


class ShareChange(TypedDict):
    """How a record is shared otherwise than before; a level is null where there is no share."""

    kind: Literal["member", "department", "role"]
    receiver: Reference
    old: Level | None
    new: Level | None
