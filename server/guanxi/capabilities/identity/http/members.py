"""How a member signs in, for those who manage members."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.identity import member_sign_in
from guanxi.capabilities.identity.security.session_rules import visit_of
from guanxi.capabilities.identity.shapes import MemberSignIn
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.errors import NotAllowed
from guanxi.infra.http.responses import json_response


def read_member_sign_in(request: HttpRequest, workspace: str, member: UUID) -> HttpResponse:
    """Where a member is signed in, and which second factors there are."""
    with request_work(request, workspace) as ctx:
        if not ctx.actor.may("members"):
            raise NotAllowed("identity.members_right_needed")
        return json_response(member_sign_in.shown(ctx, member, visit_of(request).key))


ROUTES = (Route("GET", "members/<uuid:member>/sign-in", read_member_sign_in, "identity", MemberSignIn),)
