"""Folding makes equal what people mean to be equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit.folding import fold, half_width


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("萬科企業", "万科企业"),
        ("（中国）", "(中国)"),
        ("Straße", "strasse"),
        ("plain Text", "plain text"),
        ("", ""),
    ],
)
def test_width_case_and_script_disappear(text, folded):
    assert fold(text) == folded


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x9FFF)))
def test_folding_ascii_and_chinese_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_half_width_leaves_chinese_punctuation():
    assert half_width("（ＡＢ）　１。、") == "(AB) 1。、"
