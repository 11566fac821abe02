"""Departments from before there were paths get theirs at night, unless a change of the tree gives it to them before."""

from __future__ import annotations

from guanxi.capabilities.identity.hooks.departments import write_paths
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.infra.jobs.nightly import nightly


@nightly("identity.department_paths")
def complete_paths() -> None:
    """Write the paths that are missing or wrong, in every workspace."""
    for row in WorkspaceRow.objects.order_by("pk"):
        with work(engine_workspace(row), SYSTEM, via="job") as ctx:
            write_paths(ctx)
