"""Who sells to the sample company's customers as well, and for which of its opportunities."""

from __future__ import annotations

from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

NAMES = (
    ("启明数据", "价格灵活，交付快", "售后人手少", "突出我们的本地服务团队和三年质保。"),
    ("远图科技", "品牌知名度高", "定制周期长，报价高", "用同行业案例和按期上线的记录打动客户。"),
    ("盛达软件", "与财务系统集成好", "不支持私有部署", "强调数据留在客户自己的机房。"),
)


def competitors(ctx: Context) -> None:
    """Three of them; each was there where a deal was lost to one."""
    keys = ("name", "strengths", "weaknesses", "answer")
    made = writes.create(ctx, "competitor", [dict(zip(keys, row, strict=True)) for row in NAMES])
    fields = ("loss_reason", "owner")
    deals = reads.native(ctx, "opportunity", reads.ids(ctx, "opportunity", None), fields)
    rows: list[dict[str, Any]] = []
    for place, (deal, row) in enumerate(deals.items()):
        if row["loss_reason"] != "competitor":
            continue
        rows.append({
            "opportunity": deal, "competitor": made[place % len(made)], "outcome": "won",
            "strengths": NAMES[place % len(NAMES)][1], "owner": row["owner"],
        })  # fmt: skip
    writes.create(ctx, "opportunity_competitor", rows)
