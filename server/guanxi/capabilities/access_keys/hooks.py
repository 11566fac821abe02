"""Keys and permissions leave with their member."""

from __future__ import annotations

from django.utils import timezone

from guanxi.capabilities.access_keys import grants
from guanxi.capabilities.access_keys.models import AccessKey, Grant
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook


@hook("member", "after", ops=("update", "delete"))
def keys_leave_with_the_member(ctx: Context, batch: list[Write]) -> None:
    """Whoever leaves or is deleted takes keys and apps along: they stay ended when the member comes back."""
    gone = [write.id for write in batch if write.op == "delete" or write.new.get("status") == "left"]
    if not gone:
        return
    AccessKey.objects.filter(workspace_id=ctx.workspace.id, member_id__in=gone, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    grants.end(Grant.objects.filter(app__workspace_id=ctx.workspace.id, member_id__in=gone))
