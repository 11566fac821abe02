"""Rules of messages: what was written is never changed; what it is about and whose it is may be."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import NotAllowed

MOST = 200
"""Messages that are taken along at once."""


@hook("message", "before", ops=("create",))
def messages_come_from_channels(ctx: Context, batch: list[Write]) -> None:
    """Nobody writes a message that nobody sent."""
    if not ctx.actor.is_system:
        raise NotAllowed("mailbox.not_made_by_hand")


@hook("message", "after", fields={"about"}, ops=("update",))
def others_of_the_sender_belong_to_it_too(ctx: Context, batch: list[Write]) -> None:
    """Once somebody unknown is known, so are the other messages from the address that were about nothing."""
    system = ctx.as_system()
    rows = reads.native(system, "message", [write.id for write in batch], ("from_address", "about", "direction"))
    known = {row["from_address"]: row["about"] for row in rows.values() if row["about"] and row["direction"] == "in"}
    addresses = sorted(one for one in known if one)
    if not addresses:
        return
    where = [
        {"field": "from_address", "op": "in", "value": addresses}, {"field": "about", "op": "is_empty"},
        {"field": "direction", "op": "eq", "value": "in"},
    ]  # fmt: skip
    left = reads.native(system, "message", reads.ids(system, "message", {"and": where}, limit=MOST), ("from_address",))
    if left:
        changes = [writes.Change(id_, {"about": known[row["from_address"]]}) for id_, row in left.items()]
        writes.update(system, "message", changes)
