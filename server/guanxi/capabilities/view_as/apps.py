"""Registers the control-plane table of who looks with whose eyes with Django."""

from django.apps import AppConfig


class ViewAsConfig(AppConfig):
    """Who looks at which workspace as whom, and until when."""

    name = "guanxi.capabilities.view_as"
    label = "view_as"
    verbose_name = "View as"
