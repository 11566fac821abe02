"""The types of the formula language, and what each field's values are in it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from guanxi.engine.objects.fields.options import Options
from guanxi.engine.objects.model import Field
from guanxi.kit.money import Money

Value = str | Decimal | bool | date | datetime | UUID | tuple[str, ...] | None
"""A value while a formula is computed. Text and booleans and lists are never None: nothing is "", False and ()."""

LONGEST_TEXT = 10_000
"""Characters of a field that formulas look at, and of what they make."""


class Type(NamedTuple):
    """What an expression gives: a name, and what the name alone does not say."""

    name: str
    target: str | None = None
    """The object of a record."""
    currency: str | None = None
    """The usual currency of an amount of money."""
    options: Options | None = None
    """The options of an option or a list of them."""


NUMBER, TEXT, BOOLEAN = Type("number"), Type("text"), Type("boolean")
DATE, DATETIME, BLANK = Type("date"), Type("datetime"), Type("blank")
UNKNOWN = Type("unknown")
"""Of what has been found wrong already: it fits everywhere, so that one mistake is told once."""

SQL_TYPES = {
    "number": "numeric", "text": "text", "boolean": "boolean", "date": "date", "datetime": "timestamptz",
    "option": "text", "record": "uuid", "list": "text[]",
}  # fmt: skip
_BY_TRAIT = {"number": NUMBER, "text": TEXT, "boolean": BOOLEAN, "date": DATE, "datetime": DATETIME}


def type_of(field: Field) -> Type | None:
    """The type of a field's values; None for those that formulas cannot compute with."""
    kind = field.kind
    if kind.secret or not kind.holds_value:
        return None
    trait = kind.trait
    if trait == "number":
        currency = getattr(field.prepared, "currency", None)
        return Type("number", currency=currency) if currency else NUMBER
    if trait == "choice" and isinstance(field.prepared, Options):
        return Type("option", options=field.prepared)
    if trait == "choices" and isinstance(field.prepared, Options):
        return Type("list", options=field.prepared)
    if trait == "tags":
        return Type("list")
    if trait == "ref":
        return Type("record", target=field.target)
    return _BY_TRAIT.get(trait)


def to_value(field: Field, native: Any) -> Value:
    """The value of the language that a native value of the field is."""
    of = type_of(field)
    name = of.name if of else ""
    if native is None:
        return empty(name)
    if name == "number":
        return native.amount if isinstance(native, Money) else Decimal(native)
    if name == "text":
        return field.kind.compared_text(native)[:LONGEST_TEXT]
    return tuple(native) if name == "list" else native


def empty(name: str) -> Value:
    """What nothing is in a type."""
    return {"text": "", "boolean": False, "list": ()}.get(name)
