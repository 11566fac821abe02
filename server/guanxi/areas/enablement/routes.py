"""What may be read of scripts and materials beyond their records."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.areas.enablement import proposing
from guanxi.areas.enablement.shapes import ProposedScripts, ScriptsAsked
from guanxi.engine.http.request import request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.infra.http.responses import json_response


def propose_scripts(request: HttpRequest, workspace: str, object: str, id: UUID) -> HttpResponse:  # noqa: A002 - the words of the API
    """Scripts for a record, those meant for its stage and products first, in the words for it."""
    asked = request.GET

    def id_of(name: str) -> UUID | None:
        return uuid_of(asked[name], name) if asked.get(name) else None

    with request_work(request, workspace) as ctx:
        ctx.object("script")
        wanted = proposing.Wanted(
            asked.get("search") or None, id_of("stage"), id_of("product"), asked.get("objection") or None
        )
        return json_response(proposing.proposed(ctx, object, id, wanted))


ROUTES = (
    Route(
        "GET",
        "records/<slug:object>/<uuid:id>/scripts",
        propose_scripts,
        "scripts",
        ProposedScripts,
        query=ScriptsAsked,
    ),
)
