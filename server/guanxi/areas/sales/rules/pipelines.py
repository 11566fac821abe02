"""Exactly one pipeline is the default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID


class DefaultNeeded(Exception):
    """The change would leave the pipelines without a default."""


def keep_one_default(after: Mapping[UUID, bool], chosen: Iterable[UUID]) -> dict[UUID, bool]:
    """Which pipelines must change so that one is the default, given how they stand after a write.

    `chosen` are those that the write makes the default, the last of which wins. The first pipeline of all becomes the
    default by itself. DefaultNeeded when a default was taken away and nothing was chosen instead.
    """
    defaults = {pipeline for pipeline, is_default in after.items() if is_default}
    picked = [pipeline for pipeline in chosen if after.get(pipeline)]
    if picked:
        return {pipeline: False for pipeline in defaults if pipeline != picked[-1]}
    if not after or len(defaults) == 1:
        return {}
    if len(after) == 1:
        return {next(iter(after)): True}
    raise DefaultNeeded
