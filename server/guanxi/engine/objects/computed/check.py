"""The checker: a syntax tree becomes a typed tree, or a list of what is wrong and where."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from guanxi.engine.objects.computed.functions import conversions, named
from guanxi.engine.objects.computed.names import CONSTANTS, Names, Reference
from guanxi.engine.objects.computed.operations import amount_of, operation
from guanxi.engine.objects.computed.problems import BadFormula, Problem, Span
from guanxi.engine.objects.computed.syntax import Call, Literal, Node, Path
from guanxi.engine.objects.computed.tree import Apply, Constant, FieldValue, Typed
from guanxi.engine.objects.computed.types import (
    BLANK,
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    UNKNOWN,
    Type,
    empty,
    type_of,
)  # fmt: skip
from guanxi.engine.objects.model import Field, Object, label_text
from guanxi.engine.objects.query.build import MAX_PATH

_TYPES = {"number": NUMBER, "text": TEXT, "boolean": BOOLEAN, "date": DATE, "datetime": DATETIME}
_OF_AMOUNTS = frozenset({"ROUND", "ROUNDUP", "ROUNDDOWN", "FLOOR", "CEILING", "ABS", "SUM", "AVERAGE"})
"""Functions that make money of money."""


class Checker:
    """Checks one formula of an object. Every problem is noted, so that an editor can show them all."""

    def __init__(self, obj: Object, names: Names, pending: tuple[tuple[str, str], ...] = ()) -> None:
        self.obj = obj
        self.names = names
        self.pending = pending
        """Formulas that are being checked around this one: meeting one of them again is a cycle."""
        self.problems: list[Problem] = []
        self.references: list[Reference] = []

    def refuse(self, node: Node | Span, code: str, **params: Any) -> None:
        """Note a problem."""
        span = node if isinstance(node, Span) else node.span
        self.problems.append(Problem(span, code, params))

    def check(self, node: Node) -> Typed:
        """The typed form of a node; of type unknown where something is wrong."""
        if isinstance(node, Literal):
            of = TEXT if isinstance(node.value, str) else NUMBER if isinstance(node.value, Decimal) else DATE
            return Constant(of, node.value)
        if isinstance(node, Path):
            return self._path(node)
        if isinstance(node, Call):
            return operation(self, node) if node.operator else self._function(node)
        raise TypeError(node)

    def expect(self, node: Node, wanted: Type) -> Typed:
        """The node as a type, converted where that loses nothing."""
        return self.converted(node, self.check(node), wanted)

    def converted(self, node: Node | Span, value: Typed, wanted: Type) -> Typed:
        """A value as a type."""
        found = value.type
        if UNKNOWN in (found, wanted):
            return value
        if found.name == wanted.name:
            if found.name != "record" or found.target == wanted.target:
                return value
        elif found == BLANK:
            return self.nothing(wanted)
        elif wanted.name == "text":
            return self.as_text(value, node)
        elif (found.name, wanted.name) == ("date", "datetime"):
            return Apply(DATETIME, conversions.MIDNIGHT, (value,))
        elif (found.name, wanted.name) == ("datetime", "date"):
            return Apply(DATE, conversions.LOCAL_DAY, (value,))
        self.refuse(node, "formula.wrong_type", expected=wanted.name, found=found.name)
        return Constant(UNKNOWN, None)

    def nothing(self, of: Type) -> Typed:
        """No value of a type."""
        return Constant(of, empty(of.name))

    def as_text(self, value: Typed, node: Node | Span | None = None) -> Typed:
        """A value in words."""
        of = value.type
        plain = {
            "number": conversions.OF_NUMBER, "date": conversions.OF_DAY, "datetime": conversions.OF_MOMENT,
            "boolean": conversions.OF_BOOLEAN,
        }.get(of.name)  # fmt: skip
        if of.name in ("text", "unknown"):
            return value
        if of == BLANK:
            return self.nothing(TEXT)
        if plain is not None:
            return Apply(TEXT, plain, (value,))
        if of.name == "option":
            return Apply(TEXT, conversions.OF_OPTION, (value, of.options))
        if of.name == "list":
            return Apply(TEXT, conversions.OF_LIST, (value, of.options))
        titled = self._title(value)
        if titled is None and node is not None:
            self.refuse(node, "formula.wrong_type", expected="text", found=of.name)
        return titled or Constant(UNKNOWN, None)

    def _title(self, value: Typed) -> Typed | None:
        """The title of the record that a reference names."""
        target = self.names.snapshot.objects.get(value.type.target or "")
        if target is None or not isinstance(value, FieldValue) or value.inner is not None or value.field.key == "id":
            return None
        if len(value.steps) >= MAX_PATH or not self.names.may(target):
            return None
        made = self._value((*value.steps, (value.obj, value.field)), target, target.fields[target.title], Span(0, 0))
        return made if made.type.name == "text" else None

    def alike(self, nodes: Sequence[Node]) -> list[Typed]:
        """Values of one type: nothing fits all, days become moments and options become text beside others."""
        values = [self.check(node) for node in nodes]
        types = [value.type for value in values if value.type not in (BLANK, UNKNOWN)]
        wanted = types[0] if types else values[0].type
        names = {one.name for one in types}
        if names == {"date", "datetime"}:
            wanted = DATETIME
        elif ("text" in names and names <= {"text", "option", "record", "list"}) or (
            names == {"option"} and any(one.options != wanted.options for one in types)
        ):
            wanted = TEXT
        return [self.converted(node, value, wanted) for node, value in zip(nodes, values, strict=True)]

    def comparable(self, node: Node, subject: Typed) -> Typed:
        """A value to be compared with another: of its type, an option by its key or label."""
        of = subject.type
        if of.name == "option" and isinstance(node, Literal) and isinstance(node.value, str):
            return self._option(node, of)
        value = self.check(node)
        if of.name == "option" and value.type.name == "option":
            return value
        return self.converted(node, value, of) if of != BLANK else value

    def _option(self, node: Literal, of: Type) -> Typed:
        options, text = of.options, str(node.value)
        if options is None:
            return Constant(of, text)
        key = options.find(text) if self.names.lenient else text if text in options.labels else None
        if key is None:
            known = [f"{one} ({options.text(one, self.names.language)})" for one in list(options.labels)[:20]]
            self.refuse(node, "formula.unknown_option", value=text[:40], known=", ".join(known))
            return Constant(UNKNOWN, None)
        label = options.text(key, self.names.language)
        shown = label if options.find(label) == key and '"' not in label else key
        self.references.append(Reference(node.span, f'"{key}"', f'"{shown}"'))
        return Constant(of, key)

    def count(self, call: Call, low: int, high: int | None) -> bool:
        """Note a wrong number of arguments; whether it is right."""
        found = len(call.args)
        if low <= found and (high is None or found <= high):
            return True
        code = "formula.too_few" if found < low else "formula.too_many"
        self.refuse(call, code, function=call.name, count=low if found < low else high, found=found)
        return False

    def _function(self, call: Call) -> Typed:
        function = named().get(call.name.upper()) or named().get(call.name)
        if function is None:
            self.refuse(call.named, "formula.unknown_function", name=call.name[:40])
            return Constant(UNKNOWN, None)
        low = sum(not one.optional and not one.repeated for one in function.parameters)
        repeated = any(one.repeated for one in function.parameters)
        low += int(repeated and function.parameters[-1].type == function.parameters[0].type and low == 0)
        if not self.count(call, low, None if repeated else len(function.parameters)):
            return Constant(UNKNOWN, None)
        if function.resolve is not None:
            return function.resolve(self, call, function)
        args: list[Any] = []
        for place in range(len(call.args) if repeated else len(function.parameters)):
            parameter = function.parameters[min(place, len(function.parameters) - 1)]
            node = call.args[place] if place < len(call.args) else None
            if node is None or parameter.type == "constant":
                args.append(self._digits(node))
            else:
                args.append(self.expect(node, _TYPES[parameter.type]))
        amount = function.result == NUMBER and function.name in _OF_AMOUNTS
        return Apply(amount_of(args) if amount else function.result or UNKNOWN, function, tuple(args))

    def _digits(self, node: Node | None) -> int:
        """A whole number that is written out; 0 when it is left out."""
        sign = 1
        if isinstance(node, Call) and node.operator and node.name == "- ":
            sign, node = -1, node.args[0]
        value = node.value if isinstance(node, Literal) else 0 if node is None else None
        if not isinstance(value, Decimal | int) or value != int(value) or value > 15:
            self.refuse(node or Span(0, 0), "formula.digits_written", min=-15, max=15)
            return 0
        return sign * int(value)

    def _path(self, node: Path) -> Typed:
        first = node.names[0]
        if len(node.names) == 1 and self.names.find(self.obj, first) is None and first.upper() in CONSTANTS:
            constant = CONSTANTS[first.upper()]
            return Constant(BLANK if constant is None else BOOLEAN, constant)
        obj, steps = self.obj, []
        canonical, shown, labels = [], [], []
        for place, (name, span) in enumerate(zip(node.names, node.spans, strict=True)):
            field = self.names.find(obj, name)
            if field is None:
                self.refuse(
                    span, "formula.unknown_name", name=name[:60], object=label_text(obj.label, self.names.language)
                )
                return Constant(UNKNOWN, None)
            canonical.append(field.key)
            shown.append(self.names.shown(obj, field))
            labels.append(label_text(field.label, self.names.language))
            if place == len(node.names) - 1:
                path, told = ".".join(canonical), " · ".join(labels)
                self.references.append(Reference(node.span, path, ".".join(shown), path, told, field.kind.key))
                return self._value(tuple(steps), obj, field, node.span)
            target = self.names.target(field) if field.kind.trait == "ref" and field.columns else None
            if target is None or place >= MAX_PATH:
                code = "formula.path_too_long" if target else "formula.not_a_relation"
                self.refuse(span, code, name=name[:60], limit=MAX_PATH)
                return Constant(UNKNOWN, None)
            steps.append((obj, field))
            obj = target
        return Constant(UNKNOWN, None)

    def _value(self, steps: tuple[tuple[Object, Field], ...], obj: Object, field: Field, span: Span) -> Typed:
        of = type_of(field)
        if of is None:
            self.refuse(span, "formula.kind_not_usable", name=label_text(field.label, self.names.language))
            return Constant(UNKNOWN, None)
        leads = getattr(field.kind, "leads", None)
        if leads is not None:
            further, end, shown = leads(field)
            return self._value((*steps, *further), end, shown, span) if shown else Constant(of, empty(of.name))
        compiled = getattr(field.kind, "formula", None)
        if compiled is None:
            return FieldValue(of, steps, obj, field)
        if (obj.key, field.key) in self.pending:
            ring = self.pending[self.pending.index((obj.key, field.key)) :]
            told = " → ".join(f"{o}.{f}" for o, f in (*ring, (obj.key, field.key)))
            self.refuse(span, "formula.cycle", path=told)
            return Constant(UNKNOWN, None)
        try:
            made = compiled(self.pending)
        except BadFormula as error:
            first = error.problems[0]
            if first.code == "formula.cycle":
                self.refuse(span, first.code, **first.params)
            else:
                self.refuse(span, "formula.bad_inside", name=label_text(field.label, self.names.language))
            return Constant(UNKNOWN, None)
        return FieldValue(of, steps, obj, field, made.node, made.currency, made.weight)
