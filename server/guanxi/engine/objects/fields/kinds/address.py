"""A postal address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.kinds.text import one_line
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field

PARTS = {"country": 100, "province": 100, "city": 100, "district": 100, "street": 300, "postcode": 20}
"""The parts of an address from the largest to the smallest, with the longest text of each."""

_HAN = re.compile(r"[\u3400-\u9fff]")


@register
class Address(FieldKind):
    """Parts of an address as a dict of non-empty texts; an address without any part is no value.

    It is compared, searched and sorted as one text, from the country to the postcode.
    """

    key = "address"
    intro = Introduction(
        "place",
        "map-pin",
        words("地址", "Address"),
        words("省、市、区、街道与邮编", "Province, city, district, street and postcode"),
        sample=words("广东省深圳市南山区科技园路1号", "1 Science Park Road, Nanshan, Shenzhen"),
    )
    trait = "text"
    searchable = True
    exact_text = False

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One jsonb column."""
        return (Column("", "jsonb"),)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> dict[str, str] | None:
        """An object with some of the parts; text alone is the street."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            raw = {"street": raw}
        if not isinstance(raw, Mapping):
            raise BadValue("fields.not_an_address")
        for part in raw:
            if part not in PARTS:
                raise BadValue("fields.address_part", part=str(part), known=", ".join(PARTS))
        address: dict[str, str] = {}
        for part, limit in PARTS.items():
            value = raw.get(part)
            if value is None:
                continue
            if not isinstance(value, str):
                raise BadValue("fields.not_text")
            text = one_line(value)
            if len(text) > limit:
                raise BadValue("fields.too_long", limit=limit, length=len(text))
            if text:
                address[part] = text
        return address or None

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """As written on an envelope: Chinese addresses from large to small, others from small to large."""
        if value is None:
            return ""
        parts = [value[part] for part in PARTS if part in value]
        if not any(_HAN.search(part) for part in parts):
            small_first = ("street", "district", "city", "province", "postcode", "country")
            return ", ".join(value[part] for part in small_first if part in value)
        postcode = value.get("postcode")
        body = "".join(value[part] for part in PARTS if part in value and part != "postcode")
        return f"{body} {postcode}".strip() if postcode else body

    def expression(self, field: Field, alias: str) -> str:
        """All parts in one text, NULL when there is none."""
        column = f'{alias}."{field.key}"'
        parts = ", ".join(f"{column}->>'{part}'" for part in PARTS)
        return f"nullif(concat({parts}), '')"

    def compared_text(self, value: Any) -> str:
        """All parts in one text."""
        return "".join(value[part] for part in PARTS if part in value)

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> str:
        """Text, compared with the parts put together; an address is put together first."""
        text = one_line(raw) if isinstance(raw, str) else "".join((self.parse(field, raw, env) or {}).values())
        if not text:
            raise BadValue("fields.value_required")
        return text

    def param_type(self, field: Field) -> str:
        """Compared as text."""
        return "text"

    def samples(self, field: Field) -> list[Any]:
        """Chinese, foreign, a single part."""
        return [
            {
                "country": "中国",
                "province": "广东省",
                "city": "深圳市",
                "district": "南山区",
                "street": "科技园路1号",
                "postcode": "518000",
            },
            {"country": "USA", "province": "CA", "city": "San Francisco", "street": "1 Market St", "postcode": "94105"},
            {"city": "上海市"},
            {"street": "人民路88号"},
        ]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """An object of texts."""
        properties = {part: {"type": "string", "maxLength": limit} for part, limit in PARTS.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}
