"""Operators of formulas: which types they take, and what they make of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from guanxi.engine.objects.computed.functions import conversions, operators
from guanxi.engine.objects.computed.syntax import Call, Literal, Path
from guanxi.engine.objects.computed.tree import Apply, Constant, Typed
from guanxi.engine.objects.computed.types import BLANK, BOOLEAN, DATETIME, NUMBER, TEXT, UNKNOWN, Type

if TYPE_CHECKING:
    from guanxi.engine.objects.computed.check import Checker

_ORDERED = ("number", "text", "date", "datetime")
_ARITHMETIC = {
    ("+", "number", "number"): operators.PLUS, ("-", "number", "number"): operators.MINUS,
    ("+", "date", "number"): operators.DAY_PLUS, ("-", "date", "number"): operators.DAY_MINUS,
    ("-", "date", "date"): operators.DAYS, ("+", "datetime", "number"): operators.MOMENT_PLUS,
    ("-", "datetime", "number"): operators.MOMENT_MINUS, ("-", "datetime", "datetime"): operators.MOMENTS,
}  # fmt: skip
_COMPARISONS = {
    "=": operators.EQUAL, "<>": operators.UNEQUAL, "<": operators.LESS, "<=": operators.AT_MOST, ">": operators.MORE,
    ">=": operators.AT_LEAST,
}  # fmt: skip


def amount_of(parts: Sequence[Any]) -> Type:
    """A number, of money when one of the parts is."""
    currency = next((one.type.currency for one in parts if isinstance(one, Typed) and one.type.currency), None)
    return Type("number", currency=currency) if currency else NUMBER


def operation(checker: Checker, call: Call) -> Typed:
    """The typed form of an operator with its operands."""
    name = call.name
    if name in ("AND", "OR", "NOT"):
        made = {"AND": operators.AND, "OR": operators.OR, "NOT": operators.NOT}[name]
        return Apply(BOOLEAN, made, tuple(checker.expect(arg, BOOLEAN) for arg in call.args))
    if name == "&":
        return Apply(TEXT, operators.JOIN, tuple(checker.expect(arg, TEXT) for arg in call.args))
    if name in ("- ", "+ "):
        sign = operators.NEGATIVE if name == "- " else operators.POSITIVE
        operand = checker.expect(call.args[0], NUMBER)
        return Apply(amount_of([operand]), sign, (operand,))
    if name == "IN":
        return _within(checker, call)
    return _compared(checker, call) if name in _COMPARISONS else _reckoned(checker, call)


def _reckoned(checker: Checker, call: Call) -> Typed:
    if call.name in "*/":
        sign = operators.TIMES if call.name == "*" else operators.OVER
        factors = tuple(checker.expect(arg, NUMBER) for arg in call.args)
        of_money = factors[:1] if call.name == "/" and factors[1].type.currency is None else factors
        ratio = call.name == "/" and factors[1].type.currency is not None
        return Apply(NUMBER if ratio else amount_of(of_money), sign, factors)
    values = [checker.check(arg) for arg in call.args]
    if UNKNOWN in (one.type for one in values):
        return Constant(UNKNOWN, None)
    a, b = (one.type.name for one in values)
    if call.name == "+" and a in ("number", "blank") and b in ("date", "datetime"):
        values, a, b = values[::-1], b, a
    if {a, b} == {"date", "datetime"} and call.name == "-":
        values = [checker.converted(node, one, DATETIME) for node, one in zip(call.args, values, strict=True)]
        a = b = "datetime"
    a = "number" if a == "blank" else a
    if b == "blank":
        b = "number"
    sign_of = _ARITHMETIC.get((call.name, a, b))
    if sign_of is None:
        place = 0 if a not in ("number", "date", "datetime") else 1
        checker.refuse(call.args[place], "formula.wrong_type", expected="number", found=(a, b)[place])
        return Constant(UNKNOWN, None)
    args = [checker.nothing(NUMBER) if one.type == BLANK else one for one in values]
    result = sign_of.result or NUMBER
    return Apply(amount_of(args) if result == NUMBER else result, sign_of, tuple(args))


def _compared(checker: Checker, call: Call) -> Typed:
    first, second = call.args
    if isinstance(first, Literal) and not isinstance(second, Literal):
        b = checker.check(second)
        a = checker.comparable(first, b)
    else:
        a = checker.check(first)
        b = checker.comparable(second, a)
    if UNKNOWN in (a.type, b.type):
        return Constant(UNKNOWN, None)
    if a.type == BLANK:
        a = checker.nothing(b.type)
    if {a.type.name, b.type.name} == {"option", "text"}:
        a, b = checker.as_text(a), checker.as_text(b)
    equality = call.name in ("=", "<>")
    if a.type.name == "list" or not (equality or a.type.name in (*_ORDERED, "blank")):
        checker.refuse(call, "formula.no_order", type=a.type.name)
        return Constant(UNKNOWN, None)
    made = _COMPARISONS[call.name]
    if a.type.name == "text" and not equality:
        a, b = (Apply(TEXT, conversions.BY_CODE, (one,)) for one in (a, b))
    return Apply(BOOLEAN, made, (a, b))


def _within(checker: Checker, call: Call) -> Typed:
    node, *members = call.args
    if len(members) == 1 and isinstance(members[0], Path):
        several = checker.check(members[0])
        if several.type.name == "list":
            subject = Constant(Type("option", options=several.type.options), None)
            value = checker.comparable(node, subject) if several.type.options else checker.expect(node, TEXT)
            return Apply(BOOLEAN, operators.IN_LIST, (value, several))
        if several.type != UNKNOWN:
            checker.refuse(members[0], "formula.wrong_type", expected="list", found=several.type.name)
        return Constant(UNKNOWN, None)
    value = checker.check(node)
    if value.type.name == "list":
        checker.refuse(node, "formula.list_here")
        return Constant(UNKNOWN, None)
    return Apply(BOOLEAN, operators.IN, (value, *(checker.comparable(one, value) for one in members)))
