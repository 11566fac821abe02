"""What may be asked of probabilities."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.areas.sales.probability import telling
from guanxi.areas.sales.probability.shapes import OpportunityProbability, ProbabilityModel
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.http.responses import json_response


def read_probability(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """How likely an opportunity is won, who says so, and why the model says what it says."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.of_opportunity(ctx, id))


def read_probability_model(request: HttpRequest, workspace: str) -> HttpResponse:
    """What the model of probabilities is worth, tried with deals that it had not seen."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.state(ctx))


ROUTES = (
    Route("GET", "opportunities/<uuid:id>/probability", read_probability, "sales", OpportunityProbability),
    Route("GET", "probability-model", read_probability_model, "sales", ProbabilityModel),
)
