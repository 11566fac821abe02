"""Rules applied to lists of writes: one statement tells which conditions hold before and after, Python the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.components.rule import Rule, rules_of
from guanxi.engine.objects.model import Labels, Object
from guanxi.engine.objects.query.build import Source
from guanxi.engine.objects.query.operators import OPERATORS
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.rules import words
from guanxi.engine.records.rules.images import Image, evaluate
from guanxi.engine.records.values import Errors


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a rule has against a record; ``watched`` are the fields that it is about."""

    field: str
    code: str
    params: Mapping[str, Any]
    watched: AbstractSet[str]


class Verdict:
    """What the rules say of one image of a record."""

    def __init__(self, law: Law, image: Image, holds: Sequence[bool], empty: Sequence[bool]) -> None:
        self._law = law
        self._image = image
        self._holds = [rule for rule, held in zip(law.rules, holds, strict=True) if held]
        self._empty = {key for key, is_empty in zip(law.required, empty, strict=True) if is_empty}

    def _naming(self, effect: str, field: str) -> list[Rule]:
        return [rule for rule in self._holds if rule.effect == effect and field in rule.fields]

    def visible(self, field: str) -> bool:
        """Whether a form shows the field: always, unless rules say when, and then when one of them does."""
        return field not in self._law.named("visible") or bool(self._naming("visible", field))

    def required(self, field: str) -> bool:
        """Whether the field must have a value; nobody can be asked to fill what is not shown."""
        return self.visible(field) and bool(self._naming("required", field))

    def read_only(self, field: str) -> Rule | None:
        """The rule that fixes the field."""
        return next(iter(self._naming("read_only", field)), None)

    def options(self, field: str) -> set[str] | None:
        """The options that rules leave; None where none of them says anything."""
        said = [set(rule.options) for rule in self._naming("options", field)]
        return set.intersection(*said) if said else None

    def problems(self, obj: Object) -> Iterable[Problem]:
        """What is wrong with the record as it stands in this image."""
        for field in self._law.named("required"):
            if field in self._empty and self.required(field):
                rules = self._naming("required", field)
                yield self._problem(field, "rules.required", rules, self._law.naming("visible", field))
        for field in self._law.named("options"):
            allowed, value = self.options(field), self._image.values.get(field)
            chosen = (value,) if isinstance(value, str) else value or ()
            if allowed is not None and not set(chosen) <= allowed:
                params = words.option_params(obj.fields[field], set(chosen) - allowed, allowed)
                yield self._problem(field, "rules.option", self._naming("options", field), (), params)
        for rule in self._holds:
            if rule.effect == "invalid":
                yield Problem(rule.fields[0], "rules.invalid", {"message": rule.message}, rule.watched)

    def _problem(
        self,
        field: str,
        code: str,
        rules: Sequence[Rule],
        also: Iterable[Rule],
        params: Mapping[str, Any] | None = None,
    ) -> Problem:
        watched = {field}.union(*(rule.watched for rule in (*rules, *also)))
        own = next((rule.message for rule in rules if rule.message), None)
        if own is not None:
            return Problem(field, "rules.invalid", {"message": own}, watched)
        return Problem(field, code, {"rule": rules[0].label, **(params or {})}, watched)


class Law:
    """The rules of one object that are in force."""

    def __init__(self, obj: Object) -> None:
        self.obj = obj
        self.rules = rules_of(obj)
        self.required = sorted(self.named("required"))

    def named(self, effect: str) -> dict[str, None]:
        """Fields that rules with an effect name, in their order."""
        return {field: None for rule in self.rules if rule.effect == effect for field in rule.fields}

    def naming(self, effect: str, field: str) -> list[Rule]:
        """Rules with an effect on a field, whether they hold or not."""
        return [rule for rule in self.rules if rule.effect == effect and field in rule.fields]

    def verdicts(self, ctx: Context, images: Sequence[Image]) -> list[Verdict]:
        """What the rules say of each image."""
        return [self.verdict(one, row) for one, row in zip(images, self.evaluate(ctx, images), strict=True)]

    def evaluate(self, ctx: Context, images: Sequence[Image]) -> list[tuple[Any, ...]]:
        """The values of all conditions for each image."""
        return evaluate(ctx, self.obj, images, self.expressions)

    @property
    def width(self) -> int:
        """How many expressions there are."""
        return len(self.rules) + len(self.required)

    def expressions(self, source: Source) -> list[str]:
        """SQL of every rule's condition, then of the emptiness of every field that a rule may require."""
        conditions = [compile_condition(source, rule.when) for rule in self.rules]
        return conditions + [_is_empty(source, key) for key in self.required]

    def verdict(self, image: Image, row: Sequence[Any]) -> Verdict:
        """What the rules say of an image, from the values of ``expressions``."""
        return Verdict(self, image, row[: len(self.rules)], row[len(self.rules) : self.width])


def _is_empty(source: Source, key: str) -> str:
    operand = source.resolve(key)
    return f"({OPERATORS[operand.field.kind.trait]['is_empty'](source, operand, None)})"


def before(write: Write) -> Image:
    """The record as it is stored."""
    return Image(write.id, write.old or {})


def after(ctx: Context, obj: Object, write: Write) -> Image:
    """The record as the write would leave it."""
    values = {**(write.old or {}), **write.new, "rev": write.rev or 1}
    if write.op == "create":
        values = {f.key: f.kind.initial(f) for f in obj.stored if f.kind.computed} | values
    else:
        values |= {
            "updated_at": write.new.get("updated_at", ctx.now),
            "updated_by": write.new.get("updated_by", ctx.author),
        }
    links = {
        f.key: write.new[f.key] or () for f in obj.fields.values() if f.kind.trait == "refs" and f.key in write.new
    }
    return Image(write.id, values, links)


def check(ctx: Context, obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    """Note what the rules of the workspace have against the writes, of whichever origin.

    Nothing is asked of what the system writes as a consequence. An update is refused for what it brings about or
    touches; what was wrong before and has nothing to do with it stays the matter of another day.
    """
    if "rule" not in obj.components or ctx.actor.is_system or ctx.lenient or not writes:
        return
    law = Law(obj)
    if not law.rules:
        return
    updates = [write for write in writes if write.op == "update"]
    images = [after(ctx, obj, write) for write in writes] + [before(write) for write in updates]
    verdicts = law.verdicts(ctx, images)
    was = {write.id: verdict for write, verdict in zip(updates, verdicts[len(writes) :], strict=True)}
    for write, verdict in zip(writes, verdicts, strict=False):
        judge(obj, write, was.get(write.id), verdict, errors)


def judge(obj: Object, write: Write, was: Verdict | None, now: Verdict, errors: Errors) -> None:
    """Note what the rules have against one write, given what they say of the record before (None: new) and after."""
    stood: set[tuple[str, str, str]] = set()
    if was is not None:
        for field in sorted(write.asked):
            fixed = was.read_only(field)
            if fixed is not None:
                _refuse(errors, field, write.row, fixed.label, fixed.message)
        stood = {_mark(one) for one in was.problems(obj)}
    for one in now.problems(obj):
        if write.op == "create" or _mark(one) not in stood or one.watched & write.new.keys():
            errors.add(one.field, one.code, write.row, **one.params)


def _refuse(errors: Errors, field: str, row: int, label: Labels, message: Labels | None) -> None:
    if message is not None:
        errors.add(field, "rules.invalid", row, message=message)
    else:
        errors.add(field, "rules.read_only", row, rule=label)


def _mark(one: Problem) -> tuple[str, str, str]:
    return one.field, one.code, str(one.params)
