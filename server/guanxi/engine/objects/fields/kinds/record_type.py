"""The type of a record, one of those that its object has."""

from __future__ import annotations

from guanxi.engine.objects.fields.base import Introduction
from guanxi.engine.objects.fields.kinds.choice import Choice
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words


@register
class RecordType(Choice):
    """A choice whose options are the record types of the object: the catalog fills them in, nobody sets them.

    The field comes with the first record type and is not offered to those who add fields.
    """

    key = "record_type"
    intro = Introduction(
        "other",
        "shapes",
        words("记录类型", "Record type"),
        words(
            "记录所属的类型，决定布局、选项和流程",
            "The sort of the record, which decides its layout, options and process",
        ),
    )
    offered = False

    def settings_schema(self) -> tuple[Setting, ...]:
        """``options``, from the catalog."""
        return (Setting("options", "options", words("类型", "Types")),)
