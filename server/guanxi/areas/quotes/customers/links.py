"""Which quote an address opens: the link behind it, and the version that customers see by now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from guanxi.areas.quotes.errors import NoSuchLink
from guanxi.areas.quotes.rules import states
from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, work
from guanxi.engine.records import locking, reads

_LINK = ("quote", "expires_at", "is_revoked")
_VERSIONS = 100


@dataclass(frozen=True)
class Opened:
    """A quote as somebody with an address sees it: in the system's hands, and this quote alone."""

    ctx: Context
    link: UUID
    quote: UUID
    row: dict[str, Any]


def hashed(secret: str) -> str:
    """What is kept of an address: enough to know it again, not enough to open it."""
    return sha256(secret.encode()).hexdigest()


@contextmanager
def opened(token: str, language: str, *, hold: bool = False) -> Iterator[Opened]:
    """The quote of an address, locked with ``hold``; NoSuchLink when it is unknown, revoked, has run out or shows nothing."""
    slug, _, secret = token.partition(".")
    row = Workspace.objects.filter(slug=slug).first() if secret else None
    if row is None:
        raise NoSuchLink
    with work(engine_workspace(row), SYSTEM, via="api", language=language) as ctx:
        where = {"field": "fingerprint", "op": "eq", "value": hashed(secret)}
        found = reads.native(ctx, "quote_link", reads.ids(ctx, "quote_link", where, limit=1), _LINK)
        for link, told in found.items():
            if told["is_revoked"] or (told["expires_at"] is not None and told["expires_at"] <= ctx.now):
                break
            quote = _shown(ctx, told["quote"])
            if quote is None:
                break
            whole = locking.lock(ctx, ctx.snapshot.object("quote"), [quote], "read", (), hold=hold)[quote]
            yield Opened(ctx, link, quote, whole)
            return
        raise NoSuchLink


def _shown(ctx: Context, quote: UUID) -> UUID | None:
    """The latest version that was sent, from that of the link on; a superseded one says so while there is none."""
    shown: UUID | None = None
    one: UUID | None = quote
    for _ in range(_VERSIONS):
        if one is None:
            break
        status = reads.native(ctx, "quote", [one], ("status",)).get(one, {}).get("status")
        if status in states.SHOWN or (status == states.SUPERSEDED and shown is None):
            shown = one
        following = reads.ids(ctx, "quote", {"field": "previous", "op": "eq", "value": str(one)}, limit=1)
        one = following[0] if following else None
    return shown
