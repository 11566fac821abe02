"""Secrets that travel in letters: made once, kept only as a hash."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored and looked up; the token itself cannot be won back from it.

    A plain hash is enough: the token is random and long, so there is nothing to guess.
    """
    return hashlib.sha256(token.encode()).hexdigest()
