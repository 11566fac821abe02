"""Shapes of conversion over HTTP."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id


class Duplicate(TypedDict):
    """A record that is there already: in which fields it is like the lead, whose it is, and its company."""

    record: Reference
    why: list[str]
    owner: Reference | None
    company: Reference | None


class FoundDuplicates(TypedDict):
    """Records that are like a lead; `hidden` when there are others that the reader may not see."""

    candidates: list[Duplicate]
    hidden: bool


class LeadDuplicates(TypedDict):
    """What a lead may be converted into instead of something new; opportunities are those that are open."""

    companies: FoundDuplicates
    contacts: FoundDuplicates
    opportunities: FoundDuplicates


class MadeRecord(TypedDict):
    """A record that a conversion made."""

    object: str
    record: Reference


class StandsAgainst(TypedDict):
    """What stands against taking a conversion back; without a title when the reader may not see it."""

    object: str
    record: Reference
    reason: Literal["changed", "deleted", "used"]


class LeadReversal(TypedDict):
    """What reverting a conversion would delete, and what stands against it; `refused` says why it cannot be at all."""

    refused: str | None
    made: list[MadeRecord]
    against: list[StandsAgainst]


class MappedField(TypedDict):
    """A field that is filled, and the lead's field that it takes."""

    to: str
    source: str


class FieldChoice(TypedDict):
    """A field of what is made, and the fields of a lead that fit it."""

    key: str
    label: dict[str, str]
    sources: list[str]


class TargetMapping(TypedDict):
    """How one sort of record is filled; `id` and `rev` of the workspace's own mapping, null while the shipped one holds."""

    object: str
    id: Id | None
    rev: int | None
    fields: list[MappedField]
    shipped: list[MappedField]
    choices: list[FieldChoice]


class ConversionMappings(TypedDict):
    """The mappings of all that a lead becomes, and the fields of a lead by key."""

    mappings: list[TargetMapping]
    sources: dict[str, dict[str, str]]
