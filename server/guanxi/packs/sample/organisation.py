"""The people of the sample company and where they stand: three levels, fifteen members, some in two places."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = "总经理办公室"
EAST, SOUTH = "华东大区", "华南大区"

DEPARTMENTS: tuple[tuple[str, str | None], ...] = (
    (HEAD, None),
    (EAST, HEAD),
    (SOUTH, HEAD),
    ("市场运营部", HEAD),
    ("上海一部", EAST),
    ("上海二部", EAST),
    ("江浙部", EAST),
    ("深圳部", SOUTH),
    ("广州部", SOUTH),
)
"""Each department after the one it lies below."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member. `share` is how much of the sales work is theirs, `cities` where their customers are."""

    key: str
    name: str
    title: str
    role: str
    department: str
    manager: str | None
    share: int = 0
    cities: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """The address the person signs in with, or would."""
        return f"{self.key}@guanxi.local"


_SHANGHAI = ("上海市",)
_NORTH = ("北京市", "天津市", "济南市", "青岛市", "郑州市", "西安市")
_DELTA = ("杭州市", "宁波市", "嘉兴市", "绍兴市", "温州市", "苏州市", "南京市", "无锡市", "常州市", "南通市", "合肥市")
_SOUTH = ("深圳市", "佛山市", "厦门市", "福州市")
_INLAND = ("广州市", "武汉市", "长沙市", "成都市", "重庆市")

PEOPLE: tuple[Person, ...] = (
    Person("admin", "陈志远", "总经理", "administrator", HEAD, None),
    Person("zhoumin", "周敏", "财务总监", "read_only", HEAD, "admin"),
    Person("manager", "林浩", "华东大区总监", "manager", EAST, "admin", 4, _SHANGHAI),
    Person("wangfang", "王芳", "华南大区总监", "manager", SOUTH, "admin", 4, _SOUTH),
    Person("sales", "李娜", "高级客户经理", "salesperson", "上海一部", "manager", 12, _SHANGHAI),
    Person("zhanglei", "张磊", "客户经理", "salesperson", "上海一部", "manager", 10, (*_SHANGHAI, "南通市")),
    Person("wuqian", "吴倩", "客户经理", "salesperson", "上海一部", "manager", 7, _SHANGHAI),
    Person("zhaoqiang", "赵强", "高级客户经理", "salesperson", "上海二部", "manager", 10, _NORTH),
    Person("sunli", "孙丽", "客户经理", "salesperson", "上海二部", "manager", 7, _NORTH),
    Person("liuyang", "刘洋", "高级客户经理", "salesperson", "江浙部", "manager", 11, _DELTA),
    Person("huanglei", "黄蕾", "客户经理", "salesperson", "江浙部", "manager", 8, _DELTA),
    Person("hejun", "何俊", "高级客户经理", "salesperson", "深圳部", "wangfang", 11, _SOUTH),
    Person("guojing", "郭静", "客户经理", "salesperson", "深圳部", "wangfang", 8, _SOUTH),
    Person("machao", "马超", "客户经理", "salesperson", "广州部", "wangfang", 8, _INLAND),
    Person("xuting", "徐婷", "市场专员", "read_only", "市场运营部", "admin"),
)
ADMINISTRATOR = PEOPLE[0]
SELLERS = tuple(person for person in PEOPLE if person.share)

HEADS: dict[str, str] = {
    HEAD: "admin", EAST: "manager", SOUTH: "wangfang", "市场运营部": "manager", "上海一部": "sales",
    "上海二部": "zhaoqiang", "江浙部": "liuyang", "深圳部": "hejun", "广州部": "machao",
}  # fmt: skip
"""Who leads each department."""

POSITIONS: tuple[tuple[str, str, str], ...] = (
    ("manager", "市场运营部", "代理负责人"),
    ("sunli", "市场运营部", "渠道推广"),
    ("zhoumin", SOUTH, "财务顾问"),
)
"""Additional positions: who, where, as what."""

STANDS_IN = ("guojing", "hejun", "年假期间由何俊代为跟进")
"""Who is away, who stands in, and why."""
