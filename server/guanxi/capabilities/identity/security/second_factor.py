"""The second factor of an account: whether there is one, what is kept of it and how, and what follows when it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from guanxi.capabilities.identity.errors import LastSecondFactor, SecondFactorUnreadable
from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.identity.security import devices
from guanxi.infra.database.lookup import lookup
from guanxi.infra.sealed import Unreadable, seal, unseal

PRODUCT = "Guanxi"
_PURPOSE = "second factor"
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one."""
_find = lookup(Authenticator, "WHERE t.user_id = $1 AND t.type IN ('totp', 'webauthn') LIMIT 1")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are stored encrypted, and passkeys belong to the address that people type, whatever a request claims."""

    def encrypt(self, text: str) -> str:
        """The text as it is stored: a copy of the database alone opens no second factor."""
        return seal(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """What was stored; SecondFactorUnreadable when it was stored under another secret key."""
        try:
            return unseal(encrypted_text, _PURPOSE)
        except Unreadable:
            raise SecondFactorUnreadable from None

    def get_totp_issuer(self) -> str:
        """Under what name the app on the telephone lists the codes: there may be several installations."""
        host = urlsplit(settings.PUBLIC_URL).hostname or ""
        return f"{PRODUCT} ({host})"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom passkeys are made for."""
        return {"id": urlsplit(settings.PUBLIC_URL).hostname or "", "name": PRODUCT}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 - as allauth names it
        """A name for a passkey that was given none."""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


def is_set_up(account_id: int) -> bool:
    """Whether the account has a second factor; asked with every request of those who must have one."""
    return _find(account_id) is not None


@dataclass(frozen=True, slots=True)
class Ways:
    """Kinds and numbers of an account's second factors."""

    app: bool
    passkeys: int
    recovery_codes: int


def told(account: Account) -> Ways:
    """What somebody else may know of an account's second factors."""
    kinds = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    return Ways(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        recovery_codes=_recovery_codes(account),
    )


def _recovery_codes(account: Account) -> int:
    """How many are left. Those stored under another secret key open nothing, and must not be in the way of a reset."""
    found = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).first()
    try:
        return len(found.wrap().get_unused_codes()) if found else 0
    except SecondFactorUnreadable:
        return 0


def added(request: HttpRequest, account: Account, *, first: bool) -> None:
    """A second factor was added. With the first one, every session that began without any ends, save this one."""
    devices.forget_trust(account)
    if first:
        end_other_sessions(request, account)


def check_removal(account: Account, leaving: Iterable[Authenticator], *, required: bool) -> None:
    """LastSecondFactor when nothing would be left to somebody who must have one."""
    left = Authenticator.objects.filter(user=account, type__in=REAL).exclude(pk__in=[one.pk for one in leaving])
    if required and not left.exists():
        raise LastSecondFactor


def reset(account: Account) -> None:
    """Take every second factor away, for somebody who lost them: the next sign-in needs the password alone."""
    Authenticator.objects.filter(user=account).delete()
    devices.forget_trust(account)
