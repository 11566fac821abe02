"""The control plane's tables of single sign-on: a workspace's identity providers, and whom they vouched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from guanxi.capabilities.identity.models import Account, Workspace
from guanxi.infra.sealed import seal, unseal
from guanxi.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

PROTOCOLS = [("oidc", "OpenID Connect"), ("saml", "SAML 2.0")]
_PURPOSE = "single sign-on"


class Provider(models.Model):
    """An identity provider that one workspace trusts to say who somebody is."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="identity_providers")
    workspace_id: int
    protocol = models.CharField(max_length=4, choices=PROTOCOLS)
    name = models.CharField(max_length=60)
    """What stands on the button of the sign-in page."""
    is_active = models.BooleanField(default=False)
    domains = models.JSONField(default=list)
    """Mail domains whose people sign in here; empty for any address, which then finds nothing by its domain."""

    issuer = models.CharField(max_length=500, blank=True)
    """The issuer of OpenID Connect, or the entity id of the SAML identity provider."""
    client_id = models.CharField(max_length=300, blank=True)
    sealed_secret = models.TextField(blank=True)
    scopes = models.CharField(max_length=300, blank=True)
    """What is asked for besides openid, email and profile."""

    sign_in_url = models.CharField(max_length=500, blank=True)
    """Where SAML requests go, by redirect."""
    certificates = models.JSONField(default=list)
    """With which the SAML identity provider signs, as base64 of DER."""

    email_claim = models.CharField(max_length=200, default="email")
    name_claim = models.CharField(max_length=200, default="name")
    roles_claim = models.CharField(max_length=200, blank=True)
    role_map = models.JSONField(default=list)
    """Pairs {value, role}: who has the value in the roles claim holds the role."""
    makes_members = models.BooleanField(default=True)
    default_role = models.UUIDField(null=True)
    """What a new member holds for whom no pair of the map speaks."""
    default_department = models.UUIDField(null=True)
    """Where a new member sits."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    proved_at = models.DateTimeField(null=True)
    """When it last vouched for somebody."""

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """The client's secret; Unreadable after the installation's key was changed."""
        return unseal(self.sealed_secret, _PURPOSE) if self.sealed_secret else ""

    @secret.setter
    def secret(self, value: str) -> None:
        self.sealed_secret = seal(value, _PURPOSE) if value else ""


class Identity(models.Model):
    """Somebody as an identity provider knows them, and the account that they sign in to."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="identities")
    provider_id: UUID
    subject = models.CharField(max_length=255)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    account_id: int
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_sign_in_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("provider", "subject"), name="single_sign_on_subject_once"),
            models.UniqueConstraint(fields=("provider", "account"), name="single_sign_on_account_once"),
        )

    def __str__(self) -> str:
        return self.subject


class Requirement(models.Model):
    """A workspace whose members sign in through an identity provider and in no other way."""

    workspace = models.OneToOneField(
        Workspace, on_delete=models.CASCADE, primary_key=True, related_name="single_sign_on_requirement"
    )
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.workspace)
