"""What an app may ask for: to read or to write the records of an object, or of every object. Pure functions.

`company:read` and `company:write` speak of companies, `*:read` and `*:write` of everything; to write includes to read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

EVERY = "*"
_SCOPE = re.compile(r"(\*|[a-z][a-z0-9_]*):(read|write)")
Verb = Literal["read", "write"]


class Scope(NamedTuple):
    """One scope in its two parts; `object` is "*" for every object."""

    object: str
    verb: Verb


def parse(text: str) -> Scope | None:
    """A scope as it is written; None for anything else."""
    found = _SCOPE.fullmatch(text)
    return Scope(found[1], found[2]) if found else None  # type: ignore[arg-type]


def covers(allowed: Collection[str], wanted: str) -> bool:
    """Whether what is allowed includes what is wanted."""
    scope = parse(wanted)
    if scope is None:
        return False
    verbs = ("write",) if scope.verb == "write" else ("read", "write")
    return any(f"{object_}:{verb}" in allowed for object_ in {scope.object, EVERY} for verb in verbs)


def shortest(scopes: Iterable[str]) -> list[str]:
    """The same permission in as few scopes as say it, in a fixed order."""
    given = set(scopes)
    kept = [one for one in given if not covers(given - {one}, one)]
    return sorted(kept, key=lambda one: (not one.startswith(EVERY), one))


def within(scopes: Iterable[str], allowed: Collection[str]) -> list[str]:
    """What of the scopes is still allowed; of a scope to write, reading may be left."""
    kept = []
    for text in scopes:
        scope = parse(text)
        if covers(allowed, text):
            kept.append(text)
        elif scope is not None and covers(allowed, f"{scope.object}:read"):
            kept.append(f"{scope.object}:read")
    return shortest(kept)
