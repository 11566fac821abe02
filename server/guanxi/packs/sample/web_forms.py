"""The sample's web forms, and what visitors sent by them in the last days: new leads, and some who are known already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from guanxi.areas.web_forms.taking_in import FORM, FORM_FIELDS, Submission, take_in
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

_DEMO: dict[str, Any] = {
    "name": "官网预约演示", "title": "预约产品演示", "title_en": "Book a demo",
    "intro": "留下联系方式，顾问会在一个工作日内与您联系。", "intro_en": "Leave your details and we will be in touch within a working day.",
    "button": "提交预约", "button_en": "Send", "thanks": "我们已收到您的预约，顾问会尽快与您联系。",
    "thanks_en": "We have your request and will be in touch soon.", "source": "website", "color": "#2563eb",
    "fields": [
        {"field": "name", "required": True}, {"field": "company_name", "required": True}, {"field": "title"},
        {"field": "mobile", "required": True}, {"field": "industry"},
        {"field": "need", "label": "您希望了解什么？", "label_en": "What would you like to see?"},
    ],
}  # fmt: skip
_FAIR: dict[str, Any] = {
    "name": "智能制造展会登记", "title": "展会登记", "title_en": "Trade fair registration",
    "intro": "登记后可领取《制造业数字化白皮书》。", "intro_en": "Register for our white paper on digital manufacturing.",
    "button": "登记", "button_en": "Register", "thanks": "白皮书已发送，欢迎到 B12 展位交流。",
    "thanks_en": "The white paper is on its way. Visit us at stand B12.", "source": "exhibition",
    "campaign": "2026 智能制造展", "color": "#0f766e",
    "fields": [
        {"field": "name", "required": True}, {"field": "company_name"}, {"field": "mobile"},
        {"field": "mail", "required": True}, {"field": "wechat"},
    ],
}  # fmt: skip
_SENT: tuple[tuple[dict[str, Any], dict[str, str], dict[str, str], int], ...] = (
    (_DEMO, {
        "name": "沈立群", "company_name": "苏州恒越自动化有限公司", "title": "总经理", "mobile": "13900001801",
        "industry": "machinery", "need": "想看销售自动化和报价审批，预计本季度上线",
    }, {"utm_source": "baidu", "utm_medium": "cpc", "utm_campaign": "CRM 品牌词"}, 3),
    (_DEMO, {"name": "罗晓雯", "company_name": "杭州拾光文化传媒", "mobile": "13900001802", "industry": "media"},
     {"utm_source": "wechat", "utm_medium": "article", "utm_campaign": "客户案例"}, 20),
    (_FAIR, {"name": "Kevin Tan", "company_name": "狮城电子（上海）", "mail": "kevin.tan@shicheng.example"}, {}, 46),
    (_DEMO, {"name": "沈立群", "company_name": "苏州恒越自动化有限公司", "mobile": "13900001801", "need": "希望周四下午演示"},
     {"utm_source": "direct"}, 1),
)  # fmt: skip
"""Form, answers, where from, and how many hours ago, the earliest of a person first."""


def web_forms(ctx: Context, members: Mapping[str, UUID]) -> None:
    """Two forms with what came by them."""
    made: dict[str, UUID] = {}
    for values in (_DEMO, _FAIR):
        (made[values["name"]],) = writes.create(ctx, FORM, [{**values, "assign_to": members["wangfang"]}])
    kept = reads.native(ctx, FORM, list(made.values()), FORM_FIELDS)
    for place, (values, given, places, hours) in enumerate(_SENT):
        then = replace(ctx, now=ctx.now - timedelta(hours=hours))
        id_ = made[values["name"]]
        answers = {key: (text,) for key, text in given.items()}
        take_in(then, id_, kept[id_], Submission(f"sample-{place}", answers, places, "zh-CN"))
