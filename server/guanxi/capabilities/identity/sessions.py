"""Ending the sessions of an account from outside a request of its own."""

from allauth.usersessions.models import UserSession

from guanxi.capabilities.identity.models import Account


def end_sessions(account: Account) -> int:
    """End every session of the account, in whatever browser or program; the number ended.

    Runs on the caller's transaction: if that is rolled back, the sessions live on.
    """
    sessions = list(UserSession.objects.filter(user=account))
    for session in sessions:
        session.end()
    return len(sessions)
