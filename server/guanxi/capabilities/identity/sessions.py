"""Django's database sessions, read with a prepared statement: every request begins with one. The SESSION_ENGINE."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from guanxi.infra.database.lookup import lookup

_find = lookup(Session, "WHERE t.session_key = $1 AND t.expire_date > $2")


class SessionStore(DatabaseSessions):
    """Sessions as Django keeps them; only finding one is faster."""

    def _get_session_from_db(self) -> Session | None:
        found = _find(self.session_key, timezone.now())
        if found is None:
            self._session_key = None
        return found
