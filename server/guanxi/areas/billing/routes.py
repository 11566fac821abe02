"""What may be read of billing: the statement of a company, and what is due."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.areas.billing import telling, workbook
from guanxi.areas.billing.shapes import Receivables, Statement, StatementFilePeriod, StatementPeriod
from guanxi.engine.audit import note
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Content, Route
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import sentence


def read_statement(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the words of the API
    """The account of a company for a period."""
    with request_work(request, workspace) as ctx:
        begins, ends = telling.period(ctx, request.GET.get("begins"), request.GET.get("ends"))
        return json_response(telling.statement(ctx, id, begins, ends))


def download_statement(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the words of the API
    """The account of a company for a period as a file."""
    with request_work(request, workspace) as ctx:
        begins, ends = telling.period(ctx, request.GET.get("begins"), request.GET.get("ends"))
        told = telling.statement(ctx, id, begins, ends)
        content = workbook.workbook(told, ctx.language)
        title = sentence("billing.statement_file", {"company": told["company"]["title"] or ""}, ctx.language)
        details = {"company": str(id), "begins": told["begins"], "ends": told["ends"], "size": len(content)}
        note(ctx, "export", object="company", details=details)
    response = HttpResponse(content, content_type=workbook.TYPE)
    name = f"{title} {told['begins']}_{told['ends']}.xlsx"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def list_receivables(request: HttpRequest, workspace: str) -> HttpResponse:
    """What is owed, by company and by how long it has been due."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.receivables(ctx, ctx.today))


ROUTES = (
    Route("GET", "companies/<uuid:id>/statement", read_statement, "billing", Statement, query=StatementPeriod),
    Route(
        "GET", "companies/<uuid:id>/statement/file", download_statement, "billing", Content((workbook.TYPE,)),
        query=StatementFilePeriod,
    ),
    Route("GET", "receivables", list_receivables, "billing", Receivables),
)  # fmt: skip
