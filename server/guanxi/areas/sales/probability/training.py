"""Training: every night or when asked for, by a job of the worker; then all open opportunities are foretold anew."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from guanxi.areas.sales.gates import OBJECT
from guanxi.areas.sales.probability import history, model, scores
from guanxi.areas.sales.rules import probability as rules
from guanxi.areas.sales.rules.probability import Report
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import CatalogMoved, Context, Workspace, work
from guanxi.infra.jobs import enqueue, job
from guanxi.infra.jobs.nightly import nightly

log = logging.getLogger("guanxi.probability")


def ask(ctx: Context) -> None:
    """Have the model trained by a job."""
    model.ask(ctx)
    enqueue("sales.train", {"workspace": ctx.workspace.id}, f"sales.train {ctx.workspace.id}")


def train(ctx: Context) -> Report:
    """Learn from what is decided, try it with the latest of it, and keep the model if it is better than the stages."""
    deals = history.past(ctx)
    report = rules.tried(deals)
    learned = rules.learned([one for one in deals if one.moments]) if report.state == "in_use" else None
    model.keep(ctx, report, learned)
    return report


def train_workspace(workspace: Workspace) -> Report:
    """Train, and foretell everything that is open, each part in a unit of work; harmless when it is done again."""
    with work(workspace, SYSTEM, via="job", label={"foretold": True}) as ctx:
        was_in_use = model.in_use(ctx)
        report = train(ctx)
    if not was_in_use and report.state != "in_use":
        return report
    after: UUID | None = None
    more = True
    while more:
        try:
            with work(workspace, SYSTEM, via="job", label={"foretold": True}) as ctx:
                last = scores.foretell_all(ctx, model.kept(ctx).model, after)
        except CatalogMoved:  # somebody changed the object meanwhile
            continue
        after, more = last or after, last is not None
    return report


@job("sales.train")
def train_job(payload: Mapping[str, Any]) -> None:
    """Train the model of a workspace; payload: workspace."""
    row = WorkspaceRow.objects.filter(pk=payload["workspace"]).first()
    if row is not None:
        train_workspace(engine_workspace(row))


@nightly("sales.probability")
def train_everywhere() -> None:
    """What was decided in the day is learned from in the night."""
    for row in WorkspaceRow.objects.order_by("pk"):
        try:
            with work(engine_workspace(row), SYSTEM, via="job") as ctx:
                if OBJECT in ctx.snapshot.objects:
                    ask(ctx)
        except Exception:
            log.exception("the probabilities of %s could not be trained", row.slug)
