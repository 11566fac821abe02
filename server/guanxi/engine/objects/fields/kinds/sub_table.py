"""Lines of a record, such as the items of a quote: records of another object, edited within this one's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from guanxi.engine.objects.fields.base import Introduction
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.fields.valueless import ValuelessKind
from guanxi.engine.objects.model import Field


@register
class SubTable(ValuelessKind):
    """The records of the setting ``object`` whose reference ``field`` points at this record.

    They are records like any other, with their own rights, history and list. ``records/sub_tables.py`` writes what a
    form sends under this field's key.
    """

    key = "sub_table"
    intro = Introduction(
        "relation",
        "table-2",
        words("明细表", "Table of lines"),
        words("在主记录中编辑的明细行", "Lines edited within the record"),
    )
    trait = "rows"
    sample_settings: ClassVar[Mapping[str, Any]] = {"object": "company", "field": "parent"}

    def settings_schema(self) -> tuple[Setting, ...]:
        """``object`` of the lines, the ``field`` that points here, the ``columns`` shown and the ``totals``; whether they are ``priced``."""
        return (
            Setting("object", "object", words("明细对象", "Object of the lines"), required=True),
            Setting("field", "field", words("指向主记录的字段", "Field that points here"), required=True, of="object"),
            Setting("columns", "fields", words("显示的列", "Columns"), of="object"),
            Setting("totals", "fields", words("合计的列", "Columns with a total"), of="object"),
            Setting(
                "priced", "flag", words("按产品计价", "Priced lines"),
                words("明细有产品、数量、单价、折扣与税率时，按计价规则编辑", "For lines with product, quantity, price, discount and tax rate"),
                default=False,
            ),
        )  # fmt: skip

    def json_schema(self, field: Field) -> dict[str, Any]:
        """The lines as they are written; what is not named stays as it is."""
        properties = {
            "id": {"type": "string", "format": "uuid"},
            "rev": {"type": "integer"},
            "values": {"type": "object"},
            "delete": {"type": "boolean"},
        }
        return {"type": "array", "items": {"type": "object", "properties": properties, "additionalProperties": False}}
