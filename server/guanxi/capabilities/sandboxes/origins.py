"""What a workspace and its sandbox had in common last, so that a comparison tells which of the two was changed since."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from guanxi.capabilities.sandboxes.models import Copy, Sandbox


class CopyOrigin:
    """The digests that are kept of a copy."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self.digests: Mapping[str, str] = copy.digests

    def agree(self, digests: Mapping[str, str | None]) -> None:
        """Keep that both have these items."""
        kept = Copy.objects.select_for_update().get(pk=self._copy.pk)
        merged = {**kept.digests, **digests}
        kept.digests = {name: digest for name, digest in merged.items() if digest is not None}
        kept.save(update_fields=["digests"])


def between(one: int, other: int) -> CopyOrigin | None:
    """What is kept of two workspaces; None when neither is a sandbox of the other, or nothing was kept."""
    either = Q(workspace_id=one) | Q(workspace_id=other)
    for copy in Copy.objects.filter(either):
        pair = {copy.workspace_id, *Sandbox.objects.filter(pk=copy.sandbox).values_list("source_id", flat=True)}
        if pair == {one, other} and copy.digests:
            return CopyOrigin(copy)
    return None
