"""Shapes of sales over HTTP."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant


class GateItem(TypedDict):
    """An item of a stage's checklist, and who ticked it off."""

    key: str
    name: str
    required: bool
    done: bool
    by: Reference | None
    at: Instant | None


class Material(TypedDict):
    """A link to something that helps in a stage."""

    title: str
    url: str


class StageGate(TypedDict):
    """A stage of an opportunity's pipeline and what stands between the two.

    `refused` says why the stage cannot be entered from where the opportunity is, whatever is filled in; `fields` are those
    that are asked for, `missing` those of them that are empty, and `hidden` counts empty ones that the reader may not see.
    `approval` is the flow that decides about the move. `guidance` is HTML in the language of the reader where there is one;
    `rot_days` is how long an opportunity may stay.
    """

    id: Id
    name: str
    category: Literal["open", "won", "lost"]
    color: str | None
    requires_loss_reason: bool
    here: bool
    refused: str | None
    fields: list[str]
    missing: list[str]
    hidden: int
    items: list[GateItem]
    approval: str | None
    guidance: str | None
    key_fields: list[str]
    materials: list[Material]
    rot_days: int | None


class StageGates(TypedDict):
    """The way of an opportunity: the stages of its pipeline in their order."""

    stage: Id
    since: Instant | None
    rots_at: Instant | None
    rev: int
    stages: list[StageGate]
