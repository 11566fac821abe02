"""Exports over HTTP."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse

from guanxi.engine.context import Context
from guanxi.engine.http.queries import query_of
from guanxi.engine.http.request import request_work
from guanxi.engine.objects.model import label_text
from guanxi.engine.transfer.exports import Export, export
from guanxi.infra.http.bodies import json_object


def export_records(request: HttpRequest, workspace: str, object: str) -> HttpResponse | FileResponse:  # noqa: A002
    """The records of a query as a CSV or XLSX file."""
    body = json_object(request)
    file_format = str(body.pop("format", "csv"))
    with request_work(request, workspace) as ctx:
        made = export(ctx, object, query_of(body), file_format)
        return exported(ctx, object, made)


def exported(ctx: Context, object_key: str, made: Export) -> FileResponse:
    """A finished export as it is answered."""
    name = f"{label_text(ctx.object(object_key).plural, ctx.language)}-{ctx.now:%Y%m%d}.{made.extension}"
    response = FileResponse(made.file, content_type=made.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Row-Count"] = str(made.rows)
    return response
