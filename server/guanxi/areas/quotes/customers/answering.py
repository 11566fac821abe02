"""What a customer does at the address: looks, writes, accepts, declines. Everything is kept as an event of the quote."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from guanxi.areas.quotes import moving
from guanxi.areas.quotes.customers.links import Opened
from guanxi.areas.quotes.errors import WrongState
from guanxi.areas.quotes.rules import states
from guanxi.capabilities.files import stored
from guanxi.capabilities.files.stored import StoredFile
from guanxi.capabilities.notifications.telling import Notice, languages_of, notify
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid
from guanxi.infra.i18n import sentence
from guanxi.infra.storage import store
from guanxi.kit.ids import uuid7

LONGEST_TEXT, LONGEST_NAME = 2000, 100
LARGEST_SIGNATURE = 200_000
LONGEST_VIEW = 24 * 3600
_PNG = b"\x89PNG\r\n\x1a\n"
_PREFIX = "data:image/png;base64,"
_REFUSED = {
    states.ACCEPTED: "accepted_already",
    states.DECLINED: "declined_already",
    states.EXPIRED: "run_out",
    states.SUPERSEDED: "newer_version",
}


def looked(opened: Opened) -> UUID:
    """Note that somebody opened the page; the view whose length is told later."""
    ctx = opened.ctx
    view = _note(opened, "viewed", seconds=0)
    counted: list[tuple[str, UUID]] = [("quote", opened.quote), ("quote_link", opened.link)]
    for key, record in counted:
        rows = locking.lock(ctx, ctx.snapshot.object(key), [record], "read", ())
        count = (rows[record]["view_count"] or 0) + 1
        writes.update(ctx, key, [Change(record, {"view_count": count, "last_viewed_at": ctx.now})])
    return view


def stayed(opened: Opened, view: UUID, seconds: int) -> None:
    """Note how long a view of this address has lasted by now; it never gets shorter."""
    ctx = opened.ctx
    row = reads.native(ctx, "quote_event", [view], ("link", "kind", "seconds")).get(view)
    if row is None or row["link"] != opened.link or row["kind"] != "viewed":
        return
    length = min(max(int(seconds), row["seconds"] or 0), LONGEST_VIEW)
    if length != row["seconds"]:
        writes.update(ctx, "quote_event", [Change(view, {"seconds": length})])


def wrote(opened: Opened, text: str, person: str) -> None:
    """Keep what somebody asks or says, and tell whose quote it is."""
    if not text.strip():
        raise Invalid([FieldError("text", "quotes.text_needed")])
    _note(opened, "commented", text=text.strip()[:LONGEST_TEXT], person=person.strip()[:LONGEST_NAME] or None)
    _tell(opened, "commented")


def accept(opened: Opened, version: int, chosen: Sequence[UUID], person: str, signature: str | None) -> None:
    """Accept with the optional lines that were chosen. WrongState when it was answered, ran out or has a newer version."""
    ctx, quote = opened.ctx, opened.quote
    _may_answer(opened, version)
    if not person.strip():
        raise Invalid([FieldError("name", "quotes.name_needed")])
    values: dict[str, Any] = {"answered_at": ctx.now, "answered_by": person.strip()[:LONGEST_NAME]}
    if signature:
        values["signature"] = [_signature(ctx, signature)]
    _choose(ctx, quote, chosen)
    moving.to(ctx, quote, states.ACCEPTED, **values)
    moving.accepted(ctx, quote, opened.row)
    _note(opened, "accepted", person=values["answered_by"])
    _tell(opened, "accepted")


def decline(opened: Opened, version: int, person: str, reason: str) -> None:
    """Decline for a reason; refused as ``accept`` is."""
    _may_answer(opened, version)
    if not reason.strip():
        raise Invalid([FieldError("reason", "quotes.reason_needed")])
    values = {
        "answered_at": opened.ctx.now,
        "answered_by": person.strip()[:LONGEST_NAME] or None,
        "decline_reason": reason.strip()[:LONGEST_TEXT],
    }
    moving.to(opened.ctx, opened.quote, states.DECLINED, **values)
    _note(opened, "declined", person=values["answered_by"], text=values["decline_reason"])
    _tell(opened, "declined")


def _may_answer(opened: Opened, version: int) -> None:
    row = opened.row
    code = _REFUSED.get(row["status"])
    if code is None and states.is_over(row, opened.ctx.today):
        code = "run_out"
    if code is None and (row["version"] or 1) != version:
        code = "changed_meanwhile"
    if code is not None:
        raise WrongState(code, opened.quote, row["status"])


def _choose(ctx: Context, quote: UUID, chosen: Sequence[UUID]) -> None:
    where = {
        "and": [
            {"field": "quote", "op": "eq", "value": str(quote)},
            {"field": "optional", "op": "eq", "value": True},
        ]
    }
    optional = reads.native(ctx, "quote_line", reads.ids(ctx, "quote_line", where), ("chosen",))
    if not set(chosen) <= optional.keys():
        raise Invalid([FieldError("chosen", "quotes.not_optional")])
    changes = [
        Change(one, {"chosen": one in set(chosen)})
        for one, row in optional.items()
        if bool(row["chosen"]) != (one in set(chosen))
    ]
    if changes:
        writes.update(ctx, "quote_line", changes)


def _signature(ctx: Context, drawn: str) -> dict[str, Any]:
    """A picture that was drawn on the page, as a value of a signature field."""
    bad = Invalid([FieldError("signature", "quotes.bad_signature")])
    if not drawn.startswith(_PREFIX) or len(drawn) > LARGEST_SIGNATURE:
        raise bad
    try:
        content = base64.b64decode(drawn.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise bad from None
    if not content.startswith(_PNG):
        raise bad
    kept = store.keep([content])
    file = StoredFile(uuid7(), "signature.png", kept.size, "image/png", kept.name, None)
    stored.add(ctx, file)
    return {"id": str(file.id), "name": file.name, "size": file.size, "type": file.type}


def _note(opened: Opened, kind: str, **more: Any) -> UUID:
    row = opened.row
    values = {
        "name": f"{row['number'] or ''} V{row['version'] or 1} {kind}",
        "quote": opened.quote,
        "link": opened.link,
        "kind": kind,
        "at": opened.ctx.now,
        "version": row["version"] or 1,
        "owner": row["owner"],
        **more,
    }
    (made,) = writes.create(opened.ctx, "quote_event", [values])
    return made


def _tell(opened: Opened, what: str) -> None:
    """The owner of the quote hears of it."""
    row = opened.row
    for member, language in languages_of(opened.ctx, [row["owner"]] if row["owner"] else []).items():
        title = sentence(f"quotes.told_{what}", {"name": row["name"] or ""}, language)
        notify(opened.ctx, [Notice(member, "quote", title, None, "quote", opened.quote)])
