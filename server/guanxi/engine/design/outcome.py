"""What a change of the configuration does, or would do: in words, with the data it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.engine.design.conversions import ConversionPreview
from guanxi.engine.objects.model import Labels
from guanxi.infra.http.shapes import Id
from guanxi.infra.i18n import sentence


class DesignSentence(TypedDict):
    """A sentence with its code; ``count`` is the number of records or values concerned."""

    code: str
    params: dict[str, Any]
    text: str
    count: int


class DesignDependent(TypedDict):
    """Something that rests on an object or field; ``blocking`` is what has to change first."""

    type: str
    object: str
    id: str
    key: str
    label: dict[str, str]
    blocking: bool


class DesignOutcome(TypedDict):
    """The outcome as the API answers it."""

    version: int
    change: Id | None
    preview: bool
    created: list[Id]
    objects: list[str]
    plan: list[DesignSentence]
    impact: list[DesignSentence]
    dependents: list[DesignDependent]
    conversion: ConversionPreview | None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence to be: its code and what is filled in."""

    code: str
    params: Mapping[str, Any]

    def to_json(self, language: str) -> DesignSentence:
        """The sentence in a language; labels among the parameters are told in it."""
        told = {name: _told(value, language) for name, value in self.params.items()}
        count = self.params.get("count", 0)
        return {"code": self.code, "params": told, "text": sentence(self.code, told, language), "count": count}


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that rests on an object or field. With ``blocking`` the change is refused while it is there."""

    type: str
    object: str
    id: str
    key: str
    label: Labels
    blocking: bool = False

    def to_json(self) -> DesignDependent:
        """The dependent as the API answers it."""
        return {
            "type": self.type, "object": self.object, "id": self.id, "key": self.key, "label": dict(self.label),
            "blocking": self.blocking,
        }  # fmt: skip


@dataclass
class Outcome:
    """What was done (or, in a preview, what would be): the version it made, its place in the log, and its effects."""

    version: int = 0
    change: UUID | None = None
    preview: bool = False
    created: list[str] = field(default_factory=list)
    """Ids of what was made, in the order of the changes."""
    objects: list[str] = field(default_factory=list)
    """Keys of the objects that were made or changed."""
    plan: list[Said] = field(default_factory=list)
    impact: list[Said] = field(default_factory=list)
    dependents: list[Dependent] = field(default_factory=list)
    conversion: ConversionPreview | None = None
    """What becomes of the values of a field that is converted (of the last one, when there are several)."""

    def to_json(self, language: str) -> DesignOutcome:
        """The outcome as the API answers it."""
        return {
            "version": self.version,
            "change": str(self.change) if self.change else None,
            "preview": self.preview,
            "created": self.created,
            "objects": self.objects,
            "plan": [one.to_json(language) for one in self.plan],
            "impact": [one.to_json(language) for one in self.impact],
            "dependents": [one.to_json() for one in self.dependents],
            "conversion": self.conversion,
        }


def _told(value: Any, language: str) -> Any:
    if isinstance(value, Mapping) and "zh-CN" in value:
        return value.get(language) or value["zh-CN"]
    return value
