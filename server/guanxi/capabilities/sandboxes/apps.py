"""Registers the control-plane table of sandboxes with Django."""

from django.apps import AppConfig


class SandboxesConfig(AppConfig):
    """Which workspace is a copy of which."""

    name = "guanxi.capabilities.sandboxes"
    label = "sandboxes"
    verbose_name = "Sandboxes"
