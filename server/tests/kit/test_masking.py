"""Masked values have the shape of what they hide and say nothing of it."""

import string
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit.masking import Mask

MASK = Mask(b"secret")


@given(st.text(max_size=40))
def test_text_keeps_its_length_and_its_punctuation(value: str) -> None:
    made = MASK.text(value)

    assert len(made) == len(value)
    assert MASK.text(value) == made
    for old, new in zip(value, made, strict=True):
        assert (old in string.digits) == (new in string.digits)
        assert old == new or old.isalnum()


def test_another_secret_gives_other_values() -> None:
    assert MASK.text("华信科技有限公司") != Mask(b"other").text("华信科技有限公司")
    assert MASK.text("华信科技有限公司") != "华信科技有限公司"


def test_nothing_can_be_sent_to_a_masked_address() -> None:
    assert MASK.mail("wang.fang@huaxin.cn").endswith("@example.com")
    assert "huaxin" not in MASK.url("https://huaxin.cn/?mail=wang.fang")
    assert MASK.phone("+8613912345678")[:4] == "+861"
    assert "13912345678" not in MASK.phone("+8613912345678")


def test_tags_lose_what_they_refer_to() -> None:
    made = MASK.rich('<p>致电 <a href="tel:13912345678">王芳</a></p>')

    assert made.startswith("<p>")
    assert made.count("<a>") == 1
    assert "139" not in made
    assert "王" not in made


def test_json_keeps_its_keys_and_numbers() -> None:
    made = MASK.json({"street": "和平路 1 号", "province": "上海市", "n": 3, "tags": ["王芳", None]})

    assert (made["province"], made["n"], made["tags"][1]) == ("上海市", 3, None)
    assert made["street"] != "和平路 1 号"


@given(st.uuids(version=4))
def test_days_are_moved_by_whole_weeks(record: UUID) -> None:
    moved = MASK.weeks(str(record))

    assert moved == MASK.weeks(str(record))
    assert moved.days % 7 == 0
    assert 7 <= abs(moved.days) <= 26 * 7


def test_days_of_different_records_are_moved_differently() -> None:
    moved = {MASK.weeks(str(number)) for number in range(200)}

    assert len(moved) > 40
    assert MASK.weeks("7") != Mask(b"other").weeks("7")
