"""From the text of a formula to its syntax tree. The parser keeps no Python stack: ten thousand brackets are a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from guanxi.engine.objects.computed.problems import MAX_DEPTH, MAX_LENGTH, MAX_NODES, BadFormula, Span, bad

GRAMMAR = r"""
?start: expression
?expression: conjunction | expression OR conjunction -> binary
?conjunction: negation | conjunction AND negation -> binary
?negation: comparison | NOT negation -> unary
?comparison: joined | joined COMPARED joined -> binary | joined IN members -> within | joined NOT IN members -> without
?members: OPEN list CLOSE | path
?joined: sum | joined JOIN sum -> binary
?sum: product | sum (PLUS | MINUS) product -> binary
?product: signed | product (TIMES | OVER) signed -> binary
?signed: atom | (MINUS | PLUS) signed -> unary
?atom: NUMBER -> number | TEXT -> text | DAY -> day | call | path | OPEN expression CLOSE -> bracketed
call: NAME OPEN CLOSE | NAME OPEN list CLOSE
list: expression (_COMMA expression)*
path: NAME (_DOT NAME)*

OR.2: /(?:or|或|或者)(?!\w)/i
AND.2: /(?:and|且|并且)(?!\w)/i
NOT.2: /(?:not|非)(?!\w)/i
IN.2: /(?:in|属于)(?!\w)/i
COMPARED: /<>|!=|≠|<=|≤|>=|≥|==|=|＝|<|＜|>|＞/
JOIN: /[&＆]/
PLUS: /[+＋]/
MINUS: /[-−－]/
TIMES: /[*×＊]/
OVER: /[\/÷／]/
NUMBER: /(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?![\w.])/
TEXT: /"(?:[^"]|"")*"|'(?:[^']|'')*'|“[^”]*”|‘[^’]*’/
DAY: /#[0-9]{4}-[0-9]{2}-[0-9]{2}#/
NAME: /[^\W\d]\w*|\[[^\[\]\n]+\]/
OPEN: /[(（]/
CLOSE: /[)）]/
_COMMA: /[,，;；]/
_DOT: /[.．]/
%ignore /[\s\u3000]+/
"""
_DIGITS = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,10})?|\.[0-9]{1,10}")
_SIGNS = {
    "!=": "<>", "≠": "<>", "==": "=", "＝": "=", "≤": "<=", "≥": ">=", "＜": "<", "＞": ">", "＆": "&", "＋": "+", "−": "-",
    "－": "-", "×": "*", "＊": "*", "÷": "/", "／": "/",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula; ``depth`` and ``size`` count what is below it and itself."""

    span: Span
    depth: int
    size: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A text, number or day written out."""

    value: str | Decimal | date


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A field, or a field at the end of relations, as it is written; also a constant such as TRUE."""

    names: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function or an operator with what it is given."""

    name: str
    named: Span
    args: tuple[Node, ...]
    operator: bool = False


def parse(text: str) -> Node:
    """The syntax tree; BadFormula with the exact place otherwise, also above the limits of length, depth and size."""
    whole = Span(0, len(text))
    if len(text) > MAX_LENGTH:
        raise bad(Span(MAX_LENGTH, len(text)), "formula.too_long", limit=MAX_LENGTH, length=len(text))
    if not text.strip():
        raise bad(whole, "formula.empty")
    return _parsed(text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Node:
    try:
        made: Any = _parser().parse(text)
    except VisitError as error:
        if isinstance(error.orig_exc, BadFormula):
            raise error.orig_exc from None
        raise
    except UnexpectedInput as error:
        raise _unexpected(text, error) from None
    return made


def _unexpected(text: str, error: UnexpectedInput) -> BadFormula:
    if isinstance(error, UnexpectedCharacters):
        at = error.pos_in_stream or 0
        found = text[at : at + 1]
        span = Span(at, at + 1)
        if found in "\"'“‘":
            return bad(Span(at, len(text)), "formula.unclosed_text")
        if found == "[":
            return bad(span, "formula.unclosed_name")
        if found == "#":
            return bad(span, "formula.bad_day")
        if found.isdigit() or found == ".":
            return bad(span, "formula.bad_number", number=re.split(r"[\s,()]", text[at:], maxsplit=1)[0][:40])
        return bad(span, "formula.unexpected", found=found)
    token = error.token if isinstance(error, UnexpectedToken) else None
    if token is None or token.type == "$END":
        return bad(Span(len(text), len(text)), "formula.unfinished")
    return bad(_span(token), "formula.unexpected", found=str(token)[:40])


def _span(token: Token) -> Span:
    start = token.start_pos or 0
    return Span(start, token.end_pos or start)


def _made(make: Callable[..., Node], span: Span, parts: Sequence[Node], **more: Any) -> Node:
    depth = 1 + max((part.depth for part in parts), default=0)
    size = 1 + sum(part.size for part in parts)
    if depth > MAX_DEPTH:
        raise bad(span, "formula.too_deep", limit=MAX_DEPTH)
    if size > MAX_NODES:
        raise bad(span, "formula.too_large", limit=MAX_NODES)
    return make(span=span, depth=depth, size=size, **more)


class _Builder(Transformer[Token, Node]):
    """Makes nodes while the parser reduces, so that no tree has to be walked."""

    def binary(self, parts: list[Any]) -> Node:
        left, sign, right = parts
        return _made(
            Call, left.span.to(right.span), (left, right), name=_operator(sign), named=_span(sign), args=(left, right),
            operator=True,
        )  # fmt: skip

    def unary(self, parts: list[Any]) -> Node:
        sign, operand = parts
        name = "NOT" if sign.type == "NOT" else f"{_operator(sign)} "
        span = _span(sign).to(operand.span)
        return _made(Call, span, (operand,), name=name, named=_span(sign), args=(operand,), operator=True)

    def within(self, parts: list[Any]) -> Node:
        value, sign, members = parts
        args = (value, *members[:-1]) if isinstance(members, list) else (value, members)
        span = value.span.to(members[-1] if isinstance(members, list) else members.span)
        return _made(Call, span, args, name="IN", named=_span(sign), args=args, operator=True)

    def without(self, parts: list[Any]) -> Node:
        value, negation, sign, members = parts
        inner = self.within([value, sign, members])
        return _made(Call, inner.span, (inner,), name="NOT", named=_span(negation), args=(inner,), operator=True)

    def number(self, parts: list[Any]) -> Node:
        (token,) = parts
        if not _DIGITS.fullmatch(token):
            raise bad(_span(token), "formula.bad_number", number=str(token)[:40])
        return _made(Literal, _span(token), (), value=Decimal(str(token)))

    def text(self, parts: list[Any]) -> Node:
        (token,) = parts
        quote, inside = token[0], token[1:-1]
        if "\0" in inside or any("\ud800" <= char <= "\udfff" for char in inside):
            raise bad(_span(token), "formula.bad_text")
        value = inside.replace(quote * 2, quote) if quote in "\"'" else inside
        return _made(Literal, _span(token), (), value=str(value))

    def day(self, parts: list[Any]) -> Node:
        (token,) = parts
        try:
            value = date.fromisoformat(token[1:-1])
        except ValueError:
            raise bad(_span(token), "formula.bad_day") from None
        return _made(Literal, _span(token), (), value=value)

    def bracketed(self, parts: list[Any]) -> Node:
        opened, inner, closed = parts
        if inner.depth >= MAX_DEPTH:
            raise bad(inner.span, "formula.too_deep", limit=MAX_DEPTH)
        return replace(inner, span=_span(opened).to(_span(closed)), depth=inner.depth + 1)

    def members(self, parts: list[Any]) -> Any:
        """The nodes, and the place of the closing bracket at the end."""
        return [*parts[1], _span(parts[2])]

    def list(self, parts: list[Any]) -> Any:
        return parts

    def call(self, parts: list[Any]) -> Node:
        name, *inside, closed = parts
        args = tuple(inside[1]) if len(inside) > 1 else ()
        span = _span(name).to(_span(closed))
        return _made(Call, span, args, name=str(name), named=_span(name), args=args)

    def path(self, parts: list[Any]) -> Node:
        names = tuple(str(part).strip("[]").strip() for part in parts)
        spans = tuple(map(_span, parts))
        return _made(Path, spans[0].to(spans[-1]), (), names=names, spans=spans)


def _operator(sign: Token) -> str:
    return sign.type if sign.type in ("AND", "OR", "IN") else _SIGNS.get(str(sign), str(sign))


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer="contextual", transformer=_Builder(), propagate_positions=False)
