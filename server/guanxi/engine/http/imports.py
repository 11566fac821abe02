"""Imports over HTTP: upload, preview, mapping, dry run, run, cancel, errors, undo; one call of the service each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guanxi.engine.http.request import int_of, request_work, uuid_of
from guanxi.engine.transfer.imports import report, service, store
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import sentence

MAX_ROWS = 500


def list_imports(request: HttpRequest, workspace: str) -> HttpResponse:
    """The newest imports that the caller may see."""
    with request_work(request, workspace) as ctx:
        return json_response({"rows": [store.as_json(one) for one in store.latest(ctx)]})


def upload(request: HttpRequest, workspace: str) -> HttpResponse:
    """A new import of the file of a form, into the object that the form names."""
    with request_work(request, workspace) as ctx:
        file, object_key = request.FILES.get("file"), request.POST.get("object")
        if file is None or not object_key:
            raise BadRequest("request.bad_parameter", {"name": "object" if file else "file", "reason": "required"})
        one = service.upload(ctx, object_key, file.name or "", file.chunks())
        return json_response(store.as_json(one), status=201)


def get(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002 - the word of the API
    """One import: where it stands, what it counted, and the distinct errors of its rows."""
    with request_work(request, workspace) as ctx:
        one = store.get(ctx, uuid_of(id))
        answer = store.as_json(one) | {"errors": report.summary(ctx, one), "error": None}
        if one.error:
            message = sentence(one.error["code"], one.error["params"], ctx.language)
            answer["error"] = {**one.error, "message": message}
        return json_response(answer)


def preview(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """The file's columns with samples and the mapping that is proposed."""
    asked = {name: request.GET.get(name) or None for name in ("encoding", "delimiter", "sheet")}
    row = request.GET.get("header_row")
    with request_work(request, workspace) as ctx:
        reading = {**asked, "header_row": int_of(row, "header_row", 0) if row else None}
        return json_response(service.preview(ctx, uuid_of(id), reading))


def set_mapping(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """Decide which column fills which field and how records are recognised."""
    body = json_object(request)
    with request_work(request, workspace) as ctx:
        return json_response(store.as_json(service.set_mapping(ctx, uuid_of(id), body)))


def rehearse(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """Start a dry run."""
    with request_work(request, workspace) as ctx:
        return json_response(store.as_json(service.rehearse(ctx, uuid_of(id))), status=202)


def run(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """Start the import, or go on with one that failed."""
    with request_work(request, workspace) as ctx:
        return json_response(store.as_json(service.run(ctx, uuid_of(id))), status=202)


def cancel(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """End a run behind the batch it is at."""
    with request_work(request, workspace) as ctx:
        return json_response(store.as_json(service.cancel(ctx, uuid_of(id))))


def undo(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """Take back everything that the import wrote."""
    body = json_object(request)
    with request_work(request, workspace) as ctx:
        answer = service.take_back(
            ctx,
            uuid_of(id),
            preview_only=bool(body.get("preview")),
            skip_conflicts=bool(body.get("skip_conflicts")),
        )
        return json_response(answer)


def errors(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """Rows with errors behind a row number."""
    after = int_of(request.GET.get("after"), "after", 0)
    limit = min(int_of(request.GET.get("limit"), "limit", 100), MAX_ROWS)
    with request_work(request, workspace) as ctx:
        rows = report.listed(ctx, store.get(ctx, uuid_of(id)), after, limit)
        return json_response({"rows": rows, "next_after": rows[-1]["row"] if len(rows) == limit else None})


def errors_csv(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """Rows with errors as a file, to mend and import again."""
    with request_work(request, workspace) as ctx:
        one = store.get(ctx, uuid_of(id))
        content = b"".join(report.as_csv(ctx, one))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="errors-{one.id}.csv"'
    return response
