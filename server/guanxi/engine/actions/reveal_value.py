"""Look at a value that is hidden everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.engine.actions.registry import action
from guanxi.engine.context import Context
from guanxi.engine.records import changes, reads
from guanxi.infra.errors import BadRequest, NotAllowed


@dataclass(frozen=True)
class RevealValue:
    """The field of one record."""

    object: str
    record: UUID
    field: str


class RevealedValue(TypedDict):
    """The whole value; null when there is none."""

    value: str | None


@action("records.reveal_value", params=RevealValue)
def reveal_value(ctx: Context, params: RevealValue) -> RevealedValue:
    """Tell the whole value of a masked field to somebody who may edit the record; the record's history notes it."""
    obj = ctx.object(params.object)
    field = obj.fields.get(params.field)
    if field is None or not field.kind.secret:
        raise BadRequest("records.not_hidden", {"object": obj.key, "field": params.field})
    record = reads.get(ctx, obj.key, params.record, [field.key])
    if params.record not in reads.visible(ctx, obj.key, [params.record], "edit"):
        raise NotAllowed("records.reveal_not_allowed", {"object": obj.key, "field": field.key})
    value = reads.native(ctx, obj.key, [params.record], [field.key])[params.record][field.key]
    if value is None:
        return {"value": None}
    changes.log_reveal(ctx, obj, params.record, record["rev"], field.key)
    return {"value": field.kind.kept(value)}
