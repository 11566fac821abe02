"""Shapes of formulas while they are written."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.catalog import Label
from guanxi.engine.http.shapes.records import RecordValues
from guanxi.infra.http.shapes import Id

FormulaTypeName = Literal["number", "text", "boolean", "date", "datetime", "option", "record", "list", "blank"]
FormulaResult = Literal["number", "money", "percent", "text", "boolean", "date", "datetime", "record"]


class FormulaPreviewRequest(TypedDict):
    """A formula with keys or labels of fields; `record` and `values` say over what it is worked out.

    `result`, `decimals`, `currency` and `target` are the settings of the formula field that is being made.
    """

    expression: str
    record: NotRequired[Id | None]
    values: NotRequired[RecordValues | None]
    result: NotRequired[FormulaResult | None]
    decimals: NotRequired[int | None]
    currency: NotRequired[str | None]
    target: NotRequired[str | None]


class FormulaType(TypedDict):
    """What a formula gives; `target` is the object of a record, `currency` the usual one of an amount."""

    name: FormulaTypeName
    target: str | None
    currency: str | None


FormulaError = TypedDict(
    "FormulaError", {"from": int, "to": int, "code": str, "params": dict[str, Any], "message": str}
)
FormulaReference = TypedDict("FormulaReference", {"from": int, "to": int, "path": str, "label": str, "kind": str})


class FormulaPreview(TypedDict):
    """Places count characters of the sent text. `canonical` has keys and is stored, `display` has labels."""

    type: FormulaType | None
    value: Any
    text: str
    errors: list[FormulaError]
    references: list[FormulaReference]
    canonical: str | None
    display: str | None


class FormulaFunction(TypedDict):
    """One function; `result` is a type, or `same` where it is that of the values."""

    name: str
    zh: str
    group: str
    signature: Label
    help: Label
    example: str
    result: str


class FormulaGroup(TypedDict):
    """A group of functions."""

    key: str
    label: Label


class FormulaOperator(TypedDict):
    """A sign or word between values."""

    sign: str
    help: Label


class FormulaConstant(TypedDict):
    """A value with a name."""

    name: str
    zh: str


class FormulaFunctions(TypedDict):
    """What formulas may be made of besides fields."""

    groups: list[FormulaGroup]
    functions: list[FormulaFunction]
    operators: list[FormulaOperator]
    constants: list[FormulaConstant]
