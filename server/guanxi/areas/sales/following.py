"""When a lead was first followed up after its owner got it, told of every change.

Events are what grading counts as events: notes, calls, meetings, finished tasks, messages. What was once answered stays
answered, for conversion moves the events on to the opportunity.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from guanxi.areas.sales.grading.grades import leads_of
from guanxi.areas.sales.grading.models import LEAD, MOMENTS, link_of, moment_of
from guanxi.engine.context import Context
from guanxi.engine.feed.consumers import Change, consumer
from guanxi.engine.records import computed, notices
from guanxi.engine.records.changes import ASIDE
from guanxi.engine.records.hooks import Write

FIRST, TIME = "first_follow_up_at", "response_time"
HANDED = frozenset({"owner", "owned_since", "converted_at", "created_at"})
"""Fields of a lead that say since when somebody has it, or that it was answered."""


@consumer("sales.first_follow_ups", listens=lambda _: {LEAD, *MOMENTS})
def first_follow_ups(ctx: Context, told: Sequence[Change]) -> None:
    """Answer for the leads that got another owner, and those that something was done about."""
    leads: set[UUID] = set()
    events: dict[str, list[UUID]] = {}
    for change in told:
        if change.op in ASIDE or change.op == "delete":
            continue
        if change.object == LEAD and (change.op != "update" or change.alters(HANDED)):
            leads.add(change.record)
        elif change.object in MOMENTS:
            events.setdefault(change.object, []).append(change.record)
    for key, ids in events.items():
        link = link_of(ctx.snapshot, key)
        if link is not None:
            leads |= leads_of(ctx, ctx.snapshot.object(key), link, ids)
    if leads:
        keep(ctx, leads)


def keep(ctx: Context, ids: Collection[UUID]) -> int:
    """Work out and keep the first follow-up of leads and how long it took; how many were others than before.

    A lead without an owner has none. It counts as no revision, and nobody's change.
    """
    system = ctx.as_system()
    lead = ctx.snapshot.object(LEAD)
    since = "coalesce(l.owned_since, l.created_at)"
    firsts = " UNION ALL ".join([
        f"SELECT l.id, l.converted_at AS at FROM l WHERE l.converted_at >= {since}", *_events(ctx, since),
    ])  # fmt: skip
    rows = system.run(
        f'WITH l AS MATERIALIZED (SELECT id, owner, owned_since, created_at, converted_at, "{FIRST}" FROM "{lead.table}"'
        "  WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE),"
        f" e AS (SELECT id, min(at) AS at FROM ({firsts}) f GROUP BY id),"
        f" v AS (SELECT l.id, {since} AS since, CASE WHEN l.owner IS NULL THEN NULL"
        f'  ELSE least(CASE WHEN l."{FIRST}" >= {since} THEN l."{FIRST}" END, e.at) END AS first'
        "  FROM l LEFT JOIN e ON e.id = l.id)"
        f' UPDATE "{lead.table}" p SET "{FIRST}" = v.first, "{TIME}" = extract(epoch FROM v.first - v.since)::bigint'
        f' FROM v WHERE v.id = p.id AND p."{FIRST}" IS DISTINCT FROM v.first RETURNING p.id, p.rev, p.owner, p.via_owner',
        [sorted(ids)],
    )
    if rows:
        writes = [
            Write("update", id_, {"owner": owner, "via_owner": via}, {}, rev=rev) for id_, rev, owner, via in rows
        ]
        notices.send(system, lead, writes)
        dirty: computed.Dirty = {}
        computed.climb(system, lead, frozenset({FIRST, TIME}), [one.id for one in writes], dirty)
        computed.settle(system, dirty)
    return len(rows)


def _events(ctx: Context, since: str) -> list[str]:
    found = []
    for key in MOMENTS:
        link = link_of(ctx.snapshot, key)
        if link is None:
            continue
        obj = ctx.snapshot.object(key)
        mine = f"AND x.\"{link.key}__object\" = '{LEAD}'" if link.kind.trait == "about" else ""
        moment = f'x."{moment_of(obj)}"'
        found.append(
            f'SELECT l.id, {moment} FROM l JOIN "{obj.table}" x ON x."{link.key}" = l.id {mine}'
            f" AND x.deleted_at IS NULL AND {moment} >= {since}"
        )
    return found
