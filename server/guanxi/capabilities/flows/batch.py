"""Tokens of many runs at one node, as a kind of step is given them: their records, their data, values worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from guanxi.capabilities.flows.definition import Node
from guanxi.capabilities.flows.live import Flow, Version
from guanxi.capabilities.flows.runs import Run, Token
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import locking
from guanxi.engine.records.rules.images import Image

Imagining = Callable[[Context, Sequence[Run]], Mapping[UUID, tuple[Object, Image]]]
_imagining: list[Imagining] = []


def imagined(function: Imagining) -> Imagining:
    """Have a function say which runs are about a record as it would be rather than as it is, and what it would be."""
    if function not in _imagining:
        _imagining.append(function)
    return function


@dataclass(frozen=True)
class Batch:
    """What stands at ``node``: runs with the token of each. ``ctx`` acts with the rights of the flow's actor."""

    ctx: Context
    flow: Flow | None
    version: Version
    node: Node
    held: Sequence[tuple[Run, Token]]
    is_kept: ClassVar[bool] = True
    """Whether what steps are given is kept with their runs."""

    def give(self, setting: str | None, rows: Sequence[Mapping[str, Any]], places: Sequence[int] | None = None) -> None:
        """Keep what was worked out for the tokens, or for those in some places: under a setting of many values, or each
        value under its own name.
        """
        if not self.is_kept:
            return
        for place, row in zip(range(len(self.held)) if places is None else places, rows, strict=True):
            token = self.held[place][1]
            token.given = {**(token.given or {}), **({setting: row} if setting else row)} if row else token.given

    @property
    def settings(self) -> Any:
        """The node's settings."""
        return self.node.settings

    @property
    def object(self) -> Object:
        """The object that the flow is about."""
        return self.ctx.snapshot.object(self.version.definition.object or "")

    def subjects(self) -> list[tuple[Object, UUID] | None]:
        """For each token the record that its step is about: the entry of the loop it is in, otherwise the run's own."""
        found: list[tuple[Object, UUID] | None] = []
        for run, token in self.held:
            if token.item is not None:
                found.append((self.ctx.snapshot.object(token.item["object"]), UUID(token.item["record"])))
            elif run.object is not None and run.record is not None:
                found.append((self.ctx.snapshot.object(run.object), run.record))
            else:
                found.append(None)
        return found

    def images(self) -> list[tuple[Object, Image] | None]:
        """For each token the record that its step is about: as it would be where that is what the run is about."""
        runs = {run.id: run for run, token in self.held if token.item is None}
        would_be: dict[UUID, tuple[Object, Image]] = {}
        for function in _imagining:
            would_be.update(function(self.ctx, list(runs.values())))
        subjects = self.subjects()
        there: dict[tuple[str, UUID], Image] = {}
        for key in {one[0].key for one in subjects if one is not None}:
            ids = [one[1] for one in subjects if one is not None and one[0].key == key]
            stored = locking.stored(self.ctx, self.ctx.snapshot.object(key), ids)
            there |= {(key, id_): Image(id_, values) for id_, values in stored.items()}
        found: list[tuple[Object, Image] | None] = []
        for (run, token), subject in zip(self.held, subjects, strict=True):
            image = there.get((subject[0].key, subject[1])) if subject else None
            own = (subject[0], image) if subject and image else None
            found.append(would_be.get(run.id, own) if token.item is None else own)
        return found

    def is_stored(self, place: int) -> bool:
        """Whether the record of a token stands in the database as its run takes it to be."""
        return True

    def part(self, places: Sequence[int]) -> Batch:
        """Some of the tokens."""
        return Batch(self.ctx, self.flow, self.version, self.node, [self.held[place] for place in places])
