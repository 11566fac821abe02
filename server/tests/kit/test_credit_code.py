"""The check digit of the unified social credit code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import credit_code

BODY = st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9)


@pytest.mark.parametrize("code", ["91110000600037341L", "91350100M000100Y43", "9144030071526726XG"])
def test_public_codes_are_valid(code):
    assert credit_code.is_valid(code)


@pytest.mark.parametrize(
    "code",
    ["91110000600037341N", "9111000060003734IL", "A1110000600037341L", "91110000600037341", "", "91110000600037341L0"],
)
def test_wrong_ones_are_not(code):
    assert not credit_code.is_valid(code)


@given(BODY, st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_changed_character_is_noticed(body, place, other):
    stem = "91110108" + body
    code = stem + credit_code.check_digit(stem)
    changed = code[:place] + other + code[place + 1 :]

    assert credit_code.is_valid(code)
    assert credit_code.is_valid(changed) == (changed == code)


def test_normal_form():
    assert credit_code.normalise(" 91 110000-600037341l") == "91110000600037341L"
