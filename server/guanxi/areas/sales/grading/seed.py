"""The grading model that a new workspace begins with."""

from __future__ import annotations

from typing import Any

from guanxi.areas.sales.grading.models import MODEL, RULE
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

STANDARD = ("标准评级模型", "Standard grading")
_LEADERS = ("总经理", "总监", "CEO", "CIO", "CTO", "VP", "Director", "董事长", "副总")
_DECIDES = {"or": [{"field": "title", "op": "contains", "value": one} for one in _LEADERS]}
_REACHED = {"or": [{"field": key, "op": "not_empty"} for key in ("mobile", "phone", "mail", "wechat")]}
_WARM = {"field": "source", "op": "in", "value": ["referral", "partner", "exhibition", "event"]}
_GONE = {"field": "status", "op": "eq", "value": "unqualified"}

RULES: tuple[tuple[tuple[str, str], dict[str, Any]], ...] = (
    (("留有公司名称", "Company named"), {"where": {"field": "company_name", "op": "not_empty"}, "points": 15}),
    (("留有联系方式", "Can be reached"), {"where": _REACHED, "points": 10}),
    (("决策层职务", "Decides at the company"), {"where": _DECIDES, "points": 25}),
    (("行业明确", "Industry known"), {"where": {"field": "industry", "op": "not_empty"}, "points": 10}),
    (("写明了需求", "Need described"), {"where": {"field": "need", "op": "not_empty"}, "points": 20}),
    (("转介绍、伙伴或展会来源", "Referral, partner or trade fair"), {"where": _WARM, "points": 20}),
    (("已判为无效", "Found unqualified"), {"where": _GONE, "points": -60}),
    (("来信", "Mail received"), {
        "event": "message", "where": {"field": "direction", "op": "eq", "value": "in"}, "points": 20,
        "half_life_days": 14, "at_most": 50,
    }),
    (("提交网页表单", "Web form filled in"), {
        "event": "form_submission", "points": 20, "half_life_days": 14, "at_most": 40,
    }),
    (("会议", "Meeting"), {"event": "meeting", "points": 30, "half_life_days": 30, "at_most": 60}),
    (("电话接通", "Call answered"), {
        "event": "call", "where": {"field": "outcome", "op": "eq", "value": "connected"}, "points": 15,
        "half_life_days": 21, "at_most": 45,
    }),
    (("跟进记录", "Note"), {"event": "note", "points": 6, "half_life_days": 14, "at_most": 18}),
    (("已确认需求", "Qualified"), {
        "where": {"field": "status", "op": "eq", "value": "qualified"}, "points": 25, "axis": "engagement",
    }),
)  # fmt: skip
"""Name in both languages and what each rule says; rules with an event are about engagement."""


def seed_grading(ctx: Context) -> None:
    """A model with its rules, in the workspace's language, unless there is one already."""
    if reads.ids(ctx, MODEL, None, limit=1000):
        return
    place = 1 if ctx.language == "en" else 0
    (model,) = writes.create(ctx, MODEL, [{"name": STANDARD[place]}])
    known = ctx.snapshot.objects
    rows = [
        {
            "name": name[place],
            "model": model,
            "position": at,
            "axis": "engagement" if "event" in rule else "fit",
            **rule,
        }
        for at, (name, rule) in enumerate(RULES, 1)
        if rule.get("event", RULE) in known
    ]
    writes.create(ctx, RULE, rows)
