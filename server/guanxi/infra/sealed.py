"""Secrets that have to be read again, such as a password towards another system: kept encrypted with the installation's key."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(Exception):
    """What is stored was written with another secret key of the installation."""


def seal(text: str, purpose: str) -> str:
    """The text as it may be stored; only the same installation reads it, and only for the same purpose."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text again; Unreadable after the installation's key was changed."""
    try:
        return _cipher(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _cipher(purpose: str) -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=purpose.encode()[:16]).digest()
    return Fernet(base64.urlsafe_b64encode(key))
