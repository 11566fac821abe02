"""What the sample company's salespeople say, and where they said it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

_SCRIPTS = (
    ("首次电话开场", ("{contact.name}您好，我是云帆软件的{owner.name}。了解到{company.name}正在梳理客户管理流程，想占用您两分钟，"
     "说说同行业的企业是怎么做的，您现在方便吗？"), None, (0,)),
    ("了解现状的五个问题", ("1. 现在客户信息放在哪里？\n2. 销售跟进靠什么提醒？\n3. 报价和合同怎么审批？\n4. 老板想看的数据多久能拿到？\n"
     "5. 如果只改一处，您最想先改哪里？"), None, (0, 1)),
    ("觉得价格高", ("理解您的顾虑。我们按人计费，{company.name}可以先用核心功能，满意再扩。我把同规模客户一年省下的工时"
     "算给您看，您再判断值不值。"), "price", (2, 3)),
    ("正在用其他产品", "现在的系统您最满意哪一点？我们通常先并行一个月，数据可以一键导入，不满意随时停，不影响现有业务。", "competitor", ()),
    ("要向领导汇报", "没问题，我帮您准备一页纸的汇报材料，把投入、节省和上线计划都写清楚。{contact.name}，领导最关心的是成本还是风险？",
     "authority", (2, 3)),
    ("等明年预算", "那我们先把方案和报价定下来，赶上预算编制。今年签约、明年付款也可以，您看哪种更方便？", "budget", (3,)),
)  # fmt: skip
"""Title, words, objection, and the places of the stages that they are for."""
_EVERY = 3
"""One in so many of the opportunities had a script used with it."""
_MOST = 24


def enablement(ctx: Context) -> None:
    """Scripts for the stages of the pipeline, and some uses of them."""
    scripts = _scripts(ctx)
    fields = ("owner", "created_at", "status")
    deals = reads.native(ctx, "opportunity", reads.ids(ctx, "opportunity", None), fields)
    uses: list[dict[str, Any]] = []
    for place, (deal, row) in enumerate(list(deals.items())[::_EVERY][:_MOST]):
        script = place % len(scripts)
        uses.append({
            "name": _SCRIPTS[script][0], "script": scripts[script], "owner": row["owner"], "used_in": "note",
            "about": {"object": "opportunity", "id": str(deal)}, "used_at": min(ctx.now, row["created_at"] + timedelta(days=2)),
        })  # fmt: skip
    writes.create(ctx, "script_use", uses)


def _scripts(ctx: Context) -> list[Any]:
    where = {
        "and": [
            {"field": "pipeline.is_default", "op": "eq", "value": True},
            {"field": "category", "op": "eq", "value": "open"},
        ]
    }
    stages = reads.native(ctx, "stage", reads.ids(ctx, "stage", where), ("position",))
    in_order = sorted(stages, key=lambda one: stages[one]["position"] or 0)
    return writes.create(
        ctx,
        "script",
        [
            {
                "name": name,
                "body": body,
                "objection": objection,
                "stages": [in_order[place] for place in places if place < len(in_order)],
            }
            for name, body, objection, places in _SCRIPTS
        ],
    )
