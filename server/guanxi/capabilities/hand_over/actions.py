"""The verbs of handing over: check, run, stop, resume, undo."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.hand_over import running, telling
from guanxi.capabilities.hand_over.asked import HandOver
from guanxi.capabilities.hand_over.shapes import HandOverReport, HandOverUndo
from guanxi.engine.actions import action
from guanxi.engine.context import Context


@action("hand_over.check", params=HandOver)
def check(ctx: Context, params: HandOver) -> HandOverReport:
    """Take every step of a hand-over and keep none: the numbers that running it would give."""
    return telling.told(ctx, running.begin(ctx, params, rehearse=True))


@action("hand_over.run", params=HandOver)
def run(ctx: Context, params: HandOver) -> HandOverReport:
    """Hand over what somebody holds, in one change set; a large hand-over is done in the background."""
    return telling.told(ctx, running.begin(ctx, params, rehearse=False))


@dataclass(frozen=True)
class OneHandOver:
    """A hand-over."""

    hand_over: UUID


@action("hand_over.cancel", params=OneHandOver)
def cancel(ctx: Context, params: OneHandOver) -> HandOverReport:
    """End a hand-over behind the batch it is at."""
    return telling.told(ctx, running.cancel(ctx, params.hand_over))


@action("hand_over.resume", params=OneHandOver)
def resume(ctx: Context, params: OneHandOver) -> HandOverReport:
    """Go on with a hand-over that was stopped or interrupted; it remains one change set."""
    return telling.told(ctx, running.resume(ctx, params.hand_over))


@dataclass(frozen=True)
class UndoHandOver:
    """A hand-over; ``preview`` only says what would happen, ``skip_conflicts`` leaves alone what was changed since."""

    hand_over: UUID
    preview: bool = False
    skip_conflicts: bool = False


@action("hand_over.undo", params=UndoHandOver)
def undo(ctx: Context, params: UndoHandOver) -> HandOverUndo:
    """Give everything back that a hand-over gave away: records, shares, positions, the way in."""
    one, found = running.take_back(ctx, params.hand_over, preview=params.preview, skip_conflicts=params.skip_conflicts)
    conflicts = [{"object": c["object"], "id": c["id"], "fields": c["fields"]} for c in found.conflicts[:200]]
    return {"hand_over": telling.told(ctx, one), "undone": found.undone, "conflicts": conflicts}  # type: ignore[typeddict-item]
