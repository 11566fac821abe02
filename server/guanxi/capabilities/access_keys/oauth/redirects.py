"""Where an app may have people sent back to: whole addresses, compared letter by letter. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

LONGEST = 500
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()+,;=%]+")
"""The letters of an address, without the star, which elsewhere stands for anything."""
_OWN_SCHEME = re.compile(r"[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+")
_LOOPBACK = re.compile(r"(http://(?:127\.0\.0\.1|\[::1\]))(?::[0-9]{1,5})?(/.*)?")


def problem_of(address: str) -> str | None:
    """Why an address cannot be registered, as the second half of a sentence's code; None when it can."""
    if not address or len(address) > LONGEST or not _PLAIN.fullmatch(address):
        return "unreadable"
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return "unreadable"
    if "#" in address:
        return "fragment"
    if "@" in parts.netloc:
        return "user"
    if parts.scheme == "https":
        return None if parts.hostname else "unreadable"
    if parts.scheme == "http":
        return None if _LOOPBACK.fullmatch(address) else "not_secure"
    # The apps of a phone or a desk own a scheme named after a domain; javascript: and data: are nobody's.
    return None if _OWN_SCHEME.fullmatch(parts.scheme) else "scheme"


def is_registered(address: str, registered: Iterable[str]) -> bool:
    """Whether exactly this address was registered. On this very machine a program may listen at any port."""
    loopback = _LOOPBACK.fullmatch(address)
    for one in registered:
        if address == one:
            return True
        known = _LOOPBACK.fullmatch(one)
        if loopback and known and loopback.group(1, 2) == known.group(1, 2):
            return problem_of(address) is None
    return False
