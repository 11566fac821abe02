"""The control plane's tables of programs: keys, apps, what members allowed apps to do, and every call of both.

Codes and tokens of apps are kept by django-allauth (`allauth.idp.oidc.models.Token`), as hashes; each names the grant
that it belongs to. No foreign key points at a member: those are records of a workspace's own schema.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from allauth.idp.oidc.models import Client
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guanxi.capabilities.identity.models import Account, Workspace
from guanxi.capabilities.identity.tokens import token_hash
from guanxi.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class AccessKey(models.Model):
    """A secret with which a program acts as a member, within some of the member's roles. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="access_keys")
    workspace_id: int
    member_id = models.UUIDField()
    name = models.CharField(max_length=100)
    hint = models.CharField(max_length=12)
    """How the key begins, so that people tell theirs apart."""
    token_hash = models.CharField(max_length=64, unique=True)
    roles = models.JSONField(default=list)
    """Ids of the roles it acts within, as far as the member holds them."""
    networks = models.JSONField(default=list)
    """Networks that it works from; empty for all."""
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_from = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = (models.Index(fields=("workspace", "member_id"), name="access_keys_key_of_member"),)

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """``active``, ``expired`` or ``revoked``."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= timezone.now() else "active"


class AppClient(Client):
    """A client of the authorization server. Its secret is random and long, so that a plain hash keeps it well enough."""

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride]
        proxy = True

    def set_secret(self, secret: str) -> None:
        """Keep the hash."""
        self.secret = token_hash(secret)

    def check_secret(self, secret: str) -> bool:
        """Whether this is the secret."""
        return hmac.compare_digest(token_hash(secret), self.secret)


class App(models.Model):
    """A program of somebody else that members of one workspace may allow to act for them."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="apps")
    workspace_id: int
    client = models.OneToOneField(AppClient, on_delete=models.CASCADE, related_name="app")
    client_id: str
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=300, blank=True)
    website = models.URLField(max_length=300, blank=True)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """What a member allowed an app to do; tokens of the app rest on it and end with it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="grants")
    app_id: UUID
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    account_id: int
    member_id = models.UUIDField()
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_from = models.GenericIPAddressField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("app", "member_id"), name="access_keys_grant_once", condition=Q(revoked_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.app_id} for {self.member_id}"


class Call(models.Model):
    """One request that a key or an app made, answered or refused."""

    key = models.ForeignKey(AccessKey, on_delete=models.CASCADE, null=True, related_name="calls")
    key_id: UUID | None
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, null=True, related_name="calls")
    grant_id: UUID | None
    at = models.DateTimeField(default=timezone.now)
    method = models.CharField(max_length=10)
    path = models.CharField(max_length=300)
    status = models.PositiveSmallIntegerField()
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("key", "-id"), name="access_keys_call_of_key"),
            models.Index(fields=("grant", "-id"), name="access_keys_call_of_grant"),
            models.Index(fields=("at",), name="access_keys_call_at"),
        )

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"
