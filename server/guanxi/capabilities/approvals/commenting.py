"""Comments on approvals, with files that open to whoever sees the approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.capabilities.approvals import store
from guanxi.capabilities.approvals.deciding import ApprovalNow, now
from guanxi.capabilities.approvals.moving import takes_part
from guanxi.capabilities.approvals.reading import sees
from guanxi.capabilities.files import access, stored
from guanxi.capabilities.files.stored import Use
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.infra.errors import BadRequest, NotFound
from guanxi.kit.ids import uuid7

MOST_FILES = 20
HOLDER = f"{access.OUTSIDE}approval"


@dataclass(frozen=True)
class CommentApproval:
    """The approval, what is said of it, and files that were uploaded for it."""

    approval: UUID
    comment: str | None = None
    files: Sequence[UUID] = ()


@action("approvals.comment", params=CommentApproval)
def comment(ctx: Context, params: CommentApproval) -> ApprovalNow:
    """Say something about an approval that one takes part in, or attach files to it."""
    approval = store.get(ctx, params.approval)
    if not takes_part(ctx, approval, store.tasks(ctx, approval.id)):
        raise store.absent(params.approval)
    if not (params.comment or "").strip() and not params.files:
        raise BadRequest("approvals.comment_missing")
    if len(params.files) > MOST_FILES:
        raise BadRequest("approvals.too_many_files", {"limit": MOST_FILES})
    files = [access.readable(ctx, one) for one in dict.fromkeys(params.files)]
    if files:
        # Every comment is a place of its own: what another one refers to stays.
        stored.set_uses(ctx, [(Use(HOLDER, approval.id, f"comment {uuid7()}"), [one.id for one in files])])
    more: dict[str, Any] = {
        "files": [{"id": str(one.id), "name": one.name, "size": one.size, "type": one.type} for one in files]
    }
    store.note(ctx, approval.id, "comment", member=ctx.author, comment=params.comment, more=more if files else None)
    return now(approval)


@access.holder(HOLDER)
def files_open_with_their_approval(ctx: Context, id_: UUID) -> bool:
    """Whoever sees the approval may fetch what was attached to it."""
    try:
        return sees(ctx, id_)
    except NotFound:
        return False
