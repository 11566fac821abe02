"""A mail as it came over the wire, read into what a message holds: whatever is broken in it, and in whatever charset.

Pure: bytes in, values out. Nothing in a mail is trusted: HTML is cleaned where it is stored, names are cut, and what is too
large or too many is left out and named.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses, parsedate_to_datetime
from html import unescape

SAME = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "euc-cn": "gb18030", "cp936": "gb18030",
        "ks_c_5601-1987": "cp949", "iso-8859-8-i": "iso-8859-8", "unicode-1-1-utf-7": "utf-7"}  # fmt: skip
"""Charsets under names that Python does not know, and those of which mails use more than the name allows."""
GUESSES = ("utf-8", "gb18030", "cp1252")
MOST_PARTS, MOST_FILES, MOST_ADDRESSES = 500, 50, 200
TEXT_LENGTH, HTML_LENGTH = 100_000, 400_000
SUBJECT_LENGTH, NAME_LENGTH, ADDRESS_LENGTH, ID_LENGTH = 500, 120, 320, 500
TOMORROW = timedelta(days=2)
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_ID = re.compile(r"<[^<>\s]+>")
_TAG = re.compile(r"<(script|style|head|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6]|blockquote)\s*>", re.IGNORECASE)
_LOOSE = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_ANY_TAG = re.compile(r"<[^>]{0,2000}>")


@dataclass(frozen=True)
class Attached:
    """A file that came with a mail."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail as people and programs understand it. ``key`` is the same for every copy of it."""

    key: str
    message_id: str | None
    subject: str
    sender: tuple[str, str]
    """Name and address; the name is never empty where there is an address."""
    to: Sequence[tuple[str, str]]
    cc: Sequence[tuple[str, str]]
    sent_at: datetime
    in_reply_to: str | None
    references: Sequence[str]
    text: str
    html: str | None
    files: Sequence[Attached] = ()
    left_out: Sequence[str] = field(default_factory=list)
    is_automatic: bool = False


def read(raw: bytes, arrived: datetime, *, whole: bool = True) -> Letter:
    """The mail; ``arrived`` stands for a date that is missing or cannot be, ``whole`` says whether all of it is here."""
    message = message_from_bytes(raw, policy=policy.compat32)
    message_id = _ids(_header(message, "Message-ID"))[:1]
    parts = _Parts()
    parts.gather(message)
    sender = (_addresses(message, "From") or _addresses(message, "Sender") or [("", "")])[0]
    references = _ids(_header(message, "References"))
    replies = _ids(_header(message, "In-Reply-To"))[:1] or references[-1:]
    left_out = [*parts.left_out, *([] if whole else ["…"])]
    text = parts.text if parts.text is not None else words_of(parts.html or "")
    if len(text) > TEXT_LENGTH:
        text = text[: TEXT_LENGTH - 1] + "…"
        left_out.append("text")
    html = parts.html
    if html is not None and len(html) > HTML_LENGTH:
        html = None
        left_out.append("html")
    subject = _clean(_header(message, "Subject"))[:SUBJECT_LENGTH]
    return Letter(
        key=(message_id or [hashlib.sha256(raw).hexdigest()])[0],
        message_id=(message_id or [None])[0],
        subject=subject or next((line for line in text.splitlines() if line.strip()), "")[:80],
        sender=sender,
        to=_addresses(message, "To"),
        cc=_addresses(message, "Cc"),
        sent_at=_sent(message, arrived),
        in_reply_to=(replies or [None])[0],
        references=references,
        text=text,
        html=html,
        files=parts.files,
        left_out=left_out,
        is_automatic=_is_automatic(message),
    )


class _Parts:
    """The parts of a mail, sorted into its text, its HTML and files."""

    def __init__(self) -> None:
        self.text: str | None = None
        self.html: str | None = None
        self.files: list[Attached] = []
        self.left_out: list[str] = []

    def gather(self, message: Message) -> None:
        """Go through all parts; mails within the mail are files."""
        for number, part in enumerate(_leaves(message)):
            if number >= MOST_PARTS:
                self.left_out.append("…")
                return
            kind = part.get_content_type()
            name = _file_name(part)
            attached = _header(part, "Content-Disposition").strip().lower().startswith("attachment")
            if kind == "text/plain" and not attached and not name and self.text is None:
                self.text = _decoded(part)
            elif kind == "text/html" and not attached and not name and self.html is None:
                self.html = _decoded(part)
            elif kind in ("text/plain", "text/html") and not attached and not name:
                self._more(kind, _decoded(part))
            else:
                self._keep(part, kind, name)

    def _more(self, kind: str, text: str) -> None:
        """A second text of a kind follows the first one."""
        if kind == "text/plain" and self.text is not None:
            self.text = f"{self.text}\n{text}"
        elif self.html is not None:
            self.html = f"{self.html}<hr>{text}"

    def _keep(self, part: Message, kind: str, name: str) -> None:
        content = _content(part)
        given = name or f"{kind.replace('/', '.')}{'.eml' if kind == 'message/rfc822' else ''}"
        if len(self.files) >= MOST_FILES:
            self.left_out.append(given)
        elif content:
            self.files.append(Attached(given, kind, content))


def _leaves(message: Message) -> Iterator[Message]:
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop(0)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting[:0] = [one for one in inner if isinstance(one, Message)]
        else:
            yield part


def _content(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n".join(one.as_bytes() for one in inner if isinstance(one, Message))
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _decoded(part: Message) -> str:
    return _clean_text(decoded(_content(part), part.get_content_charset()))


def decoded(raw: bytes, charset: str | None) -> str:
    """Text in the charset that it claims, or in one that fits; never fails."""
    claimed = SAME.get(str(charset or "").strip("\"' ").lower(), charset)
    for one in (claimed, *GUESSES):
        if not one or (one == claimed and one.lower() in ("us-ascii", "ascii", "8bit", "unknown-8bit")):
            continue
        try:
            return raw.decode(one)
        except (LookupError, UnicodeError, ValueError):
            continue
    for one in (claimed, "utf-8"):
        try:
            return raw.decode(one or "utf-8", "replace")
        except (LookupError, ValueError):
            continue
    return raw.decode("latin-1")


def _raws(message: Message, name: str) -> list[str]:
    """Headers of a name as text; bytes beyond ASCII, which mails must not have and do, are taken for what they may be."""
    found = [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]
    return [decoded(one.encode("utf-8", "surrogateescape"), None) if not one.isascii() else one for one in found]


def _header(message: Message, name: str) -> str:
    """A header in words; encoded ones are put together before they are decoded, as letters may be cut in two."""
    return "".join(_spoken(one) for one in _raws(message, name)[:1])


def _spoken(raw: str) -> str:
    try:
        pieces = decode_header(raw)
    except (MessageError, ValueError):
        return raw
    found = [decoded(text, charset) if isinstance(text, bytes) else text for text, charset in pieces]
    return re.sub(r"\s*[\r\n]+\s*", " ", "".join(found))


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    lines = [re.sub(r"[\r\n]+\s*", " ", one) for one in _raws(message, name)]
    named = [one for one in getaddresses(lines) if "@" in one[1]] or [
        ("", one) for one in _LOOSE.findall(" ".join(lines))
    ]
    found = []
    for spoken, address in named[:MOST_ADDRESSES]:
        bare = _clean(address).lower()[:ADDRESS_LENGTH]
        found.append((_clean(_spoken(spoken))[:NAME_LENGTH] or bare.partition("@")[0][:NAME_LENGTH], bare))
    return found


def _file_name(part: Message) -> str:
    named = Message()
    for name in ("Content-Type", "Content-Disposition"):
        for one in _raws(part, name)[:1]:
            named[name] = re.sub(r"[\r\n]+\s*", " ", one)
    try:
        given = named.get_filename()
        return _clean(_spoken(collapse_rfc2231_value(given))) if given else ""
    except (MessageError, ValueError, LookupError, TypeError):
        return "file"


def _ids(text: str) -> list[str]:
    return [one for one in _ID.findall(text) if len(one) <= ID_LENGTH]


def _sent(message: Message, arrived: datetime) -> datetime:
    try:
        found = parsedate_to_datetime(_header(message, "Date"))
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return arrived
    return found if found.year >= 1980 and found <= arrived + TOMORROW else arrived


def _is_automatic(message: Message) -> bool:
    """As RFC 3834 and the lists of RFC 2919 say it, and bounces."""
    submitted = _header(message, "Auto-Submitted").split(";")[0].strip().lower()
    return (
        submitted not in ("", "no")
        or _header(message, "Precedence").strip().lower() in ("bulk", "list", "junk", "auto_reply")
        or message.get("List-Id") is not None
        or message.get("List-Unsubscribe") is not None
        or _header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
    )


def words_of(html: str) -> str:
    """What a reader of HTML sees, roughly: for a mail that has no text of its own."""
    text = _ANY_TAG.sub("", _BREAK.sub("\n", _TAG.sub("", html)))
    lines = (" ".join(line.split()) for line in unescape(text).replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)


def _clean(text: str) -> str:
    return _HIDDEN.sub("", text.replace("\r", " ").replace("\n", " ").replace("\t", " ")).strip()


def _clean_text(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").replace("\r", "\n").strip()
