"""What the sample company's salespeople say and hand out, and where they said it."""

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
_MATERIALS = (
    ("产品一页纸", "首次拜访前发给客户，两分钟看完", (0, 1), ("<h2>云帆客户管理</h2><p>客户、商机、报价、合同和回款在一处，手机电脑都能用。</p>"
     "<h3>适合谁</h3><p>5 到 500 人的销售团队。</p><h3>多久上线</h3><p>导入表格当天可用，流程一周内配置完成。</p>")),
    ("制造业客户案例", "客户问“同行怎么用”时发送", (1, 2), ("<h2>某装备制造企业</h2><p>120 名销售，原来用表格登记客户，重复跟进多。</p>"
     "<h3>做法</h3><p>导入历史客户并查重，公海规则自动回收 30 天未跟进的客户。</p><h3>结果</h3><p>线索 1 小时内跟进的比例从 22% 提高到 71%。</p>")),
    ("数据安全说明", "客户的信息部门评估时发送", (2, 3), ("<h2>数据在哪里</h2><p>可部署在客户自己的服务器，数据不出内网。</p>"
     "<h2>谁能看到</h2><p>按角色、部门和字段授权，每次修改都有记录。</p>")),
    ("上线计划样例", "方案阶段与客户一起确认", (2, 3), ("<h2>四周计划</h2><p>第一周：梳理流程，导入数据。</p><p>第二周：配置与试用。</p>"
     "<p>第三周：培训。</p><p>第四周：全员启用。</p>")),
)  # fmt: skip
"""Articles: title, when to use them, the places of the stages that they are for, text."""
_EVERY = 3
"""One in so many of the opportunities had a script used with it."""
_MOST = 24


def enablement(ctx: Context) -> None:
    """Scripts and materials for the stages of the pipeline, and some uses of the scripts."""
    stages = _stages(ctx)
    scripts = _scripts(ctx, stages)
    _materials(ctx, stages)
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


def _stages(ctx: Context) -> list[Any]:
    where = {
        "and": [
            {"field": "pipeline.is_default", "op": "eq", "value": True},
            {"field": "category", "op": "eq", "value": "open"},
        ]
    }
    stages = reads.native(ctx, "stage", reads.ids(ctx, "stage", where), ("position",))
    return sorted(stages, key=lambda one: stages[one]["position"] or 0)


def _scripts(ctx: Context, stages: list[Any]) -> list[Any]:
    rows = [
        {"name": name, "body": body, "objection": objection, "stages": _at(stages, places)}
        for name, body, objection, places in _SCRIPTS
    ]
    return writes.create(ctx, "script", rows)


def _materials(ctx: Context, stages: list[Any]) -> None:
    rows = [
        {"name": name, "kind": "article", "summary": summary, "body": body, "stages": _at(stages, places)}
        for name, summary, places, body in _MATERIALS
    ]
    writes.create(ctx, "material", rows)


def _at(stages: list[Any], places: tuple[int, ...]) -> list[Any]:
    return [stages[place] for place in places if place < len(stages)]
