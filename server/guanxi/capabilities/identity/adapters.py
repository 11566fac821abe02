"""What the product asks of django-allauth beyond its settings: no open sign-up, own letters."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from guanxi.capabilities.identity import letters
from guanxi.capabilities.identity.models import Account

LETTERS: Mapping[str, letters.Writer] = {
    "account/email/password_reset_key": letters.password_reset,
    "account/email/password_changed": letters.password_changed,
    "account/email/password_reset": letters.password_changed,
}
"""Our letter for each occasion on which allauth writes to somebody."""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is by invitation only, and every letter is the product's own, in the language of its reader."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter of this occasion; an occasion without a letter is a bug and says so."""
        write = LETTERS[template_prefix]
        account = context.get("user") or Account.objects.by_email(email)
        if account is not None:
            write(account, context)
