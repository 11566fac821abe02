"""Registers the control-plane tables of single sign-on with Django."""

from django.apps import AppConfig


class SingleSignOnConfig(AppConfig):
    """Identity providers, the people they vouch for, and which workspaces ask for them."""

    name = "guanxi.capabilities.single_sign_on"
    label = "single_sign_on"
    verbose_name = "Single sign-on"
