"""Forms while they are filled: what to show, ask for and allow, as saving would judge it."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse

from guanxi.engine.http.queries import only
from guanxi.engine.http.records import values_of
from guanxi.engine.http.request import request_work, uuid_of
from guanxi.engine.records.rules import draft as drafts
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.refusals import field_problem
from guanxi.infra.http.responses import json_response


def draft(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002 - the word of the API
    """What a form shows, asks for and computes with these values, and what saving them would answer; nothing is kept."""
    body = json_object(request)
    only(body, ("id", "values"))
    record = None if body.get("id") is None else uuid_of(body["id"])
    with request_work(request, workspace) as ctx:
        found = drafts.draft(ctx, object, values_of(body), record)
        language = ctx.language
    errors = [field_problem(error, language) for error in found.errors]
    return json_response({**asdict(found), "errors": errors})
