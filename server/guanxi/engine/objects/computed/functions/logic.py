"""Conditions and what to do without a value. Checked by the rules in ``checks``, since every type may stand here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from guanxi.engine.objects.computed.functions import checks
from guanxi.engine.objects.computed.functions.declare import function
from guanxi.engine.objects.computed.tree import Env
from guanxi.engine.objects.computed.types import BOOLEAN, Type


def _if_sql(*parts: str) -> str:
    pairs = "".join(f" WHEN {parts[i]} THEN {parts[i + 1]}" for i in range(0, len(parts) - 1, 2))
    return f"CASE{pairs} ELSE {parts[-1]} END"


def _if(_: Env, *parts: Any) -> Any:
    return next((parts[i + 1] for i in range(0, len(parts) - 1, 2) if parts[i]), parts[-1])


def _switch_sql(value: str, *parts: str) -> str:
    pairs = "".join(f" WHEN {parts[i]} THEN {parts[i + 1]}" for i in range(0, len(parts) - 1, 2))
    return f"CASE {value}{pairs} ELSE {parts[-1]} END"


def _switch(_: Env, value: Any, *parts: Any) -> Any:
    pairs = ((parts[i], parts[i + 1]) for i in range(0, len(parts) - 1, 2))
    return next((then for key, then in pairs if key is not None and key == value), parts[-1])


def _blank(_: Env, value: Any, name: str) -> bool:
    return value is None or value in ("", ())


def _me(env: Env) -> UUID | None:
    return env.me


FUNCTIONS = (
    function(
        "IF", "如果", "logic", "boolean 条件 condition, any 成立时 then, any? 否则 otherwise", None, _if_sql, _if,
        help=("条件成立时取第一个值，否则取第二个", "The first value when the condition holds, else the second"),
        example='IF(amount > 10000, "大单", "普通")', resolve=checks.conditional,
    ),
    function(
        "IFS", "多条件", "logic", "boolean 条件 condition, any 值 value, any* 更多条件和值 more", None, _if_sql, _if,
        help=(
            "依次检查条件，取第一个成立的值；最后可单独写一个否则的值",
            "The value after the first condition that holds; a last value alone is taken when none does",
        ),
        example='IFS(amount > 100000, "A", amount > 10000, "B", "C")', resolve=checks.conditional,
    ),
    function(
        "SWITCH", "匹配", "logic", "any 值 value, any 等于 match, any 结果 result, any* 更多 more", None,
        _switch_sql, _switch,
        help=(
            "与每个候选比较，取相等者之后的结果；最后可写一个否则的值",
            "The result after the first candidate that is equal; a last value alone is taken when none is",
        ),
        example='SWITCH(status, "won", 100, "lost", 0, probability)', resolve=checks.switch,
    ),
    function(
        "AND", "并且", "logic", "boolean* 条件 conditions", BOOLEAN, lambda *a: f"({' AND '.join(a)})",
        lambda _, *a: all(a), help=("所有条件都成立", "All conditions hold"), example="AND(amount > 0, amount < 100)",
    ),
    function(
        "OR", "或者", "logic", "boolean* 条件 conditions", BOOLEAN, lambda *a: f"({' OR '.join(a)})",
        lambda _, *a: any(a), help=("至少一个条件成立", "At least one condition holds"),
        example='OR(status = "won", status = "lost")',
    ),
    function(
        "ISBLANK", "为空", "logic", "any 值 value", BOOLEAN, checks.blank_sql, _blank,
        help=("没有值时成立", "True when there is no value"), example="ISBLANK(closed_on)", resolve=checks.is_blank,
    ),
    function(
        "COALESCE", "首个非空", "logic", "any 值 value, any* 备选 alternatives", None, checks.coalesce_sql,
        lambda _, *a: checks.coalesce(*a),
        help=("第一个不为空的值", "The first value that is not blank"), example="COALESCE(amount, 0)",
        resolve=checks.first_of,
    ),
    function(
        "BLANK", "空", "logic", "", None, lambda: "NULL", lambda _: None,
        help=("没有值", "No value"), example="IF(amount > 0, amount, BLANK())", resolve=checks.nothing,
    ),
    function(
        "ME", "当前用户", "logic", "", Type("record", target="member"),
        lambda: "nullif(current_setting('guanxi.me'), '')::uuid", _me,
        help=("正在查看的成员", "The member who is looking"), example="owner = ME()", stable=False,
    ),
)  # fmt: skip
