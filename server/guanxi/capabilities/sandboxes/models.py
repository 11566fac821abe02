"""The control-plane table of sandboxes: what was asked for, how far it is, and which workspace it became."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from guanxi.capabilities.identity.models import Workspace
from guanxi.kit.ids import uuid7

DATA = [("none", "none"), ("masked", "masked"), ("all", "all")]
STATES = [(name, name) for name in ("waiting", "copying", "ready", "failed", "cancelled")]
OPEN = ("waiting", "copying")
"""States in which a sandbox is being made."""
GIVEN_UP = ("failed", "cancelled")
"""States from which it may be made again."""


class Sandbox(models.Model):
    """A copy of a workspace, from when it is asked for."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    source = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="sandboxes")
    source_id: int
    slug = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    data = models.CharField(max_length=10, choices=DATA)
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    stop = models.BooleanField(default=False)
    error = models.CharField(max_length=500, blank=True)
    made_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("slug",), name="sandboxes_open_slug_once", condition=models.Q(state__in=OPEN)
            ),
        )

    def __str__(self) -> str:
        return self.slug

    @property
    def workspace(self) -> Workspace | None:
        """The workspace that it became; None until that is whole, so that nobody ever enters half a copy."""
        return Workspace.objects.filter(copy__sandbox=self.pk).first()


class Copy(models.Model):
    """Which workspace a sandbox became: written by the transaction of the copy, which touches nothing that others do."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, primary_key=True, related_name="copy")
    workspace_id: int
    sandbox = models.UUIDField(unique=True)
    digests = models.JSONField(default=dict)
    """What of the configuration the two workspaces had in common last: each item in short, by its name."""

    def __str__(self) -> str:
        return str(self.sandbox)
