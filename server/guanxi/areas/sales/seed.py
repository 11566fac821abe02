"""The sales process that a new workspace begins with."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

STANDARD = {"zh-CN": "标准销售流程", "en": "Standard sales process"}
STAGES: tuple[tuple[str, str, int, str, str], ...] = (
    ("初步接触", "First contact", 10, "open", "slate"),
    ("需求确认", "Needs confirmed", 25, "open", "blue"),
    ("方案报价", "Proposal", 50, "open", "cyan"),
    ("商务谈判", "Negotiation", 70, "open", "amber"),
    ("合同审批", "Contract review", 90, "open", "violet"),
    ("赢单", "Won", 100, "won", "green"),
    ("输单", "Lost", 0, "lost", "red"),
)
"""Name in both languages, probability in percent, category and hue of each stage, in order."""
AFTER_QUOTE = "合同审批"
"""The stage that an opportunity enters when its quote is accepted."""


def seed(ctx: Context) -> None:
    """The standard pipeline with its stages, in the workspace's language, unless there is a pipeline already."""
    if reads.ids(ctx, "pipeline", None, limit=1):
        return
    chinese = ctx.language != "en"
    name = STANDARD["zh-CN" if chinese else "en"]
    (pipeline,) = writes.create(ctx, "pipeline", [{"name": name, "is_default": True, "position": 1}])
    writes.create(
        ctx,
        "stage",
        [
            {
                "name": zh if chinese else en,
                "pipeline": pipeline,
                "position": place,
                "probability": probability,
                "category": category,
                "color": color,
                "after_quote": zh == AFTER_QUOTE,
            }
            for place, (zh, en, probability, category, color) in enumerate(STAGES, start=1)
        ],
    )
