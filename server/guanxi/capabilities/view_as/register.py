"""The whole wiring of looking with somebody else's eyes."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from guanxi.capabilities.identity.authenticate import look_with
from guanxi.capabilities.view_as import looking
from guanxi.capabilities.view_as.routes import ROUTES
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Who is asked with whose eyes a session looks, the two addresses, and the job that notes when time is up."""
    look_with(looking.eyes)
    user_logged_out.connect(_signed_out, dispatch_uid="view_as.signed_out")
    registry.jobs(looking)
    registry.routes(*ROUTES)


def _signed_out(request: HttpRequest | None, **_: Any) -> None:
    if request is not None:
        looking.end_all_of(request)
