"""How people write numbers, amounts, days, moments and options, and what is understood."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.model import Field
from guanxi.kit.money import Money

ENV = ParseEnv()


def read(kind_key: str, text: str, **settings: Any) -> Any:
    """The native value of text in a field of the kind."""
    field = Field(id="f", key="f", kind=kind(kind_key), label={}, settings=kind(kind_key).sample_settings | settings)
    return field.kind.parse_text(field, text, ENV)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", "1234.5"),
        ("1,234,567.89", "1234567.89"),
        ("１２３．４", "123.4"),
        ("(5)", "-5"),
        ("-0", "0"),
        ("−3", "-3"),
        ("3.2万", "32000"),
        ("1亿", "100000000"),
        ("2k", "2000"),
        ("1.2E+5", "120000"),
        ("0.30000000000000004", "0.3"),
        ("2.345", "2.35"),
        ("-2.345", "-2.35"),
    ],
)
def test_numbers_are_understood(text: str, number: str) -> None:
    assert read("decimal", text) == Decimal(number)


@pytest.mark.parametrize("text", ["1,23", "1.2.3", "abc", "12%", "--1", "1 2 3 x", "1" * 16, "NaN", "0x10", "١٢"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read("decimal", text)


def test_whole_numbers_are_never_rounded() -> None:
    assert read("integer", "12.0") == 12
    with pytest.raises(BadValue, match="not_whole"):
        read("integer", "12.5")


def test_bounds_of_a_field_hold() -> None:
    assert read("percent", "100%", min=0, max=100) == 100
    with pytest.raises(BadValue, match="too_large"):
        read("percent", "100.01", min=0, max=100)
    with pytest.raises(BadValue, match="too_small"):
        read("integer", "-1", min=0)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("¥1,234.50", "1234.50", "CNY"),
        ("1.2万元", "12000", "CNY"),
        ("USD 99.999", "100", "USD"),
        ("JP¥5,000", "5000", "JPY"),
        ("12", "12", "CNY"),
        ("(5)", "-5", "CNY"),
    ],
)
def test_amounts_are_understood(text: str, amount: str, currency: str) -> None:
    assert read("money", text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21", "2026/11/21", "2026.11.21", "2026/11/21 00:00:00", "20261121", "2026年11月21日", "11/21/2026",
        "２０２６／１１／２１", "21-Nov-26", "21 November 2026", "Nov 21, 2026", "46347", "2026-11-21T23:30:00+08:00",
    ],
)  # fmt: skip
def test_days_are_understood(text: str) -> None:
    assert read("date", text) == date(2026, 11, 21)


@pytest.mark.parametrize("text", ["21/11/2026", "2026-02-30", "26-11-21", "2026", "0999-01-01", "soon", "11-21-2026"])
def test_days_in_doubt_are_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read("date", text)


@pytest.mark.parametrize(
    "text",
    [
        "2026/11/21 08:00", "2026-11-21 8:00:00", "2026-11-21T00:00:00Z", "2026-11-21T08:00:00+08:00",
        "2026年11月21日 上午8点", "2026年11月21日8时0分", "11/21/2026 8:00 AM", "46347.333333333", "21-Nov-2026 08:00",
    ],
)  # fmt: skip
def test_moments_are_understood(text: str) -> None:
    assert read("datetime", text) == datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize("text", ["甲", "alpha", " ALPHA ", "Ａｌｐｈａ", "A-1"])
def test_options_are_found_by_label_and_key(text: str) -> None:
    assert read("choice", text) == "A-1"


def test_an_unknown_option_is_refused_with_the_options() -> None:
    with pytest.raises(BadValue) as refusal:
        read("choice", "乙")

    assert refusal.value.code == "fields.unknown_option"
    assert refusal.value.params == {"value": "乙", "allowed": "微信、企业微信、甲、其他"}


@pytest.mark.parametrize(
    "text", ["微信、企业微信、其他", "Other, WeChat, WeCom", "other;wechat", "其他\n微信、企业微信"]
)
def test_labels_may_contain_what_separates_them(text: str) -> None:
    assert read("multi_choice", text) == ("wechat", "other")


@pytest.mark.parametrize(("text", "answer"), [("是", True), ("Yes", True), ("√", True), ("0", False), ("否", False)])
def test_yes_and_no_are_understood_in_both_languages(text: str, answer: bool) -> None:
    assert read("boolean", text) is answer


def test_nothing_that_runs_survives_in_rich_text() -> None:
    hostile = '<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a><img src=x onerror=x()></p>'

    assert read("rich_text", hostile) == '<p>a<a rel="noopener noreferrer">b</a></p>'
    assert read("rich_text", "<p> </p><br>") is None


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "ftp://example.com", "not a url", "http://"]
)
def test_only_addresses_of_the_web_are_taken(text: str) -> None:
    with pytest.raises(BadValue, match="not_a_url"):
        read("url", text)
