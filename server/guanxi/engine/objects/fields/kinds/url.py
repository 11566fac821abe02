"""A web address."""

from __future__ import annotations

from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.kinds.text import LARGEST_LENGTH, Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.kit import links


@register
class Url(Text):
    """An http or https address; without a scheme ``https://`` is put before it. Nothing else is ever followed."""

    key = "url"
    intro = Introduction(
        "contact", "globe", words("网址", "Web address"), words("一个网页地址", "One address of the web")
    )
    groupable = False
    default_max_length = LARGEST_LENGTH

    def settings_schema(self) -> tuple[Setting, ...]:
        """There are none."""
        return ()

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """A complete address in normal form."""
        text = super().parse(field, raw, env)
        if text is None:
            return None
        try:
            return links.url(text)
        except links.BadUrl:
            raise BadValue("fields.not_a_url", value=shown(text)) from None

    def samples(self, field: Field) -> list[Any]:
        """With and without path, query, port, and letters of other scripts."""
        return [
            "https://example.com",
            "http://example.com.cn/a/b.html?q=1&r=2#top",
            "https://crm.example.com:8443/login",
            "https://例子.中国/关于",
        ]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """An address of the web."""
        return {"type": "string", "format": "iri"}
