"""The mailboxes of a workspace and which mails of each were taken in: the tables sys_mailbox and sys_mailbox_mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from guanxi.capabilities.mailbox.imap import Address, NotRead
from guanxi.engine.context import Context
from guanxi.infra.errors import NotFound, Refusal
from guanxi.infra.sealed import Unreadable, seal, unseal

PURPOSE = "mailbox.password"
EVERY = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=30)


@dataclass(frozen=True)
class Mailbox:
    """A mailbox, where it is read next, and how that went."""

    id: UUID
    name: str
    host: str
    port: int
    security: str
    username: str
    sealed: str
    folder: str
    owner: UUID | None
    is_active: bool
    days: int
    """How many days back mails are taken in that were there before it was connected."""
    uid_validity: int | None
    last_uid: int
    read_at: datetime | None
    next_at: datetime
    error: Mapping[str, Any] | None
    failures: int
    received: int

    @property
    def address(self) -> Address:
        """Where and as whom it is read; NotRead when its password cannot be read any more."""
        try:
            password = unseal(self.sealed, PURPOSE)
        except Unreadable:
            raise NotRead("mailbox.password_unreadable") from None
        return Address(self.host, self.port, self.security, self.username, password, self.folder)


def every(ctx: Context) -> list[Mailbox]:
    """All of them by name."""
    rows = ctx.run(
        "SELECT id, name, host, port, security, username, sealed, folder, owner, is_active, days, uid_validity, last_uid,"
        " read_at, next_at, error, failures, received FROM sys_mailbox ORDER BY name, id"
    )
    return [Mailbox(*row) for row in rows]


def find(ctx: Context, id_: UUID, *, locked: bool = False) -> Mailbox | None:
    """One of them; ``locked`` until the unit of work ends."""
    if locked:
        ctx.run("SELECT 1 FROM sys_mailbox WHERE id = $1 FOR UPDATE", [id_])
    return next((one for one in every(ctx) if one.id == id_), None)


def get(ctx: Context, id_: UUID) -> Mailbox:
    """One of them; NotFound without it."""
    found = find(ctx, id_, locked=True)
    if found is None:
        raise NotFound("mailbox.unknown", {"id": str(id_)})
    return found


def keep(ctx: Context, id_: UUID, values: Mapping[str, Any], *, anew: bool) -> None:
    """Make a mailbox or change it; ``anew`` when it is another one than before, so that it is read from its beginning."""
    names = ("name", "host", "port", "security", "username", "sealed", "folder", "owner", "days")
    ctx.run(
        "INSERT INTO sys_mailbox (id, name, host, port, security, username, sealed, folder, owner, days, next_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " host = excluded.host, port = excluded.port, security = excluded.security, username = excluded.username,"
        " sealed = excluded.sealed, folder = excluded.folder, owner = excluded.owner, days = excluded.days,"
        " next_at = excluded.next_at, error = NULL, failures = 0",
        [id_, *(values[name] for name in names), ctx.now],
    )
    if anew:
        ctx.run("UPDATE sys_mailbox SET uid_validity = NULL, last_uid = 0 WHERE id = $1", [id_])


def sealed(password: str) -> str:
    """A password as it is stored."""
    return seal(password, PURPOSE)


def switch(ctx: Context, id_: UUID, *, active: bool) -> None:
    """Read it from now on, or no longer."""
    ctx.run(
        "UPDATE sys_mailbox SET is_active = $2, next_at = $3, error = NULL, failures = 0 WHERE id = $1",
        [id_, active, ctx.now],
    )


def remove(ctx: Context, id_: UUID) -> None:
    """Forget it; the messages that came from it stay."""
    ctx.run("DELETE FROM sys_mailbox WHERE id = $1", [id_])


def began(ctx: Context, id_: UUID, validity: int, last_uid: int) -> None:
    """From where it is read from now on."""
    ctx.run("UPDATE sys_mailbox SET uid_validity = $2, last_uid = $3 WHERE id = $1", [id_, validity, last_uid])


def take(ctx: Context, mailbox: Mailbox, uid: int, key: str, error: str | None = None) -> bool:
    """Note a mail as taken in, or as one that cannot be; whether it is the first time that it is met."""
    rows = ctx.run(
        "INSERT INTO sys_mailbox_mail (mailbox, uid_validity, uid, key, at, error) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT DO NOTHING RETURNING uid",
        [mailbox.id, mailbox.uid_validity, uid, key, ctx.now, error],
    )
    ctx.run(
        "UPDATE sys_mailbox SET last_uid = greatest(last_uid, $2), received = received + $3 WHERE id = $1",
        [mailbox.id, uid, 1 if rows and error is None else 0],
    )
    return bool(rows)


def belongs_to(ctx: Context, mailbox: UUID, key: str, record: UUID) -> None:
    """Which message a mail became."""
    ctx.run("UPDATE sys_mailbox_mail SET record = $3 WHERE mailbox = $1 AND key = $2", [mailbox, key, record])


def done(ctx: Context, id_: UUID, refusal: Refusal | None) -> datetime:
    """How a reading ended; when it is read again: soon, and after failures less and less often."""
    error = (
        orjson.dumps({"code": refusal.code, "params": dict(refusal.params)}, default=str).decode() if refusal else None
    )
    ((failures,),) = ctx.run(
        "UPDATE sys_mailbox SET error = $2::jsonb, failures = CASE WHEN $2::jsonb IS NULL THEN 0 ELSE failures + 1 END,"
        " read_at = CASE WHEN $2::jsonb IS NULL THEN $3 ELSE read_at END WHERE id = $1 RETURNING failures",
        [id_, error, ctx.now],
    )
    again = ctx.now + min(EVERY * 2 ** min(failures, 10), LONGEST_PAUSE)
    ctx.run("UPDATE sys_mailbox SET next_at = $2 WHERE id = $1", [id_, again])
    return again


def unreadable(ctx: Context) -> dict[UUID, int]:
    """How many mails of each mailbox could not be taken in."""
    return dict(ctx.run("SELECT mailbox, count(*) FROM sys_mailbox_mail WHERE error IS NOT NULL GROUP BY mailbox"))
