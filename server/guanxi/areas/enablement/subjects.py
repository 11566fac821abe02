"""The records that scripts and materials are used with: those that activities can be about."""

from __future__ import annotations

from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads
from guanxi.infra.errors import NotFound

USE = "script_use"


def subjects(ctx: Context) -> dict[str, Object]:
    """The objects that a use can be about, by key."""
    keys = ctx.snapshot.object(USE).fields["about"].prepared
    return {key: ctx.snapshot.object(key) for key in sorted(keys) if key in ctx.snapshot.objects}


def subject(ctx: Context, object_key: str, record: UUID) -> Object:
    """The object of a record that the actor sees; NotFound for one that they do not, or that nothing is used with."""
    obj = subjects(ctx).get(object_key)
    if obj is None or not ctx.actor.rights(obj.key).reads or record not in reads.visible(ctx, obj.key, [record]):
        raise NotFound("records.not_found", {"object": object_key, "id": str(record)})
    return obj
