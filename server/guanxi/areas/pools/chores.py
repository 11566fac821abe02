"""Recycling comes round every few minutes in every workspace."""

from __future__ import annotations

import logging

from guanxi.areas.pools.recycling import recycle
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.infra.jobs.regular import regular

log = logging.getLogger("guanxi.pools")


@regular("pools.recycle")
def recycle_everywhere() -> None:
    """In every workspace; one that fails holds up none of the others."""
    for row in WorkspaceRow.objects.order_by("pk"):
        try:
            recycle(engine_workspace(row))
        except Exception:
            log.exception("the records of %s could not be recycled", row.slug)
