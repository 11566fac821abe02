"""How functions are declared in one line each, and SQL that several of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from guanxi.engine.objects.computed.tree import Function, Parameter
from guanxi.engine.objects.computed.types import Type

GROUPS: Mapping[str, Mapping[str, str]] = {
    "logic": {"zh-CN": "逻辑", "en": "Logic"},
    "number": {"zh-CN": "数字", "en": "Numbers"},
    "text": {"zh-CN": "文本", "en": "Text"},
    "date": {"zh-CN": "日期", "en": "Dates"},
}


def both(zh: str, en: str) -> Mapping[str, str]:
    """Text in both languages."""
    return {"zh-CN": zh, "en": en}


def parameters(spec: str) -> tuple[Parameter, ...]:
    """Of ``type 中文 english`` with commas between; ``type?`` may be left out, ``type*`` may stand several times."""
    made = []
    for one in filter(None, map(str.strip, spec.split(","))):
        of, zh, en = one.split(maxsplit=2)
        made.append(Parameter(of.rstrip("?*"), both(zh, en), optional="?" in of, repeated="*" in of))
    return tuple(made)


def function(
    name: str,
    zh: str,
    group: str,
    spec: str,
    result: Type | None,
    sql: Callable[..., str],
    python: Callable[..., Any],
    *,
    help: tuple[str, str],  # noqa: A002 - the word of the API
    example: str,
    **more: Any,
) -> Function:
    """A function that people call."""
    return Function(
        name, group, sql, python, parameters(spec), result, zh=zh, help=both(*help), example=example, **more
    )


def let(body: str, **values: str) -> str:
    """SQL that needs a value more than once: each is worked out once, and nested ones do not grow."""
    columns = ", ".join(f"{value} AS {name}" for name, value in values.items())
    return f"(SELECT {body} FROM (SELECT {columns} OFFSET 0) q)"


def count_sql(sql: str, most: int = 10_000) -> str:
    """A number of characters: whole, not negative, nothing being none."""
    return f"greatest(0, least(trunc(coalesce({sql}, 0)), {most}))::int"


def count(value: Any, most: int = 10_000) -> int:
    """The same in Python."""
    return max(0, min(int(value or 0), most))
