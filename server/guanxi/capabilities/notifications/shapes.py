"""Shapes of notifications over HTTP."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from guanxi.infra.http.shapes import Id, Instant


class NotifiedRecord(TypedDict):
    """The record that a notification is about."""

    object: str
    id: Id
    title: str


class Notification(TypedDict):
    """What a member is told. `kind` says by what, such as `flow`; `link` is an address within the product.

    `hidden` is true when the reader may not see its record any more: then the title says only that.
    """

    id: Id
    kind: str
    title: str
    body: str | None
    record: NotifiedRecord | None
    link: str | None
    hidden: bool
    at: Instant
    read_at: Instant | None


class Notifications(TypedDict):
    """One's own notifications, latest first, and how many are unread altogether."""

    items: list[Notification]
    next_cursor: str | None
    unread: int


class NotificationParameters(TypedDict, total=False):
    """With `unread` those alone that were not read; where the page begins, and how many there are of it."""

    unread: Literal["1"]
    cursor: str
    limit: int


class ReadNotifications(TypedDict, total=False):
    """Which were read: some, or all."""

    ids: list[Id]
    all: bool


class UnreadNotifications(TypedDict):
    """How many are unread now."""

    unread: int
