"""What a formula becomes as a field: converted to the field's result, rounded, with the currency of money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guanxi.engine.objects.computed.compile import Formula, compiled, sql
from guanxi.engine.objects.computed.functions import conversions, named
from guanxi.engine.objects.computed.names import Names
from guanxi.engine.objects.computed.tree import Apply, CurrencyOf, Typed, size, top
from guanxi.engine.objects.computed.types import BOOLEAN, DATE, DATETIME, NUMBER, TEXT, Type
from guanxi.engine.objects.fields.kinds.money import DEFAULT_CURRENCY
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.kit import money

RESULTS = (
    ("number", words("数字", "Number")),
    ("money", words("金额", "Money")),
    ("percent", words("百分比", "Percent")),
    ("text", words("文本", "Text")),
    ("boolean", words("是/否", "Yes or no")),
    ("date", words("日期", "Date")),
    ("datetime", words("日期时间", "Date and time")),
    ("record", words("关联记录", "Record")),
)
"""What a formula field may show."""
_TYPES: Mapping[str, Type] = {
    "number": NUMBER, "money": NUMBER, "percent": NUMBER, "text": TEXT, "boolean": BOOLEAN, "date": DATE,
    "datetime": DATETIME,
}  # fmt: skip


@dataclass(frozen=True)
class Finished:
    """A formula with its result: ``node`` is the value, ``currency`` the currency of money."""

    formula: Formula
    result: str
    node: Typed
    currency: Typed | None = None

    @cached_property
    def weight(self) -> tuple[int, int]:
        """Nodes and depth, formulas behind fields included."""
        return size(self.node)

    @cached_property
    def whole(self) -> Formula:
        """The finished value as a formula."""
        return Formula(self.formula.text, self.node, self.formula.references, self.currency)

    @property
    def is_own(self) -> bool:
        """Whether it needs nothing but fields of the record itself and gives the same at any time for anybody."""
        return self.whole.is_own

    @property
    def is_indexable(self) -> bool:
        """Whether an index can hold its values."""
        return self.whole.is_indexable

    @cached_property
    def named(self) -> frozenset[tuple[str, str]]:
        """Every field it is worked out of, as (object, key), the relations on the way and formulas included."""
        found = set(self.whole.formulas)
        for one in self.whole.fields:
            found.add((one.obj.key, one.field.key))
            found.update((obj.key, step.key) for obj, step in one.steps)
        return frozenset(found)

    def cells(self, alias: str) -> list[str]:
        """SQL of the columns of the result's kind."""
        value = sql(self.node, alias)
        if self.result == "text":
            return [f"nullif({value}, '')"]
        if self.result == "money" and self.currency is not None:
            currency = sql(self.currency, alias)
            return [f"({value})", currency]
        return [f"({value})"]


def wanted(settings: Mapping[str, Any]) -> Type:
    """The type that a result needs."""
    if settings.get("result") == "record":
        return Type("record", target=settings.get("target"))
    return _TYPES.get(str(settings.get("result")), NUMBER)


def finished(
    snapshot: Snapshot, obj: Object, settings: Mapping[str, Any], pending: tuple[tuple[str, str], ...] = ()
) -> Finished:
    """The formula of a field's settings; BadFormula when it is not right or does not give the result."""
    made = compiled(obj, settings["expression"], Names(snapshot), wanted(settings), pending)
    return with_result(made, settings)


def with_result(made: Formula, settings: Mapping[str, Any]) -> Finished:
    """A formula that gives the type of a result, finished as that result."""
    result = settings["result"]
    digits = settings.get("decimals")
    rounding = named()["ROUND"]
    if result == "text":
        return Finished(made, result, Apply(TEXT, conversions.SHORT, (made.node,)))
    if result in ("number", "percent"):
        return Finished(made, result, Apply(NUMBER, rounding, (made.node, 2 if digits is None else digits)))
    if result != "money":
        return Finished(made, result, made.node)
    amounts = [one for one in top(made.node) if one.type.currency]
    usual = settings.get("currency") or next(
        (one.type.currency for one in amounts if one.type.currency), DEFAULT_CURRENCY
    )
    currencies = [CurrencyOf(Type("currency"), one) for one in {one.path: one for one in amounts}.values()]
    node: Typed = Apply(NUMBER, rounding, (made.node, money.decimals(usual)))
    if len(currencies) > 1:
        node = Apply(NUMBER, conversions.ONE_CURRENCY, (node, *currencies))
    if not currencies:
        return Finished(made, result, node, Apply(TEXT, conversions.FIRST_CURRENCY, (usual,)))
    return Finished(made, result, node, Apply(TEXT, conversions.FIRST_CURRENCY, (*currencies, usual)))
