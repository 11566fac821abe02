"""Characters know their syllables, and letters can be read as syllables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import pinyin


@pytest.mark.parametrize(
    ("character", "readings"),
    [("华", ("hua",)), ("重", ("zhong", "chong")), ("绿", ("lv", "lu")), ("a", None), ("。", None)],
)
def test_readings(character, readings):
    assert pinyin.all_readings().get(character) == readings


def test_spelling_keeps_what_is_not_chinese():
    assert pinyin.spell("华为5G") == "huawei5G"
    assert pinyin.spell("华为", " ") == "hua wei"


@pytest.mark.parametrize(
    ("letters", "ways"),
    [
        ("xian", [["xian"], ["xia", "n"], ["xi", "an"], ["xi", "a", "n"]]),
        ("zhangw", [["zhang", "w"]]),
        ("gtx", []),
        ("", []),
    ],
)
def test_splitting(letters, ways):
    assert [way for way in pinyin.split_syllables(letters) if "n" not in way[:-1]][: len(ways)] == ways


@given(st.lists(st.sampled_from(["hua", "wei", "xi", "an", "zhong", "e", "lv"]), min_size=1, max_size=12))
def test_what_was_joined_can_be_split(syllables):
    ways = pinyin.split_syllables("".join(syllables), limit=100_000)

    assert syllables in ways
    assert all("".join(way) == "".join(syllables) for way in ways)


def test_letters_that_end_in_nothing_readable_are_given_up_at_once():
    assert pinyin.split_syllables("an" * 90 + "uu") == []
