"""Give a customer an address at which the quote is shown, and take it away."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.quotes import moving
from guanxi.areas.quotes.actions.answer import send
from guanxi.areas.quotes.customers.links import hashed
from guanxi.areas.quotes.rules import states
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid
from guanxi.infra.http.shapes import Id

DAYS = 60
_SECRET_BYTES = 24


@dataclass(frozen=True)
class ShareQuote:
    """The quote, whom the link is for, and until when it works (60 days unless told)."""

    quote: UUID
    name: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class RevokeLink:
    """The link."""

    link: UUID


class SharedQuote(TypedDict):
    """The link and its address within the product, which is told this once."""

    link: Id
    path: str


class RevokedLink(TypedDict):
    """The link that no longer works."""

    link: Id


@action("quotes.share_quote", params=ShareQuote, permission="quote.edit")
def share_quote(ctx: Context, params: ShareQuote) -> SharedQuote:
    """A new address; a draft or approved quote counts as sent with it. WrongState for one that customers must not see."""
    quote = moving.locked(ctx, params.quote)
    if quote["status"] not in states.SHOWN:
        send(ctx, params.quote, quote)
    expires = params.expires_at or ctx.now + timedelta(days=DAYS)
    if expires <= ctx.now:
        raise Invalid([FieldError("expires_at", "quotes.expires_in_the_past")])
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    name = (params.name or "").strip()[:100] or f"{quote['number'] or ''} V{quote['version'] or 1}".strip()
    values = {
        "name": name, "quote": params.quote, "expires_at": expires, "fingerprint": hashed(secret), "owner": quote["owner"],
    }  # fmt: skip
    (link,) = writes.create(ctx.as_system(), "quote_link", [values])
    return {"link": str(link), "path": f"/q/{ctx.workspace.slug}.{secret}"}


@action("quotes.revoke_link", params=RevokeLink, permission="quote.edit")
def revoke_link(ctx: Context, params: RevokeLink) -> RevokedLink:
    """The address is dead from now on. NotFound for a link that the person does not see; they must may edit its quote."""
    system = ctx.as_system()
    link = locking.lock(ctx, ctx.object("quote_link"), [params.link], "read", ())[params.link]
    moving.locked(ctx, link["quote"])
    writes.update(system, "quote_link", [Change(params.link, {"is_revoked": True})])
    return {"link": str(params.link)}
