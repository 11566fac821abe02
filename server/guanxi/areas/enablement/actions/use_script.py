"""Take a script over for a record, and note that it was used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.enablement.errors import NotInUse
from guanxi.areas.enablement.situations import STATE_ACTIVE
from guanxi.areas.enablement.subjects import USE, subject
from guanxi.areas.enablement.wording import filled
from guanxi.engine.access.actor import Actor
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import NotFound
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class UseScript:
    """The script, the record that it is used with, and in what."""

    script: UUID
    object: str
    record: UUID
    used_in: Literal["note", "call", "meeting", "task", "copy", "other"] = "other"


class UsedScript(TypedDict):
    """The use that was noted, and the words for this record."""

    use: Id
    text: str


def _may_use(actor: Actor) -> bool:
    return actor.rights("script").reads and actor.writes_something


@action("enablement.use_script", params=UseScript, permission=_may_use)
def use_script(ctx: Context, params: UseScript) -> UsedScript:
    """The words of a script with what the record says in the blanks; the use is noted in the record's timeline.

    NotFound for a script or record that the person does not see, NotInUse for a draft or retired script.
    """
    row = reads.native(ctx, "script", [params.script], ("name", "body", "status")).get(params.script)
    if row is None:
        raise NotFound("records.not_found", {"object": "script", "id": str(params.script)})
    if row["status"] != STATE_ACTIVE:
        raise NotInUse("script", params.script)
    obj = subject(ctx, params.object, params.record)
    values = {
        "name": row["name"],
        "script": params.script,
        "about": {"object": obj.key, "id": str(params.record)},
        "used_in": params.used_in,
        "used_at": ctx.now,
        "owner": ctx.actor.member_id,
    }
    (use,) = writes.create(ctx.as_system(), USE, [values])
    return {"use": str(use), "text": filled(ctx, obj, params.record, {use: row["body"]})[use]}
