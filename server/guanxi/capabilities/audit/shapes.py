"""Shapes of the audit log over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant


class AuditFact(TypedDict):
    """One detail of an entry, in words."""

    key: str
    label: str
    text: str


class AuditItem(TypedDict):
    """A deed. Entries of the log have a number and a digest; a `change` is a change set, whose rows are sealed in blocks.

    `says` tells it in a sentence; a record or person that the reader may not see stays unnamed.
    """

    id: str
    seq: int | None
    at: Instant
    kind: str
    label: str
    says: str
    by: Reference | None
    via: str
    ip: str | None
    agent: str | None
    session: str | None
    key: str | None
    key_id: Id | None
    object: str | None
    record: Reference | None
    change_set: Id | None
    facts: list[AuditFact]
    hash: str | None


class AuditPage(TypedDict):
    """Deeds, latest first."""

    items: list[AuditItem]
    next_cursor: str | None


class AuditWanted(TypedDict, total=False):
    """What is looked for. `kinds` are keys with commas between them; without them the sealing of changes is left out.
    `since` is included, `until` is not; `ip` is the beginning of an address, `key` the name that an API key or app had, `key_id` is the
    key or app itself, whatever it was called; with both, `key` finds what was done before ids were kept."""

    kinds: str
    member: Id
    object: str
    record: Id
    since: Instant
    until: Instant
    ip: str
    key: str
    key_id: Id


class AuditParameters(AuditWanted, total=False):
    """What is looked for, and where the page begins."""

    limit: int
    cursor: str


class AuditKind(TypedDict):
    """A kind of deed."""

    key: str
    group: Literal["sign_in", "data", "rights", "settings", "audit"]
    label: str


class AuditBreak(TypedDict):
    """Something that is not as it was written; `place` is the number of the entry where that shows."""

    code: str
    place: int
    params: dict[str, Any]
    says: str


class AuditVerdict(TypedDict):
    """What going over the log found: the first breaks in the order of the chain, and how many in all."""

    at: Instant
    by: Reference | None
    entries: int
    changes: int
    waiting: int
    seq: int
    hash: str
    broken: int
    breaks: list[AuditBreak]


class AuditState(TypedDict):
    """The kinds that can be looked for, whether the log is being gone over, and what that found the last time."""

    kinds: list[AuditKind]
    running: bool
    last: AuditVerdict | None


class AuditedChange(TypedDict):
    """One record of a change set; its object and the names of its fields, as far as the reader may know of them."""

    object: str | None
    object_label: str
    record: Reference
    op: Literal["create", "update", "delete", "restore", "share", "reveal"]
    fields: list[str]
    at: Instant


class AuditedChanges(TypedDict):
    """The first records of a change set, and how many it wrote in all."""

    changes: list[AuditedChange]
    more: bool
