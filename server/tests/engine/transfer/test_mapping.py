"""Texts of a mapping's targets: columns, constants, templates, styles of numbers and dates."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from guanxi.engine.transfer.imports.styles import restyle
from guanxi.engine.transfer.imports.texts import text_source

COLUMNS = ["product", "account", "city"]


def text(data, *cells):
    source, _ = text_source(data, COLUMNS)
    return source(cells)


@pytest.mark.parametrize(
    ("cells", "made"),
    [
        (("GTX", "Acme", ""), "GTX · Acme"),
        (("GTX", "", ""), "GTX"),
        (("", "Acme", ""), "Acme"),
        (("", "", ""), ""),
    ],
)
def test_a_template_leaves_out_the_joint_beside_a_gap(cells, made):
    assert text({"template": "{product} · {account}"}, *cells) == made


def test_text_around_a_template_stays():
    assert text({"template": "Order of {product} ({city})"}, "GTX", "", "Bern") == "Order of GTX (Bern)"


def test_columns_take_the_first_that_is_filled():
    assert text({"columns": ["city", "account"]}, "GTX", "Acme", "") == "Acme"


def test_a_constant_needs_no_column():
    assert text({"constant": "imported"}, "", "", "") == "imported"


@pytest.mark.parametrize("data", [{"column": "nope"}, {"columns": ["city", "nope"]}, {"template": "{nope}"}])
def test_an_unknown_column_is_named(data):
    assert text_source(data, COLUMNS) == (None, "nope")


@dataclass
class Styled:
    trait: str
    date_order: str = "mdy"
    decimal_mark: str = "."

    @property
    def field(self):
        return SimpleNamespace(kind=SimpleNamespace(trait=self.trait))


@pytest.mark.parametrize(
    ("entry", "written", "read"),
    [
        (Styled("number", decimal_mark=","), "1.234,56", "1234.56"),
        (Styled("number", decimal_mark=","), "1 234,5", "1234.5"),
        (Styled("number", decimal_mark=","), "12,5", "12.5"),
        (Styled("number", decimal_mark=","), "-1.234.567", "-1234567"),
        (Styled("date", "dmy"), "31/12/2026", "2026-12-31"),
        (Styled("date", "dmy"), "1.2.26", "2026-02-01"),
        (Styled("datetime", "dmy"), "31-12-2026 08:05", "2026-12-31 08:05"),
        (Styled("date", "mdy"), "12/31/2026", "2026-12-31"),
        (Styled("date", "dmy"), "2026-12-31", "2026-12-31"),
        (Styled("date", "dmy"), "soon", "soon"),
    ],
)
def test_styles(entry, written, read):
    assert restyle(entry)(written) == read
