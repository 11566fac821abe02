"""The control plane's tables: accounts, workspaces, memberships, invitations, and what guards signing in.

What a workspace holds (members, departments, roles) are records of its own schema; a membership points at a member
by id, and no foreign key crosses that border.
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from guanxi.kit.ids import uuid7

LANGUAGES = [("zh-CN", "简体中文"), ("en", "English")]


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts together with the verified address that sign-in and password reset look up."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> Account:
        """A new active account. The caller vouches that the address is the person's (invitation or installation)."""
        account = self.model(email=email.strip().lower(), **values)
        account.set_password(password)
        account.save(using=self._db)
        EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
        return account

    def by_email(self, email: str) -> Account | None:
        """The account with this address, in whatever case it is typed."""
        return self.filter(email=email.strip().lower()).first()

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with this address; DoesNotExist otherwise."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A person who can sign in. One account may belong to several workspaces."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=10, choices=LANGUAGES, default="zh-CN")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()  # pyright: ignore[reportIncompatibleVariableOverride]

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (
            models.CheckConstraint(name="identity_account_email_is_lower_case", condition=Q(email=Lower("email"))),
        )

    def __str__(self) -> str:
        return self.name


class Workspace(models.Model):
    """A company's own world: one PostgreSQL schema that holds its catalog, records, members and history."""

    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=50, default="Asia/Shanghai")
    currency = models.CharField(max_length=3, default="CNY")
    language = models.CharField(max_length=10, choices=LANGUAGES, default="zh-CN")
    fiscal_month = models.PositiveSmallIntegerField(default=1)
    """The month that its years begin with: what is told by quarter and year goes by it."""
    is_sample = models.BooleanField(default=False)
    organisation_version = models.UUIDField(default=uuid7)
    """Another one whenever members, departments or roles change, so that every process drops the rights it remembers.

    Not a counter: a transaction rolled back, or a workspace restored, never brings back a version once seen."""
    password_rules = models.JSONField(default=dict)
    """What its people's passwords must be beyond what the installation asks: ``min_length``, ``not_last``."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def schema(self) -> str:
        """Name of the workspace's schema; numbers are never given twice."""
        return f"ws_{self.pk}"


class Membership(models.Model):
    """The way of an account into a workspace: as which member, and whether it is open."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    account_id: int
    workspace_id: int
    member_id = models.UUIDField()
    is_active = models.BooleanField(default=True)
    is_vouched = models.BooleanField(default=False)
    """An identity provider of the workspace let the account in; its owner never said yes with a letter of invitation."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "workspace"), name="identity_membership_account_once"),
            models.UniqueConstraint(fields=("workspace", "member_id"), name="identity_membership_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.account_id} in {self.workspace_id}"


class Invitation(models.Model):
    """A letter that lets the owner of an address become a member. Only the hash of its token is kept."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    member_id = models.UUIDField()
    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=100)
    is_mailed = models.BooleanField(default=False)
    """The link went to the mailbox alone: whoever has it owns the address. Otherwise the inviter has it as well."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "member_id"),
                name="identity_invitation_open_once",
                condition=Q(accepted_at=None, revoked_at=None),
            ),
            models.CheckConstraint(
                name="identity_invitation_expires_later", condition=Q(expires_at__gt=F("created_at"))
            ),
        )

    def __str__(self) -> str:
        return self.email


class Device(models.Model):
    """A browser in which an account has signed in. Its cookie holds the secret of which the hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="devices")
    account_id: int
    secret_hash = models.CharField(max_length=64)
    user_agent = models.CharField(max_length=200)
    address = models.GenericIPAddressField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(default=timezone.now)
    trusted_until = models.DateTimeField(null=True)
    """Until then a sign-in here needs no second factor."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("secret_hash", "account"), name="identity_device_account_once"),)

    def __str__(self) -> str:
        return self.user_agent


class Attempts(models.Model):
    """How often guessing has failed lately under one key, and until when nobody may try there again."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)
    waits_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class FormerPassword(models.Model):
    """The hash of a password that somebody had, kept where a workspace forbids its use again."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.account.pk} {self.created_at:%Y-%m-%d}"
