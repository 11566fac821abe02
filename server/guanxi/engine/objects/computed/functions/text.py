"""Functions over text. Nothing is empty text; letters differ by case unless the function says otherwise."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from guanxi.engine.objects.computed.functions import patterns
from guanxi.engine.objects.computed.functions.declare import count, count_sql, function
from guanxi.engine.objects.computed.types import BOOLEAN, LONGEST_TEXT, NUMBER, TEXT

_LETTERS = [
    chr(code) for block in ((65, 91), (192, 223), (913, 939), (1040, 1072), (0xFF21, 0xFF3B)) for code in range(*block)
]
_UPPER = "".join(c for c in _LETTERS if len(c.lower()) == 1 and c.lower() != c and c.lower().upper() == c)
_LOWER = "".join(c.lower() for c in _UPPER)
_TO_LOWER, _TO_UPPER = str.maketrans(_UPPER, _LOWER), str.maketrans(_LOWER, _UPPER)
_BLANKS = " \t\r\n\u00a0\u3000"
_BLANKS_SQL = "E' \\t\\r\\n\\u00a0\\u3000'"
_LONGEST_PART = 100


def lower_sql(text: str) -> str:
    """Small letters: Latin, Greek, Cyrillic and full-width ones. The database's own rules differ from Python's."""
    return f"translate({text}, '{_UPPER}', '{_LOWER}')"


def lower(text: str) -> str:
    """The same in Python."""
    return text.translate(_TO_LOWER)


def _replaced_sql(text: str, old: str, new: str) -> str:
    return f"left(replace(left({text}, {LONGEST_TEXT}), {old}, left({new}, {_LONGEST_PART})), {LONGEST_TEXT})"


def _replaced(_: Any, text: str, old: str, new: str) -> str:
    text = text[:LONGEST_TEXT]
    return text.replace(old, new[:_LONGEST_PART])[:LONGEST_TEXT] if old else text


def _joined_sql(separator: str, *texts: str) -> str:
    present = ", ".join(f"nullif({text}, '')" for text in texts)
    return f"concat_ws({separator}, {present})"


def _from(start: Any) -> int:
    return max(1, count(start))


FUNCTIONS = (
    function(
        "CONCAT", "连接", "text", "text* 文本 texts", TEXT, lambda *t: f"({' || '.join(t)})", lambda _, *t: "".join(t),
        help=("把文本连接起来", "Texts put together"), example='CONCAT(name, " - ", number)',
    ),
    function(
        "JOIN", "拼接", "text", "text 分隔符 separator, text* 文本 texts", TEXT, _joined_sql,
        lambda _, s, *t: s.join(filter(None, t)),
        help=("用分隔符连接，不计空文本", "Texts that are not empty with a separator between them"), example='JOIN("、", city, street)',
    ),
    function(
        "LEN", "长度", "text", "text 文本 text", NUMBER, lambda t: f"char_length({t})::numeric",
        lambda _, t: Decimal(len(t)), help=("字符个数", "The number of characters"), example="LEN(name)",
    ),
    function(
        "LEFT", "左边", "text", "text 文本 text, number 字数 count", TEXT,
        lambda t, n: f"left({t}, {count_sql(n)})", lambda _, t, n: t[: count(n)],
        help=("开头的若干个字符", "Characters from the beginning"), example="LEFT(name, 2)",
    ),
    function(
        "RIGHT", "右边", "text", "text 文本 text, number 字数 count", TEXT,
        lambda t, n: f"right({t}, {count_sql(n)})", lambda _, t, n: t[max(0, len(t) - count(n)) :],
        help=("结尾的若干个字符", "Characters from the end"), example="RIGHT(number, 4)",
    ),
    function(
        "MID", "截取", "text", "text 文本 text, number 起始 start, number 字数 count", TEXT,
        lambda t, s, n: f"substr({t}, greatest(1, {count_sql(s)}), {count_sql(n)})",
        lambda _, t, s, n: t[_from(s) - 1 : _from(s) - 1 + count(n)],
        help=("从第几个字符起的若干个字符", "Characters from a place on, counted from 1"), example="MID(number, 5, 2)",
    ),
    function(
        "LOWER", "小写", "text", "text 文本 text", TEXT, lower_sql, lambda _, t: lower(t),
        help=("字母变小写", "In small letters"), example="LOWER(mail)",
    ),
    function(
        "UPPER", "大写", "text", "text 文本 text", TEXT, lambda t: f"translate({t}, '{_LOWER}', '{_UPPER}')",
        lambda _, t: t.translate(_TO_UPPER), help=("字母变大写", "In capital letters"), example="UPPER(number)",
    ),
    function(
        "TRIM", "去空格", "text", "text 文本 text", TEXT, lambda t: f"btrim({t}, {_BLANKS_SQL})",
        lambda _, t: t.strip(_BLANKS), help=("去掉两端的空白", "Without blanks at both ends"), example="TRIM(name)",
    ),
    function(
        "SUBSTITUTE", "替换", "text", "text 文本 text, text 旧文本 old, text 新文本 new", TEXT, _replaced_sql, _replaced,
        help=("把每一处旧文本换成新文本", "Every occurrence of a text replaced by another"), example='SUBSTITUTE(phone, "-", "")',
    ),
    function(
        "REPT", "重复", "text", "text 文本 text, number 次数 times", TEXT,
        lambda t, n: f"repeat(left({t}, {_LONGEST_PART}), {count_sql(n, _LONGEST_PART)})",
        lambda _, t, n: t[:_LONGEST_PART] * count(n, _LONGEST_PART),
        help=("重复若干次，最多 100 次", "A text several times, at most 100"), example='REPT("★", 3)',
    ),
    function(
        "CONTAINS", "包含", "text", "text 文本 text, text 查找 part", BOOLEAN,
        lambda t, p: f"(strpos({lower_sql(t)}, {lower_sql(p)}) > 0)", lambda _, t, p: lower(p) in lower(t),
        help=("文本中是否有它，不分大小写", "Whether a text has another in it, whatever the case"),
        example='CONTAINS(name, "科技")',
    ),
    function(
        "STARTSWITH", "开头是", "text", "text 文本 text, text 查找 part", BOOLEAN,
        lambda t, p: f"starts_with({lower_sql(t)}, {lower_sql(p)})", lambda _, t, p: lower(t).startswith(lower(p)),
        help=("是否以它开头，不分大小写", "Whether a text begins with another, whatever the case"),
        example='STARTSWITH(number, "OPP")',
    ),
    function(
        "ENDSWITH", "结尾是", "text", "text 文本 text, text 查找 part", BOOLEAN,
        lambda t, p: f"starts_with(reverse({lower_sql(t)}), reverse({lower_sql(p)}))",
        lambda _, t, p: lower(t).endswith(lower(p)),
        help=("是否以它结尾，不分大小写", "Whether a text ends with another, whatever the case"),
        example='ENDSWITH(mail, ".cn")',
    ),
    function(
        "FIND", "位置", "text", "text 查找 part, text 文本 text", NUMBER,
        lambda p, t: f"nullif(strpos({t}, {p}), 0)::numeric", lambda _, p, t: Decimal(t.find(p) + 1) or None,
        help=("第一次出现的位置，没有则为空", "Where a text stands in another first, nothing when it does not"),
        example='FIND("-", number)',
    ),
    function(
        "TEXT", "文本", "text", "any 值 value, constant? 格式 pattern", TEXT, patterns.sql, patterns.python,
        resolve=patterns.resolve, stable=False,
        help=(
            "按格式写成文本：数字如 #,##0.00，日期如 YYYY年MM月DD日 HH:mm",
            "Written by a pattern: numbers as #,##0.00, dates as YYYY-MM-DD HH:mm",
        ),
        example='TEXT(amount, "#,##0.00")',
    ),
)  # fmt: skip
