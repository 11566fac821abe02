"""Every address of the generic API in one table: the URL patterns, the OpenAPI document and the access tests read it."""

from __future__ import annotations

from django.urls import path

from guanxi.engine.http import catalog, console, exports, imports, openapi, records, shares, verbs
from guanxi.engine.http.route import Route, patterns

_RECORD = "records/<slug:object>/<uuid:id>"

ROUTES: tuple[Route, ...] = (
    Route("GET", "catalog", catalog.catalog, "catalog"),
    Route("GET", "search", verbs.search, "search"),
    Route("GET", "openapi.json", openapi.document, "catalog"),
    Route("GET", "docs", openapi.console, "catalog"),
    Route("GET", "change-sets", verbs.change_sets, "change sets"),
    Route("GET", "change-sets/<uuid:id>", verbs.change_set, "change sets"),
    Route("POST", "change-sets/<uuid:id>/undo", verbs.undo_change_set, "change sets"),
    Route("POST", "actions/<slug:area>/<slug:verb>", verbs.act, "actions"),
    Route("POST", "records/<slug:object>/query", records.query),
    Route("POST", "records/<slug:object>/count", records.count),
    Route("POST", "records/<slug:object>/group", records.group),
    Route("POST", "records/<slug:object>/bulk", records.bulk),
    Route("POST", "records/<slug:object>/upsert", records.upsert),
    Route("GET", "records/<slug:object>", records.list_records),
    Route("POST", "records/<slug:object>", records.create),
    Route("GET", _RECORD, records.get),
    Route("PATCH", _RECORD, records.update),
    Route("DELETE", _RECORD, records.delete),
    Route("GET", _RECORD + "/timeline", records.timeline),
    Route("GET", _RECORD + "/related/<slug:relation>", records.related),
    Route("POST", _RECORD + "/related/<slug:relation>", records.related),
    Route("GET", _RECORD + "/shares", shares.shared),
    Route("POST", _RECORD + "/shares", shares.share),
    Route("DELETE", _RECORD + "/shares/<uuid:share>", shares.unshare),
    Route("POST", "records/<slug:object>/export", exports.export_records, "export"),
    Route("GET", "imports", imports.list_imports, "import"),
    Route("POST", "imports", imports.upload, "import"),
    Route("GET", "imports/<uuid:id>", imports.get, "import"),
    Route("GET", "imports/<uuid:id>/preview", imports.preview, "import"),
    Route("PUT", "imports/<uuid:id>/mapping", imports.set_mapping, "import"),
    Route("POST", "imports/<uuid:id>/dry-run", imports.rehearse, "import"),
    Route("POST", "imports/<uuid:id>/run", imports.run, "import"),
    Route("POST", "imports/<uuid:id>/cancel", imports.cancel, "import"),
    Route("GET", "imports/<uuid:id>/errors", imports.errors, "import"),
    Route("GET", "imports/<uuid:id>/errors.csv", imports.errors_csv, "import"),
    Route("POST", "imports/<uuid:id>/undo", imports.undo, "import"),
)

urlpatterns = [*patterns(ROUTES), path("api/console/<str:name>", console.asset)]
