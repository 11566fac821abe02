"""Noting a deed: the entry is written with what it tells of, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.audit import anchors
from guanxi.engine.audit.entries import BEGINNING, Draft, Entry, placed, plain, session_mark
from guanxi.engine.audit.kinds import BROKEN, kinds
from guanxi.engine.context import Context, Origin, Workspace, work
from guanxi.infra.http.addresses import client_address

LONGEST_AGENT = 300
COLUMNS = (
    "seq, at, kind, member, account, via, ip, agent, session, key, change_set, object, record, details, prev, hash,"
    " key_id"
)
"""What ``entry_of`` makes an entry of."""


def note(
    ctx: Context,
    kind: str,
    *,
    object: str | None = None,  # noqa: A002 - the word of the log
    record: UUID | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Note a deed of the actor in the transaction of the deed; KeyError for a kind that nobody registered.

    The entry gets its place in the chain when the unit of work ends, so that nobody waits for it longer than that. What
    is only rehearsed, or taken back before the end, is not noted. ``details`` are kept as ``entries.plain`` makes them.
    """
    draft = Draft(
        at=ctx.now,
        kind=kinds()[kind].key,
        member=ctx.author,
        account=ctx.actor.account_id,
        via=ctx.via,
        origin=marked(ctx.origin),
        object=object,
        record=record,
        details=plain(details or {}),
    )
    if not ctx.rehearsal:
        ctx.at_end.append(_Noted(draft))


def note_outside(
    workspace: Workspace,
    member_id: UUID | None,
    kind: str,
    details: Mapping[str, Any] | None,
    request: HttpRequest | None,
    *,
    account_id: int | None = None,
) -> None:
    """Note what happens outside any unit of work, such as a sign-in, in one of its own."""
    themselves = replace(SYSTEM, member_id=member_id, account_id=account_id)
    origin = None if request is None else _origin(request)
    with work(workspace, themselves, via="system" if origin is None else "ui", origin=origin) as ctx:
        note(ctx, kind, details=details)


def _origin(request: HttpRequest) -> Origin:
    address, session = client_address(request), getattr(request, "session", None)
    agent = request.headers.get("User-Agent", "")[:LONGEST_AGENT]
    return Origin(address and str(address), agent or None, session and session.session_key)


def marked(origin: Origin) -> Origin:
    """Where a deed comes from, as it is kept: with a mark of the session in place of its key."""
    return replace(origin, session=session_mark(origin.session))


class _Noted:
    """Stands among what is done at the end of the unit of work; the last of all puts every draft into the chain."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.done = False

    def __call__(self, ctx: Context) -> None:
        last = ctx.at_end[-1]
        if self.done:
            return
        if last is not self:
            if not isinstance(last, _Noted):
                ctx.at_end.append(self)
            return
        # One that had to step back behind others stands in the list twice.
        waiting = [one for one in dict.fromkeys(ctx.at_end) if isinstance(one, _Noted) and not one.done]
        for one in waiting:
            one.done = True
        change_set = ctx.change_set if ctx.counts else None
        _append(ctx, [replace(one.draft, change_set=change_set) for one in waiting])


def _append(ctx: Context, drafts: Sequence[Draft]) -> None:
    """Put drafts at the end of the chain. An anchor that is not as it was left is noted first, for good."""
    anchor = anchors.taken(ctx)
    reason = None
    if anchor is None:
        rows = ctx.run("SELECT seq, hash FROM sys_audit ORDER BY seq DESC LIMIT 1")
        seq, prev = rows[0] if rows else (0, BEGINNING)
        reason = "anchor_missing" if rows else None
    else:
        seq, prev = anchor.seq, anchor.hash
        reason = None if anchor.is_true else "anchor_changed"
    if reason:
        drafts = [Draft(ctx.now, BROKEN, details={"reason": reason}), *drafts]
    entries: list[Entry] = []
    for number, draft in enumerate(drafts, seq + 1):
        entries.append(placed(draft, ctx.workspace.schema, number, prev))
        prev = entries[-1].hash
    _insert(ctx, entries)
    anchors.move(ctx, entries[-1].seq, prev)


def _insert(ctx: Context, entries: Sequence[Entry]) -> None:
    drafts = [one.draft for one in entries]
    origins = [draft.origin for draft in drafts]
    ctx.run(
        "INSERT INTO sys_audit (seq, at, kind, member, account, via, ip, agent, session, key, change_set, object, record,"
        " details, prev, hash, key_id) SELECT v.seq, v.at, v.kind, v.member, v.account, v.via, v.ip, v.agent, v.session,"
        " v.key, v.change_set, v.object, v.record, v.details::jsonb, v.prev, v.hash,"
        " v.key_id FROM"
        " unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::uuid[], $5::bigint[], $6::text[], $7::text[],"
        " $8::text[], $9::text[], $10::text[], $11::uuid[], $12::text[], $13::uuid[], $14::text[], $15::bytea[],"
        " $16::bytea[], $17::uuid[]) AS v(seq, at, kind, member, account, via, ip, agent, session, key, change_set, object, record,"
        " details, prev, hash, key_id)",
        [
            [one.seq for one in entries], [d.at for d in drafts], [d.kind for d in drafts], [d.member for d in drafts],
            [d.account for d in drafts], [d.via for d in drafts], [o.address for o in origins], [o.agent for o in origins],
            [o.session for o in origins], [o.key for o in origins], [d.change_set for d in drafts],
            [d.object for d in drafts], [d.record for d in drafts], [orjson.dumps(d.details).decode() for d in drafts],
            [one.prev for one in entries], [one.hash for one in entries], [o.key_id for o in origins],
        ],
    )  # fmt: skip
