"""What is written: names, signs and types; what is wrong, with its exact place and a sentence in both languages."""

import re
from decimal import Decimal
from typing import Any

import pytest

from guanxi.engine.objects.computed.compile import Formula, compiled, reading
from guanxi.engine.objects.computed.names import Names
from guanxi.engine.objects.computed.problems import BadFormula, Problem
from guanxi.engine.objects.computed.syntax import parse
from guanxi.engine.objects.computed.tree import Env
from guanxi.infra.i18n import LANGUAGES, sentence
from tests.support.formula_world import FIRM, ROW, FormulaWorld


def made(formulas: FormulaWorld, text: str, **names: Any) -> Formula:
    """The formula over the rows, labels and keys allowed."""
    with formulas.scratch() as ctx:
        return compiled(ctx.snapshot.object(ROW), text, Names(ctx.snapshot, **{"lenient": True, **names}))


def problems(formulas: FormulaWorld, text: str, **names: Any) -> list[tuple[str, str]]:
    """What is wrong, as (code, the stretch of the text)."""
    with pytest.raises(BadFormula) as refused:
        made(formulas, text, **names)
    for one in refused.value.problems:
        told(one)
    return [(one.code, text[one.span.start : one.span.end]) for one in refused.value.problems]


def told(one: Problem) -> None:
    """The sentence exists in every language, complete."""
    for language in LANGUAGES:
        text = sentence(one.code, one.params, language)
        assert text != one.code
        assert not re.search(r"\{\w+\}", text), text


def value(formulas: FormulaWorld, text: str, **row: Any) -> Any:
    """The value over a row."""
    with formulas.scratch() as ctx:
        formula = compiled(ctx.snapshot.object(ROW), text, Names(ctx.snapshot, lenient=True))
        return formula.value(Env(ctx.now, ctx.env.time_zone, ctx.language, ctx.author), reading(row))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 × 3", Decimal(7)),
        ("（1＋2）＊3", Decimal(9)),
        ("10 / 4 - -1", Decimal("3.5")),
        ("2 / 3", Decimal("0.6666666666666667")),
        ("1 / 0", None),
        ("n1 + 1", None),
        ('"a""b" & ' + "'c''d' & “e”", "a\"bc'de"),
        ("1 < 2 且 非 假 AND NOT FALSE", True),
        ("n1 = BLANK()", True),
        ("n1 < 1 或 n1 >= 1", False),
        ('t1 = ""', True),
        ("#2026-02-28# + 1", "2026-03-01"),
        ("EDATE(#2026-01-31#, 1)", "2026-02-28"),
        ("EOMONTH(#2024-01-15#, 1)", "2024-02-29"),
        ("NETWORKDAYS(#2026-10-01#, #2026-10-11#)", Decimal(3)),
        ("WORKDAY(#2026-09-30#, 1)", "2026-10-08"),
        ("工作日后(#2026-02-13#, 1)", "2026-02-14"),
        ("TODAY()", "2026-03-01"),
        ("ROUND(2.5, 0) & ROUND(-2.5, 0) & ROUND(1250, -2)", "3-31300"),
        ("MOD(-7, 3)", Decimal(2)),
        ('TEXT(1234567.891, "#,##0.00") & TEXT(0.256, "0.0%")', "1,234,567.8925.6%"),
        ('TEXT(#2026-03-09#, "YYYY年M月D日")', "2026年3月9日"),
        ('如果(包含("ABC科技", "c科"), "有", "无")', "有"),
        ('LEN("𠮷👍")', Decimal(2)),
        ('DATEDIF(#2024-02-29#, #2026-02-28#, "year")', Decimal(1)),
        ("SUM(n1, 2, 3) + AVERAGE(n1, 2, 4)", Decimal(8)),
        ("COALESCE(n1, n2, 5)", Decimal(5)),
    ],
)
def test_what_is_written_means_what_it_says(formulas: FormulaWorld, text: str, expected: Any) -> None:
    found = value(formulas, text)

    assert (found.isoformat() if hasattr(found, "isoformat") else found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n1 +", [("formula.unfinished", "")]),
        ("(n1", [("formula.unfinished", "")]),
        ("n1 ? 2", [("formula.unexpected", "?")]),
        ("n1 n2", [("formula.unexpected", "n2")]),
        (" ", [("formula.empty", " ")]),
        ("'abc", [("formula.unclosed_text", "'abc")]),
        ("[n1", [("formula.unclosed_name", "[")]),
        ("#2026-02-30#", [("formula.bad_day", "#2026-02-30#")]),
        ("1.2.3", [("formula.bad_number", "1")]),
        ("12345678901234567", [("formula.bad_number", "12345678901234567")]),
        ("gone + 1", [("formula.unknown_name", "gone")]),
        ("firm.gone", [("formula.unknown_name", "gone")]),
        ("n1.name", [("formula.not_a_relation", "n1")]),
        ("firm.parent.parent.parent.parent.parent.name", [("formula.path_too_long", "parent")]),
        ("NOPE(1)", [("formula.unknown_function", "NOPE")]),
        ("n1 + t1", [("formula.wrong_type", "t1")]),
        ("IF(n1, 1, 2)", [("formula.wrong_type", "n1")]),
        ('IF(b1, 1, "x")', [("formula.wrong_type", '"x"')]),
        ("LEFT(t1)", [("formula.too_few", "LEFT(t1)")]),
        ("LEFT(t1, 1, 2)", [("formula.too_many", "LEFT(t1, 1, 2)")]),
        ('c1 = "maybe"', [("formula.unknown_option", '"maybe"')]),
        ("b1 < b2", [("formula.no_order", "b1 < b2")]),
        ("l1 = l1", [("formula.no_order", "l1 = l1")]),
        ("t1 IN n1", [("formula.wrong_type", "n1")]),
        ("ROUND(n1, n2)", [("formula.digits_written", "n2")]),
        ('DATEADD(d1, 1, "eon")', [("formula.one_of", '"eon"')]),
        ('TEXT(n1, "YYYY")', [("formula.bad_pattern", '"YYYY"')]),
        ("gone + t1 * NOPE()", [("formula.unknown_name", "gone"), ("formula.wrong_type", "t1"), ("formula.unknown_function", "NOPE")]),
        ("firm = boss", [("formula.wrong_type", "boss")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_stands(formulas: FormulaWorld, text: str, expected: Any) -> None:
    assert problems(formulas, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000, "(" * 5000 + ")" * 5000, "(" * 4999 + "1" + ")" * 4999, "-" * 9999 + "1", "1" + "+1" * 4999,
        "f(" * 3000, "NOT " * 2400 + "b1", "IF(b1," * 1500, "MIN(" + ",".join(["1"] * 4000) + ")", "[" * 10_000,
        '"' * 9999, "1" * 10_001, "a." * 4999 + "a", ")" * 10_000, "\u3000" * 10_000,
    ],
)  # fmt: skip
def test_ten_thousand_of_anything_is_refused_at_once(formulas: FormulaWorld, text: str) -> None:
    assert problems(formulas, text)


def test_labels_are_understood_and_stored_as_keys(formulas: FormulaWorld) -> None:
    formula = made(formulas, '如果(字段firm.字段size > 10，[Field t1] & 字段firm.字段name, 文本(字段c1 = "赢单"))')

    assert formula.canonical == '如果(firm.size > 10，t1 & firm.name, 文本(c1 = "won"))'
    assert made(formulas, formula.canonical, lenient=False).type.name == "text"
    assert made(formulas, formula.canonical, language="en").shown == (
        '如果([Field firm].[Field size] > 10，[Field t1] & [Field firm].[Field name], 文本([Field c1] = "Won"))'
    )
    assert [one.path for one in formula.references if one.path] == ["firm.size", "t1", "firm.name", "c1"]


def test_stored_formulas_take_keys_alone(formulas: FormulaWorld) -> None:
    assert problems(formulas, "字段n1 + 1", lenient=False) == [("formula.unknown_name", "字段n1")]
    assert problems(formulas, 'c1 = "赢单"', lenient=False) == [("formula.unknown_option", '"赢单"')]


def test_objects_that_may_not_be_named_are_not_there(formulas: FormulaWorld) -> None:
    assert problems(formulas, "firm.name", may=lambda obj: obj.key != FIRM) == [("formula.not_a_relation", "firm")]
    assert problems(formulas, 'firm & ""', may=lambda obj: obj.key != FIRM) == [("formula.wrong_type", "firm")]


def test_the_same_text_is_parsed_once() -> None:
    assert parse("1 + 1") is parse("1 + 1")
