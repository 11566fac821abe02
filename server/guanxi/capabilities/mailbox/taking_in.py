"""From a mail to a message: once, with whom it is from, what it answers, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.files import stored
from guanxi.capabilities.files.routes import file_name
from guanxi.capabilities.files.stored import StoredFile
from guanxi.capabilities.flows import people
from guanxi.capabilities.mailbox import store
from guanxi.capabilities.mailbox.letters import Letter
from guanxi.capabilities.mailbox.store import Mailbox
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads, writes
from guanxi.infra.storage.store import Stored
from guanxi.kit.ids import uuid7

MESSAGE, ABOUT = "message", "about"
IN, OUT = "in", "out"
MAIL_KINDS = ("mail", "mails")
LINES = 20_000

About = tuple[str, UUID]


def take_in(ctx: Context, mailbox: Mailbox, uid: int, letter: Letter, kept: Sequence[Stored]) -> UUID | None:
    """Make the message, in one unit of work with the note that the mail was taken in; None where it was before."""
    if not store.take(ctx, mailbox, uid, letter.key):
        return None
    answered = _answered(ctx, letter)
    thread = answered[0] if answered else letter.message_id or letter.key
    own = _is_own(ctx, mailbox, letter.sender[1])
    about = _about(ctx, [one for _, one in (*letter.to, *letter.cc)] if own else [letter.sender[1]])
    about = about or (answered[1] if answered else None)
    values: dict[str, Any] = {
        "subject": letter.subject, "channel": "mail", "direction": OUT if own else IN, "from_name": letter.sender[0],
        "from_address": letter.sender[1], "to": _line(letter.to), "cc": _line(letter.cc), "text": letter.text,
        "html": letter.html, "sent_at": letter.sent_at.isoformat(), "message_id": letter.message_id,
        "in_reply_to": letter.in_reply_to, "thread": thread, "mailbox": str(mailbox.id),
        "is_automatic": letter.is_automatic, "left_out": "\n".join(letter.left_out) or None,
        "attachments": list(_files(ctx, letter, kept)), "owner": _owner(ctx, mailbox, about),
        ABOUT: {"object": about[0], "id": str(about[1])} if about else None,
    }  # fmt: skip
    (record,) = writes.create(ctx, MESSAGE, [values])
    store.belongs_to(ctx, mailbox.id, letter.key, record)
    return record


def _files(ctx: Context, letter: Letter, kept: Sequence[Stored]) -> Iterator[dict[str, Any]]:
    for one, content in zip(letter.files, kept, strict=True):
        file = StoredFile(uuid7(), file_name(one.name), content.size, one.type, content.name, None)
        stored.add(ctx, file)
        yield {"id": str(file.id), "name": file.name, "size": file.size, "type": file.type}


def _answered(ctx: Context, letter: Letter) -> tuple[str, About | None] | None:
    """The thread that the letter belongs to, and what that is about: of the message it answers, or of one before it."""
    named = [one for one in dict.fromkeys([letter.in_reply_to, *reversed(letter.references)]) if one][:50]
    if not named:
        return None
    found = reads.ids(ctx, MESSAGE, {"field": "message_id", "op": "in", "value": named}, limit=50)
    rows = reads.native(ctx, MESSAGE, found, ("message_id", "thread", ABOUT))
    by_id = {row["message_id"]: row for row in rows.values()}
    row = next((by_id[one] for one in named if one in by_id), None)
    if row is None:
        return None
    about = row[ABOUT]
    return row["thread"], (about.object, about.id) if about else None


def _is_own(ctx: Context, mailbox: Mailbox, sender: str) -> bool:
    """Whether the mail was written here: by the mailbox itself or by a member."""
    if not sender:
        return False
    if sender == mailbox.username.lower():
        return True
    return bool(reads.ids(ctx, "member", {"field": "email", "op": "eq", "value": sender}, limit=1))


def _about(ctx: Context, addresses: Iterable[str]) -> About | None:
    """Whose address it is: of the objects that a message may be about, in their order, the record made first."""
    wanted = [one for one in dict.fromkeys(addresses) if "@" in one][:50]
    obj = ctx.snapshot.object(MESSAGE)
    for target in _targets(ctx, obj.fields[ABOUT]) if wanted else ():
        fields = [one for one in target.fields.values() if one.kind.key in MAIL_KINDS]
        theirs = [
            {"field": one.key, "op": "in" if one.kind.key == "mail" else "has_any", "value": wanted} for one in fields
        ]
        if theirs and (found := reads.ids(ctx, target.key, {"or": theirs}, limit=100)):
            return target.key, min(found)
    return None


def _targets(ctx: Context, about: Field) -> Iterator[Object]:
    first = [str(one) for one in about.settings.get("targets") or ()]
    for key in (*first, *sorted(about.prepared - set(first))):
        if key in ctx.snapshot.objects:
            yield ctx.snapshot.objects[key]


def _owner(ctx: Context, mailbox: Mailbox, about: About | None) -> str | None:
    """Whoever owns what it is about; otherwise whoever looks after the mailbox."""
    owner: UUID | None = None
    if about and "owner" in ctx.snapshot.object(about[0]).fields:
        owner = reads.native(ctx, about[0], [about[1]], ("owner",)).get(about[1], {}).get("owner")
    found = next((one for one in (owner, mailbox.owner) if one and people.works_here(ctx, one)), owner)
    return str(found) if found else None


def _line(people: Sequence[tuple[str, str]]) -> str | None:
    said = ", ".join(
        address if name == address.partition("@")[0] else f"{name} <{address}>" for name, address in people
    )
    return said[:LINES] or None
