"""The same company is recognised however its name was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import names


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("深圳市华为技术有限公司", "华为技术"),
        ("华为技术（深圳）有限公司", "华为技术"),
        ("華為技術", "华为技术"),
        ("广东美的集团股份有限公司", "美的"),
        ("Acme Co., Ltd.", "acme"),
        ("ACME Corporation", "acme"),
        ("北京公司", "北京"),
        ("上海", "上海"),
        ("", ""),
    ],
)
def test_core_of_a_name(name, core):
    assert names.core(name) == core


@given(st.text(alphabet="上海市华为技术集团股份有限公司（） ", max_size=20))
def test_core_of_a_core_is_never_empty_for_a_name(name):
    if names.normalise(name):
        assert names.core(name)


def test_normal_form_keeps_all_words():
    assert names.normalise("华为（深圳）Ｃｏ., Ltd") == "华为深圳coltd"
