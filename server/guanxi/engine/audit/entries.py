"""An entry of the audit log and its digest.

The digest of an entry is the SHA-256 of one line of JSON, in UTF-8, with keys sorted and without spaces:

    {"account":7,"agent":"...","at":"2026-11-28T08:15:00.123456Z","change_set":null,"details":{...},"ip":"203.0.113.7",
     "key":null,"kind":"export","member":"0190...","object":"company","prev":"<64 hexadecimal digits>","record":null,
     "seq":42,"session":"3f2a...","via":"ui","workspace":"ws_3"}

``at`` is UTC with six digits of a second; ids are in lower case with hyphens; what is not known is null. ``details`` hold
texts, whole numbers, truth values, nulls, lists and objects of these, nothing else. ``session`` is the beginning of the
SHA-256 of the session's key, which tells one session from another and opens none. ``prev`` is the digest of the entry
before; the first entry has 64 zeros. ``workspace`` is the name of the workspace's schema, so that no entry of one
workspace can stand in the chain of another. ``seq`` counts from 1 without a gap.
What was done with an API key or by an app has ``key_id`` besides, in its place between ``key`` and ``kind``; without one,
and in entries from before ids were kept, it is not there at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from guanxi.engine.context import Origin

BEGINNING = bytes(32)
"""What stands before the first entry."""
LARGEST_TEXT = 2000
"""Characters of one text in the details; what is longer is told by its beginning and its digest."""
LARGEST_LIST = 200
_SAFE_INTEGER = 2**53
NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be noted of a deed, before its place in the chain is known."""

    at: datetime
    kind: str
    member: UUID | None = None
    account: int | None = None
    via: str = "system"
    origin: Origin = NOWHERE
    change_set: UUID | None = None
    object: str | None = None
    record: UUID | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft with its place: its number, the digest of the entry before it, and its own."""

    seq: int
    draft: Draft
    prev: bytes
    hash: bytes


def placed(draft: Draft, workspace: str, seq: int, prev: bytes) -> Entry:
    """The entry that a draft becomes at a place in the chain of a workspace."""
    return Entry(seq, draft, prev, digest(draft, workspace, seq, prev))


def digest(draft: Draft, workspace: str, seq: int, prev: bytes) -> bytes:
    """The digest of an entry, as the head of this module writes it."""
    told = {
        "account": draft.account,
        "agent": draft.origin.agent,
        "at": draft.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "change_set": _id(draft.change_set),
        "details": draft.details,
        "ip": draft.origin.address,
        "key": draft.origin.key,
        "kind": draft.kind,
        "member": _id(draft.member),
        "object": draft.object,
        "prev": prev.hex(),
        "record": _id(draft.record),
        "seq": seq,
        "session": draft.origin.session,
        "via": draft.via,
        "workspace": workspace,
    }
    if draft.origin.key_id is not None:
        told["key_id"] = str(draft.origin.key_id)
    return sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).digest()


def plain(value: Any) -> Any:
    """A value as details may hold it: what has no exact form in JSON becomes text, what is too long is cut and counted."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and -_SAFE_INTEGER <= value <= _SAFE_INTEGER:
        return value
    if isinstance(value, Mapping):
        return {plain(str(key)): plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        found = [plain(one) for one in value[:LARGEST_LIST]]
        return found if len(value) <= LARGEST_LIST else [*found, f"… {len(value)}"]
    if isinstance(value, (set, frozenset)):
        return plain(sorted(value, key=str))
    text = value.isoformat() if isinstance(value, date) else str(value)
    return _kept(text)


def _kept(text: str) -> str:
    text = text.encode("utf-8", "replace").decode().replace("\x00", "")
    if len(text) <= LARGEST_TEXT:
        return text
    return f"{text[:LARGEST_TEXT]}… ({len(text)}, SHA-256 {sha256(text.encode()).hexdigest()})"


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def session_mark(session_key: str | None) -> str | None:
    """What tells the deeds of one session from those of others, without being a way into it."""
    return sha256(session_key.encode()).hexdigest()[:12] if session_key else None
