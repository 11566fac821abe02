"""Once a week, in every workspace: how opportunities stand, and what is forecast."""

from __future__ import annotations

import logging

from guanxi.areas.forecast.snapshots import take
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.infra.jobs.regular import regular

log = logging.getLogger("guanxi.forecast")


@regular("forecast.snapshot")
def take_everywhere() -> None:
    """In every workspace; one that fails holds up none of the others."""
    for row in WorkspaceRow.objects.order_by("pk"):
        try:
            take(engine_workspace(row))
        except Exception:
            log.exception("no snapshot of %s could be taken", row.slug)
