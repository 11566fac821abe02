"""What the kinds of components have in common when they check themselves: labels, lists of keys, nothing unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import orjson

from guanxi.engine.objects.fields.base import BadValue, shown
from guanxi.engine.objects.model import Field, Object

MAX_BYTES = 100_000
MAX_LABEL = 60
MAX_TEXT = 500
_LANGUAGES = ("zh-CN", "en")
_COMMON = ("label", "position")


def whole(obj: Object, kind: str, live: Mapping[str, Any], known: Collection[str], limit: int) -> None:
    """What holds for every component: no unknown attribute, a label in both languages, within the limits."""
    only(live, [*_COMMON, *known], "")
    words(live.get("label"), "label", MAX_LABEL)
    place = live.get("position")
    if place is not None and (isinstance(place, bool) or not isinstance(place, int | float)):
        raise BadValue("components.not_a_number", attribute="position")
    if len(orjson.dumps(dict(live))) > MAX_BYTES:
        raise BadValue("components.too_large", limit=MAX_BYTES)
    if len(obj.components.get(kind, ())) > limit:
        raise BadValue("components.too_many", limit=limit)


def only(value: Any, known: Iterable[str], where: str) -> None:
    """Refuse what is no JSON object, and names that mean nothing."""
    if not isinstance(value, Mapping):
        raise BadValue("components.not_an_object", attribute=where)
    allowed = list(known)
    for name in value:
        if name not in allowed:
            raise BadValue("components.unknown_attribute", attribute=shown(name), known=", ".join(allowed))


def words(value: Any, where: str, limit: int = MAX_TEXT) -> None:
    """Refuse text that is missing in a language or too long."""
    given = value if isinstance(value, Mapping) else {}
    for language in _LANGUAGES:
        text = given.get(language)
        if not isinstance(text, str) or not text.strip():
            raise BadValue("components.words_missing", attribute=where)
        if len(text) > limit:
            raise BadValue("fields.too_long", limit=limit, length=len(text))
    if unknown := set(given) - set(_LANGUAGES):
        raise BadValue("components.unknown_attribute", attribute=min(map(str, unknown)), known=", ".join(_LANGUAGES))


def listed(value: Any, where: str, limit: int) -> Sequence[Any]:
    """A list with at most ``limit`` entries; nothing is the empty one."""
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise BadValue("components.not_a_list", attribute=where)
    if len(value) > limit:
        raise BadValue("components.list_too_long", attribute=where, limit=limit)
    return value


def texts(value: Any, where: str, limit: int) -> Sequence[str]:
    """A list of words, each once."""
    found = listed(value, where, limit)
    for place, one in enumerate(found):
        if not isinstance(one, str) or not one:
            raise BadValue("components.not_a_list", attribute=where)
        if one in found[:place]:
            raise BadValue("components.twice", attribute=where, value=shown(one))
    return found


def field_of(obj: Object, key: Any) -> Field:
    """The field with this key; refused when the object has none."""
    found = obj.fields.get(key) if isinstance(key, str) else None
    if found is None:
        raise BadValue("components.unknown_field", field=shown(key), object=obj.key)
    return found


def fields_of(obj: Object, value: Any, where: str, limit: int) -> list[Field]:
    """Fields of the object by their keys, each once."""
    return [field_of(obj, key) for key in texts(value, where, limit)]


def among(value: Any, known: Collection[str], where: str) -> str:
    """One of several words."""
    if not isinstance(value, str) or value not in known:
        raise BadValue("components.not_one_of", attribute=where, value=shown(value), known=", ".join(sorted(known)))
    return value


def between(value: Any, low: int, high: int, where: str) -> None:
    """A whole number within bounds; None is none."""
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadValue("components.out_of_bounds", attribute=where, min=low, max=high)


def each(value: Any) -> Sequence[Any]:
    """The entries of what should be a list, for reading settings that nobody has checked yet."""
    return value if isinstance(value, list | tuple) else ()


def part(value: Any, name: str) -> Any:
    """What stands under a name in what should be a JSON object; nothing where it is none."""
    return value.get(name) if isinstance(value, Mapping) else None


def flag(value: Any, where: str) -> None:
    """True, false or nothing."""
    if value is not None and not isinstance(value, bool):
        raise BadValue("components.not_a_flag", attribute=where)
