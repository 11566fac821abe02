"""Mail addresses and web addresses in one normal form."""

import re
from urllib.parse import urlsplit, urlunsplit

from guanxi.kit.folding import half_width

# The practical shape, not all of RFC 5322: no quoted local parts, no comments, no address literals.
_MAIL = re.compile(r"[^\s@\"(),:;<>\[\\\]]{1,64}@(?:[^\s@.\-][^\s@.]{0,62}\.)+[^\s@.\d][^\s@.]{1,62}")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*://")
_HOST = re.compile(r"(?:[^\s.\-/][^\s./]{0,62}\.)+[^\s.\d/][^\s./]{1,62}|localhost|\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]+")


class BadMail(ValueError):
    """The text cannot be a mail address."""


class BadUrl(ValueError):
    """The text cannot be a web address that is safe to open."""


def mail(text: str) -> str:
    """`Zhang.Wei@Example.COM` -> `zhang.wei@example.com`: the same mailbox in practice, so the same text."""
    address = half_width(text).strip().removeprefix("mailto:").lower()
    if not _MAIL.fullmatch(address) or ".." in address or len(address) > 254:
        raise BadMail(text)
    return address


def url(text: str) -> str:
    """`WWW.Example.com` -> `https://www.example.com`. Only http and https: other schemes can carry scripts."""
    plain = half_width(text).strip()
    if not _SCHEME.match(plain):
        plain = f"https://{plain}"
    try:
        parts = urlsplit(plain)
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise BadUrl(text) from error
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host) or re.search(r"\s", plain):
        raise BadUrl(text)
    path = "" if parts.path == "/" and not (parts.query or parts.fragment) else parts.path
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, parts.query, parts.fragment))
