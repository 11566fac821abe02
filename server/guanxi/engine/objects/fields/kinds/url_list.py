"""Several web addresses."""

from __future__ import annotations

from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, shown
from guanxi.engine.objects.fields.kinds.text import LARGEST_LENGTH, one_line
from guanxi.engine.objects.fields.labelled import Item, LabelledList, labels_setting
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field
from guanxi.kit import links


@register
class UrlList(LabelledList):
    """http and https addresses, each with a label such as the company's site or its shop."""

    key = "url_list"
    intro = Introduction(
        "contact",
        "link",
        words("多个网址", "Web addresses"),
        words("官网、店铺、社交账号", "Site, shop, social accounts"),
    )
    labels = labels_setting(
        (
            ("website", words("官网", "Website")),
            ("shop", words("店铺", "Shop")),
            ("social", words("社交账号", "Social account")),
            ("other", words("其他", "Other")),
        )
    )

    def one(self, field: Field, text: str) -> str | None:
        """A complete address in normal form."""
        text = one_line(text)
        if not text:
            return None
        try:
            if len(text) > LARGEST_LENGTH:
                raise links.BadUrl
            return links.url(text)
        except links.BadUrl:
            raise BadValue("fields.not_a_url", value=shown(text)) from None

    def samples(self, field: Field) -> list[Any]:
        """One, two with labels."""
        return [
            (Item("https://example.com"),),
            (Item("https://例子.中国/关于", "website"), Item("http://shop.example.com/a?b=1", "shop")),
            (Item("https://crm.example.com:8443/login", "other"),),
        ]
