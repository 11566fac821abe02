"""Requests to addresses that an administrator typed: never to this machine or its network unless the operator says so.

The name is resolved once, every address it has is checked, and the connection goes to a checked one, so that a name
cannot answer differently the second time. Redirects are not followed, answers have a limit, and all of it a time.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from guanxi.infra.errors import Refusal

SECONDS = 10
LARGEST = 1_000_000


class NotReached(Refusal):
    """The other system may not be asked, does not answer, or answers what cannot be used; `code` says which."""

    status = 422


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other system answered."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in lower case; of several of one name the last."""


def check_address(address: str) -> None:
    """NotReached for an address that is never asked: anything but https, outside of development."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise NotReached("outbound.not_an_address", {"address": address[:200]}) from None
    schemes = {"https", "http"} if settings.OUTBOUND_LOOPBACK else {"https"}
    if parts.scheme not in schemes:
        raise NotReached("outbound.not_secure", {"address": address[:200]})
    if not parts.hostname or parts.username is not None or parts.fragment or any(ord(c) <= 32 for c in address):
        raise NotReached("outbound.not_an_address", {"address": address[:200]})


def fetch(
    address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Answer:
    """Ask another system; NotReached when it may not be asked or does not answer properly. Any status is an answer."""
    check_address(address)
    parts = urlsplit(address)
    host, secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = _Pinned(host, port, _checked(host, port), secure=secure)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(
            method, target, body, {"User-Agent": "Guanxi", "Accept-Encoding": "identity", **(headers or {})}
        )
        answer = connection.getresponse()
        content = _read(answer)
    except (OSError, http.client.HTTPException) as error:
        raise NotReached("outbound.no_answer", {"host": host, "reason": _reason(error)}) from error
    finally:
        connection.close()
    if len(content) > LARGEST:
        raise NotReached("outbound.too_large", {"host": host})
    return Answer(answer.status, content, {name.lower(): value for name, value in answer.getheaders()})


def reach(host: str, port: int, seconds: float = SECONDS) -> socket.socket:
    """A connection to another system that speaks something else than HTTP, under the same rule; NotReached without one."""
    family, number = _checked(host, port)
    connection = socket.socket(family, socket.SOCK_STREAM)
    connection.settimeout(seconds)
    try:
        connection.connect((number, port))
    except OSError as error:
        connection.close()
        raise NotReached("outbound.no_answer", {"host": host, "reason": _reason(error)}) from error
    return connection


def may_be_asked(address: str) -> bool:
    """Whether a resolved address lies outside of this machine and its network, or the operator opened those."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    if found.is_loopback:
        return bool(settings.OUTBOUND_LOOPBACK)
    if found.is_link_local or found.is_multicast or found.is_unspecified or found.is_reserved:
        return False
    return bool(found.is_global or (settings.OUTBOUND_INTERNAL and found.is_private))


def _checked(host: str, port: int) -> tuple[int, str]:
    """Family and number of an address of the host; each that the name has must be one that may be asked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotReached("outbound.unknown_host", {"host": host}) from error
    for _, _, _, _, place in found:
        if not may_be_asked(str(place[0])):
            raise NotReached("outbound.internal", {"host": host, "setting": "GUANXI_OUTBOUND_INTERNAL"})
    family, _, _, _, place = found[0]
    return family, str(place[0])


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, in the name of its host."""

    def __init__(self, host: str, port: int, to: tuple[int, str], *, secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._to, self._secure = to, secure
        if secure:
            self.default_port = 443

    def connect(self) -> None:
        """Connect where the check pointed to; TLS is held against the host's name."""
        family, number = self._to
        plain = socket.socket(family, socket.SOCK_STREAM)
        plain.settimeout(SECONDS)
        plain.connect((number, self.port))
        self.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if self._secure else plain
        )


def _read(answer: http.client.HTTPResponse) -> bytes:
    """The body, up to one byte more than may be; TimeoutError for one that comes drop by drop."""
    end, content = time.monotonic() + 2 * SECONDS, b""
    while len(content) <= LARGEST:
        part = answer.read1(65_536)
        if not part:
            return content
        content += part
        if time.monotonic() > end:
            raise TimeoutError("timed out")
    return content


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error or type(error).__name__)[:200]
