"""Browsers that an account knows: each has a secret of its own in a cookie, given out anew at every sign-in.

Who knows the password on such a browser is not kept waiting for what others got wrong elsewhere, and where its owner
said so, a sign-in needs no second factor for a while.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.core.internal.httpkit import is_headless_request
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guanxi.capabilities.identity.models import Account, Device
from guanxi.capabilities.identity.tokens import new_token, token_hash
from guanxi.infra.http.addresses import client_address

COOKIE = "guanxi_device"
KEPT = timedelta(days=365)
TRUSTED = timedelta(days=30)
_FRESH = "fresh_device_secret"


def known(request: HttpRequest, account: Account) -> Device | None:
    """The caller's browser as one in which this account has signed in before; None for any other."""
    secret = _secret(request)
    return Device.objects.filter(secret_hash=token_hash(secret), account=account).first() if secret else None


def signed_in(request: HttpRequest, account: Account) -> None:
    """Know the browser from now on. It is given a new secret, so that one put there by somebody else is worth nothing."""
    if is_headless_request(request) == "app":
        return
    now, old, fresh = timezone.now(), _secret(request), new_token()
    address = client_address(request)
    seen = {
        "user_agent": request.headers.get("User-Agent", "")[:200],
        "address": str(address) if address else None,
        "last_used_at": now,
    }
    device = known(request, account)
    if old:
        Device.objects.filter(secret_hash=token_hash(old)).update(secret_hash=token_hash(fresh))
    if device is None:
        Device.objects.create(account=account, secret_hash=token_hash(fresh), **seen)
    else:
        Device.objects.filter(pk=device.pk).update(**seen)
    setattr(request, _FRESH, fresh)


def trust(request: HttpRequest, account: Account) -> None:
    """Ask for no second factor in this browser for some time."""
    device = known(request, account)
    if device is not None:
        device.trusted_until = timezone.now() + TRUSTED
        device.save(update_fields=["trusted_until"])


def is_trusted(request: HttpRequest, account: Account) -> bool:
    """Whether the owner said of this browser, not long ago, that no second factor is needed here."""
    device = known(request, account)
    return device is not None and device.trusted_until is not None and device.trusted_until > timezone.now()


def forget_trust(account: Account) -> None:
    """Ask for the second factor everywhere again: after a change of the password or of the second factors."""
    Device.objects.filter(account=account).update(trusted_until=None)


def hand_out(request: HttpRequest, response: HttpResponse) -> None:
    """Put the new secret, if there is one, into the answer."""
    fresh = getattr(request, _FRESH, None)
    if fresh:
        response.set_cookie(
            COOKIE,
            fresh,
            max_age=KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def forget_old() -> None:
    """Delete browsers whose cookie has run out."""
    Device.objects.filter(last_used_at__lt=timezone.now() - KEPT).delete()


def _secret(request: HttpRequest) -> str:
    return getattr(request, _FRESH, None) or request.COOKIES.get(COOKIE, "")
