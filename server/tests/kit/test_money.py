"""Amounts as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import money
from guanxi.kit.money import BadMoney, Money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("¥1,234.50", "1234.50", "CNY"),
        ("1.2万", "12000", "CNY"),
        ("3 亿元", "300000000", "CNY"),
        ("5千万", "50000000", "CNY"),
        ("USD 100", "100", "USD"),
        ("$1,100.04", "1100.04", "USD"),
        ("HK$88", "88", "HKD"),
        ("(5)", "-5", "CNY"),
        ("-￥５００", "-500", "CNY"),
        ("￥-500", "-500", "CNY"),
        ("0.5", "0.5", "CNY"),
    ],
)
def test_parsed(text, amount, currency):
    assert money.parse(text, "CNY") == Money(Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "1,23", "1,2345", "abc", "1.2.3", "12 34", "100元美元", "--5", "1e5", "NaN", "٣"])
def test_doubtful_text_is_refused(text):
    with pytest.raises(BadMoney):
        money.parse(text, "CNY")


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False),
    st.sampled_from(sorted(money.CURRENCIES)),
)
def test_what_is_shown_can_be_read_back(amount, currency):
    value = Money(amount, currency).rounded()

    assert money.parse(money.display(value), "CNY") == value


def test_rounding_follows_the_currency():
    assert Money(Decimal("1.005"), "CNY").rounded() == Money(Decimal("1.01"), "CNY")
    assert Money(Decimal("-1.5"), "JPY").rounded() == Money(Decimal(-2), "JPY")
