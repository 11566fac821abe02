"""The sample's pools: leads and companies that nobody follows up, who may claim them, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from guanxi.areas.pools import moving
from guanxi.areas.pools.moving import Step
from guanxi.capabilities.identity import roles
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.packs.sample.organisation import EAST, SOUTH

REASONS = ("多次联系未接通", "预算推迟到明年", "暂无采购计划", "已选用其他供应商")
LEADS, COMPANIES = 24, 9
NO_DEALS = {"and": [
    {"field": "open_opportunities", "op": "eq", "value": 0}, {"field": "parent", "op": "is_empty"},
    {"or": [{"field": "won_amount", "op": "is_empty"}, {"field": "won_amount", "op": "eq", "value": 0}]},
]}  # fmt: skip


def pools(ctx: Context, members: Mapping[str, UUID]) -> None:
    """Two pools with what lies in them, two limits and two rules; of these only the patient one is on."""
    where = {"field": "name", "op": "in", "value": [EAST, SOUTH]}
    regions = reads.ids(ctx, "department", where)
    heads = [members["manager"], members["wangfang"]]
    of_leads, of_companies = writes.create(ctx, "pool", [
        {
            "name": "线索公海", "object": "lead", "description": "暂时无人跟进的线索，先到先得",
            "departments": regions, "admins": heads, "others": "reveal",
            "shown": ["company_name", "title", "industry", "source", "rating", "status"],
            "claims_per_day": 10, "views_per_day": 20, "cooling_days": 7, "position": 10,
        },
        {
            "name": "客户公海", "object": "company", "description": "长期没有往来的客户，领取后请在一周内联系",
            "departments": regions, "admins": heads, "others": "masked",
            "shown": ["industry", "level", "size", "type", "source"],
            "claims_per_day": 5, "cooling_days": 15, "position": 20,
        },
    ])  # fmt: skip
    (salesperson,) = roles.role_ids(ctx, ("salesperson",))
    open_leads = {"field": "status", "op": "in", "value": ["new", "contacted"]}
    writes.create(ctx, "holding_limit", [
        {"name": "在跟进的线索", "object": "lead", "most": 40, "where": open_leads, "roles": [salesperson]},
        {"name": "名下客户", "object": "company", "most": 60, "roles": [salesperson]},
    ])  # fmt: skip
    gone_cold = {"field": "status", "op": "eq", "value": "unqualified"}
    writes.create(ctx, "recycle_rule", [
        {
            "name": "一年未跟进的无效线索", "pool": of_leads, "field": "last_activity_at", "days": 365, "warn_days": 7,
            "where": gone_cold, "position": 10,
        },
        {
            "name": "30 天未跟进的线索", "pool": of_leads, "field": "last_activity_at", "days": 30, "warn_days": 3,
            "where": open_leads, "position": 20, "active": False,
        },
    ])  # fmt: skip
    _put(ctx, "lead", of_leads, gone_cold, LEADS)
    _put(ctx, "company", of_companies, NO_DEALS, COMPANIES)


def _put(ctx: Context, object_key: str, pool: UUID, where: Any, number: int) -> None:
    """The oldest records of a kind into a pool, one each day of the last weeks."""
    query = reads.Query(select=("owner",), where=where, sort=(("created_at", "asc"),), limit=number)
    rows = reads.page(ctx, object_key, query).rows
    obj = moving.object_with_pools(ctx, object_key)
    for place, row in enumerate(rows):
        owner = UUID(row["owner"]["id"]) if row["owner"] else None
        at = ctx.now - timedelta(days=place + 1, hours=place)
        then = replace(ctx, now=at, actor=SYSTEM, on_behalf_of=owner)
        held = moving.hold(then, obj, [UUID(row["id"])])
        moving.take(
            then, obj, held, [Step(one, "released", pool, reason=REASONS[place % len(REASONS)]) for one in held]
        )
