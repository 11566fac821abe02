"""What the database knows of opportunities on their way: of those that are decided, and of those that are open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from guanxi.areas.sales.gates import OBJECT
from guanxi.areas.sales.rules.probability import Moment, Past
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object

MOST_DEALS = 10_000
"""Deals that are learned from at most, the latest ones."""
QUARTERS = (0.25, 0.75)
"""How far into each stay the moments lie."""


def past(ctx: Context) -> list[Past]:
    """The latest decided opportunities whose way through the stages is known."""
    obj = ctx.snapshot.object(OBJECT)
    change, stage = ctx.snapshot.object("stage_change"), ctx.snapshot.object("stage")
    counts = ", ".join(
        _activities(ctx, "c.opportunity", f"(c.entered_at - c.days * {1 - share} * interval '1 day')")
        for share in QUARTERS
    )
    rows = ctx.run(
        f"SELECT o.id, o.owner, o.status = 'won', {_values(ctx, obj)}, c.from_stage, c.days::float8, c.entered_at,"
        f" s.probability::float8 / 100, {counts}"
        f" FROM (SELECT * FROM \"{obj.table}\" WHERE deleted_at IS NULL AND status IN ('won', 'lost')"
        f" AND closed_on IS NOT NULL ORDER BY closed_on DESC, id LIMIT {MOST_DEALS:d}) o"
        f' JOIN "{change.table}" c ON c.opportunity = o.id AND c.deleted_at IS NULL AND c.days IS NOT NULL'
        f" JOIN \"{stage.table}\" s ON s.id = c.from_stage AND s.category = 'open'{_company(ctx)}"
        " ORDER BY o.id, c.entered_at, c.id"
    )
    by_deal: dict[UUID, list[Sequence[Any]]] = {}
    for row in rows:
        by_deal.setdefault(row[0], []).append(row)
    return [_past(mine) for mine in by_deal.values()]


def _past(rows: Sequence[Sequence[Any]]) -> Past:
    opportunity, owner, won = rows[0][:3]
    stays: dict[UUID, float] = {}
    moments = []
    for row in rows:
        values, (stage, days, left, default), counts = row[3:7], row[7:11], row[11:]
        stays[stage] = stays.get(stage, 0.0) + days
        moments += [
            Moment(opportunity, left - timedelta(days=days * (1 - share)), stage, days * share, default, *values,
                   activities=number, owner=owner)
            for share, number in zip(QUARTERS, counts, strict=True)
        ]  # fmt: skip
    return Past(opportunity, owner, won, max(row[9] for row in rows), stays, tuple(moments))


def now(ctx: Context, ids: Sequence[UUID]) -> list[Moment]:
    """What is known now of those among opportunities that are open."""
    obj, stage = ctx.snapshot.object(OBJECT), ctx.snapshot.object("stage")
    rows = ctx.run(
        f"SELECT o.id, o.stage, greatest(0, extract(epoch FROM $2 - coalesce(o.stage_since, o.created_at)))::float8 / 86400,"
        f" s.probability::float8 / 100, {_values(ctx, obj)}, {_activities(ctx, 'o.id', '$2')}, o.owner"
        f' FROM "{obj.table}" o JOIN "{stage.table}" s ON s.id = o.stage{_company(ctx)}'
        " WHERE o.id = ANY($1::uuid[]) AND o.deleted_at IS NULL AND o.status = 'open' ORDER BY o.id",
        [list(ids), ctx.now],
    )
    return [
        Moment(id_, ctx.now, stage_, days, default, *values, activities=number, owner=owner)
        for id_, stage_, days, default, *values, number, owner in rows
    ]


def open_after(ctx: Context, after: UUID | None, number: int) -> list[UUID]:
    """The open opportunities that come next in the order of their ids."""
    table = ctx.snapshot.object(OBJECT).table
    rows = ctx.run(
        f"SELECT id FROM \"{table}\" WHERE ($1::uuid IS NULL OR id > $1) AND deleted_at IS NULL AND status = 'open'"
        f" ORDER BY id LIMIT {number:d}",
        [after],
    )
    return [id_ for (id_,) in rows]


def _values(ctx: Context, obj: Object) -> str:
    """Amount in the usual currency, source, and level and industry of the company; empty where there is no such field."""
    amount = obj.fields.get("amount")
    usual = str(amount.settings.get("currency") or "CNY") if amount else ""
    company = ctx.snapshot.objects.get("company")
    money = f"CASE WHEN o.amount__currency = '{usual}' THEN o.amount::float8 END" if usual.isalpha() else "NULL::float8"
    source = "o.source" if "source" in obj.fields else "NULL::text"
    named = [f"k.{key}" if company and key in company.fields else "NULL::text" for key in ("level", "industry")]
    return ", ".join((money, source, *named))


def _company(ctx: Context) -> str:
    company = ctx.snapshot.objects.get("company")
    return f' LEFT JOIN "{company.table}" k ON k.id = o.company AND k.deleted_at IS NULL' if company else ""


def activities(ctx: Context) -> dict[str, str]:
    """The objects whose records count as activity, with the field that says when it was."""
    field = ctx.snapshot.object(OBJECT).fields.get("last_activity_at")
    named: dict[str, str] = dict(field.settings.get("moments") or {}) if field else {}
    return {
        key: moment for key, moment in named.items()
        if (obj := ctx.snapshot.objects.get(key)) and moment in obj.fields and "about" in obj.fields
    }  # fmt: skip


def about(ctx: Context, key: str, ids: Sequence[UUID]) -> set[UUID]:
    """The opportunities that activities are about, deleted ones too."""
    rows = ctx.run(
        f'SELECT DISTINCT about FROM "{ctx.snapshot.object(key).table}" WHERE id = ANY($1::uuid[])'
        f" AND about__object = '{OBJECT}' AND about IS NOT NULL",
        [list(ids)],
    )
    return {id_ for (id_,) in rows}


def _activities(ctx: Context, opportunity: str, at: str) -> str:
    """How many activities there were about an opportunity in the 30 days before a moment, as SQL."""
    counts = [
        f'(SELECT count(*) FROM "{ctx.snapshot.object(key).table}" a WHERE a.about = {opportunity}'
        f" AND a.about__object = '{OBJECT}' AND a.deleted_at IS NULL"
        f' AND a."{moment}" > {at} - interval \'30 days\' AND a."{moment}" <= {at})'
        for key, moment in activities(ctx).items()
    ]
    return " + ".join(counts) or "0"
