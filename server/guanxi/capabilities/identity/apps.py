"""Registers the control-plane tables of identity with Django."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Accounts, workspaces, memberships and invitations: the only business tables outside a workspace's schema."""

    name = "guanxi.capabilities.identity"
    label = "identity"
    verbose_name = "Identity"
