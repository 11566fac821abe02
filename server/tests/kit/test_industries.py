"""Classes of GB/T 4754 by code, by name, and by both."""

import pytest

from guanxi.kit import industries


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("C", "C"), ("c", "C"), ("制造业", "C"), ("27", "C27"), ("2710", "C2710"), ("C2710", "C2710"),
        ("2710 化学药品原料药制造", "C2710"), ("C 制造业", "C"), ("农、林、牧、渔业", "A"), ("农林牧渔业", "A"),
        ("软件开发", "I651"), ("6513", "I6513"),
    ],
)  # fmt: skip
def test_a_class_is_found(text: str, key: str) -> None:
    assert industries.find(text) == key


@pytest.mark.parametrize("text", ["", "Z", "9999", "A2710", "卖月亮"])
def test_what_is_none_is_not_found(text: str) -> None:
    assert industries.find(text) is None


def test_every_class_is_read_back_from_its_code_and_name() -> None:
    names = industries.tree().names

    assert [sum(len(key) == length for key in names) for length in (1, 3, 4, 5)] == [20, 97, 473, 1381]
    assert [key for key in names if industries.find(f"{industries.code(key)} {names[key]}") != key] == []
