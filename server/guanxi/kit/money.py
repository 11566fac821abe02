"""Money: an exact amount together with its currency, as people write it and as they read it."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from guanxi.kit.folding import half_width

CURRENCIES: dict[str, tuple[int, str]] = {
    "CNY": (2, "¥"), "USD": (2, "US$"), "EUR": (2, "€"), "GBP": (2, "£"), "HKD": (2, "HK$"), "TWD": (2, "NT$"),
    "MOP": (2, "MOP$"), "JPY": (0, "JP¥"), "KRW": (0, "₩"), "SGD": (2, "S$"), "MYR": (2, "RM"), "THB": (2, "฿"),
    "VND": (0, "₫"), "IDR": (2, "Rp"), "PHP": (2, "₱"), "INR": (2, "₹"), "AUD": (2, "A$"), "CAD": (2, "CA$"),
    "CHF": (2, "CHF"), "SEK": (2, "SEK"), "RUB": (2, "₽"), "AED": (2, "AED"), "BRL": (2, "R$"), "ZAR": (2, "R"),
    "KWD": (3, "KWD"), "BHD": (3, "BHD"), "OMR": (3, "OMR"), "JOD": (3, "JOD"), "TND": (3, "TND"),
}  # fmt: skip
"""Decimals and symbol by ISO 4217 code."""

_NAMES = {symbol.upper(): code for code, (_, symbol) in CURRENCIES.items()} | {
    "￥": "CNY", "元": "CNY", "块": "CNY", "人民币": "CNY", "RMB": "CNY", "$": "USD", "美元": "USD", "港币": "HKD",
    "港元": "HKD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "韩元": "KRW", "新台币": "TWD", "澳门元": "MOP",
} | {code: code for code in CURRENCIES}  # fmt: skip
_UNITS = {"": Decimal(1), "千": Decimal(1000), "万": Decimal(10_000), "百万": Decimal(1_000_000),
          "千万": Decimal(10_000_000), "亿": Decimal(100_000_000), "万亿": Decimal(1_000_000_000_000)}  # fmt: skip
_WRITTEN = re.compile(
    r"(?P<before>[^\d.+\-−()]*)(?P<sign>[+\-−]?)(?P<inner>[^\d.+\-−()]*)"
    r"(?P<number>(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|\.\d+)\s*(?P<unit>万亿|千万|百万|[千万亿]|)(?P<after>[^\d.,+\-−()]*)",
    re.ASCII,
)


class BadMoney(ValueError):
    """The text is not an amount of money."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency."""

    amount: Decimal
    currency: str

    def rounded(self) -> "Money":
        """Rounded half away from zero to what the currency can pay: cents, or whole yen."""
        return Money(self.amount.quantize(Decimal(1).scaleb(-decimals(self.currency)), ROUND_HALF_UP), self.currency)


def decimals(currency: str) -> int:
    """Digits after the point that the currency knows; 2 for one that is not listed."""
    return CURRENCIES.get(currency, (2, currency))[0]


def symbol(currency: str) -> str:
    """Sign shown before amounts; the code itself for a currency without one."""
    return CURRENCIES.get(currency, (2, currency))[1]


def parse(text: str, currency: str) -> Money:
    """The amount a text says: `¥1,234.50`, `1.2万`, `3亿元`, `USD 100`, `(5)`. BadMoney when in doubt.

    `currency` holds when the text names none. Wrongly grouped thousands (`1,23`) are refused, not guessed.
    """
    plain = half_width(text).replace("\u00a0", " ").strip()
    negative = plain.startswith("(") and plain.endswith(")")
    match = _WRITTEN.fullmatch(plain[1:-1] if negative else plain)
    if match is None:
        raise BadMoney(text)
    words = [word for part in ("before", "inner", "after") if (word := match[part].strip().upper())]
    codes = {_NAMES.get(word) for word in words}
    if None in codes or len(codes) > 1:
        raise BadMoney(text)
    amount = Decimal(match["number"].replace(",", "")) * _UNITS[match["unit"]]
    if negative != (match["sign"] in ("-", "−")):
        amount = -amount
    return Money(amount, next(iter(codes), None) or currency)


def display(money: Money) -> str:
    """`¥1,234.50`: grouped by thousands, with the decimals of the currency."""
    amount = money.rounded().amount
    sign = "-" if amount < 0 else ""
    return f"{sign}{symbol(money.currency)}{abs(amount):,}"
