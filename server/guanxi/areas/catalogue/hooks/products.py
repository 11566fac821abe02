"""Products: the text of the unit agrees with the unit of measure, and bundles consist of what is no bundle."""

from __future__ import annotations

from decimal import Decimal

from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid

BUNDLE = "bundle"


@hook("product", "before", fields={"unit", "unit_of_measure"}, ops=("create", "update"))
def one_unit(ctx: Context, batch: list[Write]) -> None:
    """A chosen unit of measure is told as text as well; a text that names one chooses it, as files from elsewhere do."""
    system = ctx.as_system()
    chosen = [write for write in batch if write.new.get("unit_of_measure") is not None]
    told = [write for write in batch if write not in chosen and write.new.get("unit")]
    if chosen:
        ids = list({write.new["unit_of_measure"] for write in chosen})
        names = reads.native(system, "unit_of_measure", ids, ("name",))
        for write in chosen:
            write.new["unit"] = names.get(write.new["unit_of_measure"], {}).get("name", write.new.get("unit"))
    if told:
        where = {"field": "name", "op": "in", "value": sorted({write.new["unit"] for write in told})}
        found = reads.native(system, "unit_of_measure", reads.ids(system, "unit_of_measure", where), ("name",))
        known = {row["name"]: one for one, row in found.items()}
        for write in told:
            write.new["unit_of_measure"] = known.get(write.new["unit"])


@hook("product_component", "before", ops=("create", "update"))
def bundles_have_components(ctx: Context, batch: list[Write]) -> None:
    """Components belong to bundles, are none themselves, and are so many that something is left."""
    products = {write.value(key) for write in batch for key in ("bundle", "component")} - {None}
    kinds = reads.native(ctx.as_system(), "product", list(products), ("kind",))

    def is_bundle(write: Write, key: str) -> bool:
        return kinds.get(write.value(key), {}).get("kind") == BUNDLE

    errors = []
    for write in batch:
        if write.value("bundle") is not None and not is_bundle(write, "bundle"):
            errors.append(FieldError("bundle", "catalogue.not_a_bundle", row=write.row))
        if is_bundle(write, "component"):
            errors.append(FieldError("component", "catalogue.bundle_in_bundle", row=write.row))
        if (write.value("quantity") or Decimal(0)) <= 0:
            errors.append(FieldError("quantity", "catalogue.quantity_above_zero", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("product", "before", fields={"kind"}, ops=("update",))
def kinds_fit_the_components(ctx: Context, batch: list[Write]) -> None:
    """What has components stays a bundle, and what is in one does not become one."""
    errors = []
    for write in batch:
        key = "component" if write.new.get("kind") == BUNDLE else "bundle"
        where = {"field": key, "op": "eq", "value": str(write.id)}
        if "kind" in write.new and reads.ids(ctx.as_system(), "product_component", where):
            code = "catalogue.bundle_in_bundle" if key == "component" else "catalogue.bundle_has_components"
            errors.append(FieldError("kind", code, row=write.row))
    if errors:
        raise Invalid(errors)
