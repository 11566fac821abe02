"""The log of calls: what a key or an app asked for, when, from where, and how it was answered."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from guanxi.capabilities.access_keys.models import AccessKey, Grant
from guanxi.infra.database.cursor import cursor
from guanxi.infra.http.addresses import client_address

Credential = AccessKey | Grant

KEPT = timedelta(days=90)
USE_NOTED_EVERY = timedelta(minutes=1)
_LONGEST_PATH = 300

# The log may lose its last moments when the machine dies; a call does not wait for the disk because of it.
_WRITE = (
    "WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)) "
    "INSERT INTO access_keys_call (key_id, grant_id, at, method, path, status, address) "
    "SELECT $1, $2, $3, $4, $5, $6, $7::inet FROM quick"
)


def note(request: HttpRequest, credential: Credential, status: int) -> None:
    """Write one call to the log of its key or app, and its moment to the key or app itself once a minute."""
    now, address = timezone.now(), client_address(request)
    is_key = isinstance(credential, AccessKey)
    key, grant = (credential.pk, None) if is_key else (None, credential.pk)
    path = request.path[:_LONGEST_PATH]
    cursor().execute(_WRITE, [key, grant, now, request.method, path, status, str(address) if address else None])
    used = credential.last_used_at
    if used is None or now - used >= USE_NOTED_EVERY:
        kept = type(credential).objects.filter(pk=credential.pk)
        kept.update(last_used_at=now, last_used_from=str(address) if address else None)
