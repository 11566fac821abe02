"""Who may follow the event stream of a workspace, and from which pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.http import HttpRequest

from guanxi.capabilities.identity.authenticate import authenticate
from guanxi.engine.context import work


def readable_objects(session_key: str, slug: str) -> frozenset[str]:
    """The keys of the objects that the owner of the session may read in the workspace.

    Raises the refusals of `authenticate`: not signed in, or no such workspace for this person.
    """
    close_old_connections()
    try:
        request = HttpRequest()
        request.session = SessionStore(session_key or None)
        request.user = get_user(request)
        workspace, actor = authenticate(request, slug)
        with work(workspace, actor, via="api") as ctx:
            return frozenset(key for key in ctx.snapshot.objects if actor.rights(key).read != "none")
    finally:
        close_old_connections()


def is_own_origin(origin: str) -> bool:
    """Whether a page of this origin is the product's own; locally, any name of this machine on the web port."""
    if origin == settings.PUBLIC_URL:
        return True
    parts = urlsplit(origin)
    return parts.hostname in {"localhost", "127.0.0.1"} and parts.port in {settings.PORT, settings.DEVELOPMENT_PORT}
