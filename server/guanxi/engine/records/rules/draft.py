"""A record while it is being typed: what a form shows, asks for, allows and computes, and what saving would answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Source
from guanxi.engine.objects.query.page import Selected, selection
from guanxi.engine.records import defaults, hooks, locking, reads, references, uniqueness, values
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.rules import choices
from guanxi.engine.records.rules.images import Image, evaluate
from guanxi.engine.records.rules.judge import Law, Verdict, after, before, judge
from guanxi.engine.records.titles import titles
from guanxi.engine.records.values import Errors
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import FieldError, Invalid, NotAllowed, Refusal
from guanxi.kit.ids import uuid7

HIDDEN = "fields.reference_not_found"
Asking = Callable[[Context, Object], bool]
_asking: list[Asking] = []


def asks_forms(function: Asking) -> Asking:
    """Have a function say of which objects forms have to be asked about while they are filled in, besides those with
    rules: such as those whose records are refused for what stands in them."""
    if function not in _asking:
        _asking.append(function)
    return function


def is_asked(ctx: Context, obj: Object) -> bool:
    """Whether somebody wants to be asked about forms of the object."""
    return any(function(ctx, obj) for function in _asking)


@dataclass
class Draft:
    """The state of a form. Fields that no rule names are missing: for them the catalog says everything."""

    visible: dict[str, bool] = field(default_factory=dict)
    required: dict[str, bool] = field(default_factory=dict)
    read_only: dict[str, bool] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    computed: dict[str, Any] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)


def draft(ctx: Context, object_key: str, given: Mapping[str, Any], record: UUID | None = None) -> Draft:
    """What follows from values that are being typed into a new record, or over those of one that is there.

    NotFound for a record that the actor may not see, NotAllowed for a new one that they may not create. Values go the
    way of a real write up to where it would be written; nothing is kept.
    """
    obj = ctx.object(object_key)
    errors = Errors()
    write, filled = _write(ctx, obj, given, record, errors)
    references.check(ctx, obj, [write], errors)
    # What cannot be seen must not be told of by what follows from it; whose the record would be is no matter of forms.
    hidden = {one.field for one in errors.found if one.code == HIDDEN}
    write.new = {key: value for key, value in write.new.items() if key in obj.fields and key not in hidden}
    _before(ctx, obj, write, errors)
    values.check_required(obj, [write], errors)
    choices.check(ctx, obj, [write], errors)
    uniqueness.check(ctx, obj, [write], errors)
    made = Draft()
    _apply_rules(ctx, obj, write, made, errors)
    made.defaults = _rendered(ctx, obj, {key: write.new.get(key) for key in filled})
    _keep_from(ctx, obj, made)
    made.errors = list({(one.field, one.code, str(one.params)): one for one in errors.found}.values())
    return made


def _keep_from(ctx: Context, obj: Object, made: Draft) -> None:
    """Leave out what would tell the values of fields that the actor is not told."""
    guard = ctx.guard()
    hidden = {key for key, field in obj.fields.items() if not guard.reads(obj, field)}
    for told in (made.visible, made.required, made.read_only, made.options, made.computed, made.defaults):
        for key in hidden & told.keys():
            del told[key]


def _write(
    ctx: Context, obj: Object, given: Mapping[str, Any], record: UUID | None, errors: Errors
) -> tuple[Write, Sequence[str]]:
    """The write that saving would be, and the fields that it fills by itself."""
    # Lines that are saved along are records of their own, with forms of their own.
    own = {key: raw for key, raw in given.items() if key not in obj.fields or obj.fields[key].kind.holds_value}
    native = values.parse(ctx, obj, own, 0, errors, creating=record is None)
    if record is not None:
        linked = [key for key in native if obj.fields[key].kind.trait == "refs"]
        old = locking.lock(ctx, obj, [record], "read", linked, hold=False)[record]
        new = values.changed_only(obj, old, native)
        return Write("update", record, old, new, 0, old["rev"] + 1, asked=frozenset(new)), ()
    if not ctx.actor.rights(obj.key).create:
        raise NotAllowed("records.create_not_allowed", {"object": obj.key})
    named = set(native)
    values.with_defaults(ctx, obj, native)
    defaults.work_out(ctx, obj, [(0, native)], errors)
    return Write("create", uuid7(), None, native, 0, 1), [key for key in native if key not in named]


class _Forgotten(Exception):
    """Ends what hooks did for a draft: nothing of it stays."""


def _before(ctx: Context, obj: Object, write: Write, errors: Errors) -> None:
    """What areas make of the values, as they would of a real write."""
    scratch = replace(ctx, counts={}, at_end=[], rehearsal=True)
    try:
        with savepoint():
            hooks.run(scratch, "before", obj.key, [write])
            raise _Forgotten
    except _Forgotten:
        pass
    except Invalid as refusal:
        errors.found.extend(refusal.fields)
    except Refusal as refusal:
        errors.found.append(FieldError("", refusal.code, refusal.params, 0))
    if write.op == "update":
        write.new = values.changed_only(obj, write.old or {}, write.new)
    else:
        values.with_provenance(ctx, write.new)


def _apply_rules(ctx: Context, obj: Object, write: Write, made: Draft, errors: Errors) -> None:
    """Judge the draft and work out its computed fields, in one statement."""
    law = Law(obj)
    images = [after(ctx, obj, write)] + ([before(write)] if write.op == "update" else [])
    shown = [f.key for f in obj.fields.values() if f.kind.computed]
    rows, items = _judged(ctx, obj, law, images, shown)
    now = law.verdict(images[0], rows[0])
    was = law.verdict(images[1], rows[1]) if len(images) > 1 else None
    judge(obj, write, was, now, errors)
    made.visible = {key: now.visible(key) for key in law.named("visible")}
    made.required = {key: now.required(key) for key in law.named("required")}
    made.read_only = {key: was is not None and was.read_only(key) is not None for key in law.named("read_only")}
    made.options = _options(obj, write, law, now)
    computed = rows[0][law.width :]
    made.computed = _rendered(ctx, obj, {item.path: reads.native_value(item, computed) for item in items})


def _judged(
    ctx: Context, obj: Object, law: Law, images: Sequence[Image], shown: Sequence[str]
) -> tuple[list[tuple[Any, ...]], list[Selected]]:
    items: list[Selected] = []
    if not law.rules and not shown:
        return [() for _ in images], items

    def expressions(source: Source) -> list[str]:
        items[:], columns = selection(source, shown)
        return [*law.expressions(source), *columns]

    return evaluate(ctx, obj, images, expressions), items


def _options(obj: Object, write: Write, law: Law, now: Verdict) -> dict[str, list[str]]:
    """Options that are left by the record's type, by other choices and by rules together."""
    left = choices.narrowed(obj, write.value)
    for key in law.named("options"):
        allowed = now.options(key)
        if allowed is not None:
            left[key] = choices.meet(obj.fields[key], allowed, left.get(key))
    return left


def _rendered(ctx: Context, obj: Object, native: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a record shows them."""
    found = titles(ctx, {one for key, value in native.items() for one in reads.references(obj.fields[key], value)})
    return {key: reads.rendered(obj.fields[key], value, found) for key, value in native.items()}
