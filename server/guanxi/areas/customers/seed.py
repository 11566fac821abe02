"""The tags that a new workspace begins with, in groups."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

TAGS: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("合作意向", "Intent", "red", (("高意向", "High intent"), ("中意向", "Medium intent"), ("低意向", "Low intent"))),
    ("客户价值", "Value", "amber", (("VIP", "VIP"), ("重点客户", "Key account"), ("长尾客户", "Long tail"))),
    ("采购特征", "Buying", "blue", (("价格敏感", "Price-sensitive"), ("决策周期长", "Slow to decide"),
                                    ("招投标", "Tenders"), ("可转介绍", "Refers others"))),
    ("服务状态", "Service", "green", (("待回访", "To call back"), ("续约中", "Renewing"), ("有流失风险", "At risk"))),
)  # fmt: skip
"""Group in both languages, hue, and the tags of the group in both languages."""


def seed(ctx: Context) -> None:
    """The first tags, in the workspace's language, unless there is a tag already."""
    if reads.ids(ctx, "tag", None, limit=1):
        return
    language = 1 if ctx.language == "en" else 0
    writes.create(
        ctx,
        "tag",
        [
            {"name": tag[language], "group": group[language], "color": color}
            for *group, color, tags in TAGS
            for tag in tags
        ],
    )
