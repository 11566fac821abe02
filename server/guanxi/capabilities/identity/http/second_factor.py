"""allauth's addresses of second factors, where the product asks for more: limits, replays, devices, the last factor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.headless.constants import Client
from allauth.headless.mfa import inputs, views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from guanxi.capabilities.identity import letters
from guanxi.capabilities.identity.errors import TooManyAttempts
from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.identity.security import attempts, devices, notes, second_factor
from guanxi.capabilities.identity.security.present import present_request
from guanxi.capabilities.identity.security.session_rules import must_have_second_factor
from guanxi.infra.http.languages import language_of
from guanxi.infra.i18n import sentence

REPLAY_SECONDS = 120
"""A code of an app is good for its half minute and those beside it; it is good once."""


class _LimitedCode:
    """A form with a code: guessing is limited by device, and no code is good twice."""

    user: Account
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        request = present_request()
        keys = attempts.code_keys(request, self.user)
        try:
            guess = attempts.guess(keys)
        except TooManyAttempts as refusal:
            raise ValidationError(
                sentence(refusal.code, refusal.params, language_of(request)), code="too_many_login_attempts"
            ) from None
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            notes.note_account(self.user, notes.FAILED, request)
            if guess.failures == attempts.FREE and not request.user.is_authenticated:
                letters.codes_guessed(self.user, {})
            raise
        if not cache.add(f"second-factor-{self.user.pk}-{code.strip()}", "used", REPLAY_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        guess.was_right()
        return code


class CodeInput(_LimitedCode, inputs.AuthenticateInput):
    """The code at sign-in."""


class AgainInput(_LimitedCode, inputs.ReauthenticateInput):
    """The code of somebody who is signed in and does something that matters."""


class _CarefulPasskey:
    """A form with a passkey's answer: one that is no such thing is refused like a wrong one."""

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError):
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))  # type: ignore[attr-defined]


class PasskeyInput(_CarefulPasskey, inputs.LoginWebAuthnInput):
    """A passkey instead of the password."""


class PasskeyStepInput(_CarefulPasskey, inputs.AuthenticateWebAuthnInput):
    """A passkey as the second step."""


class PasskeyAgainInput(_CarefulPasskey, inputs.ReauthenticateWebAuthnInput):
    """A passkey of somebody who is signed in and does something that matters."""


class NewPasskeyInput(_CarefulPasskey, inputs.AddWebAuthnInput):
    """A passkey that is added."""


class CodeView(views.AuthenticateView):
    """Sign in with the code of an app or a recovery code."""

    input_class = CodeInput


class AgainView(views.ReauthenticateView):
    """Prove again who one is with a code."""

    input_class = AgainInput


class TrustView(views.TrustView):
    """The last step of signing in: whether this browser is asked for the second factor again."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = self.stage.login.user if self.stage else None
        response = self.respond_next_stage()
        if self.input.cleaned_data["trust"] and isinstance(account, Account):
            devices.trust(request, account)
        return response


class AppView(views.ManageTOTPView):
    """The app on the telephone: set up, look, take away. A secret is shown to somebody who proved who they are."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise_if_reauthentication_required(request, app="allauth.mfa")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first = not second_factor.is_set_up(_account(request).pk)
        response = super().post(request, *args, **kwargs)
        _added(request, Authenticator.Type.TOTP, first=first)
        return response

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _removed(
            request,
            Authenticator.objects.filter(user=_account(request), type=Authenticator.Type.TOTP),
            super().delete,
        )


class PasskeySignInView(views.LoginWebAuthnView):
    """Sign in with a passkey alone."""

    input_class: ClassVar[Any] = {"POST": PasskeyInput}


class PasskeyStepView(views.AuthenticateWebAuthnView):
    """Sign in with a passkey after the password."""

    input_class: ClassVar[Any] = {"POST": PasskeyStepInput}


class PasskeyAgainView(views.ReauthenticateWebAuthnView):
    """Prove again who one is with a passkey."""

    input_class: ClassVar[Any] = {"POST": PasskeyAgainInput}


class PasskeysView(views.ManageWebAuthnView):
    """Passkeys: list, add, rename, take away."""

    input_class: ClassVar[Any] = {
        "POST": NewPasskeyInput,
        "PUT": inputs.UpdateWebAuthnInput,
        "DELETE": inputs.DeleteWebAuthnInput,
    }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first = not second_factor.is_set_up(_account(request).pk)
        response = super().post(request, *args, **kwargs)
        _added(request, Authenticator.Type.WEBAUTHN, first=first)
        return response

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _removed(request, self.input.cleaned_data["authenticators"], super().delete)


class CodesView(views.ManageRecoveryCodesView):
    """Recovery codes: told once, made anew."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        notes.note_account(_account(request), notes.CODES_MADE, request)
        return response


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise TypeError("allauth lets nobody else in here")
    return request.user


def _added(request: HttpRequest, type_: str, *, first: bool) -> None:
    account = _account(request)
    second_factor.added(request, account, first=first)
    notes.note_account(account, notes.ADDED, request, notes.way(type_))


def _removed(
    request: HttpRequest, leaving: Iterable[Authenticator], remove: Callable[..., HttpResponse]
) -> HttpResponse:
    account = _account(request)
    types = [one.type for one in leaving]
    second_factor.check_removal(account, leaving, required=must_have_second_factor(account))
    response = remove(request)
    devices.forget_trust(account)
    for type_ in types:
        notes.note_account(account, notes.REMOVED, request, notes.way(type_))
    return response


def _patterns(client: Client) -> list[URLPattern]:
    served = {
        "auth/2fa/authenticate": CodeView,
        "auth/2fa/reauthenticate": AgainView,
        "auth/webauthn/login": PasskeySignInView,
        "auth/webauthn/authenticate": PasskeyStepView,
        "auth/webauthn/reauthenticate": PasskeyAgainView,
        "account/authenticators/totp": AppView,
        "account/authenticators/webauthn": PasskeysView,
        "account/authenticators/recovery-codes": CodesView,
        **({"auth/2fa/trust": TrustView} if client == Client.BROWSER else {}),
    }
    return [
        path(f"_allauth/{client.value}/v1/{where}", view.as_api_view(client=client)) for where, view in served.items()
    ]


urlpatterns = [*_patterns(Client.BROWSER), *_patterns(Client.APP)]
