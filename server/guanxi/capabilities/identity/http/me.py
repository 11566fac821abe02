"""The caller's own page: who they are here, what they may do, and their settings."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.identity.authenticate import eyes_of, signed_in
from guanxi.capabilities.identity.hooks.member_guards import PREFERENCES
from guanxi.capabilities.identity.http.workspace import told
from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.security.session_rules import visit_of
from guanxi.capabilities.identity.shapes import Me, MeMember, MeSignIn, Preferences
from guanxi.engine.context import Context
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.engine.http.shapes.catalog import Rights
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import FieldError, Invalid, NotAllowed, NotFound
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response

MEMBER_FIELDS = ("name", "email", "department", "language", "theme", "density")


def read_me(request: HttpRequest, workspace: str) -> HttpResponse:
    """The caller as a member of this workspace: account, settings, roles, rights by object that they may read."""
    with request_work(request, workspace) as ctx:
        return json_response(_me(request, ctx))


def change_me(request: HttpRequest, workspace: str) -> HttpResponse:
    """Change the caller's language, theme or density; Invalid for anything that is not such a setting."""
    values = json_object(request)
    unknown = [FieldError(key, "identity.preference_unknown", {"key": key}) for key in values if key not in PREFERENCES]
    if unknown:
        raise Invalid(unknown)
    with request_work(request, workspace) as ctx:
        if ctx.actor.key is not None:
            raise NotAllowed("identity.people_only")
        # Roles need not allow editing members for this: the product writes what is the person's own.
        own = ctx.as_system()
        writes.update(own, "member", [writes.Change(_own_id(ctx), values)])
        account = signed_in(request)
        if values.get("language"):
            account.language = values["language"]
            account.save(update_fields=["language"])
        return json_response(_me(request, ctx))


def _me(request: HttpRequest, ctx: Context) -> Me:
    actor = ctx.actor
    member = reads.get(ctx.as_system(), "member", _own_id(ctx), MEMBER_FIELDS)
    eyes = eyes_of(request)
    email = (member["email"] or "") if eyes else signed_in(request).email
    reached = {key: actor.offers(key) for key in ctx.snapshot.objects}
    return {
        "member": cast("MeMember", {key: member[key] for key in ("id", *MEMBER_FIELDS)}),
        "account": {"id": actor.account_id, "email": email},
        "workspace": told(Workspace.objects.get(pk=ctx.workspace.id)),
        "roles": list(actor.roles),
        "rights": {
            "objects": {key: cast("Rights", rights.to_json()) for key, rights in reached.items() if rights.reads},
            "system": sorted(actor.system_rights),
        },
        "sign_in": _sign_in(request),
        "view_as": eyes and {"by": eyes.looker.name, "until": eyes.until.isoformat()},
        "live_url": settings.LIVE_URL,
    }


def _sign_in(request: HttpRequest) -> MeSignIn:
    visit = visit_of(request)
    return {
        "second_factor": visit.policy.second_factor,
        "idle_minutes": int(visit.policy.idle.total_seconds() // 60) if visit.policy.idle else None,
        "ends_at": visit.ends_at.isoformat() if visit.ends_at else None,
        "watermark": visit.policy.watermark,
    }


def _own_id(ctx: Context) -> UUID:
    if ctx.actor.member_id is None:
        raise NotFound("identity.unknown_workspace")
    return ctx.actor.member_id


ROUTES = (
    Route("GET", "me", read_me, "identity", Me),
    Route("PATCH", "me", change_me, "identity", Me, body=Preferences),
)
