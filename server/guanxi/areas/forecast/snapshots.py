"""Weekly snapshots: how every opportunity stands, kept where it changed, and what each method says of what goes on.

A snapshot holds from its day until the next one found the opportunity changed, so that a week costs what changed in it.
All of it is repeatable: what was kept already differs from nothing, and the week's records are its last step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.forecast import telling
from guanxi.areas.forecast.places import Places, named, places
from guanxi.areas.forecast.rules import methods
from guanxi.areas.forecast.rules.figures import NOTHING
from guanxi.areas.forecast.rules.periods import Period, Unit, period_of
from guanxi.areas.forecast.rules.tree import COMPANY, Node
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.kit import clock
from guanxi.kit.money import Money

OBJECT = "forecast_snapshot"
BATCH, MOST_BATCHES = 2000, 10_000
KEPT = ("status", "amount", "probability", "forecast_category", "expected_close_on", "closed_on")
RECORDED: tuple[Unit, ...] = ("month", "quarter")
_LATE = timedelta(days=14)
"""Deals that came and ended between two snapshots are kept while they ended so lately."""


def due(ctx: Context) -> bool:
    """Whether this week's snapshot is still to be taken, which is its last step."""
    monday = clock.start_of("week", ctx.today)
    where = {"field": "taken_on", "op": "gte", "value": monday.isoformat()}
    return not reads.ids(ctx, "forecast_record", where, limit=1_000_000)


def take(workspace: Workspace) -> int:
    """Take this week's snapshot unless it is there; how many opportunities had changed. Each batch is a unit of work."""
    with work(workspace, SYSTEM, via="job") as ctx:
        if "forecast_record" not in ctx.snapshot.objects or not due(ctx):
            return 0
    kept = 0
    for _ in range(MOST_BATCHES):
        with work(workspace, SYSTEM, via="job") as ctx:
            some = keep_batch(ctx)
        kept += some
        if some < BATCH:
            break
    with work(workspace, SYSTEM, via="job") as ctx:
        if due(ctx):
            record(ctx)
    return kept


def keep_batch(ctx: Context) -> int:
    """Keep how some opportunities stand now that stand otherwise than was kept, and end what held of them."""
    today = ctx.today
    rows = _changed(ctx)
    old = [last for _, last in rows if last is not None]
    begun = reads.native(ctx, OBJECT, old, ("valid_from",))
    again = [one for one in old if begun[one]["valid_from"] >= today]
    if again:
        writes.delete(ctx, OBJECT, again)  # it changed within the day of a snapshot: what holds is kept
    ended = [Change(one, {"valid_to": today}) for one in old if one not in set(again)]
    if ended:
        writes.update(ctx, OBJECT, ended)
    live = reads.native(ctx, "opportunity", [deal for deal, _ in rows], ("name", "owner", *KEPT))
    if live:
        writes.create(ctx, OBJECT, [snapshot_of(deal, row, today) for deal, row in live.items()])
    return len(rows)


def snapshot_of(deal: UUID, row: Mapping[str, Any], day: date, until: date | None = None) -> dict[str, Any]:
    """Values of a snapshot of an opportunity that holds from a day on."""
    return {
        "name": row["name"], "opportunity": deal, "owner": row["owner"], "held_by": row["owner"],
        **{key: row[key] for key in KEPT}, "valid_from": day, "valid_to": until,
    }  # fmt: skip


def _changed(ctx: Context) -> list[tuple[UUID, UUID | None]]:
    """Opportunities that stand otherwise than their last snapshot says, or are gone, with that snapshot."""
    deal, kept = ctx.snapshot.object("opportunity"), ctx.snapshot.object(OBJECT)
    columns = [*KEPT, "amount__currency"]
    differs = " OR ".join(f't."{key}" IS DISTINCT FROM s."{key}"' for key in columns)
    since = ctx.today - _LATE
    return [
        (one, last)
        for one, last in ctx.run(
            "SELECT coalesce(t.id, s.opportunity), s.id FROM"  # lint-skip: composed-sql — names are of the catalog
            f' (SELECT * FROM "{deal.table}" WHERE deleted_at IS NULL) t'
            f' FULL JOIN (SELECT * FROM "{kept.table}" WHERE deleted_at IS NULL AND valid_to IS NULL) s'
            " ON s.opportunity = t.id"
            " WHERE (s.id IS NULL AND (t.status = 'open' OR t.closed_on >= $1::date))"
            f" OR (s.id IS NOT NULL AND (t.id IS NULL OR t.owner IS DISTINCT FROM s.held_by OR {differs}))"
            f" LIMIT {BATCH}",
            [since],
        )
    ]


def record(ctx: Context) -> int:
    """Note what each method says of this month and this quarter, for every node of which there is something to say."""
    where = places(ctx)
    rows: list[dict[str, Any]] = []
    for unit in RECORDED:
        period = period_of(unit, ctx.today, ctx.workspace.fiscal_month)
        rows += _records(ctx, where, period)
    writes.create(ctx, "forecast_record", rows)
    return len(rows)


def _records(ctx: Context, where: Places, period: Period) -> Iterable[dict[str, Any]]:
    found = telling.forecast(ctx, where, period)
    nodes = [
        node for node, one in found.figures.items() if node != COMPANY and node.kind != "nobody" and not one.is_nothing
    ]
    titles = named(ctx, nodes)
    for node in [COMPANY, *nodes]:
        mine = found.figures.get(node, NOTHING)
        said = methods.model(mine.won, mine.expected, mine.variance, mine.fresh)
        values = {
            "won": mine.won, "commit": mine.of("commit"), "best_case": mine.of("best_case"),
            "pipeline": mine.of("pipeline"), "weighted": mine.weighted,
            "run_rate": methods.run_rate(mine.won, mine.later), "model": said.middle, "model_low": said.low,
            "model_high": said.high, "forecast": found.outcome[node][1] if node in found.outcome else Decimal(0),
        }  # fmt: skip
        yield record_of(ctx, node, titles.get(node), period, ctx.today, values)


def record_of(
    ctx: Context, node: Node, title: str | None, period: Period, day: date, values: Mapping[str, Decimal]
) -> dict[str, Any]:
    """Values of what was said of a node's period on a day."""
    currency = ctx.workspace.currency
    return {
        "name": f"{title or ctx.workspace.name} · {period.name}"[:300],
        "person": node.id if node.kind == "person" else None,
        "department": node.id if node.kind == "department" else None,
        "period": period.unit,
        "starts_on": period.begins,
        "taken_on": day,
        "owner": None,
        **{key: Money(value, currency).rounded() for key, value in values.items()},
    }


def days_kept(ctx: Context, since: date) -> Sequence[date]:
    """The days on which snapshots were taken, the first of them first."""
    where = {"and": [
        {"field": "taken_on", "op": "gte", "value": since.isoformat()},
        {"field": "person", "op": "is_empty"}, {"field": "department", "op": "is_empty"},
    ]}  # fmt: skip
    system = ctx.as_system()
    rows = reads.native(system, "forecast_record", reads.ids(system, "forecast_record", where), ("taken_on",))
    return sorted({row["taken_on"] for row in rows.values()})
