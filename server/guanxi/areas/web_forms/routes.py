"""What those who design web forms ask."""

from __future__ import annotations

from typing import get_type_hints

from django.http import HttpRequest, HttpResponse

from guanxi.areas.web_forms.asked import LEAD, problems
from guanxi.areas.web_forms.errors import ConfigureRightNeeded
from guanxi.areas.web_forms.pages import LANGUAGES, drawn_draft
from guanxi.areas.web_forms.shapes import DraftOfWebForm, DrawnWebForm
from guanxi.engine.http.queries import only
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.errors import Invalid
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response


def preview_web_form(request: HttpRequest, workspace: str) -> HttpResponse:
    """The page of a web form as it would be; nothing is written."""
    body = json_object(request)
    only(body, get_type_hints(DraftOfWebForm))
    with request_work(request, workspace) as ctx:
        if not ctx.actor.may("configure"):
            raise ConfigureRightNeeded
        values = body.get("values")
        form = values if isinstance(values, dict) else {}
        if errors := list(problems(ctx.snapshot.object(LEAD), form.get("fields"))):
            raise Invalid(errors)
        language = body["language"] if body.get("language") in LANGUAGES else ctx.language
        return json_response({"html": drawn_draft(request, ctx, form, language)})


ROUTES = (
    Route("POST", "web-forms/preview", preview_web_form, "web forms", DrawnWebForm, body=DraftOfWebForm, reads=True),
)
