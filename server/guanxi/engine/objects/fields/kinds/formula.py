"""A value worked out of other fields by a formula."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from guanxi.engine.objects.computed.problems import BadFormula
from guanxi.engine.objects.computed.results import RESULTS, Finished, finished
from guanxi.engine.objects.computed.showing import Virtual, showing
from guanxi.engine.objects.computed.syntax import parse
from guanxi.engine.objects.fields.base import BadValue, FieldKind, Introduction
from guanxi.engine.objects.fields.kinds.decimal import Decimal
from guanxi.engine.objects.fields.registry import kind, register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field, Object

if TYPE_CHECKING:
    from guanxi.engine.objects.ddl.plan import Deferred

_log = logging.getLogger(__name__)
Pending = tuple[tuple[str, str], ...]


class _Formula(Virtual):
    """What the formula in the setting ``expression`` gives; ``result`` says as what it is shown."""

    key = "formula"
    intro = Introduction(
        "computed", "function-square", words("公式", "Formula"),
        words("由其他字段计算出的值", "A value worked out of other fields"),
        sample=words("单价 × 数量", "Price × quantity"),
    )  # fmt: skip
    sample_settings: ClassVar[Mapping[str, Any]] = {"expression": "1 + 1", "result": "number"}
    result_settings: Mapping[str, Any] = {"scale": 2}
    _made: Finished | None = None

    def settings_schema(self) -> tuple[Setting, ...]:
        """``expression``, ``result``, and what the result needs: ``decimals``, ``currency`` or ``target``."""
        return (
            Setting("expression", "expression", words("公式", "Formula"), required=True),
            Setting("result", "choice", words("结果类型", "Result"), required=True, choices=RESULTS),
            Setting("decimals", "whole", words("小数位数", "Decimal places"), default=2, min=0, max=10),
            Setting("currency", "currency", words("币种", "Currency")),
            Setting("target", "object", words("关联对象", "Object")),
        )

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """The formula must be readable; what its names mean is checked with the whole catalog."""
        super().check_settings(settings)
        try:
            parse(settings["expression"])
        except BadFormula as bad:
            raise bad.as_value() from None
        if settings["result"] == "record" and not settings.get("target"):
            raise BadValue("fields.setting_missing", setting="target")

    def of(self, settings: Mapping[str, Any]) -> FieldKind:
        """A formula with the values of its result's kind."""
        digits = settings.get("decimals")
        scale = {"scale": 2 if digits is None else digits}
        shown: Mapping[str, tuple[str, Mapping[str, Any]]] = {
            "number": ("decimal", scale), "percent": ("percent", scale), "text": ("text", {"max_length": 2000}),
            "money": ("money", {"currency": settings["currency"]} if settings.get("currency") else {}),
            "record": ("lookup", {"target": settings.get("target")}),
        }  # fmt: skip
        name = settings.get("result", "number")
        key, own = shown.get(name, (name, {}))
        try:
            return showing(_Formula, kind(key), own)
        except LookupError:  # the settings are refused with a sentence where they are checked
            return self

    def formula(self, pending: Pending = ()) -> Finished:
        """The formula with its result, checked once for the life of the snapshot; BadFormula when it is not right."""
        if self._made is None:
            if self.snapshot is None or self.obj is None or self.own is None:
                raise LookupError("the formula belongs to no snapshot")
            made = finished(self.snapshot, self.obj, self.own.settings, (*pending, (self.obj.key, self.own.key)))
            if pending:  # what a circle made of it must not be kept
                return made
            self._made = made
        return self._made

    def cells(self, field: Field, alias: str) -> Sequence[str]:
        """The value, and the currency of money. A formula that was right and is no longer gives nothing."""
        try:
            return self.formula().cells(alias)
        except (BadFormula, LookupError) as error:
            _log.warning("formula of %s: %s", field.key, error)
            return [f"NULL::{column.sql_type}" for column in self.columns(field)]

    def worked_out_of(self, field: Field) -> frozenset[tuple[str, str]]:
        """Every field that the formula names, and those behind the formulas that it names."""
        try:
            return self.formula().named
        except (BadFormula, LookupError):
            return frozenset()

    def indexes(self, field: Field) -> tuple[str, ...]:
        """On demand, where the value depends on the record alone."""
        if not field.index or self.obj is None:
            return ()
        try:
            made = self.formula()
        except BadFormula:
            return ()
        table = f'"{self.obj.table}"'
        return (f"(({made.cells(table)[0]}), id) WHERE deleted_at IS NULL",) if made.is_indexable else ()

    def steps(self, obj: Object, field: Field, before: Field | None) -> Sequence[Deferred]:
        """None: there is nothing to work out ahead."""
        return ()


@register
class Formula(_Formula, Decimal):
    """A formula; this one gives numbers, ``of`` makes those with other results."""

    result = "decimal"
