"""Back-tests and test runs over HTTP, for those with the right ``automation``."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.flows.backtest import asking, shapes, store, telling
from guanxi.capabilities.flows.routes import permit
from guanxi.engine.http.request import request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response


def begin_backtest(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """Queue a back-test of a flow."""
    body = json_object(request)
    with request_work(request, workspace) as ctx:
        permit(ctx)
        made = asking.begin(ctx, id, body.get("days"), body.get("definition"), body.get("version"))
        return json_response(telling.short(ctx, made), status=202)


def list_backtests(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """One's own back-tests of a flow."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        asking.named(ctx, id)
        return json_response({"backtests": [telling.short(ctx, one) for one in store.of_flow(ctx, id)]})


def read_backtest(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """One back-test, with what came of it."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response(telling.whole(ctx, store.get(ctx, id)))


def cancel_backtest(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """Have a back-test end."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response(telling.short(ctx, asking.cancel(ctx, id)))


def try_flow(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """What a draft would do about a record; nothing is done."""
    body = json_object(request)
    record = uuid_of(body["record"], "record") if body.get("record") else None
    with request_work(request, workspace, kept=False) as ctx:
        permit(ctx)
        found = asking.try_out(ctx, id, body.get("definition"), record)
        about = (body.get("definition") or {}).get("object")
        return json_response(telling.tried(ctx, about, found))


ROUTES = (
    Route(
        "POST", "flows/<uuid:id>/backtests", begin_backtest, "automation", shapes.Backtest, 202, body=shapes.BacktestBegin
    ),
    Route("GET", "flows/<uuid:id>/backtests", list_backtests, "automation", shapes.Backtests),
    Route("GET", "flows/backtests/<uuid:id>", read_backtest, "automation", shapes.BacktestDetails),
    Route("POST", "flows/backtests/<uuid:id>/cancel", cancel_backtest, "automation", shapes.Backtest),
    Route(
        "POST", "flows/<uuid:id>/try", try_flow, "automation", shapes.FlowTried, body=shapes.FlowTry, reads=True
    ),
)  # fmt: skip
