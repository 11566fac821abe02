"""The one way in which values of the configuration are written as TOML, so that equal configurations are equal bytes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import tomli_w

from guanxi.engine.bundles.references import MARK, Ref, ref_of

NULL = {"$null": True}
"""How nothing is written, which TOML has no word for."""
_FIRST = ("id", "key", "kind", "zh-CN", "en", "label")
_ORDER = {name: place for place, name in enumerate(_FIRST)}


class BadText(Exception):
    """A file that cannot be understood; the code says why."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def write(values: Mapping[str, Any]) -> str:
    """The values as text: what names them first, everything else by the alphabet, lists in their order."""
    ordered = _ordered(values)
    # A carriage return inside a text of several lines would not come back as it went.
    return tomli_w.dumps(ordered, multiline_strings=not _has_return(ordered), indent=2)


def read(text: str) -> dict[str, Any]:
    """The values of a text; BadText with the place of what is no TOML."""
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadText("bundles.bad_toml", reason=str(error)) from None
    return {name.removeprefix("$"): _plain(value, name) for name, value in found.items()}


def _ordered(value: Any) -> Any:
    if isinstance(value, Ref):
        return {MARK: str(value)}
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: (_ORDER.get(name, len(_ORDER)), name))
        return {("$" + name if name.startswith("$") else name): _ordered(value[name]) for name in names}
    if isinstance(value, list | tuple):
        return [_ordered(one) for one in value]
    return dict(NULL) if value is None else value


def _plain(value: Any, where: str) -> Any:
    if isinstance(value, dict):
        if value == NULL:
            return None
        if list(value) == [MARK]:
            return _reference(value[MARK], where)
        return {name.removeprefix("$"): _plain(one, f"{where}.{name}") for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, where) for one in value]
    if not isinstance(value, str | int | float | bool):
        raise BadText("bundles.bare_date", attribute=where, value=str(value))
    return value


def _reference(text: Any, where: str) -> Ref:
    found = ref_of(text)
    if found is None:
        raise BadText("bundles.bad_reference", attribute=where, value=str(text)[:60])
    return found


def _has_return(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_return(one) for one in value.values())
    if isinstance(value, list):
        return any(_has_return(one) for one in value)
    return isinstance(value, str) and "\r" in value
