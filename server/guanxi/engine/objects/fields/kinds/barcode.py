"""A code that scanners read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.kit.folding import half_width

_DIGITS = {"ean13": 13, "ean8": 8, "upc_a": 12}
_NAMES = {"ean13": "EAN-13", "ean8": "EAN-8", "upc_a": "UPC-A", "code128": "Code 128", "qr": "QR"}
_CODE128 = re.compile(r"[ -~]{1,80}", re.ASCII)
_SAMPLES = {
    "ean13": ["6901234567892", "4006381333931"],
    "ean8": ["96385074", "12345670"],
    "upc_a": ["036000291452", "012345678905"],
    "code128": ["GX-2026-0042", "ABC-abc-1234"],
    "qr": ["https://example.com/p/42", "产品 42"],
}
FORMAT = Setting(
    "format", "choice", words("码制", "Format"), default="code128",
    choices=(
        ("code128", words("Code 128（字母与数字）", "Code 128 (letters and digits)")),
        ("ean13", words("EAN-13 商品条码", "EAN-13")), ("ean8", words("EAN-8", "EAN-8")),
        ("upc_a", words("UPC-A", "UPC-A")), ("qr", words("二维码", "QR code")),
    ),
)  # fmt: skip


@register
class Barcode(Text):
    """Text shown as a bar code or QR code. Codes of goods must have the right check digit."""

    key = "barcode"
    intro = Introduction(
        "other",
        "barcode",
        words("条码/二维码", "Bar code"),
        words("商品条码、资产编号、二维码", "Goods, assets, QR codes"),
    )
    groupable = False
    default_max_length = 500

    def settings_schema(self) -> tuple[Setting, ...]:
        """``format`` of the code."""
        return (FORMAT,)

    def prepare(self, settings: Mapping[str, Any]) -> str:
        """The format."""
        return str(settings.get("format", FORMAT.default))

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """What the format can hold; for goods the digits with the right check digit."""
        if raw is None or (isinstance(raw, int) and not isinstance(raw, bool)):
            raw = None if raw is None else str(raw)
        elif not isinstance(raw, str):
            raise BadValue("fields.not_text")
        text = self.clean(raw) if raw else ""
        if not text:
            return None
        kept = fitting(text, field.prepared)
        if kept is None:
            raise BadValue("fields.not_a_barcode", value=shown(text), format=_NAMES[field.prepared])
        return kept

    def samples(self, field: Field) -> list[Any]:
        """Two codes of the format."""
        return list(_SAMPLES[field.prepared])


def fitting(text: str, code: str) -> str | None:
    """The text as the format keeps it, None when it cannot."""
    if code == "qr":
        return text if len(text) <= Barcode.default_max_length else None
    text = half_width(text)
    if code == "code128":
        return text if _CODE128.fullmatch(text) else None
    digits = re.sub(r"[\s\-]", "", text)
    length = _DIGITS[code]
    right = re.fullmatch(rf"\d{{{length}}}", digits, re.ASCII) and digits[-1] == check_digit(digits[:-1])
    return digits if right else None


def check_digit(digits: str) -> str:
    """The last digit that belongs to the others, by the rule of GS1."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)
