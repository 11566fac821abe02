"""What is told of mailboxes, to those who shape the workspace."""

from __future__ import annotations

from typing import cast

from django.conf import settings

from guanxi.capabilities.flows.publishing import said
from guanxi.capabilities.flows.told import instant, instant_or_none, member_or_none
from guanxi.capabilities.mailbox import store
from guanxi.capabilities.mailbox.shapes import Mailboxes, MailboxRow, Security
from guanxi.capabilities.mailbox.store import Mailbox
from guanxi.engine.context import Context
from guanxi.engine.records.titles import Titles, titles


def told(ctx: Context) -> Mailboxes:
    """All mailboxes."""
    found = store.every(ctx)
    names = titles(ctx, {("member", one.owner) for one in found if one.owner})
    broken = store.unreadable(ctx)
    rows = [_row(ctx, one, names, broken.get(one.id, 0)) for one in found]
    return {"mailboxes": rows, "plain": bool(settings.OUTBOUND_LOOPBACK)}


def _row(ctx: Context, one: Mailbox, names: Titles, unreadable: int) -> MailboxRow:
    code = one.error["code"] if one.error else None
    return {
        "id": str(one.id), "name": one.name, "host": one.host, "port": one.port,
        "security": cast("Security", one.security), "user": one.username, "folder": one.folder,
        "owner": member_or_none(names, one.owner), "active": one.is_active, "days": one.days,
        "read_at": instant_or_none(one.read_at), "next_at": instant(one.next_at),
        "problem": {"code": code, "message": said(ctx.language, code, (one.error or {}).get("params") or {})}
        if code else None,
        "received": one.received, "unreadable": unreadable,
    }  # fmt: skip
