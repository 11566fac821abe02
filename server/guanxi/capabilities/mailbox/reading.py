"""Reads mailboxes: a job for each, every minute; each mail is a unit of work of its own, so that none is lost or doubled."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from guanxi.capabilities.identity.authenticate import workspace_of
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.capabilities.mailbox import imap, letters, store
from guanxi.capabilities.mailbox.letters import Letter
from guanxi.capabilities.mailbox.store import Mailbox
from guanxi.capabilities.mailbox.taking_in import take_in
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.infra.errors import Refusal
from guanxi.infra.jobs import enqueue, job
from guanxi.infra.jobs.regular import regular
from guanxi.infra.storage.store import Stored, keep

log = logging.getLogger("guanxi.mailbox")

AT_ONCE = 200
"""Mails of one reading; what is left is read at once by the next one, and others have their turn."""
OVERLAP = timedelta(days=2)
LABEL = {"action": "mailbox.read"}


@regular("mailbox.expect")
def expect_all() -> None:
    """Have every mailbox read that should be: a reading whose worker died expects no next one."""
    for row in WorkspaceRow.objects.order_by("pk"):
        with work(engine_workspace(row), SYSTEM, via="job") as ctx:
            for one in store.every(ctx):
                if one.is_active:
                    expect(ctx, one.id, max(one.next_at, ctx.now))


def expect(ctx: Context, mailbox: UUID, due: datetime) -> None:
    """Queue a reading, once a minute however often it is asked for."""
    payload = {"workspace": ctx.workspace.id, "mailbox": str(mailbox)}
    enqueue("mailbox.read", payload, f"mailbox {ctx.workspace.id} {mailbox} {due:%Y-%m-%dT%H:%M}", due)


@job("mailbox.read", at_once=2, attempts=2)
def read_job(payload: Mapping[str, Any]) -> None:
    """Read one mailbox and expect the next reading."""
    workspace = workspace_of(payload["workspace"])
    if workspace is None:
        return
    read_mailbox(workspace, UUID(payload["mailbox"]))


def read_mailbox(workspace: Workspace, id_: UUID) -> int:
    """Take in what is new; how many mails were. What goes wrong is noted with the mailbox and told there."""
    with work(workspace, SYSTEM, via="job") as ctx:
        mailbox = store.find(ctx, id_)
    if mailbox is None or not mailbox.is_active:
        return 0
    count, refusal, more = 0, None, False
    try:
        count, more = _read(workspace, mailbox)
    except Refusal as refused:
        refusal = refused
        log.warning(
            "the mailbox %s of %s could not be read: %s %s", mailbox.name, workspace.slug, refused.code, refused
        )
    with work(workspace, SYSTEM, via="job") as ctx:
        if store.find(ctx, id_, locked=True) is not None:
            again = store.done(ctx, id_, refusal)
            expect(ctx, id_, ctx.now if more else again)
    return count


def _read(workspace: Workspace, mailbox: Mailbox) -> tuple[int, bool]:
    with imap.opened(mailbox.address) as session:
        wanted = _wanted(workspace, mailbox, session)
        count = 0
        for uid in wanted[:AT_ONCE]:
            found = session.fetch(uid)
            if found is None:
                continue
            taken = _take(workspace, mailbox.id, session.validity, uid, found)
            if taken is None:
                return count, False
            count += taken
    return count, len(wanted) > AT_ONCE


def _wanted(workspace: Workspace, mailbox: Mailbox, session: imap.Session) -> list[int]:
    """The numbers of mails to take in, and from where on they are counted."""
    if mailbox.uid_validity == session.validity:
        return session.after(mailbox.last_uid)
    with work(workspace, SYSTEM, via="job") as ctx:
        if mailbox.uid_validity is None:  # connected just now
            back = ctx.today - timedelta(days=mailbox.days)
            found = session.since(back) if mailbox.days else []
            last = found[0] - 1 if found else max([*session.after(0), session.following - 1, 0])
        else:  # every mail has another number now: those of the last time are met again and known by their keys
            found = session.since(((mailbox.read_at or ctx.now) - OVERLAP).date())
            last = found[0] - 1 if found else max(session.following - 1, 0)
        store.began(ctx, mailbox.id, session.validity, last)
    return found


def _take(workspace: Workspace, id_: UUID, validity: int, uid: int, found: imap.Fetched) -> int | None:
    """Take one mail in: 1, or 0 for one that was before or cannot be; None when the mailbox is no longer to be read."""
    try:
        letter = letters.read(found.raw, found.arrived, whole=found.whole)
        kept = [_kept(one.content) for one in letter.files]
        return _write(workspace, id_, validity, uid, letter, kept)
    except Refusal as refusal:
        said = refusal.code
        log.warning("a mail of %s in %s was refused: %s", workspace.slug, id_, refusal)
    except Exception as error:
        if isinstance(error, OSError) or type(error).__module__.startswith(("psycopg", "django")):
            raise
        said = type(error).__name__
        log.exception("a mail of %s could not be read", workspace.slug)
    with work(workspace, SYSTEM, via="job") as ctx:
        mailbox = store.find(ctx, id_, locked=True)
        if mailbox is None:
            return None
        store.take(ctx, mailbox, uid, f"? {validity} {uid}", said)
    return 0


def _write(
    workspace: Workspace, id_: UUID, validity: int, uid: int, letter: Letter, kept: Sequence[Stored]
) -> int | None:
    with work(workspace, SYSTEM, via="job", label=LABEL) as ctx:
        mailbox = store.find(ctx, id_, locked=True)
        if mailbox is None or not mailbox.is_active or mailbox.uid_validity != validity:
            return None
        return 0 if take_in(ctx, mailbox, uid, letter, kept) is None else 1


def _kept(content: bytes) -> Stored:
    return keep([content], limit=settings.MAX_UPLOAD_BYTES)
