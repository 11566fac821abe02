"""Which fields of a lead go to which fields of what it becomes, and what of a lead is carried over for somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.areas.sales.grading.models import LEAD
from guanxi.areas.sales.rules.conversion import SET_BY_VERB, SHIPPED
from guanxi.engine.access.columns import RECORD_TYPE
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.levels import is_read, lower
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.records import reads
from guanxi.infra.errors import FieldError

MAPPING = "conversion_mapping"
MOST = 100
_TEXTS = frozenset({"text", "long_text"})
_NOT_CARRIED = frozenset({"file", "image", "signature"})
_OPTIONS = frozenset({"choice", "choices"})
Pairs = Mapping[str, str]


def mapping_of(ctx: Context, target: str) -> Pairs:
    """Field of what is made and the lead's field: the workspace's own, else what is shipped."""
    if MAPPING in ctx.snapshot.objects:
        system = ctx.as_system()
        where = {"field": "object", "op": "eq", "value": target}
        for row in reads.native(system, MAPPING, reads.ids(system, MAPPING, where), ("fields",)).values():
            return {one["to"]: one["source"] for one in row["fields"]}
    return SHIPPED[target]


def may_be_filled(obj: Object, one: Field) -> bool:
    """Whether a conversion may fill the field: people could, and neither the verb nor the product does."""
    own = one.kind.computed or one.kind.generated or one.kind.secret or not one.kind.holds_value
    if own or one.read_only or one.key in SET_BY_VERB[obj.key] or one.kind.key in _NOT_CARRIED:
        return False
    return one.key == "owner" or not one.system


def may_be_taken(one: Field) -> bool:
    """Whether a field of the lead has something to carry."""
    return one.kind.holds_value and not one.kind.secret and one.kind.key not in _NOT_CARRIED


def fits(of: Field, to: Field) -> bool:
    """Whether values of one field can be values of the other: of one sort, or in words."""
    if of.kind.trait in ("ref", "refs", "about") or to.kind.trait in ("ref", "refs", "about"):
        return of.kind.trait == to.kind.trait and of.target == to.target and of.kind.trait != "about"
    return of.kind.key == to.kind.key or to.kind.key in _TEXTS or of.kind.trait == to.kind.trait


def problems(snapshot: Snapshot, target: Any, fields: Any, row: int = 0) -> Iterator[FieldError]:
    """What is wrong with a mapping."""
    lead, obj = snapshot.object(LEAD), snapshot.objects.get(str(target))
    if obj is None or obj.key not in SHIPPED:
        return  # the choice says so itself
    if not isinstance(fields, list) or len(fields) > MOST or not all(_is_pair(one) for one in fields):
        yield FieldError("fields", "sales.mapping_is_a_list", {"most": MOST}, row)
        return
    filled: set[str] = set()
    for pair in fields:
        to, of = obj.fields.get(pair["to"]), lead.fields.get(pair["source"])
        if to is None or not may_be_filled(obj, to) or to.key in filled:
            code = "sales.mapping_twice" if to is not None and to.key in filled else "sales.mapping_unknown_target"
            yield FieldError("fields", code, {"field": dict(to.label) if to else pair["to"][:40]}, row)
        elif of is None or not may_be_taken(of):
            yield FieldError("fields", "sales.mapping_unknown_source", {"field": pair["source"][:40]}, row)
        elif not fits(of, to):
            yield FieldError("fields", "sales.mapping_unlike", {"from": dict(of.label), "to": dict(to.label)}, row)
        filled.add(pair["to"])
    if obj.key != "opportunity" and obj.title not in filled:
        yield FieldError("fields", "sales.mapping_title", {"field": dict(obj.fields[obj.title].label)}, row)


def carried(ctx: Context, target: str, lead: Mapping[str, Any]) -> dict[str, Any]:
    """What of a lead goes over, as far as the actor reads it there and may set it here; what does not fit stays behind."""
    source, obj = ctx.snapshot.object(LEAD), ctx.snapshot.object(target)
    guard, found = ctx.guard(), {}
    for to_key, of_key in mapping_of(ctx, target).items():
        to, of = obj.fields.get(to_key), source.fields.get(of_key)
        if to is None or of is None or lead.get(of_key) in (None, ()) or not fits(of, to):
            continue
        if not is_read(read_level(ctx, of, lead)) or guard.level(obj, to) != "edit":
            continue
        value = _as(ctx, of, to, lead[of_key])
        if value not in (None, ()):
            found[to_key] = value
    return found


def read_level(ctx: Context, of: Field, lead: Mapping[str, Any]) -> Any:
    """How far the actor reaches into a field of this lead."""
    guard, obj = ctx.guard(), ctx.snapshot.object(LEAD)
    return lower(guard.level(obj, of), guard.level_on(obj, of, lead.get(RECORD_TYPE), lead.get("pool")))


def _as(ctx: Context, of: Field, to: Field, value: Any) -> Any:
    """A value of one field as one of the other; None where it cannot be."""
    if of.kind.trait in ("ref", "refs"):
        named = list(value) if isinstance(value, tuple) else [value]
        seen = named if of.target == "member" else sorted(reads.visible(ctx, str(of.target), named))
        return (tuple(seen) if of.kind.trait == "refs" else next(iter(seen), None)) if seen else None
    if of.kind.trait in _OPTIONS and to.kind.trait in _OPTIONS:
        known = {option["key"] for option in to.settings.get("options") or ()}
        kept = tuple(one for one in (value if isinstance(value, tuple | list) else (value,)) if one in known)
        return kept if to.kind.trait == "choices" else next(iter(kept), None)
    if of.kind.key == to.kind.key:
        raw = value
    elif to.kind.key in _TEXTS:
        raw = of.kind.text(of, value, ctx.language, ctx.env.time_zone)
    else:
        raw = of.kind.render(value)
    try:
        return to.kind.parse(to, raw, ctx.env)
    except BadValue:
        return None


def _is_pair(one: Any) -> bool:
    return (
        isinstance(one, dict) and one.keys() == {"to", "source"} and all(isinstance(key, str) for key in one.values())
    )
