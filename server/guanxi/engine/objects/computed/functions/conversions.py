"""Conversions that the checker puts in where one type is written and another one is needed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guanxi.engine.objects.computed.tree import Env, Function
from guanxi.engine.objects.computed.types import DATE, DATETIME, NUMBER, TEXT
from guanxi.engine.objects.fields.kinds.text import LARGEST_LENGTH
from guanxi.engine.objects.fields.numbers import plain
from guanxi.kit import clock

ZONE_SQL = "current_setting('guanxi.zone')"
LANGUAGE_SQL = "current_setting('guanxi.language')"


def local_sql(sql: str) -> str:
    """A moment as the clocks of the workspace show it."""
    return f"({sql} AT TIME ZONE {ZONE_SQL})"


def quoted(text: str) -> str:
    """A text literal."""
    return "'" + text.replace("'", "''") + "'"


def number_text(_: Env, value: Decimal | None) -> str:
    """Digits without zeros at the end."""
    return "" if value is None else plain(value)


def day_text(_: Env, value: date | None) -> str:
    """ISO 8601."""
    return "" if value is None else value.isoformat()


def moment_text(env: Env, value: datetime | None) -> str:
    """Day and minute in the workspace's time zone."""
    return "" if value is None else f"{value.astimezone(env.zone):%Y-%m-%d %H:%M}"


def label_sql(value: str, options: Any) -> str:
    """The label of an option in the reader's language, the key of one that is gone."""

    def labelled(language: str) -> str:
        cases = "".join(f" WHEN {quoted(key)} THEN {quoted(options.text(key, language))}" for key in options.labels)
        return f"CASE {value}{cases} ELSE coalesce({value}, '') END" if cases else f"coalesce({value}, '')"

    return f"CASE {LANGUAGE_SQL} WHEN 'en' THEN {labelled('en')} ELSE {labelled('zh-CN')} END"


def label(env: Env, value: str | None, options: Any) -> str:
    """The same in Python."""
    return options.text(value, "en" if env.language == "en" else "zh-CN") if value else ""


def labels_sql(value: str, options: Any) -> str:
    """The words of a list, options as their labels, in the reader's language."""
    word = label_sql("w.word", options) if options is not None else "w.word"
    separator = f"CASE {LANGUAGE_SQL} WHEN 'en' THEN ', ' ELSE '、' END"
    return (
        f"(SELECT coalesce(string_agg({word}, {separator} ORDER BY w.place), '')"
        f" FROM unnest({value}) WITH ORDINALITY w(word, place))"
    )


def labels(env: Env, value: tuple[str, ...], options: Any) -> str:
    """The same in Python."""
    words = [label(env, word, options) if options is not None else word for word in value]
    return (", " if env.language == "en" else "、").join(words)


OF_NUMBER = Function(
    "text of number", "conversion", lambda n: f"coalesce(trim_scale({n})::text, '')", number_text, result=TEXT
)
OF_DAY = Function(
    "text of date", "conversion", lambda d: f"coalesce(to_char({d}, 'YYYY-MM-DD'), '')", day_text, result=TEXT,
    stable=False,
)  # fmt: skip
OF_MOMENT = Function(
    "text of datetime", "conversion", lambda d: f"coalesce(to_char({local_sql(d)}, 'YYYY-MM-DD HH24:MI'), '')",
    moment_text, result=TEXT, stable=False,
)  # fmt: skip
OF_BOOLEAN = Function(
    "text of boolean", "conversion",
    lambda b: f"CASE {LANGUAGE_SQL} WHEN 'en' THEN CASE WHEN {b} THEN 'Yes' ELSE 'No' END"
    f" ELSE CASE WHEN {b} THEN '是' ELSE '否' END END",
    lambda env, b: ("Yes" if b else "No") if env.language == "en" else "是" if b else "否",
    result=TEXT, stable=False,
)  # fmt: skip
OF_OPTION = Function("text of option", "conversion", label_sql, label, result=TEXT, stable=False)
OF_LIST = Function("text of list", "conversion", labels_sql, labels, result=TEXT, stable=False, plain=False)
MIDNIGHT = Function(
    "datetime of date", "conversion", lambda d: f"({d}::timestamp AT TIME ZONE {ZONE_SQL})",
    lambda env, d: None if d is None else clock.midnight(d, env.zone), result=DATETIME, strict=True, stable=False,
)  # fmt: skip
LOCAL_DAY = Function(
    "date of datetime", "conversion", lambda d: f"({local_sql(d)})::date",
    lambda env, d: d.astimezone(env.zone).date(), result=DATE, strict=True, stable=False,
)  # fmt: skip
BY_CODE = Function("text by code", "conversion", lambda t: f'({t} COLLATE "C")', lambda _, t: t, result=TEXT)


def _first_currency_sql(*currencies: str) -> str:
    """The last one is the usual currency, taken where no amount says another."""
    *said, usual = currencies
    return f"coalesce(least({', '.join(said)}), {quoted(usual)})" if said else f"{quoted(usual)}::text"


FIRST_CURRENCY = Function(
    "currency of amounts", "conversion", _first_currency_sql,
    lambda _, *c: min((one for one in c[:-1] if one), default=c[-1]), result=TEXT,
)  # fmt: skip
ONE_CURRENCY = Function(
    "amount of one currency", "conversion",
    lambda amount, *c: f"CASE WHEN least({', '.join(c)}) IS NOT DISTINCT FROM greatest({', '.join(c)}) THEN {amount} END",
    lambda _, amount, *c: amount if len({one for one in c if one}) <= 1 else None, result=NUMBER,
)  # fmt: skip
SHORT = Function(
    "text of a field", "conversion", lambda t: f"left({t}, {LARGEST_LENGTH})", lambda _, t: t[:LARGEST_LENGTH],
    result=TEXT,
)  # fmt: skip

FUNCTIONS = (
    OF_NUMBER,
    OF_DAY,
    OF_MOMENT,
    OF_BOOLEAN,
    OF_OPTION,
    OF_LIST,
    MIDNIGHT,
    LOCAL_DAY,
    BY_CODE,
    FIRST_CURRENCY,
    ONE_CURRENCY,
    SHORT,
)
