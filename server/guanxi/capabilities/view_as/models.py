"""The control plane's table of looks with somebody else's eyes, as long as they last."""

from __future__ import annotations

from django.db import models

from guanxi.capabilities.identity.models import Account, Workspace
from guanxi.kit.ids import uuid7


class Look(models.Model):
    """One person's session shows the workspace as another member sees it, until it is ended or time is up."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    account_id: int
    workspace_id: int
    looker = models.UUIDField()
    """The member who looks."""
    member = models.UUIDField()
    """The member with whose eyes."""
    checked = models.UUIDField()
    """The version of the organisation for which the look was found to be allowed."""
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.looker} as {self.member}"
