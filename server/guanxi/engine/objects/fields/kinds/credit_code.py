"""The unified social credit code of a Chinese organisation."""

from __future__ import annotations

import re
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.kit import credit_code

_SEPARATORS = re.compile(r"[\s\-]+")


@register
class CreditCode(Text):
    """18 characters in capitals, the last of which checks the others (GB 32100-2015)."""

    key = "credit_code"
    intro = Introduction(
        "contact",
        "badge-check",
        words("统一社会信用代码", "Social credit code"),
        words("18 位企业代码，自动校验", "The 18 characters of a Chinese company, checked"),
    )
    groupable = False
    default_max_length = 40

    def settings_schema(self) -> tuple[Setting, ...]:
        """There are none."""
        return ()

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """A code whose check character is right; spaces and hyphens are left out."""
        text = super().parse(field, raw, env)
        if text is None:
            return None
        code = credit_code.normalise(text)
        if not credit_code.is_valid(code):
            raise BadValue("fields.not_a_credit_code", value=shown(text))
        return code

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Any:
        """The text in capitals without separators."""
        text = super().comparable(field, raw, env)
        return credit_code.normalise(text) or text

    def part(self, text: str) -> str:
        """Characters without the separators that people put between them."""
        return _SEPARATORS.sub("", text) or text

    def samples(self, field: Field) -> list[Any]:
        """Companies, an authority."""
        return ["91440300708461136T", "121200004013590816", "91152201078377449P"]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """18 characters."""
        return {"type": "string", "minLength": 18, "maxLength": 18}
