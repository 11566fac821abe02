"""All leads anew: asked for by a change of the model or by the night, done part after part by a job, with its progress."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.areas.sales.grading import grades
from guanxi.areas.sales.grading.models import LEAD, active_model
from guanxi.areas.sales.grading.scoring import Span
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import CatalogMoved, Context, Workspace, work
from guanxi.infra.jobs import enqueue, job
from guanxi.infra.jobs.nightly import nightly

log = logging.getLogger("guanxi.grading")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the leads are graded anew; ``finished_at`` is None while they are."""

    done: int
    total: int
    started_at: datetime
    finished_at: datetime | None


def ask(ctx: Context, *, told: bool = False) -> None:
    """Have all leads graded anew, from the first one on wherever a job may be; ``told`` as of ``grades.grade``."""
    table = ctx.snapshot.object(LEAD).table
    ((total,),) = ctx.run("SELECT greatest(0, reltuples)::bigint FROM pg_class WHERE oid = to_regclass($1)", [table])
    ctx.run(
        "INSERT INTO sys_regrading (object, total, told, started_at) VALUES ($1, $2, $3, $4) ON CONFLICT (object)"
        " DO UPDATE SET after = NULL, done = 0, total = excluded.total, told = excluded.told, finished_at = NULL,"
        " started_at = excluded.started_at",
        [LEAD, total, told, ctx.now],
    )
    enqueue("sales.regrade", {"workspace": ctx.workspace.id}, f"sales.regrade {ctx.workspace.id}")


def progress(ctx: Context) -> Progress | None:
    """Of the last time that all leads were graded anew; None where they never were."""
    rows = ctx.run("SELECT done, total, started_at, finished_at FROM sys_regrading WHERE object = $1", [LEAD])
    return Progress(*rows[0]) if rows else None


@job("sales.regrade")
def regrade_job(payload: Mapping[str, Any]) -> None:
    """Grade the leads of a workspace; payload: workspace. What is done stays done when it is begun again."""
    row = WorkspaceRow.objects.filter(pk=payload["workspace"]).first()
    if row is not None:
        regrade(engine_workspace(row))


def regrade(workspace: Workspace) -> int:
    """Grade what waits, each part in a unit of work together with how far it is; how many leads were looked at."""
    count, more = 0, True
    while more:
        try:
            with work(workspace, SYSTEM, via="job", label={"graded": True}) as ctx:
                looked = _part(ctx)
        except CatalogMoved:  # somebody changed the object meanwhile
            continue
        count, more = count + looked, looked > 0
    return count


def _part(ctx: Context) -> int:
    rows = ctx.run("SELECT after, told FROM sys_regrading WHERE object = $1 AND finished_at IS NULL FOR UPDATE", [LEAD])
    if not rows:
        return 0
    after, told = rows[0]
    ids = grades.next_part(ctx, after)
    if not ids:
        ctx.run("UPDATE sys_regrading SET finished_at = $2, total = done WHERE object = $1", [LEAD, ctx.now])
        return 0
    grades.grade(ctx, active_model(ctx), Span(ids[0], ids[-1]), told=told)
    ctx.run(
        "UPDATE sys_regrading SET after = $2, done = done + $3::int, total = greatest(total, done + $3::int)"
        " WHERE object = $1",
        [LEAD, ids[-1], len(ids)],
    )
    return len(ids)


@nightly("sales.grades")
def grade_everywhere() -> None:
    """What fades is worth less every day: in every workspace whose rules say so, all leads are graded anew."""
    for row in WorkspaceRow.objects.order_by("pk"):
        try:
            with work(engine_workspace(row), SYSTEM, via="job") as ctx:
                model = active_model(ctx)
                if model is not None and model.rules:
                    ask(ctx, told=True)
        except Exception:
            log.exception("the leads of %s could not be graded", row.slug)
