"""The registered kinds of components. Unknown and duplicate keys are loud."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from guanxi.engine.objects import components as package
from guanxi.engine.objects.components.base import ComponentKind

_kinds: dict[str, ComponentKind] = {}
_Kind = TypeVar("_Kind", bound=ComponentKind)
_PLUMBING = {"base", "registry", "shapes", "conditions", "panels"}


def register(kind: type[_Kind]) -> type[_Kind]:
    """Class decorator that makes a kind known under its ``key``."""
    if kind.key in _kinds:
        raise ValueError(f"component kind {kind.key!r} is registered twice")
    _kinds[kind.key] = kind()
    return kind


def component_kind(key: str) -> ComponentKind:
    """The kind with this key; LookupError names the known ones."""
    _load()
    try:
        return _kinds[key]
    except KeyError:
        raise LookupError(f"unknown component kind {key!r}; known: {', '.join(sorted(_kinds))}") from None


def component_kinds() -> Iterator[ComponentKind]:
    """Every registered kind, in the order of its key."""
    _load()
    return iter([_kinds[key] for key in sorted(_kinds)])


@cache
def _load() -> None:
    """Import every module of the package once; each registers itself."""
    for module in iter_modules(package.__path__):
        if module.name not in _PLUMBING:
            import_module(f"{package.__name__}.{module.name}")
