"""Reading a mailbox over IMAP: a few commands of the standard library's client, on connections to checked addresses alone.

Only reading: the mailbox is opened so that nothing in it is changed, not even whether a mail was read.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from guanxi.infra.errors import Refusal
from guanxi.infra.http.outbound import NotReached, reach

SECONDS = 30
LARGEST = 25_000_000
"""Bytes of a mail that are read; of a larger one the beginning."""
SLACK = 100_000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_NUMBERS = re.compile(rb"\d+")


class NotRead(Refusal):
    """The mailbox could not be read; ``code`` says why, and its sentence what to do."""

    status = 422


@dataclass(frozen=True)
class Address:
    """Where a mailbox is and who reads it."""

    host: str
    port: int
    security: str
    """``tls`` from the first byte, ``starttls``, or ``none``, which only development knows."""
    user: str
    password: str
    folder: str = "INBOX"


@dataclass(frozen=True)
class Fetched:
    """A mail: its bytes, as far as they were read, and when it arrived."""

    raw: bytes
    arrived: datetime
    whole: bool


class _Client(imaplib.IMAP4):
    """The library's client on a connection that was made elsewhere, which reads no more at once than a mail may have."""

    def __init__(self, host: str, port: int, connection: socket.socket) -> None:
        self._made = connection
        super().__init__(host, port, SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self._made

    def read(self, size: int) -> bytes:
        """So many bytes, unless they are more than anything that was asked for has."""
        if size > LARGEST + SLACK:
            raise self.abort("too much")
        return super().read(size)


class Session:
    """A mailbox that was opened."""

    def __init__(self, client: imaplib.IMAP4, validity: int, following: int) -> None:
        self._client = client
        self.validity = validity
        """Another number than before means that the numbers of all mails are others."""
        self.following = following
        """The number that the next mail will have, or one below it."""

    def after(self, uid: int) -> list[int]:
        """The numbers of mails above one, in order."""
        return [one for one in self._search(f"UID {uid + 1}:*") if one > uid]  # the last one is always among them

    def since(self, day: date) -> list[int]:
        """The numbers of mails that arrived on a day or later."""
        return self._search(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")

    def _search(self, what: str) -> list[int]:
        with _in_words():
            found = _ok(self._client.uid("SEARCH", what))
        return sorted({int(one) for line in found if isinstance(line, bytes) for one in _NUMBERS.findall(line)})

    def fetch(self, uid: int) -> Fetched | None:
        """One mail; None when it is not there any more."""
        with _in_words():
            lines = _ok(self._client.uid("FETCH", str(uid), f"(RFC822.SIZE INTERNALDATE BODY.PEEK[]<0.{LARGEST}>)"))
        parts = [one for one in lines if isinstance(one, tuple) and len(one) == 2]
        if not parts:
            return None
        said = b" ".join([parts[0][0], *(one for one in lines if isinstance(one, bytes))])
        size = _SIZE.search(said)
        raw = parts[0][1]
        return Fetched(raw, _arrived(said), size is None or int(size[1]) <= len(raw))


def _arrived(said: bytes) -> datetime:
    try:
        moment = imaplib.Internaldate2tuple(said)
        return datetime.fromtimestamp(time.mktime(moment), UTC) if moment else datetime.now(UTC)
    except (ValueError, OverflowError):
        return datetime.now(UTC)


@contextmanager
def opened(address: Address) -> Iterator[Session]:
    """The mailbox, opened for reading; NotRead or NotReached when it cannot be."""
    with _in_words(address.host):
        client = _connected(address)
        try:
            try:
                client.login(address.user, address.password)
            except imaplib.IMAP4.error as error:
                if isinstance(error, imaplib.IMAP4.abort):
                    raise
                raise NotRead("mailbox.not_let_in", {"host": address.host, "reason": _said(error)}) from error
            try:
                _ok(client.select(_quoted(address.folder), readonly=True))
            except imaplib.IMAP4.error as error:
                if isinstance(error, imaplib.IMAP4.abort):
                    raise
                raise NotRead("mailbox.no_folder", {"folder": address.folder}) from error
            yield Session(client, _number(client, "UIDVALIDITY"), _number(client, "UIDNEXT"))
        finally:
            _leave(client)


def _connected(address: Address) -> imaplib.IMAP4:
    plain = reach(address.host, address.port, SECONDS)
    try:
        made = _context().wrap_socket(plain, server_hostname=address.host) if address.security == "tls" else plain
        client = _Client(address.host, address.port, made)
        if address.security == "starttls":
            client.starttls(_context())
    except BaseException:
        plain.close()
        raise
    return client


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


@contextmanager
def _in_words(host: str = "") -> Iterator[None]:
    """What goes wrong on the way as something that can be told."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise NotRead("mailbox.bad_certificate", {"host": host, "reason": error.verify_message[:200]}) from error
    except (imaplib.IMAP4.error, OSError, EOFError, ValueError) as error:
        raise NotRead("mailbox.no_answer", {"host": host, "reason": _said(error)}) from error


def _leave(client: imaplib.IMAP4) -> None:
    try:
        client.logout()
    except (imaplib.IMAP4.error, OSError):
        client.shutdown()


def _ok(answer: tuple[str, list]) -> list:  # type: ignore[type-arg]
    kind, lines = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(b" ".join(one for one in lines if isinstance(one, bytes)).decode(errors="replace"))
    return lines


def _number(client: imaplib.IMAP4, name: str) -> int:
    _, found = client.response(name)
    texts = [one for one in found or () if isinstance(one, bytes)]
    numbers = _NUMBERS.findall(texts[-1]) if texts else []
    return int(numbers[0]) if numbers else 0


def _quoted(folder: str) -> str:
    """A folder's name as IMAP has it: modified UTF-7, in quotes."""
    return '"' + _utf7(folder).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(text: str) -> str:
    """Runs of letters beyond ASCII in UTF-7 with ``&`` and ``,`` (RFC 3501, 5.1.3)."""
    found = []
    for run in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", text):
        if run.isascii() and run.isprintable():
            found.append(run.replace("&", "&-"))
        else:
            found.append("&" + run.encode("utf-7")[1:].rstrip(b"-").replace(b"/", b",").decode() + "-")
    return "".join(found)


def _said(error: BaseException) -> str:
    text = str(error.args[0].decode(errors="replace") if error.args and isinstance(error.args[0], bytes) else error)
    return re.sub(r"^b['\"](.*)['\"]$", r"\1", text)[:200].rstrip(". ") or type(error).__name__


__all__ = ["Address", "Fetched", "NotReached", "NotRead", "Session", "opened"]
