"""Where a record stands as far as its reader is told: what it is at, and what it is about selling."""

from __future__ import annotations

from uuid import UUID

from guanxi.areas.enablement.rules.fitting import Situation
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads

STATE_ACTIVE = "active"
OPPORTUNITY, LINE = "opportunity", "opportunity_line"


def situation(ctx: Context, obj: Object, record: UUID) -> Situation:
    """The stages and products that the record's references name, with the products of an opportunity's lines."""
    fields = {
        target: [
            key
            for key, field in obj.fields.items()
            if field.kind.key == "lookup"
            and field.settings.get("target") == target
            and field.state == "active"
            and ctx.guard().reads(obj, field)
        ]
        for target in ("stage", "product")
    }
    asked = [*fields["stage"], *fields["product"]]
    row = reads.native(ctx, obj.key, [record], asked).get(record, {}) if asked else {}
    products = {row.get(key) for key in fields["product"]}
    if obj.key == OPPORTUNITY and ctx.actor.rights(LINE).reads:
        where = {"field": "opportunity", "op": "eq", "value": str(record)}
        lines = reads.native(ctx, LINE, reads.ids(ctx, LINE, where), ("product",))
        products |= {one["product"] for one in lines.values()}
    return Situation(
        frozenset(one for key in fields["stage"] if (one := row.get(key)) is not None),
        frozenset(one for one in products if one is not None),
        ctx.language,
    )
