"""Random texts of formulas of a type, over the fields of ``formula_world`` and every function that is offered."""

from collections.abc import Sequence
from functools import cache
from itertools import chain

from hypothesis import strategies as st

from guanxi.engine.objects.computed.functions import offered
from guanxi.engine.objects.computed.tree import Function

Texts = st.SearchStrategy[str]
FIELDS: dict[str, list[str]] = {
    "number": ["n1", "n2", "n3", "n4", "m1", "m2", "firm.size", "firm.parent.size"],
    "text": ["t1", "t2", "t3", "t4", "name", "firm.name", "firm.boss.name"],
    "boolean": ["b1", "b2", "firm.active", "TRUE", "假"],
    "date": ["d1", "d2", "firm.since", "TODAY()", "#2024-02-29#", "#2026-10-01#"],
    "datetime": ["s1", "s2", "NOW()", "created_at"],
    "option": ["c1", "c2", "firm.level"],
    "list": ["l1", "l2"],
    "record": ["firm", "firm.parent"],
}
"""Leaves by type."""

_UNITS = ["day", "week", "month", "quarter", "year"]
_PATTERNS = {
    "number": ["0", "0.00", "#,##0", "#,##0.000", "0%", "0.0%"],
    "date": ["YYYY年M月D日", "DD/MM/YY", "MM-DD"],
    "datetime": ["YYYY-MM-DD HH:mm:ss", "HH时mm分"],
}
_NUMBERS = ["0", "1", "2.5", "7", "-3", "100", "0.1", "1000000"]
_literals = st.text("ABab中文𠮷'-. 1İß", max_size=5).map(lambda t: '"' + t.replace('"', '""') + '"')
_CONDITIONS = [
    'c1 IN ("won", "lost")', 'c1 = "won"', '"won" IN l1', '"甲" IN l2', "c1 IN l1", "t1 NOT IN l2", "boss = BLANK()",
    "boss = ME()", "firm = firm.parent", 'c1 & "x" = "赢单x"', "c2 = BLANK()",
]  # fmt: skip
_WORDS = ["firm & name", 'boss & "!"', "TEXT(firm.parent)", "c1 & l1 & l2", "TEXT(b1)", "s1 & d1"]
_DATES = ['DATE("2024-02-29")', 'DATE("2023-02-29")', "DATE(2026, 2, 31)", "DATE(9999, 12, 31)", "DATE(s1)"]


@cache
def expressions(kind: str, depth: int) -> Texts:
    """Texts of formulas of a type, at most so deep."""
    leaf: Texts = st.sampled_from(FIELDS[kind])
    if kind == "number":
        leaf = leaf | st.sampled_from(_NUMBERS)
    if kind == "text":
        leaf = leaf | _literals
    return leaf if depth == 0 else leaf | st.deferred(lambda: st.one_of(*_made(kind, depth - 1)))


def every_form(kind: str) -> list[Texts]:
    """One strategy for each function and operator that gives a type, over fields and literals; a sign before a literal is
    part of the number, so signs stand before fields too.
    """
    signed = st.sampled_from([f"{sign}({field})" for sign in "+-" for field in FIELDS[kind]])
    return [*_made(kind, 0), signed] if kind == "number" else _made(kind, 0)


def _made(kind: str, depth: int) -> list[Texts]:
    def sub(of: str) -> Texts:
        return expressions(of, depth)

    branch = _branches(kind, depth)
    found = [branch] * 2
    if kind not in ("option", "list", "record"):
        for of in ("number", "text", "option", "date", "boolean"):
            key = st.sampled_from(['"won"', "c2", '"A-1"']) if of == "option" else sub(of)
            found += [_call("SWITCH", sub(of), key, sub(kind), sub(kind)), _call("匹配", sub(of), key, sub(kind))]
    found += [made for one in offered() if (made := _of_function(one, kind, depth)) is not None]
    return found + _operators(kind, depth)


def _branches(kind: str, depth: int) -> Texts:
    condition, value = expressions("boolean", depth), expressions(kind, depth)
    return st.one_of(
        _call("IF", condition, value, value),
        _call("如果", condition, value),
        _call("IF", condition, value, st.just("BLANK()")),
        _call("IFS", condition, value, condition, value, value),
        _call("多条件", condition, value, condition, value),
        _call("COALESCE", value, value),
    )


def _of_function(function: Function, kind: str, depth: int) -> Texts | None:
    name = function.name
    special = _special(name, kind, depth)
    if special is not None:
        return special
    unit = name in ("DATEADD", "DATEDIF", "STARTOF")
    if name == "ME" or function.result is None or function.result.name != kind or (function.resolve and not unit):
        return None
    args: list[Texts] = []
    for parameter in function.parameters:
        if parameter.type == "constant":
            one: Texts = st.sampled_from([f'"{u}"' for u in _UNITS] if unit else ["0", "2", "-2", "10"])
        else:
            one = expressions(parameter.type, depth)
        args += [one, one] if parameter.repeated else [one]
    return _call(name, *args) | _call(function.zh, *args)


def _special(name: str, kind: str, depth: int) -> Texts | None:
    """Calls of functions whose parameters the registry cannot tell."""
    if name in ("MIN", "MAX") and kind in ("number", "date", "datetime"):
        return _call(name, expressions(kind, depth), expressions(kind, depth))
    if (name, kind) == ("TEXT", "text"):
        plain = [_call(name, expressions(of, depth)) for of in FIELDS if of != "record"]
        shaped = [
            _call(name, expressions(of, depth), st.sampled_from([f'"{one}"' for one in patterns]))
            for of, patterns in _PATTERNS.items()
        ]
        return st.one_of(*plain, *shaped)
    if (name, kind) == ("DATE", "date"):
        small = st.sampled_from(["2024", "1", "12", "30", "31", "2", "9999", "0", "n3", "n1"])
        parts = _call(name, small, small, small) | _call(name, *[expressions("number", depth)] * 3)
        return parts | _call(name, expressions("text", depth)) | st.sampled_from(_DATES)
    if (name, kind) == ("VALUE", "number"):
        known = st.sampled_from(['"12.5"', '"-3"', '"1e5"', "TEXT(n1)"])
        return _call(name, expressions("text", depth)) | _call(name, known)
    if (name, kind) == ("ISBLANK", "boolean"):
        return st.one_of(*(_call(name, expressions(of, depth)) for of in FIELDS))
    return None


def _operators(kind: str, depth: int) -> list[Texts]:
    def sub(of: str) -> Texts:
        return expressions(of, depth)

    def infix(a: str, signs: Sequence[str], b: str) -> list[Texts]:
        return [st.builds(lambda x, y, sign=sign: f"({x}) {sign} ({y})", sub(a), sub(b)) for sign in signs]

    def shaped(pattern: str, *kinds: str) -> Texts:
        return st.tuples(*map(sub, kinds)).map(lambda parts: pattern.format(*parts))

    made: dict[str, list[Texts]] = {
        "number": [
            *infix("number", "+-*/×÷", "number"), *infix("number", "/", "number"), *infix("date", "-", "date"),
            *infix("datetime", "-", "datetime"), *infix("datetime", "-", "date"), shaped("-({})", "number"),
            shaped("+({})", "number"),
        ],
        "text": [
            *chain.from_iterable(infix(of, "&", other) for of in ("text", "number") for other in FIELDS if other != "record"),
            *map(st.just, _WORDS),
        ],
        "date": [*infix("date", "+-", "number"), *infix("number", "+", "date")],
        "datetime": [*infix("datetime", "+-", "number"), shaped("IF({}, {}, {})", "boolean", "date", "datetime")],
        "boolean": [
            *chain.from_iterable(infix(of, ["=", "<>"], of) for of in FIELDS if of != "list"),
            *chain.from_iterable(infix(of, ["<", "<=", ">", ">="], of) for of in ("number", "text", "date", "datetime")),
            *infix("date", ["<", "="], "datetime"), *infix("boolean", ["AND", "OR", "且", "或"], "boolean"),
            shaped("NOT ({})", "boolean"), shaped("({}) IN ({}, {})", "number", "number", "number"),
            shaped("({}) NOT IN ({}, BLANK())", "text", "text"), *map(st.just, _CONDITIONS),
        ],
    }  # fmt: skip
    return made.get(kind, [])


def _call(name: str, *args: Texts) -> Texts:
    return st.tuples(*args).map(lambda parts: f"{name}({', '.join(parts)})")
