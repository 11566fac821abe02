"""The letters identity sends: plain text, in the language of the reader, queued with the cause that they report."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from guanxi.capabilities.identity.models import Account
from guanxi.infra.i18n import sentence
from guanxi.infra.mail.post import post

Writer = Callable[[Account, Mapping[str, Any]], None]


def password_reset(account: Account, context: Mapping[str, Any]) -> None:
    """The link with which the owner of the address chooses a new password."""
    _send(account.email, account.name, account.language, "password_reset", link=context["password_reset_url"])


def password_changed(account: Account, _context: Mapping[str, Any]) -> None:
    """Notice after the fact, so that a stolen account does not stay unseen."""
    link = settings.HEADLESS_FRONTEND_URLS["account_reset_password"]
    _send(account.email, account.name, account.language, "password_changed", link=link)


def changed(what: str) -> Writer:
    """The writer of a notice that something of the second factor has changed."""

    def write(account: Account, _context: Mapping[str, Any]) -> None:
        link = settings.HEADLESS_FRONTEND_URLS["account_reset_password"]
        _send(account.email, account.name, account.language, "second_factor", body=what, link=link)

    return write


def codes_guessed(account: Account, _context: Mapping[str, Any]) -> None:
    """Somebody knows the password and fails at the second factor: the owner has to hear of it."""
    link = settings.HEADLESS_FRONTEND_URLS["account_reset_password"]
    _send(account.email, account.name, account.language, "codes_guessed", link=link)


def invitation(
    *, email: str, name: str, language: str, link: str, inviter: str, workspace: str, days: int, has_account: bool
) -> None:
    """The link with which an invited person becomes a member."""
    _send(
        email,
        name,
        language,
        "invitation",
        body="body_with_account" if has_account else "body",
        link=link,
        inviter=inviter,
        workspace=workspace,
        days=days,
    )


def _send(email: str, name: str, language: str, occasion: str, body: str = "body", **params: Any) -> None:
    def text(key: str, **values: Any) -> str:
        return sentence(f"identity.letter.{key}", values, language)

    params["email"] = email
    parts = (text("greeting", name=name), text(f"{occasion}.{body}", **params), text("signature"))
    post(to=email, subject=text(f"{occasion}.subject", **params), body="\n\n".join(parts) + "\n")
