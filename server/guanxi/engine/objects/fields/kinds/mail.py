"""A mail address."""

from __future__ import annotations

import re
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.kit import links

_NAMED = re.compile(r"[^<>]*<([^<>]+)>")
MAX_LENGTH = 254


@register
class Mail(Text):
    """One mail address in lower case, so that the same address is the same value."""

    key = "mail"
    intro = Introduction(
        "contact",
        "mail",
        words("邮箱", "Mail address"),
        words("一个邮箱地址", "One mail address"),
        sample=words("li.na@example.com", "jane.doe@example.com"),
    )
    groupable = False
    default_max_length = MAX_LENGTH
    personal = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """There are none."""
        return ()

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """An address, bare, behind ``mailto:`` or with a name: ``Li Lei <li@example.com>``."""
        text = super().parse(field, raw, env)
        if text is None:
            return None
        named = _NAMED.fullmatch(text)
        try:
            return links.mail(named[1] if named else text)
        except links.BadMail:
            raise BadValue("fields.not_a_mail", value=shown(text)) from None

    def clean(self, text: str) -> str:
        """One line in lower case: filters for a part of an address must find it too."""
        return super().clean(text).lower()

    def mask(self, value: Any) -> str:
        """``z***@example.com``."""
        return masked_mail(value)

    def samples(self, field: Field) -> list[Any]:
        """Plain, tagged, with several domains, with letters of other scripts."""
        return ["a@bc.cn", "li.lei+crm@mail.example.com", "sales-2@example.com.cn", "张伟@例子.中国"]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A mail address."""
        return {"type": "string", "format": "idn-email"}


def masked_mail(address: str) -> str:
    """An address of which only the first letter and the domain are told."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***{at}{domain}"
