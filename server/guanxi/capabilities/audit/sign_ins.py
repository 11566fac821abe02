"""Signing in and out and changed passwords, as django-allauth tells of them."""

from __future__ import annotations

from typing import Any

from allauth.account import signals
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from guanxi.capabilities.audit.accounts import note_account
from guanxi.capabilities.identity.models import Account


def connect() -> None:
    """Listen; asked for again, it changes nothing."""
    for signal, receiver in (
        (signals.user_logged_in, _signed_in),
        (signals.user_logged_out, _signed_out),
        (signals.password_changed, _password_changed),
        (signals.password_set, _password_changed),
        (signals.password_reset, _password_reset),
        (user_login_failed, _failed),
    ):
        signal.connect(receiver, dispatch_uid=f"audit.{receiver.__name__}")


def _signed_in(request: HttpRequest, user: Account, **_: Any) -> None:
    note_account(user, "sign_in", request, {"email": user.email})


def _signed_out(request: HttpRequest | None, user: Any, **_: Any) -> None:
    if isinstance(user, Account):
        note_account(user, "sign_out", request)


def _password_changed(request: HttpRequest, user: Account, **_: Any) -> None:
    note_account(user, "password_change", request)


def _password_reset(request: HttpRequest, user: Account, **_: Any) -> None:
    note_account(user, "password_reset", request)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """An attempt for an address that belongs to nobody is noted nowhere: there is no workspace to note it in."""
    email = str(credentials.get("email") or "")
    account = Account.objects.by_email(email) if email else None
    if account is not None:
        note_account(account, "sign_in_failed", request, {"email": account.email})
