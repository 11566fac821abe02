"""Tokens of many runs at one node, as a kind of step is given them: their records, their data, values worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows.definition import Node
from guanxi.capabilities.flows.live import Flow, Version
from guanxi.capabilities.flows.runs import Run, Token
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object


@dataclass(frozen=True)
class Batch:
    """What stands at ``node``: runs with the token of each. ``ctx`` acts with the rights of the flow's actor."""

    ctx: Context
    flow: Flow | None
    version: Version
    node: Node
    held: Sequence[tuple[Run, Token]]

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

    def part(self, places: Sequence[int]) -> Batch:
        """Some of the tokens."""
        return Batch(self.ctx, self.flow, self.version, self.node, [self.held[place] for place in places])
