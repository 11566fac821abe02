"""Telephone numbers in one normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import phones


@pytest.mark.parametrize(
    ("written", "normal", "shown"),
    [
        ("138 0013 8000", "+8613800138000", "138 0013 8000"),
        ("＋８６　138-0013-8000", "+8613800138000", "138 0013 8000"),
        ("8613800138000", "+8613800138000", "138 0013 8000"),
        ("013800138000", "+8613800138000", "138 0013 8000"),
        ("010-6234 5678 转 801", "+861062345678;ext=801", "010-6234 5678 转 801"),
        ("(0755)26780000", "+8675526780000", "0755-2678 0000"),
        ("0086 10 62345678", "+861062345678", "010-6234 5678"),
        ("400-800-1234", "+864008001234", "400-800-1234"),
        ("+1 (202) 555-0123", "+12025550123", "+12025550123"),
        ("+852 2345 6789", "+85223456789", "+85223456789"),
        ("323-362-3825x123", "3233623825;ext=123", "3233623825 转 123"),
        ("62345678", "62345678", "62345678"),
        ("95588", "95588", "95588"),
    ],
)
def test_written_normal_and_shown(written, normal, shown):
    assert phones.normalise(written) == normal
    assert phones.display(normal) == shown


@pytest.mark.parametrize("text", ["", "123", "abc", "1234567890123456", "13800138000a", "无", "+", "१२३४५६"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(phones.BadPhone):
        phones.normalise(text)


@given(st.from_regex(r"(\+86|0086|86|0)?1[3-9][0-9]{9}", fullmatch=True))
def test_every_mobile_gets_the_same_form(written):
    assert phones.normalise(written) == "+86" + written[-11:]


@given(st.text(alphabet="0123456789+-() x转", max_size=24))
def test_normal_form_is_stable_and_can_be_read_back(text):
    try:
        normal = phones.normalise(text)
    except phones.BadPhone:
        return

    assert phones.normalise(normal) == normal
    assert phones.normalise(phones.display(normal)) == normal
