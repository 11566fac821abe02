"""What may be read of targets and forecasts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guanxi.areas.forecast import past_errors, targets, targets_telling, telling, waterfalls
from guanxi.areas.forecast.asked import day_asked, id_asked, node_asked, period_asked
from guanxi.areas.forecast.errors import wrong
from guanxi.areas.forecast.places import places
from guanxi.areas.forecast.shapes import (
    ForecastAsked,
    ForecastErrors,
    ForecastPage,
    ForecastWaterfall,
    TargetsAsked,
    TargetsPage,
    WaterfallAsked,
)
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.http.responses import json_response


def read_forecast(request: HttpRequest, workspace: str) -> HttpResponse:
    """The forecast of a department, a person or the company for a period, with those directly below."""
    with request_work(request, workspace) as ctx:
        where = places(ctx)
        period = period_asked(ctx, request.GET)
        return json_response(telling.page(ctx, where, node_asked(ctx, where, request.GET), period))


def read_waterfall(request: HttpRequest, workspace: str) -> HttpResponse:
    """What was open for a period on two days, and every step in between."""
    with request_work(request, workspace) as ctx:
        where = places(ctx)
        node, period = node_asked(ctx, where, request.GET), period_asked(ctx, request.GET)
        since, until = day_asked(request.GET, "since"), day_asked(request.GET, "until")
        return json_response(waterfalls.told(ctx, where, node, period, since, until))


def read_forecast_errors(request: HttpRequest, workspace: str) -> HttpResponse:
    """What was forecast week by week of a period and the ones before it, against what came."""
    with request_work(request, workspace) as ctx:
        where = places(ctx)
        node, period = node_asked(ctx, where, request.GET), period_asked(ctx, request.GET)
        return json_response(past_errors.told(ctx, where, node, period))


def read_targets(request: HttpRequest, workspace: str) -> HttpResponse:
    """The targets of a department, a person or the company for a period, with what was reached of them."""
    with request_work(request, workspace) as ctx:
        measure = request.GET.get("measure") or targets.MEASURES[0]
        if measure not in targets.MEASURES:
            raise wrong("measure", "no_measure")
        product, category = id_asked(request.GET, "product"), id_asked(request.GET, "category")
        if product is not None and category is not None:
            raise wrong("category", "product_or_category")
        if measure == "received_amount" and (product or category):
            raise wrong("product" if product else "category", "received_of_product")
        where = places(ctx, targets.object_of(measure))
        node, period = node_asked(ctx, where, request.GET), period_asked(ctx, request.GET)
        return json_response(targets_telling.page(ctx, where, node, period, measure, product, category))


ROUTES = (
    Route("GET", "forecast", read_forecast, "forecast", ForecastPage, query=ForecastAsked),
    Route("GET", "forecast/waterfall", read_waterfall, "forecast", ForecastWaterfall, query=WaterfallAsked),
    Route("GET", "forecast/errors", read_forecast_errors, "forecast", ForecastErrors, query=ForecastAsked),
    Route("GET", "targets", read_targets, "forecast", TargetsPage, query=TargetsAsked),
)
