"""What may be read of billing: the statement of a company, and what is due."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from guanxi.areas.billing import telling, workbook
from guanxi.areas.billing.errors import wrong
from guanxi.areas.billing.printing.data import StatementPress
from guanxi.areas.billing.shapes import Receivables, Statement, StatementBatches, StatementFilePeriod, StatementPeriod
from guanxi.areas.billing.statements import making, packing, store
from guanxi.areas.billing.statements import telling as batches
from guanxi.capabilities.printing.paper import TYPE as PDF
from guanxi.engine.audit import note
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Content, Route
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import sentence
from guanxi.infra.storage import store as files

LANGUAGES = ("zh-CN", "en")


def read_statement(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the words of the API
    """The account of a company for a period."""
    with request_work(request, workspace) as ctx:
        begins, ends = telling.period(ctx, request.GET.get("begins"), request.GET.get("ends"))
        return json_response(telling.statement(ctx, id, begins, ends))


def download_statement(request: HttpRequest, workspace: str, id: UUID) -> HttpResponseBase:  # noqa: A002 - the words of the API
    """The account of a company for a period as a file."""
    kind, types = request.GET.get("kind") or "xlsx", {"xlsx": workbook.TYPE, "pdf": PDF}
    if kind not in types:
        raise wrong("kind", "not_a_kind")
    with request_work(request, workspace) as ctx:
        begins, ends = telling.period(ctx, request.GET.get("begins"), request.GET.get("ends"))
        told = telling.statement(ctx, id, begins, ends)
        wanted = request.GET.get("language")
        language = wanted if wanted in LANGUAGES else ctx.language
        if kind == "pdf":
            with StatementPress(ctx, language) as press:
                content = press.pdf(told)
        else:
            content = workbook.workbook(told, language)
        title = sentence("billing.statement_file", {"company": told["company"]["title"] or ""}, language)
        details = {"company": str(id), "begins": told["begins"], "ends": told["ends"], "size": len(content)}
        note(ctx, "export", object="company", details=details)
    return _file(HttpResponse(content), f"{title} {told['begins']}_{told['ends']}.{kind}", types[kind])


def list_batches(request: HttpRequest, workspace: str) -> HttpResponse:
    """The caller's own batches of statements."""
    with request_work(request, workspace) as ctx:
        ctx.object("invoice")
        return json_response({"batches": [batches.told(ctx, one) for one in store.own(ctx)]})


def download_batch(request: HttpRequest, workspace: str, id: UUID) -> HttpResponseBase:  # noqa: A002 - the words of the API
    """One's own batch of statements as an archive."""
    with request_work(request, workspace) as ctx:
        ctx.object("invoice")
        one = making.fetched(ctx, id)
        title = sentence("billing.run_file", {}, one.asks["language"])
        details = {"begins": one.asks["begins"], "ends": one.asks["ends"], "count": one.total, "size": one.size}
        note(ctx, "export", object="company", details=details)
    name = f"{title} {one.asks['begins']}_{one.asks['ends']}.zip"
    return _file(FileResponse(files.open_file(one.sha256 or "")), name, packing.TYPE)


def _file(response: HttpResponseBase, name: str, kind: str) -> HttpResponseBase:
    response["Content-Type"] = kind
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "no-store"
    return response


def list_receivables(request: HttpRequest, workspace: str) -> HttpResponse:
    """What is owed, by company and by how long it has been due."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.receivables(ctx, ctx.today))


ROUTES = (
    Route("GET", "companies/<uuid:id>/statement", read_statement, "billing", Statement, query=StatementPeriod),
    Route(
        "GET", "companies/<uuid:id>/statement/file", download_statement, "billing", Content((workbook.TYPE, PDF)),
        query=StatementFilePeriod,
    ),
    Route("GET", "statements", list_batches, "billing", StatementBatches),
    Route("GET", "statements/<uuid:id>/file", download_batch, "billing", Content((packing.TYPE,))),
    Route("GET", "receivables", list_receivables, "billing", Receivables),
)  # fmt: skip
