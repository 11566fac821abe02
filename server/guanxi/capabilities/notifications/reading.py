"""Reading and marking notifications: everybody their own, and of records only what they may see now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.notifications.telling import tell
from guanxi.engine.context import Context
from guanxi.engine.records.titles import titles
from guanxi.infra.errors import BadRequest, NotAllowed
from guanxi.infra.i18n import sentence

MAX_ITEMS = 100


def page(ctx: Context, *, unread: bool, limit: int, cursor: str | None) -> dict[str, Any]:
    """Notifications of whoever asks, latest first, with the number of those unread."""
    member = oneself(ctx)
    if not 1 <= limit <= MAX_ITEMS:
        raise BadRequest("query.bad_limit", {"limit": MAX_ITEMS})
    rows = ctx.run(
        "SELECT id, kind, title, body, object, record, link, created_at, read_at FROM sys_notification"
        " WHERE member = $1 AND ($2::uuid IS NULL OR id < $2) AND ($3 IS FALSE OR read_at IS NULL)"
        " ORDER BY id DESC LIMIT $4::int",
        [member, _mark(cursor), unread, limit + 1],
    )
    shown = rows[:limit]
    return {
        "items": _told(ctx, shown),
        "next_cursor": str(shown[-1][0]) if len(rows) > limit else None,
        "unread": unread_of(ctx, member),
    }


def mark_read(ctx: Context, ids: Sequence[UUID] | None) -> int:
    """Mark some of one's own notifications as read, all of them for None; how many are unread then.

    Ids of other members' are passed over like those that do not exist.
    """
    member = oneself(ctx)
    rows = ctx.run(
        "UPDATE sys_notification SET read_at = $2 WHERE member = $1 AND read_at IS NULL"
        " AND ($3::uuid[] IS NULL OR id = ANY($3)) RETURNING id",
        [member, ctx.now, None if ids is None else list(ids)],
    )
    if rows:
        tell(ctx, member, "update", [id_ for (id_,) in rows])
    return unread_of(ctx, member)


def unread_of(ctx: Context, member: UUID) -> int:
    """How many a member has not read."""
    ((count,),) = ctx.run("SELECT count(*) FROM sys_notification WHERE member = $1 AND read_at IS NULL", [member])
    return int(count)


def oneself(ctx: Context) -> UUID:
    """The member who asks; NotAllowed for programs that were allowed some records alone."""
    if ctx.actor.member_id is None or ctx.actor.scopes is not None:
        raise NotAllowed("notifications.members_only")
    return ctx.actor.member_id


def _told(ctx: Context, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    wanted = {(object_key, record) for _, _, _, _, object_key, record, *_ in rows if object_key and record}
    found = titles(ctx, {(key, record) for key, record in wanted if ctx.actor.rights(key).reads})
    return [_one(ctx, row, found) for row in rows]


def _one(ctx: Context, row: Sequence[Any], found: Any) -> dict[str, Any]:
    id_, kind, title, body, object_key, record, link, at, read_at = row
    hidden = record is not None and (object_key, record) not in found
    return {
        "id": str(id_),
        "kind": kind,
        "title": sentence("notifications.hidden", {}, ctx.language) if hidden else title,
        "body": None if hidden else body,
        "record": None
        if hidden or record is None
        else {"object": object_key, "id": str(record), "title": found[object_key, record]},
        "link": None if hidden else link,
        "hidden": hidden,
        "at": at,
        "read_at": read_at,
    }


def _mark(cursor: str | None) -> UUID | None:
    try:
        return UUID(cursor) if cursor else None
    except ValueError:
        raise BadRequest("query.bad_cursor") from None
