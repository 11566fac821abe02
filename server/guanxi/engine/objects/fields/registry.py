"""The registered field kinds. Unknown and duplicate keys are loud."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeVar

from guanxi.engine.objects.fields.base import FieldKind

_kinds: dict[str, FieldKind] = {}


_Kind = TypeVar("_Kind", bound=FieldKind)


def register(kind: type[_Kind]) -> type[_Kind]:
    """Class decorator that makes a kind known under its ``key``."""
    if kind.key in _kinds:
        raise ValueError(f"field kind {kind.key!r} is registered twice")
    _kinds[kind.key] = kind()
    return kind


def kind(key: str) -> FieldKind:
    """The kind with this key; LookupError names the known ones."""
    _load()
    try:
        return _kinds[key]
    except KeyError:
        raise LookupError(f"unknown field kind {key!r}; known: {', '.join(sorted(_kinds))}") from None


def kinds() -> Iterator[FieldKind]:
    """Every registered kind, in the order of its key."""
    _load()
    return iter([_kinds[key] for key in sorted(_kinds)])


@cache
def _load() -> None:
    """Import every module of the ``kinds`` package once; each registers itself."""
    from importlib import import_module
    from pkgutil import iter_modules

    from guanxi.engine.objects.fields import kinds as package

    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
