"""Every address of the generic API in one table: the URL patterns, the OpenAPI document and the access tests read it."""

from __future__ import annotations

from typing import Any

from django.urls import path

from guanxi.engine.http import (
    catalog,
    configuration,
    console,
    deletions,
    design,
    drafts,
    exports,
    formulas,
    imports,
    kinds,
    openapi,
    records,
    shares,
    verbs,
)
from guanxi.engine.http.route import Content, Route, describe_only, patterns
from guanxi.engine.http.shapes import catalog as c
from guanxi.engine.http.shapes import drafts as f
from guanxi.engine.http.shapes import formulas as x
from guanxi.engine.http.shapes import history as h
from guanxi.engine.http.shapes import imports as i
from guanxi.engine.http.shapes import records as r
from guanxi.engine.http.shapes import shares as s

_RECORD = "records/<slug:object>/<uuid:id>"
_MANY = "records/<slug:object>"
_CSV = Content(("text/csv",))
_TABLE = Content(("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
_FORM = Content(("multipart/form-data",), i.ImportUpload)
_PAGE = Content(("text/html",))

ROUTES: tuple[Route, ...] = (
    Route("GET", "catalog", catalog.catalog, "catalog", c.Catalog),
    Route("GET", "search", verbs.search, "search", h.SearchResult, query=h.SearchParameters),
    Route("GET", "openapi.json", openapi.document, "catalog", dict[str, Any]),
    Route("GET", "docs", openapi.console, "catalog", _PAGE),
    Route("GET", "change-sets", verbs.change_sets, "change sets", h.ChangeSets, query=h.Limit),
    Route("GET", "change-sets/<uuid:id>", verbs.change_set, "change sets", h.ChangeSet),
    Route("POST", "change-sets/<uuid:id>/undo", verbs.undo_change_set, "change sets", h.UndoResult, body=h.UndoRequest),
    Route("GET", "change-sets/<uuid:id>/undo", verbs.undo_progress, "change sets", h.UndoProgress),
    Route("POST", "actions/<slug:area>/<slug:verb>", verbs.act, "actions", h.ActionResult, body=h.ActionRequest),
    Route("POST", _MANY + "/query", records.query, answer=r.RecordPageResult, body=r.RecordQuery, reads=True),
    Route("POST", _MANY + "/count", records.count, answer=r.CountResult, body=r.CountRequest, reads=True),
    Route("POST", _MANY + "/group", records.group, answer=r.GroupResult, body=r.GroupRequest, reads=True),
    Route("POST", _MANY + "/draft", drafts.draft, answer=f.DraftState, body=f.DraftRequest, reads=True),
    Route(
        "POST",
        _MANY + "/formula-preview",
        formulas.formula_preview,
        answer=x.FormulaPreview,
        body=x.FormulaPreviewRequest,
        reads=True,
    ),
    Route("GET", "design/functions", formulas.formula_functions, "catalog", x.FormulaFunctions),
    Route("POST", _MANY + "/bulk", records.bulk, answer=r.BulkResult, body=r.BulkRequest),
    Route("POST", _MANY + "/upsert", records.upsert, answer=r.UpsertResult, body=r.UpsertRequest),
    Route("GET", _MANY, records.list_records, answer=r.RecordPageResult, query=r.QueryParameters),
    Route("POST", _MANY, records.create, answer=r.RecordRow, status=201, body=r.NewRecord),
    Route("GET", _RECORD, records.get, answer=r.RecordRow, query=r.RecordParameters),
    Route("PATCH", _RECORD, records.update, answer=r.UpdatedRecord, body=r.RecordChange),
    Route("DELETE", _RECORD, records.delete, answer=r.Deleted),
    Route("GET", _RECORD + "/timeline", records.timeline, answer=h.TimelineResult, query=h.TimelineParameters),
    Route("GET", _RECORD + "/related/<slug:relation>", records.related, answer=r.RelatedPage, query=r.QueryParameters),
    Route(
        "POST",
        _RECORD + "/related/<slug:relation>",
        records.related,
        answer=r.RelatedPage,
        body=r.RecordQuery,
        reads=True,
    ),
    Route("GET", _RECORD + "/shares", shares.shared, answer=s.RecordShares),
    Route("POST", _RECORD + "/shares", shares.share, answer=s.RecordShares, body=s.ShareRequest),
    Route("DELETE", _RECORD + "/shares/<uuid:share>", shares.unshare, answer=s.RecordShares),
    Route("POST", _MANY + "/export", exports.export_records, "export", _TABLE, body=r.ExportRequest),
    Route("GET", "imports", imports.list_imports, "import", i.Imports),
    Route("POST", "imports", imports.upload, "import", i.ImportJob, 201, body=_FORM),
    Route("GET", "imports/<uuid:id>", imports.get, "import", i.ImportReport),
    Route("GET", "imports/<uuid:id>/preview", imports.preview, "import", i.ImportPreview, query=i.WantedReading),
    Route("PUT", "imports/<uuid:id>/mapping", imports.set_mapping, "import", i.ImportJob, body=i.MappingRequest),
    Route("POST", "imports/<uuid:id>/dry-run", imports.rehearse, "import", i.ImportJob, 202),
    Route("POST", "imports/<uuid:id>/run", imports.run, "import", i.ImportJob, 202),
    Route("POST", "imports/<uuid:id>/cancel", imports.cancel, "import", i.ImportJob),
    Route("GET", "imports/<uuid:id>/errors", imports.errors, "import", i.RefusedRows, query=i.RefusedParameters),
    Route("GET", "imports/<uuid:id>/errors.csv", imports.errors_csv, "import", _CSV),
    Route("POST", "imports/<uuid:id>/undo", imports.undo, "import", i.ImportUndo, body=h.UndoRequest),
    *kinds.ROUTES,
    *deletions.ROUTES,
    *design.ROUTES,
    *configuration.ROUTES,
)

STREAM = Route(
    "GET", "events", None, "live", Content(("text/event-stream",), h.LiveChange), query=h.LiveParameters,
    says="Changes as they are committed: events `change`, and `reset` when some may be missing",
)  # fmt: skip
describe_only([STREAM], "{live_url}")

urlpatterns = [*patterns(ROUTES), path("api/console/<str:name>", console.asset)]
