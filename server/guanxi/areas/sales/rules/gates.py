"""What a stage asks before it is entered, as its settings say it: fields, things to be done, and where one comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_FIELDS = 30
MOST_ITEMS = 50
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to be done before the stage is entered. ``key`` tells it from the others, whatever it is called."""

    key: str
    name: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Gate:
    """What a stage asks. Names in ``entered_from`` are folded; none means from any stage."""

    fields: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    entered_from: frozenset[str] = frozenset()
    may_skip: bool = True
    may_go_back: bool = True


OPEN_GATE = Gate()
"""Of a stage that asks for nothing."""


def fold(name: str) -> str:
    """The name as names of stages are told apart: whatever the case of its letters."""
    return name.strip().casefold()


def gate_of(row: Mapping[str, Any]) -> Gate:
    """The gate of a stage's stored values."""
    return Gate(
        fields=tuple(str(key) for key in row.get("entry_fields") or ()),
        items=tuple(
            Item(str(one["key"]), str(one["name"]), one.get("required") is not False)
            for one in row.get("checklist") or ()
        ),
        entered_from=frozenset(fold(str(name)) for name in row.get("entered_from") or ()),
        may_skip=row.get("may_skip") is not False,
        may_go_back=row.get("may_go_back") is not False,
    )


def keyed(items: Any, make: Iterator[str]) -> Any:
    """The items of a checklist, each with a key of its own: theirs, or one that ``make`` gives."""
    if not isinstance(items, list):
        return items
    known: set[str] = set()
    found: list[Any] = []
    for one in items:
        item = dict(one) if isinstance(one, Mapping) else one
        if isinstance(item, dict):
            key = item.get("key")
            if not isinstance(key, str) or not 0 < len(key) <= 40 or key in known:
                item["key"] = next(make)
            known.add(item["key"])
        found.append(item)
    return found


def problem_of_items(items: Any) -> str | None:
    """Why a checklist is none."""
    if items is None:
        return None
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        return "sales.checklist_is_a_list"
    for one in items:
        name = one.get("name") if isinstance(one, Mapping) else None
        if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST:
            return "sales.checklist_is_a_list"
        if not isinstance(one.get("required", True), bool) or set(one) - {"key", "name", "required"}:
            return "sales.checklist_is_a_list"
    return None


def problem_of_materials(raw: Any) -> str | None:
    """Why a list of links is none; each has a title and an http or https address."""
    if raw is None:
        return None
    if not isinstance(raw, list) or len(raw) > MOST_FIELDS:
        return "sales.materials_are_links"
    for one in raw:
        if not isinstance(one, Mapping) or set(one) != {"title", "url"}:
            return "sales.materials_are_links"
        title, url = one["title"], one["url"]
        if not isinstance(title, str) or not 0 < len(title.strip()) <= LONGEST or not isinstance(url, str):
            return "sales.materials_are_links"
        if len(url) > 2000 or not url.lower().startswith(("https://", "http://")):
            return "sales.materials_are_links"
    return None


def unknown_fields(keys: Any, askable: Collection[str]) -> list[str] | None:
    """Fields that cannot be asked for; None when it is no list of fields at all."""
    if keys is None:
        return []
    if not isinstance(keys, list) or len(keys) > MOST_FIELDS or not all(isinstance(key, str) for key in keys):
        return None
    return [key for key in keys if key not in askable]


def is_names(names: Any) -> bool:
    """Whether it is a list of names, or nothing."""
    return names is None or (isinstance(names, list) and all(isinstance(one, str) for one in names))


def renamed(names: Collection[str] | None, old: str, new: str | None) -> list[str] | None:
    """A list of names after one of them became another, or is gone; None where it does not stand there."""
    if fold(old) not in {fold(one) for one in names or ()}:
        return None
    kept = [new if fold(one) == fold(old) else one for one in names or ()]
    return [one for one in kept if one is not None]


def is_filled(value: Any) -> bool:
    """Whether a native value says anything: zero and no do, an empty text or list does not."""
    return value is not None and value not in ("", (), [], {})
