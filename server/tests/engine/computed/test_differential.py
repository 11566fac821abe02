"""The same formula gives the same value in SQL and in Python: random typed expressions over random rows, every function."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guanxi.engine.context import Context
from guanxi.engine.objects.computed.compile import compiled, sql
from guanxi.engine.objects.computed.functions import every, named
from guanxi.engine.objects.computed.names import Names
from guanxi.engine.objects.computed.problems import BadFormula
from guanxi.engine.objects.computed.tree import Apply, Env, FieldValue, walk
from guanxi.engine.objects.computed.types import to_value
from guanxi.engine.records import reads, writes
from tests.support.formula_texts import FIELDS, every_form, expressions
from tests.support.formula_world import ROW, FormulaWorld, rows

bounded = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
TOO_MUCH = {"formula.too_large", "formula.too_deep", "formula.too_long"}
FORMS_TOGETHER = 12
"""So few that one example always has room for all of them."""
met: dict[str, int] = {}
"""Functions that took part, by name."""


@pytest.mark.parametrize("kind", list(FIELDS))
@bounded
@given(data=st.data())
def test_sql_and_python_give_the_same_value(kind: str, data: st.DataObject, formulas: FormulaWorld) -> None:
    values = data.draw(rows(formulas.firms, most=10))
    language = data.draw(st.sampled_from(["zh-CN", "en"]))
    texts = data.draw(st.lists(expressions(kind, 2), min_size=20, max_size=20))

    with formulas.scratch(language) as ctx:
        ids = stored(ctx, values)
        for text in texts:
            agree(ctx, ids, text)


@pytest.mark.parametrize(
    ("kind", "first"), [(kind, first) for kind in FIELDS for first in range(0, len(every_form(kind)), FORMS_TOGETHER)]
)
@settings(bounded, max_examples=4)
@given(data=st.data())
def test_every_function_and_operator_alone(kind: str, first: int, data: st.DataObject, formulas: FormulaWorld) -> None:
    values = data.draw(rows(formulas.firms, most=6))

    with formulas.scratch() as ctx:
        ids = stored(ctx, values)
        for form in every_form(kind)[first : first + FORMS_TOGETHER]:
            agree(ctx, ids, data.draw(form))


def stored(ctx: Context, values: list[dict[str, Any]]) -> list[UUID]:
    """The rows written, references to deleted records too."""
    referring = [(row.pop("firm"), row.pop("boss")) for row in values]
    present = [{key: value for key, value in row.items() if value is not None} for row in values]
    ids = writes.create(ctx, ROW, [{"name": "行", **row} for row in present])
    ctx.run(
        "UPDATE rec_row SET firm = v.f, boss = v.b FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) v(i, f, b)"
        " WHERE id = v.i",
        [ids, *map(list, zip(*referring, strict=True))],
    )
    return ids


def agree(ctx: Context, ids: Sequence[UUID], text: str) -> None:
    """Both values are the same on every row."""
    try:
        formula = compiled(ctx.snapshot.object(ROW), text, Names(ctx.snapshot, lenient=True))
    except BadFormula as refused:
        if {one.code for one in refused.problems} <= TOO_MUCH:
            return
        raise
    for one in walk(formula.node):
        if isinstance(one, Apply):
            met[one.function.name] = met.get(one.function.name, 0) + 1
    env = Env(ctx.now, ctx.env.time_zone, ctx.language, ctx.author)
    by_sql = dict(ctx.run(f"SELECT id, {formula.sql('t')} FROM rec_row t WHERE id = ANY($1)", [list(ids)]))
    own = [one.field.key for one in formula.fields if not one.steps]
    natives = reads.native(ctx, ROW, ids, own or ["name"])
    far = {one.path: one for one in formula.fields if one.steps}
    along = {path: dict(ctx.run(f"SELECT id, {sql(one, 't')} FROM rec_row t")) for path, one in far.items()}
    for record in ids:

        def read(value: FieldValue, record: UUID = record) -> Any:
            if value.steps:
                return along[value.path][record]
            return to_value(value.field, natives[record][value.field.key])

        expected = by_sql[record]
        found = formula.value(env, read)
        found = list(found) if isinstance(found, tuple) else found
        assert found == expected, (text, found, expected)
        assert isinstance(found, bool) == isinstance(expected, bool)
        assert not isinstance(found, Decimal) or found.is_finite()


def test_every_function_was_met() -> None:
    of_results = {"currency of amounts", "amount of one currency", "text of a field"}
    """Put around a whole formula by its field; the tests of fields meet them."""
    resolved_into_others = {"DATE", "BLANK"}

    assert {one.name for one in every()} - met.keys() - of_results - resolved_into_others == set()
    assert len(named()) > 80
