"""A colour."""

from __future__ import annotations

import re
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.kit.folding import half_width

_HEX = re.compile(r"#?(?:([0-9a-f]{6})|([0-9a-f]{3}))", re.ASCII)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.ASCII)
NAMED = {
    "#000000": ("黑", "black"), "#ffffff": ("白", "white"), "#808080": ("灰", "gray", "grey"),
    "#ff0000": ("红", "red"), "#ffa500": ("橙", "orange"), "#ffff00": ("黄", "yellow"), "#008000": ("绿", "green"),
    "#00ffff": ("青", "cyan"), "#0000ff": ("蓝", "blue"), "#800080": ("紫", "purple"), "#ffc0cb": ("粉", "pink"),
    "#a52a2a": ("棕", "brown"),
}  # fmt: skip
_BY_NAME = {name: code for code, names in NAMED.items() for name in names}


@register
class Color(Text):
    """A colour as ``#rrggbb`` in small letters."""

    key = "color"
    intro = Introduction(
        "choice", "palette", words("颜色", "Colour"), words("一种颜色，例如品牌色", "Such as the colour of a brand")
    )
    searchable = False
    names_record = False
    default_max_length = 7

    def settings_schema(self) -> tuple[Setting, ...]:
        """There are none."""
        return ()

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """``#1677ff``, ``#17f``, ``rgb(22, 119, 255)``, or the name of a basic colour in either language."""
        if raw is None or raw == "":
            return None
        found = read_color(raw) if isinstance(raw, str) and len(raw) <= 40 else None
        if found is None:
            if isinstance(raw, str) and not raw.strip():
                return None
            raise BadValue("fields.not_a_color", value=shown(raw))
        return found

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Any:
        """A colour in normal form where it is one, else the part of a code that was typed."""
        found = read_color(raw) if isinstance(raw, str) and len(raw) <= 40 else None
        return found or super().comparable(field, raw, env)

    def part(self, text: str) -> str:
        """Codes are kept in small letters."""
        return text.lower()

    def samples(self, field: Field) -> list[Any]:
        """Dark, light, and between."""
        return ["#1677ff", "#000000", "#ffffff", "#fa8c16"]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A colour of the web."""
        return {"type": "string", "pattern": "^#[0-9a-f]{6}$"}


def read_color(text: str) -> str | None:
    """The normal form of a colour, None when the text says none."""
    text = half_width(text).strip().lower()
    code = _HEX.fullmatch(text)
    if code:
        return "#" + (code[1] or "".join(letter * 2 for letter in code[2]))
    parts = _RGB.fullmatch(text)
    if parts and all(int(part) <= 255 for part in parts.groups()):
        return "#" + "".join(f"{int(part):02x}" for part in parts.groups())
    return _BY_NAME.get(text) or _BY_NAME.get(text.removesuffix("色"))
