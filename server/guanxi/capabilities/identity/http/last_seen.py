"""When a device was last in use: noted with its session, at most every few minutes."""

from collections.abc import Callable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

EVERY = timedelta(minutes=5)
_MOST = 10_000
_noted: dict[str, float] = {}


class LastSeen:
    """Middleware. One process writes a session's moment once in EVERY, so that reading a list stays a read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, then note the moment."""
        response = self.get_response(request)
        key = request.session.session_key
        # Who is asked for is known already: an answer that needed nobody costs no look-up.
        if key and request.session.accessed and request.user.is_authenticated:
            self._note(key)
        return response

    @staticmethod
    def _note(key: str) -> None:
        now = timezone.now()
        if now.timestamp() - _noted.get(key, 0) < EVERY.total_seconds():
            return
        if len(_noted) >= _MOST:
            _noted.clear()
        _noted[key] = now.timestamp()
        UserSession.objects.filter(session_key=key, last_seen_at__lt=now - EVERY).update(last_seen_at=now)
