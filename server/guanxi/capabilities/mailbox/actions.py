"""What people do with mailboxes: connect, try, pause, read at once, remove."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from guanxi.capabilities.mailbox import imap, store
from guanxi.capabilities.mailbox.reading import expect
from guanxi.capabilities.mailbox.shapes import Mailboxes, MailboxTried
from guanxi.capabilities.mailbox.telling import told
from guanxi.engine import audit
from guanxi.engine.actions import action
from guanxi.engine.audit import kind
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit.ids import uuid7

RIGHT = "configure"
SAVED = kind("mailbox_saved", "settings").key
REMOVED = kind("mailbox_removed", "settings").key
SECURITY = ("tls", "starttls", "none")
LONGEST, MOST_DAYS, HIGHEST_PORT, MOST = 200, 365, 65_535, 50
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,250}[A-Za-z0-9])?")
_PLACE = ("host", "port", "security", "username")
"""A password is for these alone: whoever names another host gives it anew."""


@dataclass(frozen=True)
class SaveMailbox:
    """The mailbox to change, or None for a new one; where it is; its password, which is kept when left out; who owns the
    messages of unknown people; how many days back it is read the first time.
    """

    name: str
    host: str
    user: str
    mailbox: UUID | None = None
    port: int = 993
    security: str = "tls"
    password: str | None = None
    folder: str = "INBOX"
    owner: UUID | None = None
    days: int = 0


@dataclass(frozen=True)
class TryMailbox:
    """As for saving."""

    host: str
    user: str
    mailbox: UUID | None = None
    port: int = 993
    security: str = "tls"
    password: str | None = None
    folder: str = "INBOX"


@dataclass(frozen=True)
class SwitchMailbox:
    """The mailbox, and whether it is read from now on."""

    mailbox: UUID
    active: bool


@dataclass(frozen=True)
class NamedMailbox:
    """The mailbox."""

    mailbox: UUID


@action("mailbox.save_mailbox", params=SaveMailbox, permission=RIGHT)
def save_mailbox(ctx: Context, params: SaveMailbox) -> Mailboxes:
    """Connect a mailbox, or change how it is; it is read at once."""
    errors = list(_wrong(params))
    if not params.name.strip() or len(params.name) > LONGEST:
        errors.append(FieldError("name", "mailbox.bad_name", {"limit": LONGEST}))
    if not 0 <= params.days <= MOST_DAYS:
        errors.append(FieldError("days", "mailbox.bad_days", {"limit": MOST_DAYS}))
    if params.owner is not None and params.owner not in reads.visible(ctx, "member", [params.owner]):
        errors.append(FieldError("owner", "mailbox.no_such_owner"))
    known = store.get(ctx, params.mailbox) if params.mailbox else None
    if known is None and len(store.every(ctx)) >= MOST:
        errors.append(FieldError("name", "mailbox.too_many", {"limit": MOST}))
    if errors:
        raise Invalid(errors)
    values: dict[str, Any] = {
        "name": params.name.strip(), "host": params.host.lower(), "port": params.port, "security": params.security,
        "username": params.user.strip(), "folder": params.folder.strip(), "owner": params.owner, "days": params.days,
    }  # fmt: skip
    values["sealed"] = _sealed(known, values, params.password)
    anew = known is not None and any(getattr(known, name) != values[name] for name in ("host", "username", "folder"))
    id_ = known.id if known else uuid7()
    store.keep(ctx, id_, values, anew=anew)
    audit.note(ctx, SAVED, details={"name": values["name"], "host": values["host"], "user": values["username"]})
    expect(ctx, id_, ctx.now)
    return told(ctx)


@action("mailbox.try_mailbox", params=TryMailbox, permission=RIGHT)
def try_mailbox(ctx: Context, params: TryMailbox) -> MailboxTried:
    """Connect, sign in and open the folder, without keeping anything or changing anything there."""
    errors = list(_wrong(params))
    if errors:
        raise Invalid(errors)
    known = store.get(ctx, params.mailbox) if params.mailbox else None
    values = {
        "host": params.host.lower(), "port": params.port, "security": params.security, "username": params.user.strip(),
    }  # fmt: skip
    password = params.password
    if not password:
        _sealed(known, values, None)  # refuses one that was kept for another place
        password = known.address.password if known else ""
    place = imap.Address(
        values["host"], params.port, params.security, values["username"], password, params.folder.strip()
    )
    with imap.opened(place) as session:
        recent = session.since(ctx.today - timedelta(days=7))
    return {"folder": params.folder.strip(), "recent": len(recent)}


@action("mailbox.switch_mailbox", params=SwitchMailbox, permission=RIGHT)
def switch_mailbox(ctx: Context, params: SwitchMailbox) -> Mailboxes:
    """Pause a mailbox, or go on reading it from where it was left."""
    found = store.get(ctx, params.mailbox)
    store.switch(ctx, found.id, active=params.active)
    audit.note(ctx, SAVED, details={"name": found.name, "host": found.host, "user": found.username})
    if params.active:
        expect(ctx, found.id, ctx.now)
    return told(ctx)


@action("mailbox.read_mailbox", params=NamedMailbox, permission=RIGHT)
def read_now(ctx: Context, params: NamedMailbox) -> Mailboxes:
    """Have it read now rather than within the minute."""
    expect(ctx, store.get(ctx, params.mailbox).id, ctx.now)
    return told(ctx)


@action("mailbox.remove_mailbox", params=NamedMailbox, permission=RIGHT)
def remove_mailbox(ctx: Context, params: NamedMailbox) -> Mailboxes:
    """Forget a mailbox and its password; its messages stay, and so do the mails where they are."""
    found = store.get(ctx, params.mailbox)
    store.remove(ctx, found.id)
    audit.note(ctx, REMOVED, details={"name": found.name, "host": found.host, "user": found.username})
    return told(ctx)


def _wrong(params: SaveMailbox | TryMailbox) -> Any:
    if not _HOST.fullmatch(params.host):
        yield FieldError("host", "mailbox.bad_host")
    if not 1 <= params.port <= HIGHEST_PORT:
        yield FieldError("port", "mailbox.bad_port", {"limit": HIGHEST_PORT})
    if params.security not in SECURITY or (params.security == "none" and not settings.OUTBOUND_LOOPBACK):
        yield FieldError("security", "mailbox.not_encrypted")
    for name in ("user", "folder"):
        value = getattr(params, name)
        if not value.strip() or len(value) > LONGEST or not value.isprintable():
            yield FieldError(name, "mailbox.bad_text", {"limit": LONGEST})
    if params.password is not None and not (len(params.password) <= LONGEST * 5 and params.password.isprintable()):
        yield FieldError("password", "mailbox.bad_password")


def _sealed(known: store.Mailbox | None, values: dict[str, Any], password: str | None) -> str:
    if password:
        return store.sealed(password)
    if known is None or any(getattr(known, name) != values[name] for name in _PLACE):
        raise Invalid([FieldError("password", "mailbox.password_needed")])
    return known.sealed
