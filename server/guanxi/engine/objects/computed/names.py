"""What names in a formula mean: keys of fields, their labels while somebody writes, and how they are shown again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from guanxi.engine.objects.computed.problems import Span
from guanxi.engine.objects.model import Field, Object, Snapshot, label_text
from guanxi.kit.folding import fold

_PLAIN = re.compile(r"[^\W\d]\w*")
CONSTANTS = {"TRUE": True, "真": True, "FALSE": False, "假": False, "空": None}
_WORDS = frozenset(
    ["and", "or", "not", "in", "且", "或", "非", "并且", "或者", "属于", *(c.lower() for c in CONSTANTS)]
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in the text and what it means: as it is stored, and as it is shown in the language asked for."""

    span: Span
    canonical: str
    shown: str
    path: str = ""
    label: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Names:
    """How names are understood. ``lenient`` takes labels as well as keys; ``may`` says which objects may be named."""

    snapshot: Snapshot
    language: str = "zh-CN"
    lenient: bool = False
    may: Callable[[Object], bool] = field(default=lambda _: True)

    def find(self, obj: Object, name: str) -> Field | None:
        """The field that a name means on an object; a label means one when no other field has it."""
        found = obj.identity if name == "id" else obj.fields.get(name)
        if found is None and self.lenient:
            wanted = fold(name).strip()
            alike = [one for one in obj.fields.values() if wanted in map(fold, one.label.values())]
            found = alike[0] if len(alike) == 1 else None
        if found is None or found.state not in ("active", "creating"):
            return None
        return found

    def target(self, field_: Field) -> Object | None:
        """The object that a reference leads to, if it may be named."""
        found = self.snapshot.objects.get(field_.target or "")
        return found if found is not None and self.may(found) else None

    def shown(self, obj: Object, field_: Field) -> str:
        """The label as it can be written, in brackets where it must be; the key where the label would be ambiguous."""
        label = label_text(field_.label, self.language)
        folded = fold(label).strip()
        others = [one for one in obj.fields.values() if one.key != field_.key]
        if any(folded == fold(one.key) or folded in map(fold, one.label.values()) for one in others):
            return field_.key
        if _PLAIN.fullmatch(label) and folded not in _WORDS:
            return label
        return field_.key if not label.strip() or re.search(r"[\[\]\n]", label) else f"[{label.strip()}]"


def rewritten(text: str, changes: list[tuple[Span, str]]) -> str:
    """The text with stretches replaced."""
    out, at = [], 0
    for span, new in sorted(changes, key=lambda change: change[0].start):
        out += [text[at : span.start], new]
        at = span.end
    return "".join([*out, text[at:]])
