"""Shared views as what triggers ask: a record comes into what a view shows, or goes out of it.

A trigger names the view; what the view asks is put in its place when the flows of a workspace are read, so that a view
that is changed is followed from its commit on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows.definition import Definition, Problem, Trigger
from guanxi.engine.context import Context
from guanxi.engine.records import reads

VIEW = "view"
SHARED = "shared"
ME = "@me"
ALWAYS = {"formula": "TRUE"}
"""What a view asks that shows everything."""
Filters = Mapping[str, tuple[str, Any]]
"""By the view's id: its object, and what it asks, None for everything."""


def problems(ctx: Context, definition: Definition) -> Iterator[Problem]:
    """Views that are not there, not of the flow's object, or another thing for everybody who looks at them."""
    named = [one for one in definition.triggers if view_of(one)]
    found = filters(ctx, named)
    for one in named:
        object_key, where = found.get(view_of(one) or "", (None, None))
        if object_key is None or object_key != definition.object:
            yield Problem("flows.no_such_view", {}, one.id, VIEW)
        elif _names(where, ME):
            yield Problem("flows.view_of_somebody", {}, one.id, VIEW)


def filters(ctx: Context, triggers: Iterable[Trigger]) -> Filters:
    """What the shared views ask that triggers name."""
    ids = {id_ for one in triggers if (id_ := _uuid(view_of(one)))}
    if not ids:
        return {}
    rows = reads.native(ctx.as_system(), "view", sorted(ids), ("object", "config", "scope"))
    return {
        str(id_): (row["object"], (row["config"] or {}).get("where") or None)
        for id_, row in rows.items()
        if row["scope"] == SHARED
    }


def resolved(definition: Definition, found: Filters) -> Definition:
    """The definition with what the views ask in their place; triggers of a view that is gone are left out."""
    triggers = []
    for one in definition.triggers:
        view = view_of(one)
        if view is None:
            triggers.append(one)
        elif view in found:
            settings = {**one.settings, "where": {"where": found[view][1]} if found[view][1] else ALWAYS}
            triggers.append(replace(one, settings=settings))
    return replace(definition, triggers=tuple(triggers))


def view_of(trigger: Trigger) -> str | None:
    """The id of the view that a trigger names."""
    found = trigger.settings.get(VIEW)
    return found if isinstance(found, str) else None


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _names(value: Any, word: str) -> bool:
    if isinstance(value, Mapping):
        return any(_names(one, word) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_names(one, word) for one in value)
    return bool(value == word)
