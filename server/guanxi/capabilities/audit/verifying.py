"""Sealing the change log every few minutes, and going over the whole log when somebody asks for it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from guanxi.capabilities.audit.shapes import AuditBreak, AuditVerdict
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.audit import note, reading
from guanxi.engine.audit.kinds import VERIFY
from guanxi.engine.audit.seals import seal
from guanxi.engine.audit.verifying import Verdict, verify
from guanxi.engine.context import Context, Via, Workspace, work
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.i18n import sentence
from guanxi.infra.jobs import enqueue, job
from guanxi.infra.jobs.queue import is_waiting
from guanxi.infra.jobs.regular import regular

log = logging.getLogger("guanxi.audit")


@regular("audit.seal")
def seal_everywhere() -> None:
    """Seal what was written in every workspace since the last round; one that fails holds up none of the others."""
    for row in WorkspaceRow.objects.order_by("pk"):
        try:
            seal_all(engine_workspace(row))
        except Exception:
            log.exception("the changes of %s could not be sealed", row.slug)


def seal_all(workspace: Workspace, via: Via = "job") -> None:
    """Seal all changes that can be sealed now."""
    more = True
    while more:
        with work(workspace, SYSTEM, via=via) as ctx:
            more = seal(ctx)


def go_over(
    workspace: Workspace, member: UUID | None = None, via: Via = "job", known: Mapping[int, str] | None = None
) -> Verdict:
    """Seal what can be sealed, verify the whole log, and note in it what was found."""
    seal_all(workspace, via)
    with work(workspace, SYSTEM, via=via) as ctx:
        verdict = verify(ctx, known)
    with work(workspace, replace(SYSTEM, member_id=member), via=via) as ctx:
        note(ctx, VERIFY, details=_details(verdict))
    return verdict


def ask(ctx: Context) -> None:
    """Have a job go over the log, unless one does already."""
    payload = {"workspace": ctx.workspace.id, "member": str(ctx.actor.member_id)}
    enqueue("audit.verify", payload, _key(ctx.workspace))


@job("audit.verify", attempts=2, at_once=1)
def verify_job(payload: Mapping[str, Any]) -> None:
    """Go over the log of a workspace; payload: workspace, member."""
    row = WorkspaceRow.objects.filter(pk=payload["workspace"]).first()
    if row is not None:
        go_over(engine_workspace(row), UUID(payload["member"]))


def is_running(workspace: Workspace) -> bool:
    """Whether a job goes over the log, or is about to."""
    return is_waiting(_key(workspace))


def last(ctx: Context) -> AuditVerdict | None:
    """What going over the log found the last time."""
    entry = reading.last_of(ctx, VERIFY)
    if entry is None:
        return None
    draft, found = entry.draft, dict(entry.draft.details)
    member = draft.member
    by = cast("Reference", reference(titles(ctx, {("member", member)}), "member", member)) if member else None
    return {
        "at": draft.at.isoformat().replace("+00:00", "Z"),
        "by": by,
        "entries": found["entries"],
        "changes": found["changes"],
        "waiting": found["waiting"],
        "seq": found["seq"],
        "hash": found["hash"],
        "broken": found["broken"],
        "breaks": [_told(ctx.language, one) for one in found["breaks"]],
    }


def said(language: str, code: str, place: int, params: Mapping[str, Any]) -> str:
    """A break in a sentence."""
    told = {"place": place, "before": place - 1, **params}
    if "kind" in params:
        told["kind"] = sentence(f"audit.kind_{params['kind']}", {}, language)
    return sentence(code, told, language)


def _told(language: str, one: Mapping[str, Any]) -> AuditBreak:
    code, place, params = one["code"], one["place"], one["params"]
    return {"code": code, "place": place, "params": params, "says": said(language, code, place, params)}


def _details(verdict: Verdict) -> dict[str, Any]:
    return {
        "entries": verdict.entries, "changes": verdict.changes, "waiting": verdict.waiting, "seq": verdict.seq,
        "hash": verdict.hash, "broken": verdict.broken, "breaks": [one.to_json() for one in verdict.breaks],
    }  # fmt: skip


def _key(workspace: Workspace) -> str:
    return f"audit.verify {workspace.schema}"
