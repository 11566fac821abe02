"""What the product asks of django-allauth beyond its settings: no open sign-up, own letters, own limits on guessing."""

import time
from collections.abc import Mapping
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.identity import letters
from guanxi.capabilities.identity.errors import TooManyAttempts
from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.identity.security import attempts, devices, password_rules, session_rules
from guanxi.capabilities.identity.security.present import present_request
from guanxi.infra.http.addresses import client_address
from guanxi.infra.http.languages import language_of
from guanxi.infra.i18n import sentence

LETTERS: Mapping[str, letters.Writer] = {
    "account/email/password_reset_key": letters.password_reset,
    "account/email/password_changed": letters.password_changed,
    "account/email/password_set": letters.password_changed,
    "account/email/password_reset": letters.password_changed,
    "mfa/email/totp_activated": letters.changed("app_added"),
    "mfa/email/totp_deactivated": letters.changed("app_removed"),
    "mfa/email/webauthn_added": letters.changed("passkey_added"),
    "mfa/email/webauthn_removed": letters.changed("passkey_removed"),
    "mfa/email/recovery_codes_generated": letters.changed("codes_made"),
}
"""Our letter for each occasion on which allauth writes to somebody."""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is by invitation only, and every letter is the product's own, in the language of its reader."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without an invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller's address as the whole product sees it."""
        address = client_address(request)
        if address is None:
            raise PermissionDenied("the connection has no address")
        return str(address)

    def get_login_stages(self) -> list[str]:
        """The steps of signing in, the second factor in our own way."""
        own = {"allauth.mfa.stages.AuthenticateStage": "guanxi.capabilities.identity.security.stages.SecondFactorStage"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Whose password this is, None for a wrong one; ValidationError for one guess too many."""
        try:
            guess = attempts.guess(attempts.password_keys(request, str(credentials.get("email", ""))))
        except TooManyAttempts as refusal:
            text = sentence(refusal.code, refusal.params, language_of(request))
            raise ValidationError(text, code="too_many_login_attempts") from refusal
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            guess.was_right()
        return user

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse | None:
        """Nobody signs in before they have joined, or from where none of their workspaces lets them work: NotYetJoined,
        AddressNotAllowed.
        """
        if isinstance(user, Account):
            session_rules.check_joined_somewhere(user)
            session_rules.check_somewhere(request, session_rules.account_policies(user))
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        """Know the browser from now on."""
        if isinstance(user, Account):
            devices.signed_in(request, user)
        answer: HttpResponse = super().post_login(request, user, **more)
        return answer

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever signed in a moment ago need not prove at once again who they are."""
        request = present_request()
        user = request.user if isinstance(request.user, Account) else None
        records = get_authentication_records(request, user)
        if any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records):
            return False
        required: bool = super().is_reauthentication_required(app=app, **more)
        return required

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A new password: its owner is asked for the second factor everywhere again, and old mistakes are forgotten."""
        if isinstance(user, Account):
            password_rules.remember(user)
            devices.forget_trust(user)
            attempts.forget(attempts.password_keys(present_request(), user.email))
        super().set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter of this occasion; an occasion without a letter is a bug and says so."""
        write = LETTERS[template_prefix]
        account = context.get("user") or Account.objects.by_email(email)
        if account is not None:
            write(account, context)
