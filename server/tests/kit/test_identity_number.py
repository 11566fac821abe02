"""Resident identity numbers and their check character."""

import pytest

from guanxi.kit import identity_number


@pytest.mark.parametrize(
    "number",
    ["110102199101010078", "120110198012010073", "360426199101010071", "412723199010050012", "44011320141005001x"],
)
def test_valid_ones(number: str) -> None:
    assert identity_number.is_valid(identity_number.normalise(number))


@pytest.mark.parametrize(
    "number",
    [
        "36042619910102009X",  # wrong check character
        "360426199113010079",  # no such month
        "990426199112010074",  # no such province
        "36042619910101007",  # too short
        "3604261991010100711",
        "", "36042619910101007a", "０６0426199101010071",
    ],
)  # fmt: skip
def test_others(number: str) -> None:
    assert not identity_number.is_valid(identity_number.normalise(number))


def test_separators_and_wide_digits_are_put_right() -> None:
    assert identity_number.normalise(" 440113 20141005-001ｘ ") == "44011320141005001X"
