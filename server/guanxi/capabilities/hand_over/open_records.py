"""Which records of an object still need somebody: told by the area whose object it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_open: dict[str, Mapping[str, Any]] = {}


def open_when(object_key: str, where: Mapping[str, Any]) -> None:
    """Records of the object are open while this filter keeps them; of an object without one, all are."""
    _open[object_key] = where


def open_filter(object_key: str) -> Mapping[str, Any] | None:
    """The filter of open records; None where all are."""
    return _open.get(object_key)
