"""What a computed field is worked out of, all the way down: nobody reads through it what they may not read."""

from __future__ import annotations

from collections.abc import Iterator

from guanxi.engine.objects.model import Field, Object, Snapshot

_known: dict[tuple[str, int, str, str], frozenset[tuple[str, str]]] = {}
_MOST = 20_000


def inputs_of(snapshot: Snapshot, obj: Object, field: Field) -> frozenset[tuple[str, str]]:
    """Fields, as (object, key), that the value of a computed field rests on, through other computed fields too."""
    place = (snapshot.schema, snapshot.version, obj.key, field.key)
    found = _known.get(place)
    if found is None:
        if len(_known) >= _MOST:
            _known.clear()
        found = _known[place] = frozenset(_all(snapshot, obj, field, set()))
    return found


def _all(snapshot: Snapshot, obj: Object, field: Field, seen: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for other, key in field.kind.depends_on(snapshot, obj, field):
        if (other, key) in seen:
            continue
        seen.add((other, key))
        yield other, key
        below = snapshot.objects.get(other)
        part = below.fields.get(key) if below is not None else None
        if below is not None and part is not None and part.kind.computed:
            yield from _all(snapshot, below, part, seen)
