"""When a session was last in use and in which workspaces: noted with its device, at most every few minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guanxi.capabilities.identity.security.session_rules import Visit, visit_of

EVERY = timedelta(minutes=5)
SHORTEST = timedelta(seconds=5)
PARTS = 20
"""Where a session may stand still for so long and no longer, its moment is known to that part of the time."""
IDLE = "X-Guanxi-Idle"
"""Seconds since a person last touched the page: what a page asks for by itself keeps no session alive."""
WORKSPACES = "workspaces"
"""The key under which a session's workspaces are kept: who manages one sees the sessions that were used in it."""
_MOST = 10_000
_noted: dict[str, datetime] = {}
_placed: set[tuple[str, int]] = set()


class LastSeen:
    """Middleware. One process writes a session's moment once in EVERY, so that reading a list stays a read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, then note the moment."""
        response = self.get_response(request)
        # Who is asked for is known already: an answer that needed nobody costs no look-up.
        if (request.session.accessed or hasattr(request, "visit")) and request.user.is_authenticated:
            visit = visit_of(request)
            if visit.key:
                _note(visit, visit.key, timezone.now() - _idle(request))
                _place(visit, visit.key)
        return response


def _idle(request: HttpRequest) -> timedelta:
    text = request.headers.get(IDLE, "")
    return timedelta(seconds=int(text)) if text.isascii() and text.isdecimal() and len(text) < 8 else timedelta()


def _note(visit: Visit, key: str, moment: datetime) -> None:
    every = EVERY if visit.idle is None else min(EVERY, max(SHORTEST, visit.idle / PARTS))
    known = _noted.get(key)
    if known is not None and moment - known < every:
        return
    if len(_noted) >= _MOST:
        _noted.clear()
    _noted[key] = moment
    UserSession.objects.filter(session_key=key, last_seen_at__lt=moment - every).update(last_seen_at=moment)


def _place(visit: Visit, key: str) -> None:
    if visit.workspace is None or (key, visit.workspace) in _placed:
        return
    if len(_placed) >= _MOST:
        _placed.clear()
    with transaction.atomic():
        row = UserSession.objects.select_for_update().filter(session_key=key).first()
        if row is None:
            return
        if visit.workspace not in row.data.get(WORKSPACES, ()):
            row.data[WORKSPACES] = [*row.data.get(WORKSPACES, ()), visit.workspace]
            row.save(update_fields=["data"])
    _placed.add((key, visit.workspace))
