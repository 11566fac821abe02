"""Defaults that are formulas: worked out before a record is written, whoever writes it; constants stay as they are."""

from collections.abc import Iterator
from typing import Any

import pytest

from guanxi.engine.objects import install
from guanxi.engine.records import reads, writes
from guanxi.infra.database.cursor import cursor
from guanxi.infra.errors import Invalid
from tests.support.formula_world import FIRM, ROW, FormulaWorld, define

OPTIONS = {
    "options": [{"key": "a", "label": {"zh-CN": "甲", "en": "A"}}, {"key": "b", "label": {"zh-CN": "乙", "en": "B"}}]
}


def offer(*fields: tuple[str, str, dict[str, Any], Any]) -> Any:
    """An object with defaults, made in the transaction of the test."""
    made = define("offer", (("name", "text", {}), ("firm", "lookup", {"target": FIRM}), *(f[:3] for f in fields)))
    by_key = {key: default for key, _, _, default in fields}
    changed = tuple(
        type(one)(one.id, one.key, one.kind, {**one.attributes, "default": by_key.get(one.key)}) for one in made.fields
    )
    return type(made)(made.id, made.key, made.area, made.attributes, changed)


@pytest.fixture
def ctx(formulas: FormulaWorld) -> Iterator[Any]:
    """A unit of work with the object ``offer``."""
    with formulas.scratch() as before:
        install.install(
            cursor(),
            [
                offer(
                    ("due", "date", {}, {"formula": "WORKDAY(TODAY(), 5)"}),
                    ("kind", "choice", OPTIONS, {"formula": 'IF(firm.size > 100, "a", "b")'}),
                    ("size", "integer", {}, {"formula": "firm.size"}),
                    ("told", "text", {}, {"formula": 'firm.parent.name & "/" & kind & "/" & ROUND(amount * 2, 1)'}),
                    ("amount", "money", {"currency": "CNY"}, "12.5"),
                    ("half", "integer", {}, {"formula": "size / 2"}),
                    ("who", "person", {}, {"formula": "ME()"}),
                )
            ],
        )
        row = cursor().execute("SELECT version FROM sys_catalog").fetchone()
        from guanxi.engine.objects import catalog

        before.snapshot = catalog.load(cursor(), before.workspace.schema, row[0])
        yield before


def test_they_are_worked_out_of_the_row_and_of_related_records(ctx: Any, formulas: FormulaWorld) -> None:
    mother, child, *_ = formulas.firms
    ids = writes.create(
        ctx,
        "offer",
        [
            {"name": "一", "firm": mother}, {"name": "二", "firm": child, "due": "2026-01-01", "amount": "1"},
            {"name": "三"}, {"name": "四", "size": 8, "kind": None, "told": "自己写"},
        ],
    )  # fmt: skip
    one, two, three, four = (reads.get(ctx, "offer", id_) for id_ in ids)

    assert (one["due"], one["kind"], one["size"], one["half"]) == ("2026-03-06", "a", 5000, 2500)
    assert one["told"] == "/甲/25"
    assert (two["due"], two["kind"], two["size"], two["told"]) == ("2026-01-01", "b", None, "母公司/乙/2")
    assert (three["kind"], three["amount"]["amount"], three["told"], three["who"]) == ("b", "12.5", "/乙/25", None)
    assert (four["size"], four["kind"], four["told"], four["half"]) == (8, None, "自己写", 4)


def test_a_default_that_does_not_fit_is_a_refusal_of_its_field(ctx: Any) -> None:
    with pytest.raises(Invalid) as refused:
        writes.create(ctx, "offer", [{"name": "一", "size": 2}, {"name": "二", "size": 3}])

    assert [(one.field, one.code, one.row) for one in refused.value.fields] == [("half", "fields.not_whole", 1)]
    assert reads.ids(ctx, "offer", None) == []
    assert ctx.snapshot.object(ROW)
