"""The measured workspace: how many of what, who owns it, and the seeded generator of every row."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.engine.objects.fields.kinds.about import About
from guanxi.kit.ids import uuid7_at
from guanxi.kit.money import Money

SEED = 20261122
TODAY = datetime(2026, 11, 1, 8, tzinfo=UTC)
CITIES = "北京 上海 广州 深圳 杭州 南京 苏州 成都 重庆 武汉 西安 天津 青岛 长沙 郑州 宁波 厦门 合肥 济南 沈阳".split()
WORDS = (
    "华信 远大 天智 博联 金盾 海纳 云图 瑞丰 中科 东方 恒泰 宏达 鼎盛 星河 飞腾 锦程 德瑞 联创 启明 佳美 新锐 众诚 "
    "万象 卓越 汇通 安泰 益康 百川 凌志 环宇 盛世 嘉禾 乐享 绿源 天翼 长风 同创 优品 正大 博雅"
).split()
TRADES = "科技 教育 物流 制造 医疗 电子 食品 传媒 能源 建筑 软件 贸易 环保 餐饮 金融 汽车".split()
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文斌玉兰"
NEEDS = "系统升级 年度采购 数据平台 培训项目 设备更新 云服务 安全审计 供应链优化 门店改造 客服外包".split()
FOLLOW_UPS = (
    "客户希望下周看到报价，预算已批",
    "电话沟通需求，对竞品价格有疑问",
    "拜访后确认了采购流程和决策人",
    "已发送方案，等待技术部门评审",
    "客户要求增加售后服务条款",
    "项目推迟到下季度，保持联系",
)


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    companies: int = 200_000
    contacts: int = 300_000
    opportunities: int = 1_000_000
    activities: int = 2_000_000

    def scaled(self, factor: float) -> Size:
        """The same proportions at another size."""
        return Size(
            *(max(10, int(n * factor)) for n in (self.companies, self.contacts, self.opportunities, self.activities))
        )


@dataclass(frozen=True)
class People:
    """Who owns what: the sales people of all teams, in the order of their teams."""

    sellers: tuple[UUID, ...]


@dataclass(frozen=True)
class Stages:
    """The default pipeline."""

    pipeline: UUID
    stages: tuple[tuple[UUID, str, Decimal], ...]
    """Id, status and probability of each stage."""


Row = tuple[UUID, dict[str, Any]]


class Generator:
    """Rows of every object, the same for the same seed. Company i belongs to seller i modulo their number."""

    def __init__(self, size: Size, people: People, stages: Stages, products: tuple[UUID, ...]) -> None:
        self.size, self.people, self.stages, self.products = size, people, stages, products
        self.random = random.Random(SEED)  # noqa: S311 - rows, not secrets
        self.company_ids: list[UUID] = []
        self.opportunity_ids: list[UUID] = []
        self.opportunity_companies: list[int] = []

    def owner(self, company: int) -> UUID:
        """The seller of a company."""
        return self.people.sellers[company % len(self.people.sellers)]

    def _past(self, days: int = 1000) -> datetime:
        return TODAY - timedelta(seconds=self.random.randrange(days * 86_400))

    def _base(self, company: int, at: datetime, *, child: bool) -> dict[str, Any]:
        owner = self.owner(company)
        row = {"owner": owner, "created_at": at, "created_by": owner, "updated_at": at, "updated_by": owner}
        return {**row, "via_owner": owner} if child else row

    def companies(self) -> Iterator[Row]:
        """Companies."""
        pick = self.random.choice
        for number in range(self.size.companies):
            at = self._past()
            record = uuid7_at(at)
            self.company_ids.append(record)
            yield (
                record,
                {
                    **self._base(number, at, child=False),
                    "name": f"{pick(CITIES)}{pick(WORDS)}{pick(WORDS)}{pick(TRADES)}有限公司",
                    "industry": pick(INDUSTRIES) if INDUSTRIES else None,
                    "level": pick("ABCD"),
                    "employees": self.random.randrange(5, 5000),
                    "tags": ["重点"] if self.random.random() < 0.1 else None,
                },
            )

    def contacts(self) -> Iterator[Row]:
        """Contacts."""
        pick = self.random.choice
        for _ in range(self.size.contacts):
            company = self.random.randrange(self.size.companies)
            at = self._past()
            yield (
                uuid7_at(at),
                {
                    **self._base(company, at, child=True),
                    "name": pick(SURNAMES) + pick(GIVEN) + pick(GIVEN),
                    "company": self.company_ids[company],
                    "mobile": f"+861{pick('3578')}{self.random.randrange(10**9):09d}",
                    "title": pick(("总经理", "采购经理", "技术总监", "财务主管")),
                },
            )

    def opportunities(self) -> Iterator[Row]:
        """Opportunities."""
        pick = self.random.choice
        for number in range(self.size.opportunities):
            company = self.random.randrange(self.size.companies)
            at = self._past()
            record = uuid7_at(at)
            self.opportunity_ids.append(record)
            self.opportunity_companies.append(company)
            stage, status, probability = pick(self.stages.stages)
            amount = None if self.random.random() < 0.08 else Decimal(int(self.random.lognormvariate(11, 1.2)))
            closes = at.date() + timedelta(days=self.random.randrange(10, 200))
            yield (
                record,
                {
                    **self._base(company, at, child=True),
                    "name": f"{pick(WORDS)}{pick(TRADES)}{pick(NEEDS)}{number % 997}",
                    "number": f"OPP-{number + 1:06d}",
                    "company": self.company_ids[company],
                    "pipeline": self.stages.pipeline,
                    "stage": stage,
                    "status": status,
                    "probability": probability,
                    "amount": None if amount is None else Money(amount, "CNY"),
                    "expected_close_on": closes,
                    "closed_on": None if status == "open" else closes,
                    "product": pick(self.products),
                },
            )

    def activities(self, share: float, title: str | None, body: str | None, extra: dict[str, Any]) -> Iterator[Row]:
        """A share of the activities: about opportunities and companies."""
        pick = self.random.choice
        for _ in range(int(self.size.activities * share)):
            place = self.random.randrange(self.size.opportunities)
            company = self.opportunity_companies[place]
            about = About("opportunity", self.opportunity_ids[place])
            if self.random.random() < 0.35:
                about = About("company", self.company_ids[company])
            at = self._past()
            row = {**self._base(company, at, child=True), "about": about, **extra}
            if title:
                row[title] = pick(NEEDS) + pick(("跟进", "确认", "回访", "准备"))
            if body:
                row[body] = pick(FOLLOW_UPS)
            yield uuid7_at(at), row


INDUSTRIES: list[str] = []
"""Keys of the choice ``company.industry``; filled from the catalog before generating."""
