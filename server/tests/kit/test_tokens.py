"""What documents and queries consist of; that they meet in PostgreSQL is shown by test_tokens_in_postgresql.py."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import tokens


def test_what_is_personal_has_a_weight_of_its_own_and_is_found_only_by_it():
    assert tokens.document([], ["ab"], [], ["cd"]) == "'ab':1C 'cd':3"
    assert tokens.query("ab 张伟", "AC") == "'ab':*AC & '张伟':AC"


def test_chinese_is_cut_into_pairs_and_a_closing_character():
    assert tokens.document([], ["上海华为"]) == "'上海':1C '海华':2C '华为':3C '为':4C"


def test_parts_never_adjoin():
    assert tokens.document([], ["ab", "cd"]) == "'ab':1C 'cd':3C"


def test_title_has_weight_pinyin_and_initials():
    assert tokens.document(["张伟"]) == "'张伟':1A '伟':2A 'zhangwei':16383A 'wei':16383A 'zw':16383A"


def test_every_common_reading_is_spelled():
    lexemes = {lexeme.partition(":")[0] for lexeme in tokens.document(["重庆"]).split()}

    assert {"'zhongqing'", "'chongqing'", "'zq'", "'cq'"} <= lexemes


def test_phone_is_kept_whole_without_country_and_reversed():
    lexemes = "'8613800138000':16383 '13800138000':16383 '#0008310083168':16383"

    assert tokens.document([], [], ["+8613800138000"]) == lexemes


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("华为", "'华为'"),
        ("上海华", "('上海' <1> '海华')"),
        ("华", "'华':*"),
        ("ＨＷ", "'hw':*"),
        ("GTX50 上海", "('gtx' <1> '50':*) & '上海'"),
        ("科技a", "('科技' <2> 'a':*)"),
        ("8000", "('8000':* | '#0008':*)"),
        ("  ", None),
        ("（）", None),
    ],
)
def test_query(text, query):
    assert tokens.query(text) == query


def test_long_pinyin_is_asked_in_windows():
    assert "('shenzhenhua' & 'zhenhuawei' & 'huaweiji':*)" in tokens.query("shenzhenhuaweiji")


@given(st.lists(st.text(max_size=30), max_size=3), st.text(max_size=60))
def test_any_text_gives_well_formed_lexemes(parts, typed):
    document = tokens.document(parts, parts, parts)
    query = tokens.query(typed) or ""

    assert all(re.fullmatch(r"'#?[^'\\\s]+'(:\d+[AC]?)?", lexeme) for lexeme in document.split(" ") if document)
    assert not re.sub(r"'#?[^'\\\s]+'(:\*)?|[()&| ]|<\d+>", "", query)


def test_positions_stay_where_postgresql_keeps_them():
    document = tokens.document([], ["长" * 40_000, "后", "长 " * 40_000])

    assert max(int(at) for at in re.findall(r":(\d+)", document)) == tokens.MAX_POSITION
