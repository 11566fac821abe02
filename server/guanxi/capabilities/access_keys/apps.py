"""Registers the control-plane tables of keys and apps with Django."""

from django.apps import AppConfig


class AccessKeysConfig(AppConfig):
    """Keys, apps, what members allowed them, and the calls of both."""

    name = "guanxi.capabilities.access_keys"
    label = "access_keys"
    verbose_name = "Access keys"
