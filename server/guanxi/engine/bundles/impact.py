"""What a difference does to data, and what it names that is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from guanxi.engine.bundles.items import Item
from guanxi.engine.bundles.references import Names, Ref, refs
from guanxi.engine.context import Context
from guanxi.engine.design import storage
from guanxi.engine.design.outcome import Said
from guanxi.engine.objects.assembly import field_from
from guanxi.engine.objects.definitions import FIELD_ATTRIBUTES
from guanxi.engine.objects.model import Field, Labels


def impact(ctx: Context, label: Labels, now: Item | None, wanted: Item | None) -> Iterator[Said]:
    """What the change does to records and their values, in numbers."""
    if now is None or now.section not in ("object", "field"):
        return
    owner = ctx.snapshot.objects.get(now.values["key"] if now.section == "object" else now.values["object"])
    if owner is None:
        return
    told = {"name": dict(label), "object": dict(owner.label)}
    if now.section == "object":
        if wanted is None and (count := storage.records(ctx, owner.key)):
            yield Said("design.impact_records_hidden", {**told, "count": count})
        return
    live = {name: now.values[name] for name in FIELD_ATTRIBUTES}
    held = field_from(now.id, now.values["key"], now.values["kind"], live)
    if wanted is None or wanted.values["kind"] != now.values["kind"]:
        if count := storage.filled(ctx, owner.key, held):
            code = "design.impact_values_hidden" if wanted is None else "bundles.impact_converted"
            yield Said(code, {**told, "count": count})
        return
    if wanted.values["required"] and not held.required and (count := storage.empty(ctx, owner.key, held)):
        yield Said("design.impact_empty", {**told, "count": count})
    yield from _options(ctx, owner.key, held, wanted, told)


def _options(ctx: Context, object_key: str, held: Field, wanted: Item, told: Mapping[str, Any]) -> Iterator[Said]:
    """Options that go although records have them."""
    had = {str(one.get("key")) for one in held.settings.get("options") or () if isinstance(one, Mapping)}
    settings = wanted.values["settings"]
    options = settings.get("options") if isinstance(settings, Mapping) else None
    kept = {str(one.get("key")) for one in options or () if isinstance(one, Mapping)}
    if gone := had - kept:
        for option, count in storage.options_used(ctx, object_key, held, gone).items():
            label = held.prepared.text(option, ctx.language)
            yield Said("design.impact_option", {**told, "count": count, "option": label})


def obstacles(ctx: Context, names: Names, values: Any, brought: Collection[tuple[str, str]]) -> Iterator[Said]:
    """The records that values name and that the workspace does not have: each has to be made, or the configuration
    changed, before it can be applied. ``brought`` are objects and names of what the configuration brings along.
    """
    for ref in sorted(set(refs(list(values))), key=str):
        if names.record(ref) is None and (ref.object, ref.name) not in brought:
            yield Said("bundles.no_such_reference", {"name": ref.name, "object": called(ctx, ref)})


def called(ctx: Context, ref: Ref) -> Any:
    """What people call the sort of record that a reference names."""
    obj = ctx.snapshot.objects.get(ref.object)
    return dict(obj.label) if obj else ref.object
