"""Notifying members: rows of theirs, and word to their open pages with the commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.notices import CHANNEL, NOTIFIED_IDS
from guanxi.infra.i18n import DEFAULT_LANGUAGE
from guanxi.kit.ids import uuid7

OBJECT = "sys_notification"
"""As what the event stream names notifications."""
LONGEST_TITLE = 200
LONGEST_BODY = 2000


@dataclass(frozen=True, slots=True)
class Notice:
    """What one member is told. ``kind`` says by what, such as ``flow``; ``link`` is an address within the product.

    ``title`` and ``body`` must say no more than the member may read: whoever writes them sees to it. Once the member
    may no longer see the ``record`` of ``object``, neither is told any more.
    """

    member: UUID
    kind: str
    title: str
    body: str | None = None
    object: str | None = None
    record: UUID | None = None
    link: str | None = None


def languages_of(ctx: Context, members: Iterable[UUID]) -> dict[UUID, str]:
    """In which language each member is told something, once each and in the order in which they come."""
    chosen = list(dict.fromkeys(members))
    rows = reads.native(ctx.as_system(), "member", chosen, ["language"])
    return {one: rows.get(one, {}).get("language") or DEFAULT_LANGUAGE for one in chosen}


def notify(ctx: Context, notices: Sequence[Notice]) -> list[UUID]:
    """Keep notifications and tell the members' pages when the unit of work commits; their ids."""
    if not notices:
        return []
    ids = [uuid7() for _ in notices]
    ctx.run(
        "INSERT INTO sys_notification (id, member, kind, title, body, object, record, link, created_at)"
        " SELECT v.id, v.member, v.kind, v.title, v.body, v.object, v.record, v.link, $9 FROM unnest($1::uuid[],"
        " $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[])"
        " AS v(id, member, kind, title, body, object, record, link)",
        [
            ids, [one.member for one in notices], [one.kind for one in notices],
            [_short(one.title, LONGEST_TITLE) for one in notices],
            [one.body and _short(one.body, LONGEST_BODY) for one in notices], [one.object for one in notices],
            [one.record for one in notices], [one.link for one in notices], ctx.now,
        ],
    )  # fmt: skip
    for member in dict.fromkeys(one.member for one in notices):
        mine = [id_ for id_, one in zip(ids, notices, strict=True) if one.member == member]
        tell(ctx, member, "create", mine)
    return ids


def tell(ctx: Context, member: UUID, op: str, ids: Iterable[UUID]) -> None:
    """Word to the open pages of one member that notifications of theirs came or were read."""
    named = [str(one) for one in ids]
    notice = {
        "ws": ctx.workspace.slug, "to": str(member), "object": OBJECT, "op": op,
        "ids": named if len(named) <= NOTIFIED_IDS else [], "owners": [], "actor": None, "change_set": None,
    }  # fmt: skip
    ctx.run("SELECT pg_notify($1, $2)", [CHANNEL, orjson.dumps(notice).decode()])


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
