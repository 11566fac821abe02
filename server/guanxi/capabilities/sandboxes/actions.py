"""The verbs of sandboxes: make one, stop making it, remove it; for administrators of the source alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.roles import ADMINISTRATOR
from guanxi.capabilities.identity.workspaces import check_new
from guanxi.capabilities.sandboxes.models import GIVEN_UP, OPEN, Copy, Sandbox
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.engine.objects.ddl import clone
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound
from guanxi.infra.http.responses import json_response
from guanxi.infra.http.shapes import Id, Instant
from guanxi.infra.jobs import enqueue

RIGHT = "configure"
MOST = 10
"""Sandboxes of one workspace."""
LONGEST_NAME = 100


class SandboxState(TypedDict):
    """A sandbox: what it holds (``none``, ``masked``, ``all``), and how many of ``total`` records are copied."""

    id: Id
    slug: str
    name: str
    data: str
    state: str
    done: int
    total: int
    error: str
    created_at: Instant


class SandboxSource(TypedDict):
    """The workspace that this one is a copy of."""

    slug: str
    name: str


class Sandboxes(TypedDict):
    """The sandboxes of the workspace, latest first; ``source`` in a workspace that is a sandbox itself."""

    sandboxes: list[SandboxState]
    source: SandboxSource | None


@dataclass(frozen=True)
class CreateSandbox:
    """Name and place of the copy, and what of the data it gets: nothing, all of it, or all of it masked."""

    slug: str
    name: str
    data: Literal["none", "masked", "all"] = "none"


@action("sandboxes.create_sandbox", params=CreateSandbox, permission=RIGHT)
def create_sandbox(ctx: Context, params: CreateSandbox) -> SandboxState:
    """Copy the workspace into a new one in the background; its administrators can sign in there."""
    _permit(ctx)
    source = Workspace.objects.select_for_update().get(pk=ctx.workspace.id)
    check_new(params.slug, source.language, source.time_zone)
    name = params.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Invalid([FieldError("name", "sandboxes.name_needed", {"limit": LONGEST_NAME})])
    _check_room(source, params.slug)
    made = Sandbox.objects.create(
        source=source, slug=params.slug, name=name, data=params.data, made_by=ctx.actor.member_id
    )
    enqueue("sandboxes.copy", {"sandbox": str(made.pk)})
    note(ctx, "sandbox_create", details={"name": name, "slug": params.slug, "data": params.data})
    return _told(made)


def _check_room(source: Workspace, slug: str) -> None:
    """Conflict when the address is taken, or there are as many sandboxes as there may be."""
    taken = Workspace.objects.filter(slug=slug).exists()
    if taken or Sandbox.objects.filter(slug=slug, state__in=OPEN).exists():
        raise Conflict("identity.slug_taken", {"slug": slug})
    if Sandbox.objects.filter(source=source).exclude(state__in=GIVEN_UP).count() >= MOST:
        raise Conflict("sandboxes.too_many", {"limit": MOST})


@dataclass(frozen=True)
class OneSandbox:
    """A sandbox of the workspace."""

    sandbox: UUID


@action("sandboxes.cancel_sandbox", params=OneSandbox, permission=RIGHT)
def cancel_sandbox(ctx: Context, params: OneSandbox) -> SandboxState:
    """Stop making a sandbox; nothing of it is left."""
    found = _one(ctx, params.sandbox)
    if found.state not in OPEN or found.workspace is not None:
        raise Conflict("sandboxes.not_being_made", {"name": found.name})
    found.stop = True
    if found.state == "waiting":
        found.state = "cancelled"
    found.save(update_fields=["stop", "state"])
    return _told(found)


@action("sandboxes.retry_sandbox", params=OneSandbox, permission=RIGHT)
def retry_sandbox(ctx: Context, params: OneSandbox) -> SandboxState:
    """Make a sandbox again that failed or was cancelled, from the workspace as it is now."""
    source = Workspace.objects.select_for_update().get(pk=ctx.workspace.id)
    found = _one(ctx, params.sandbox)
    if found.state not in GIVEN_UP:
        raise Conflict("sandboxes.not_given_up", {"name": found.name})
    if found.workspace is None:
        _check_room(source, found.slug)
    found.state, found.stop, found.error, found.done, found.total = "waiting", False, "", 0, 0
    found.made_by = ctx.actor.member_id
    found.save(update_fields=["state", "stop", "error", "done", "total", "made_by"])
    enqueue("sandboxes.copy", {"sandbox": str(found.pk)})
    return _told(found)


@action("sandboxes.delete_sandbox", params=OneSandbox, permission=RIGHT)
def delete_sandbox(ctx: Context, params: OneSandbox) -> Sandboxes:
    """Remove a sandbox with everything in it, for good."""
    found = _one(ctx, params.sandbox)
    if found.state in OPEN:
        raise Conflict("sandboxes.being_made", {"name": found.name})
    workspace = found.workspace
    if workspace is not None:
        clone.drop(ctx.cursor, workspace.schema)
        workspace.delete()
    Sandbox.objects.filter(pk=params.sandbox).delete()
    note(ctx, "sandbox_delete", details={"name": found.name, "slug": found.slug})
    return _listed(ctx)


def read_sandboxes(request: HttpRequest, workspace: str) -> HttpResponse:
    """The sandboxes of the workspace, latest first."""
    with request_work(request, workspace) as ctx:
        _permit(ctx)
        return json_response(_listed(ctx))


def _permit(ctx: Context) -> None:
    """A copy shows everything to those who administer it, so only administrators make, see and remove copies."""
    if not ctx.actor.may(RIGHT) or not (ctx.actor.is_system or ADMINISTRATOR in ctx.actor.roles):
        raise NotAllowed("sandboxes.not_allowed")


def _one(ctx: Context, id_: UUID) -> Sandbox:
    _permit(ctx)
    found = Sandbox.objects.select_for_update().filter(pk=id_, source_id=ctx.workspace.id).first()
    if found is None:
        raise NotFound("sandboxes.unknown", {"id": str(id_)})
    return found


def _listed(ctx: Context) -> Sandboxes:
    found = Sandbox.objects.filter(source_id=ctx.workspace.id).order_by("-created_at")
    own = Copy.objects.filter(workspace_id=ctx.workspace.id).first()
    above = Sandbox.objects.select_related("source").filter(pk=own.sandbox).first() if own else None
    source: SandboxSource | None = {"slug": above.source.slug, "name": above.source.name} if above else None
    return {"sandboxes": [_told(one) for one in found], "source": source}


def _told(one: Sandbox) -> SandboxState:
    return {
        "id": str(one.pk), "slug": one.slug, "name": one.name, "data": one.data, "state": one.state, "done": one.done,
        "total": one.total, "error": one.error, "created_at": one.created_at.isoformat().replace("+00:00", "Z"),
    }  # fmt: skip


ROUTES = (Route("GET", "sandboxes", read_sandboxes, "configuration", Sandboxes),)
