"""Which kind of field becomes which other, and what becomes of the values."""

import pytest

from guanxi.engine.design.conversions import converted, may_convert
from guanxi.engine.objects.fields import registry
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field
from tests.engine.design.designer import Designer
from tests.support.field_values import ENV


@pytest.mark.parametrize(
    ("old", "settings", "new", "to", "pairs"),
    [
        ("text", {}, "choice", {"options": [{"key": "a", "label": {"zh-CN": "甲", "en": "Alpha"}}]}, [("甲", "a"), ("alpha", "a")]),
        ("text", {}, "date", {}, [("2026年3月1日", "2026-03-01")]),
        ("text", {}, "boolean", {}, [("是", True), ("no", False)]),
        ("integer", {}, "text", {}, [(1200, "1,200")]),
        ("decimal", {}, "money", {"currency": "CNY"}, [("3.5", {"amount": "3.5", "currency": "CNY"})]),
        ("money", {"currency": "CNY"}, "decimal", {}, []),
        ("date", {}, "datetime", {}, [("2026-03-01", "2026-02-28T16:00:00Z")]),
        ("tags", {}, "text", {}, []),
        ("text", {}, "tags", {}, [("红, 蓝", ["红", "蓝"])]),
        ("boolean", {}, "text", {}, []),
    ],
)  # fmt: skip
def test_kinds_read_each_other(committing: Designer, finish, old, settings, new, to, pairs):
    committing.act("create_object", label="词", key="word", fields=[
        {"kind": "text", "key": "name", "label": "名称"},
        {"kind": old, "key": "value", "label": "值", "settings": settings},
    ])  # fmt: skip
    made = [committing.client.make("word", name="x", value=before)["id"] for before, _ in pairs]

    committing.act("convert_field", field="word.value", kind=new, values={"settings": to}, confirm=True)
    finish()

    assert committing.fields("word")["value"]["kind"] == new
    got = [committing.client.get(f"records/word/{one}").json()["value"] for one in made]
    assert got == [after for _, after in pairs]


def test_shipped_fields_keep_their_kind(designer: Designer):
    assert designer.refused("convert_field", field="company.name", kind="long_text")["code"] == "design.is_shipped"


def test_every_kind_reads_every_other_or_refuses():
    """Values of each kind that may be converted are taken by each other one, or refused with a reason; the rest has no part."""
    ways = 0
    for old in registry.kinds():
        assert may_convert(old) <= bool(old.holds_value and not old.computed and old.columns(bare(old))), old.key
        for new in registry.kinds():
            if not (may_convert(old) and may_convert(new)):
                continue
            for raw in old.samples(bare(old)):
                value = old.parse(bare(old), raw, ENV)
                try:
                    made = converted(bare(old), bare(new), value, ENV)
                except BadValue:
                    continue
                assert made is None or len(new.to_db(made)) == len(new.columns(bare(new)))
                ways += 1
    assert ways > 500


def bare(kind) -> Field:
    """A field of a kind outside any workspace; its settings are those that a field of the kind may have."""
    settings = kind.sample_settings
    return Field(id=kind.key, key=kind.key, kind=kind, label={"zh-CN": "字段", "en": "Field"}, settings=settings)
