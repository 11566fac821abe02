"""Functions over numbers."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_UP, Decimal
from typing import Any

from guanxi.engine.objects.computed import exact
from guanxi.engine.objects.computed.functions import checks
from guanxi.engine.objects.computed.functions.declare import function, let
from guanxi.engine.objects.computed.types import NUMBER

_READ = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")
_READ_SQL = r"'^[+-]?[0-9]{1,15}([.][0-9]{1,10})?$'"


def _up_sql(value: str, digits: int) -> str:
    unit = f"{Decimal(1).scaleb(-digits):f}::numeric"
    return let(f"sign(q.x) * ceil(abs(q.x) / {unit}) * {unit}", x=value)


def _sum_sql(*values: str) -> str:
    return "(" + " + ".join(f"coalesce({value}, 0)" for value in values) + ")"


def _sum(_: Any, *values: Decimal | None) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = exact.added(total, value or Decimal(0))
    return total


def _average_sql(*values: str) -> str:
    columns = {f"x{place}": value for place, value in enumerate(values)}
    names = [f"q.{name}" for name in columns]
    total = " + ".join(f"coalesce({name}, 0)" for name in names)
    return let(exact.divided_sql(f"({total})", f"num_nonnulls({', '.join(names)})"), **columns)


def _average(env: Any, *values: Decimal | None) -> Decimal | None:
    present = [value for value in values if value is not None]
    return exact.divided(_sum(env, *present), Decimal(len(present)))


def _read(_: Any, text: str) -> Decimal | None:
    return exact.rounded(Decimal(text)) if _READ.fullmatch(text) else None


FUNCTIONS = (
    function(
        "ROUND", "四舍五入", "number", "number 数值 number, constant? 小数位数 digits", NUMBER,
        lambda x, digits: f"round({x}, {digits})", lambda _, x, digits: exact.rounded(x, digits), strict=True,
        help=("四舍五入到若干位小数", "Rounded half away from zero to digits after the point"),
        example="ROUND(amount / 3, 2)",
    ),
    function(
        "ROUNDDOWN", "舍去", "number", "number 数值 number, constant? 小数位数 digits", NUMBER,
        lambda x, digits: f"trunc({x}, {digits})", lambda _, x, digits: exact.cut(x, digits), strict=True,
        help=("舍去多余的小数", "Digits cut off"), example="ROUNDDOWN(amount, 0)",
    ),
    function(
        "ROUNDUP", "进位", "number", "number 数值 number, constant? 小数位数 digits", NUMBER, _up_sql,
        lambda _, x, digits: exact.rounded(x, digits, ROUND_UP), strict=True, plain=False,
        help=("远离零进位", "Rounded away from zero"), example="ROUNDUP(amount, 0)",
    ),
    function(
        "FLOOR", "向下取整", "number", "number 数值 number", NUMBER, lambda x: f"floor({x})",
        lambda _, x: exact.floor(x), strict=True, help=("不大于它的整数", "The whole number below or equal"),
        example="FLOOR(days / 7)",
    ),
    function(
        "CEILING", "向上取整", "number", "number 数值 number", NUMBER, lambda x: f"ceil({x})",
        lambda _, x: exact.rounded(x, 0, ROUND_CEILING), strict=True,
        help=("不小于它的整数", "The whole number above or equal"), example="CEILING(employees / 50)",
    ),
    function(
        "ABS", "绝对值", "number", "number 数值 number", NUMBER, lambda x: f"abs({x})",
        lambda _, x: exact.rounded(x.copy_abs()), strict=True, help=("去掉负号", "Without the sign"), example="ABS(amount)",
    ),
    function(
        "SIGN", "正负", "number", "number 数值 number", NUMBER, lambda x: f"sign({x})",
        lambda _, x: Decimal((x > 0) - (x < 0)), strict=True, help=("1、0 或 -1", "1, 0 or -1"), example="SIGN(amount)",
    ),
    function(
        "MOD", "余数", "number", "number 被除数 number, number 除数 divisor", NUMBER,
        lambda a, b: let("q.a - floor(div(q.a, nullif(q.b, 0)) - CASE WHEN mod(q.a, nullif(q.b, 0)) <> 0 AND"
                         " sign(q.a) <> sign(q.b) THEN 1 ELSE 0 END) * q.b", a=a, b=b),
        lambda _, a, b: exact.remainder(a, b), strict=True, plain=False,
        help=("相除的余数，符号与除数相同", "What is left of a division, with the sign of the divisor"),
        example="MOD(number, 2)",
    ),
    function(
        "SUM", "合计", "number", "number* 数值 numbers", NUMBER, _sum_sql, _sum,
        help=("相加，空值算 0", "Added up, nothing counts as 0"), example="SUM(amount, fee)",
    ),
    function(
        "AVERAGE", "平均", "number", "number* 数值 numbers", NUMBER, _average_sql, _average, plain=False,
        help=("平均值，不计空值", "The average of those that have a value"), example="AVERAGE(first, second)",
    ),
    function(
        "MIN", "最小", "number", "any* 值 values", None, lambda *v: f"least({', '.join(v)})",
        lambda _, *v: min((x for x in v if x is not None), default=None), resolve=checks.extreme,
        help=("最小的数值或最早的日期，不计空值", "The smallest number or earliest date that is there"),
        example="MIN(amount, 1000)",
    ),
    function(
        "MAX", "最大", "number", "any* 值 values", None, lambda *v: f"greatest({', '.join(v)})",
        lambda _, *v: max((x for x in v if x is not None), default=None), resolve=checks.extreme,
        help=("最大的数值或最晚的日期，不计空值", "The largest number or latest date that is there"),
        example="MAX(amount, 0)",
    ),
    function(
        "VALUE", "数值", "number", "text 文本 text", NUMBER,
        lambda t: let(f"CASE WHEN q.t ~ {_READ_SQL} THEN q.t::numeric END", t=t), _read, plain=False,
        help=("文本所写的数，不是数则为空", "The number that a text says, nothing when it says none"), example='VALUE("12.5")',
    ),
)  # fmt: skip
