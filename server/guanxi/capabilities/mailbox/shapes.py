"""What the addresses of mailboxes ask for and answer."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant

Security = Literal["tls", "starttls", "none"]


class MailboxProblem(TypedDict):
    """Why a mailbox could not be read, in the reader's words."""

    code: str
    message: str


class MailboxRow(TypedDict):
    """A mailbox as it is told: everything but its password."""

    id: Id
    name: str
    host: str
    port: int
    security: Security
    user: str
    folder: str
    owner: Reference | None
    active: bool
    days: int
    read_at: Instant | None
    next_at: Instant
    problem: MailboxProblem | None
    received: int
    unreadable: int


class Mailboxes(TypedDict):
    """All mailboxes of the workspace; whether connections without encryption are allowed here."""

    mailboxes: list[MailboxRow]
    plain: bool


class MailboxTried(TypedDict):
    """A connection that was tried: how many mails arrived in the last days, of which the folder is made."""

    folder: str
    recent: int
