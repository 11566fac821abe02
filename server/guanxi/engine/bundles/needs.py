"""Whether the chosen differences can be applied without the others: what they name has to be here, or to come along."""

from __future__ import annotations

from collections.abc import Sequence

from guanxi.engine.bundles.comparing import Comparison, Difference
from guanxi.engine.bundles.items import Item, section_of
from guanxi.engine.bundles.records import CUSTOM, RecordSection, record_sections
from guanxi.engine.bundles.references import Ref, within
from guanxi.engine.context import Context
from guanxi.infra.errors import Conflict, FieldError, Invalid


def check(ctx: Context, found: Comparison, chosen: Sequence[Difference]) -> None:
    """Invalid for records that are nowhere, each with its file; Conflict for what is among the differences that were
    not chosen: another record, or a field that a record has a value of.
    """
    errors = [FieldError(one.path, said.code, said.params) for one in chosen for said in one.obstacles]
    if errors:
        raise Invalid(errors, "bundles.invalid", {"count": len(errors)})
    coming = {one.item.name for one in chosen if one.op == "added"}
    fields = {(one.item.values["object"], one.item.values["key"]) for one in chosen if one.item.section == "field"}
    by_id = {item.id: item for one in record_sections() if not one.by_key for item in found.wanted.of(one.name)}
    by_key = {(one.object, item.id): item for one in record_sections() for item in found.wanted.of(one.name)}
    for one in chosen:
        for each in within(one.differing):
            named: Item | None = None
            if isinstance(each, Ref) and found.names.record(each) is None:
                named = by_key.get((each.object, each.name))
            elif isinstance(each, str):
                named = by_id.get(each)
            if named and named.name not in found.now.items and named.name not in coming:
                label = section_of(named.section).label(named)
                raise Conflict("bundles.needs_item", {"name": one.label, "other": label})
        _check_fields(ctx, one, fields)


def _check_fields(ctx: Context, one: Difference, coming: set[tuple[str, str]]) -> None:
    section = section_of(one.item.section)
    if not isinstance(section, RecordSection):
        return
    obj = ctx.snapshot.objects.get(section.object)
    for key in one.differing.get(CUSTOM, {}):
        if (obj is None or key not in obj.fields) and (section.object, key) not in coming:
            raise Conflict("bundles.needs_field", {"name": one.label, "field": f"{section.object}.{key}"})
