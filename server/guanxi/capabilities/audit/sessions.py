"""Ending sessions of the own account from another device: noted, then ended. The USERSESSIONS_ADAPTER."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from allauth.core import context
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession

from guanxi.capabilities.audit.accounts import note_account
from guanxi.capabilities.identity.models import Account
from guanxi.engine.audit.entries import session_mark


class SessionsAdapter(DefaultUserSessionsAdapter):
    """What allauth asks when somebody ends sessions; the one that asks for it signs out, which is noted as that."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End the sessions, each with a note of its device."""
        ended = list(sessions)
        for one in ended:
            if not one.is_current():
                details = {"ended": session_mark(one.session_key), "device": one.user_agent, "address": one.ip}
                note_account(cast("Account", one.user), "session_ended", context.request, details)
        super().end_sessions(ended)
