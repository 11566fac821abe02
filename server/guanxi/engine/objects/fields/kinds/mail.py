"""A mail address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields import settings as checks
from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.numbers import shown
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.model import Field
from guanxi.kit import links

_NAMED = re.compile(r"[^<>]*<([^<>]+)>")
MAX_LENGTH = 254


@register
class Mail(Text):
    """One mail address in lower case, so that the same address is the same value."""

    key = "mail"
    groupable = False
    default_max_length = MAX_LENGTH

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """There are none."""
        checks.allow(settings)

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

    def samples(self, field: Field) -> list[Any]:
        """Plain, tagged, with several domains, with letters of other scripts."""
        return ["a@bc.cn", "li.lei+crm@mail.example.com", "sales-2@example.com.cn", "张伟@例子.中国"]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A mail address."""
        return {"type": "string", "format": "idn-email"}
