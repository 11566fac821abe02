"""What may be asked of grades."""

from __future__ import annotations

from typing import get_type_hints
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.areas.sales.grading import telling
from guanxi.areas.sales.grading.shapes import ForeseenGrades, GradingState, LeadGrade, ThoughtOfGrading
from guanxi.engine.http.queries import only
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response


def read_grading(request: HttpRequest, workspace: str) -> HttpResponse:
    """What grading rules can be about, and how far the leads are graded by them."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.state(ctx))


def read_lead_grade(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the words of the API
    """The grade of a lead with its reasons."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.of_lead(ctx, id))


def foresee_grades(request: HttpRequest, workspace: str) -> HttpResponse:
    """What leads would be graded by a model; nothing is written."""
    body = json_object(request)
    only(body, get_type_hints(ThoughtOfGrading))
    with request_work(request, workspace) as ctx:
        return json_response(telling.foreseen(ctx, body))


ROUTES = (
    Route("GET", "grading", read_grading, "sales", GradingState),
    Route("GET", "leads/<uuid:id>/grade", read_lead_grade, "sales", LeadGrade),
    Route("POST", "grading/preview", foresee_grades, "sales", ForeseenGrades, body=ThoughtOfGrading, reads=True),
)
