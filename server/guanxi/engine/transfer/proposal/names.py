"""What the columns of a file may be called for each target: a field, or one part of an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.transfer.proposal.headers import synonyms, table, words

REFERENCES = frozenset({"ref", "refs", "about"})
"""Traits whose values are other records."""

SYSTEM_TARGETS = frozenset({"owner", "created_at"})
"""Fields of the engine itself that an import may set."""

EXTERNAL_ID = "external_id"
"""Key of the field that keeps another system's identifier, on every object that has one."""

_OF_TARGET = ("", " id", " name", " key", " code", "id", "名称", "编号", "姓名")


@dataclass(frozen=True, slots=True)
class Name:
    """One way to call a target, with the trust it deserves from 0 to 1."""

    target: str
    words: str
    trust: float


def names(snapshot: Snapshot, obj: Object) -> Iterator[Name]:
    """Every name of every target that an import may fill."""
    own_object = _object_words(obj)
    for field in importable(obj):
        spelled = _field_words(field)
        for word in spelled:
            yield Name(field.key, word, 1.0)
            for prefix in own_object:
                yield from (Name(field.key, joined, 0.92) for joined in _joined(prefix, word))
        for word in frozenset().union(*(synonyms("fields", word) for word in spelled)) - spelled:
            yield Name(field.key, word, 0.9)
            for prefix in own_object:
                yield from (Name(field.key, joined, 0.85) for joined in _joined(prefix, word))
        if field.key == EXTERNAL_ID:
            # References to this object in other files name its plain id, so it goes before any other identifier.
            yield from (Name(field.key, word, 1.1) for word in ("id", *(f"{prefix} id" for prefix in own_object)))
        if field.key == obj.title:
            yield from (Name(field.key, word, 0.88) for word in own_object)
        target = snapshot.objects.get(field.target or "")
        if field.kind.trait in REFERENCES and target is not None and target is not obj:
            for word in _object_words(target):
                yield from (Name(field.key, word + ending, 0.86) for ending in _OF_TARGET)
        yield from _parts(field)


def importable(obj: Object) -> list[Field]:
    """The fields that an import may write, the title first."""
    system = SYSTEM_TARGETS if obj.has_owner else SYSTEM_TARGETS - {"owner"}
    found = [
        field
        for field in obj.fields.values()
        if not field.kind.generated
        and field.kind.holds_value
        and (field.key in system or not (field.system or field.read_only or field.hidden))
    ]
    return sorted(found, key=lambda field: (field.key != obj.title, field.system, field.position))


def targets(snapshot: Snapshot, field: Field) -> list[Object]:
    """The objects that a reference may point at."""
    return [snapshot.object(str(key)) for key in field.settings.get("targets") or [field.target]]


def parts(field: Field) -> Mapping[str, Any]:
    """The parts of a field whose value is made of several (an address, an amount); empty for any other."""
    if field.kind.trait in REFERENCES:
        return {}
    schema = field.kind.json_schema(field)
    return schema.get("properties", {}) if schema.get("type") == "object" else {}


def _parts(field: Field) -> Iterator[Name]:
    if field.kind.trait != "text":
        return  # An amount's currency is told by the amount's own text more often than by a column.
    for part in parts(field):
        for word in synonyms("fields", words(part)):
            yield Name(f"{field.key}.{part}", word, 0.84)
            for prefix in table()["address_prefixes"]:
                yield from (Name(f"{field.key}.{part}", joined, 0.82) for joined in _joined(prefix, word))


def _field_words(field: Field) -> frozenset[str]:
    return frozenset({words(field.key), *(words(label) for label in field.label.values())} - {""})


def _object_words(obj: Object) -> frozenset[str]:
    spelled = {words(obj.key), *(words(text) for labels in (obj.label, obj.plural) for text in labels.values())}
    return frozenset().union(*(synonyms("objects", word) for word in spelled)) - {""}


def _joined(prefix: str, word: str) -> tuple[str, ...]:
    """``account`` and ``name`` as people and programs join them; Chinese words have no space between."""
    together = f"{prefix}{word}"
    return (f"{prefix} {word}", together) if prefix.isascii() and word.isascii() else (together,)
