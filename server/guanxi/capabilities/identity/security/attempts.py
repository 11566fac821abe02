"""Limits on guessing that nobody can use to lock somebody else out.

What failed is counted under a key: a device that the account knows has its own, all others share one for the account
and the place they come from. After a few failures the key has to wait, each time twice as long. A guess is counted
before it is judged, so that guesses sent at once are not judged for free; a right one is taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from guanxi.capabilities.identity.errors import TooManyAttempts
from guanxi.capabilities.identity.models import Account, Attempts
from guanxi.capabilities.identity.security import devices
from guanxi.infra.http.addresses import client_address, neighbourhood

FREE = 5
"""Mistakes that cost nothing: people mistype."""
FREE_AT_PLACE = 50
"""Mistakes of all accounts at one place: at nine in the morning a whole office signs in behind one address."""
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN = timedelta(hours=24)
"""So long after the last mistake the count begins anew."""


@dataclass(frozen=True, slots=True)
class Key:
    """What mistakes are counted under, how many of them are free, and whether a right guess wipes them out."""

    name: str
    free: int = FREE
    wiped: bool = True

    @property
    def hash(self) -> str:
        """How it is stored: no addresses of people or machines."""
        return hashlib.sha256(self.name.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess that counts as wrong until it is said to be right."""

    keys: Sequence[Key]
    failures: int
    """Mistakes in a row under the first key, this one included."""

    def was_right(self) -> None:
        """Take the guess back, and forget the mistakes that only this person can have made."""
        for key in self.keys:
            rows = Attempts.objects.filter(key=key.hash)
            if key.wiped:
                rows.delete()
            else:
                with transaction.atomic():
                    for row in rows.select_for_update().filter(failures__gt=0):
                        row.failures -= 1
                        row.waits_until = None if row.failures < key.free else row.waits_until
                        row.save(update_fields=["failures", "waits_until"])


def password_keys(request: HttpRequest, email: str) -> list[Key]:
    """Where a wrong password for an address is counted; whether anybody has the address makes no difference."""
    account = Account.objects.by_email(email)
    device = devices.known(request, account) if account else None
    if device is not None:
        return [Key(f"password device {device.pk}")]
    place = neighbourhood(client_address(request))
    return [Key(f"password {email.strip().lower()} from {place}"), Key(f"from {place}", FREE_AT_PLACE, wiped=False)]


def code_keys(request: HttpRequest, account: Account) -> list[Key]:
    """Where a wrong code of a second factor is counted. Codes are short, so all unknown devices share one key:

    whoever gets that far knows the password, and the owner's devices are not among them.
    """
    device = devices.known(request, account)
    return [Key(f"code device {device.pk}" if device else f"code account {account.pk}")]


def guess(keys: Sequence[Key]) -> Guess:
    """Count a guess; TooManyAttempts, with the minutes to wait, when one of the keys has to wait."""
    now = timezone.now()
    with transaction.atomic():
        # Always in one order, so that two guesses never wait for each other.
        rows = {key: _row(key, now) for key in sorted(keys, key=lambda one: one.hash)}
        waits = max((row.waits_until for row in rows.values() if row.waits_until), default=now)
        if waits > now:
            raise TooManyAttempts(waits - now)
        for key, row in rows.items():
            row.failures += 1
            row.last_at = now
            row.waits_until = now + wait if (wait := wait_after(row.failures - key.free)) else None
            row.save()
    return Guess(keys, rows[keys[0]].failures)


def forget(keys: Sequence[Key]) -> None:
    """Begin anew for somebody who has proved otherwise to be the owner."""
    Attempts.objects.filter(key__in=[key.hash for key in keys if key.wiped]).delete()


def wait_after(beyond: int) -> timedelta | None:
    """How long a key waits that has made so many mistakes beyond the free ones."""
    if beyond < 0:
        return None
    return min(FIRST_WAIT * 2 ** min(beyond, 20), LONGEST_WAIT)


def forget_old(now: datetime) -> None:
    """Delete what no longer counts."""
    Attempts.objects.filter(last_at__lt=now - FORGOTTEN).delete()


def _row(key: Key, now: datetime) -> Attempts:
    Attempts.objects.bulk_create([Attempts(key=key.hash, last_at=now)], ignore_conflicts=True)
    row = Attempts.objects.select_for_update().get(key=key.hash)
    if row.last_at < now - FORGOTTEN:
        row.failures, row.waits_until = 0, None
    return row
