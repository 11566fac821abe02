"""The sample's territories, and an assignment rule to switch on: until then leads are of whoever brings them in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from guanxi.areas.sales.assigning.models import RULE, TERRITORY
from guanxi.engine.context import Context
from guanxi.engine.records import writes

_TERRITORIES: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({"name": "华东", "regions": ["31", "32", "33"], "position": 1}, ("sales", "zhanglei", "wuqian", "liuyang")),
    ({"name": "华南", "regions": ["44", "45", "46"], "position": 2}, ("hejun", "guojing", "machao")),
)
_RULE: dict[str, Any] = {
    "name": "按区域轮流分配", "by_territory": True, "mode": "round_robin", "accept_minutes": 30, "otherwise": "superior",
    "position": 1, "active": False,
}  # fmt: skip


def assignment(ctx: Context, members: Mapping[str, UUID]) -> None:
    """Two territories and a rule."""
    writes.create(ctx, TERRITORY, [
        {**values, "members": [members[key] for key in keys]} for values, keys in _TERRITORIES
    ])  # fmt: skip
    writes.create(ctx, RULE, [_RULE])
