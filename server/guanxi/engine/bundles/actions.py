"""The verbs of configuration as files: apply and roll back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.engine.actions import action
from guanxi.engine.bundles import applied, applying, files
from guanxi.engine.bundles.comparing import ConfigurationDifference
from guanxi.engine.bundles.sources import wanted
from guanxi.engine.context import Context
from guanxi.engine.design.outcome import DesignOutcome
from guanxi.infra.http.shapes import Id


class ConfigurationApplied(TypedDict):
    """What was applied; ``id`` (null in a preview, and when nothing differed) is what rolls it back."""

    id: Id | None
    differences: list[ConfigurationDifference]
    outcome: DesignOutcome


@dataclass(frozen=True)
class ApplyConfiguration:
    """Where the configuration is: a zip in base64, texts by their paths, or another workspace that the caller
    administers. ``selected`` are names of differences (None: all but removals, with ``prune`` those too); ``expected``
    is the fingerprint of the comparison that the caller saw; ``confirm`` once the effects on data were shown.
    """

    archive: str | None = None
    files: dict[str, str] | None = None
    workspace: str | None = None
    selected: list[str] | None = None
    prune: bool = False
    confirm: bool = False
    expected: str | None = None
    preview: bool = False


@action("configuration.apply", params=ApplyConfiguration, permission=files.RIGHT)
def apply_configuration(ctx: Context, params: ApplyConfiguration) -> ConfigurationApplied:
    """Make the workspace as a configuration says, all of it or a selected part, or preview that."""
    given, source = wanted(ctx, params.archive, params.files, params.workspace)
    made = applying.apply(
        ctx, given, selected=params.selected, prune=params.prune, confirm=params.confirm, expected=params.expected,
        preview=params.preview, source=source,
    )  # fmt: skip
    return {
        "id": str(made.id) if made.id else None,
        "differences": [one.to_json(ctx.language) for one in made.differences],
        "outcome": made.outcome.to_json(ctx.language),
    }


@dataclass(frozen=True)
class RollBackConfiguration:
    """What was applied, by its id."""

    id: UUID


class ConfigurationRolledBack(TypedDict):
    """The workspace's catalog is as it was before."""

    version: int


@action("configuration.roll_back", params=RollBackConfiguration, permission=files.RIGHT)
def roll_back_configuration(ctx: Context, params: RollBackConfiguration) -> ConfigurationRolledBack:
    """Take an applied configuration back; refused where something of it was changed again since."""
    applied.roll_back(ctx, params.id)
    return {"version": ctx.snapshot.version}
