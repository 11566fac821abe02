"""An amount of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.numbers import LONGEST_TEXT, Range, plain, rounded, shown, to_decimal
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import MAX, MIN, Setting, words
from guanxi.engine.objects.model import Field
from guanxi.kit import money
from guanxi.kit.money import Money

DEFAULT_CURRENCY = "CNY"
_UNITS = {code: Decimal(1).scaleb(-decimals) for code, (decimals, _) in money.CURRENCIES.items()}


@dataclass(frozen=True, slots=True)
class _Prepared:
    currency: str
    range: Range


@register
class MoneyKind(FieldKind):
    """An exact amount and its currency (default: the setting ``currency``), in whole cents.

    Amounts are compared and sorted by their number: a list in one currency is the rule. Sums are told by currency.
    """

    key = "money"
    intro = Introduction(
        "number",
        "banknote",
        words("金额", "Money"),
        words("金额与币种", "An amount and its currency"),
        sample=words("¥128,000.00", "¥128,000.00"),
    )
    trait = "number"

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The amount and the ISO 4217 code."""
        return (Column("", "numeric"), Column("__currency", "text"))

    def settings_schema(self) -> tuple[Setting, ...]:
        """``currency`` (ISO 4217), ``min`` and ``max`` of the amount."""
        return (
            Setting("currency", "currency", words("默认币种", "Default currency"), default=DEFAULT_CURRENCY),
            MIN,
            MAX,
        )

    def prepare(self, settings: Mapping[str, Any]) -> _Prepared:
        """The default currency and the range of amounts."""
        currency = settings.get("currency", DEFAULT_CURRENCY)
        return _Prepared(currency, Range.of({**settings, "scale": money.decimals(currency)}, scale=2))

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> Money | None:
        """Money, an object with ``amount`` and ``currency``, or an amount in the default currency."""
        if raw is None or raw == "":
            return None
        prepared: _Prepared = field.prepared
        if type(raw) is Money:
            return self._fit(prepared, raw.amount, raw.currency)
        if isinstance(raw, Mapping):
            amount = raw.get("amount")
            if amount is None or amount == "":
                return None
            return self._fit(prepared, amount, raw.get("currency") or prepared.currency)
        if type(raw) is str:
            return self.parse_text(field, raw, env)
        return self._fit(prepared, raw, prepared.currency)

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> Money | None:
        """``1234.5``, ``¥1,234.50``, ``1.2万元``, ``USD 100``."""
        prepared: _Prepared = field.prepared
        text = text.strip()
        if not text:
            return None
        if len(text) > LONGEST_TEXT:
            raise BadValue("fields.not_a_number", value=shown(text))
        try:
            said = Money(Decimal(text), prepared.currency) if text.isdecimal() else money.parse(text, prepared.currency)
        except money.BadMoney:
            return self._fit(prepared, text, prepared.currency)
        return self._fit(prepared, said.amount, said.currency)

    def _fit(self, prepared: _Prepared, amount: Any, currency: Any) -> Money:
        """Money rounded to what the currency can pay, within the field's bounds."""
        unit = _UNITS.get(currency) if isinstance(currency, str) else None
        if unit is None:
            raise BadValue("fields.unknown_currency", currency=shown(currency))
        exact = to_decimal(amount)
        if currency == prepared.currency:
            return Money(prepared.range.fit(exact), currency)
        value = rounded(exact, unit)
        # Bounds are amounts of the field's own currency; that nothing is below zero holds in every one.
        if prepared.range.low == 0 and value < 0:
            raise BadValue("fields.too_small", min="0")
        return Money(value, currency)

    def to_db(self, value: Any) -> tuple[Any, ...]:
        """The amount and the currency."""
        return (None, None) if value is None else (value.amount, value.currency)

    def from_db(self, values: Sequence[Any]) -> Any:
        """Money; an amount without a currency is in the default one of the product."""
        amount, currency = values
        return None if amount is None else Money(amount, currency or DEFAULT_CURRENCY)

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Decimal:
        """The amount as given, not rounded."""
        if type(raw) is Money:
            return raw.amount
        if isinstance(raw, Mapping):
            raw = raw.get("amount")
        if raw is None or raw == "":
            raise BadValue("fields.value_required")
        if type(raw) is str and len(raw) <= LONGEST_TEXT:
            try:
                raw = money.parse(raw, field.prepared.currency).amount
            except money.BadMoney:
                raise BadValue("fields.not_a_number", value=shown(raw)) from None
        return to_decimal(raw)

    def render(self, value: Any) -> dict[str, str] | None:
        """The amount as a decimal string and the currency."""
        return None if value is None else {"amount": plain(value.amount), "currency": value.currency}

    def unit_expression(self, field: Field, alias: str) -> str:
        """The currency: 100 CNY and 100 USD are not 200 of anything."""
        amount, currency = self.select(field, alias)
        return f"CASE WHEN {amount} IS NOT NULL THEN coalesce({currency}, '{DEFAULT_CURRENCY}') END"

    def aggregated(self, field: Field, value: Any, unit: Any) -> dict[str, str]:
        """The amount and the currency."""
        return {"amount": format(value, "f"), "currency": unit}

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``¥1,234.50``."""
        return "" if value is None else money.display(value)

    def samples(self, field: Field) -> list[Any]:
        """Zero, both signs, cents, large amounts, another currency, one without cents."""
        own = field.prepared.currency
        amounts = ("0", "1", "-12.5", "1234.56", "999999999999.99")
        fitted = [Money(rounded(Decimal(text), _UNITS[own]), own) for text in amounts]
        return [*fitted, Money(Decimal("99.90"), "USD"), Money(Decimal(5000), "JPY")]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A decimal string and an ISO 4217 code."""
        return {
            "type": "object",
            "properties": {
                "amount": {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
                "currency": {"type": "string", "enum": list(money.CURRENCIES)},
            },
            "required": ["amount", "currency"],
        }
