"""Flows to begin with: shipped by areas as files, made into drafts of the workspace in the language of whoever asks.

A file is a definition in TOML with ``key``, ``name``, ``description``, ``kind`` and ``position``. A table with both
languages is text in the caller's. ``{ "$department" = ["法务", "Legal"] }`` is a department whose name has one of the
words in it; people who cannot be found so are left out, and chosen by whoever publishes the flow.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import NotFound
from guanxi.infra.http.shapes import Id

LANGUAGES = ("zh-CN", "en")
DEPARTMENT = "$department"
_GONE = object()


@dataclass(frozen=True)
class Template:
    """A flow to begin with, as its file says."""

    key: str
    kind: str
    position: int
    name: Mapping[str, str]
    description: Mapping[str, str]
    definition: Mapping[str, Any]

    @property
    def object(self) -> str | None:
        """The object whose records it is about."""
        found = self.definition.get("object")
        return found if isinstance(found, str) else None


_known: dict[str, Template] = {}


def ship(folder: Path) -> None:
    """Offer the flows of a folder, one a file; ValueError for a key that another one has."""
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        named = {name: data.pop(name) for name in ("key", "kind", "position", "name", "description")}
        one = Template(**named, definition=data)
        if _known.setdefault(one.key, one) != one:
            raise ValueError(f"the flow {one.key!r} is shipped twice")


def templates() -> list[Template]:
    """Every flow to begin with, in order."""
    return sorted(_known.values(), key=lambda one: (one.position, one.key))


@dataclass(frozen=True)
class FromTemplate:
    """The key of the template."""

    template: str


class MadeFlow(TypedDict):
    """The draft that was made."""

    flow: Id


@action("flows.from_template", params=FromTemplate, permission="automation")
def from_template(ctx: Context, params: FromTemplate) -> MadeFlow:
    """Make a draft of a flow to begin with, in the caller's language; it is looked through and published as any other."""
    found = _known.get(params.template)
    if found is None or (found.object is not None and found.object not in ctx.snapshot.objects):
        raise NotFound("flows.no_such_template", {"template": params.template[:40]})
    return {"flow": str(make(ctx, found))}


def make(ctx: Context, template: Template, owner: UUID | None = None) -> UUID:
    """A draft of a template, owned by whoever makes it or by ``owner``; its id."""
    language = ctx.language if ctx.language in LANGUAGES else LANGUAGES[0]
    (made,) = writes.create(
        ctx,
        "flow",
        [
            {
                "name": template.name[language], "description": template.description[language],
                **({"owner": str(owner)} if owner else {}), "kind": template.kind, "run_as": "owner", "definition": filled(ctx, template.definition, language),
            }
        ],
    )  # fmt: skip
    return made


def filled(ctx: Context, value: Any, language: str) -> Any:
    """A definition with texts of one language and the departments of the workspace."""
    system = ctx.as_system()
    rows = reads.native(system, "department", reads.ids(system, "department", None), ["name"])
    departments = {str(row["name"]): str(id_) for id_, row in rows.items()}
    return _filled(value, language, departments)


def _filled(value: Any, language: str, departments: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        if set(value) == set(LANGUAGES):
            return value[language]
        if set(value) == {DEPARTMENT}:
            return _department(value[DEPARTMENT], departments)
        done = {name: _filled(one, language, departments) for name, one in value.items()}
        return _GONE if any(one is _GONE for one in done.values()) else done
    if isinstance(value, list):
        return [one for one in (_filled(each, language, departments) for each in value) if one is not _GONE]
    return value


def _department(words: Sequence[str], departments: Mapping[str, str]) -> Any:
    for name, id_ in sorted(departments.items()):
        if any(word.casefold() in name.casefold() for word in words):
            return id_
    return _GONE
