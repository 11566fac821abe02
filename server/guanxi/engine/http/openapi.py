"""OpenAPI 3.1 of one workspace as one caller sees it, with a live console."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from guanxi.engine import actions as verbs
from guanxi.engine.context import Context
from guanxi.engine.http import schemas
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import served
from guanxi.engine.objects.model import Object, label_text
from guanxi.infra.http.responses import json_response

_CONSOLE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Guanxi API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/api/console/swagger-ui.css"></head><body><div id="console" data-spec="{spec}"></div>
<script src="/api/console/swagger-ui-bundle.js"></script><script src="/api/console/start.js"></script></body></html>"""


def document(request: HttpRequest, workspace: str) -> HttpResponse:
    """The OpenAPI document."""
    with request_work(request, workspace) as ctx:
        return json_response(describe(ctx))


def console(request: HttpRequest, workspace: str) -> HttpResponse:
    """A page to read and try the API with the caller's own session."""
    with request_work(request, workspace) as ctx:
        page = _CONSOLE.format(language=ctx.language, spec=f"/api/v1/{ctx.workspace.slug}/openapi.json")
    return HttpResponse(page)


def describe(ctx: Context) -> dict[str, Any]:
    """The document: one group of addresses for each readable object, one address for each permitted action."""
    paths: dict[str, Any] = {where: dict(methods) for where, methods in schemas.COMMON_PATHS.items()}
    for route in served:
        if "object" not in route.places and route.about != "actions":
            paths.setdefault(route.template, {}).setdefault(route.method.lower(), schemas.plain_operation(route))
    components: dict[str, Any] = dict(schemas.COMMON_SCHEMAS)
    tags = []
    for obj in sorted(ctx.snapshot.objects.values(), key=lambda o: (o.position, o.key)):
        if ctx.actor.rights(obj.key).read == "none":
            continue
        tags.append({"name": obj.key, "description": label_text(obj.plural, ctx.language)})
        components[obj.key] = schemas.record_schema(obj, ctx.language)
        components[f"{obj.key}_values"] = schemas.values_schema(obj, ctx.language)
        paths.update(_object_paths(ctx, obj))
    for name, verb in sorted(verbs.actions().items()):
        if verbs.permitted(ctx, verb):
            paths[f"/actions/{verb.path}"] = {"post": _action(name, verb)}
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Guanxi: {ctx.workspace.name}", "version": str(ctx.snapshot.version)},
        "servers": [{"url": f"/api/v1/{ctx.workspace.slug}"}],
        "tags": tags,
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": schemas.SECURITY},
        "security": [{"session": []}, {"token": []}],
    }


def _object_paths(ctx: Context, obj: Object) -> dict[str, Any]:
    rights = ctx.actor.rights(obj.key)
    base = f"/records/{obj.key}"
    one: dict[str, Any] = {"get": schemas.operation(obj, "get")}
    if rights.edit != "none":
        one["patch"] = schemas.operation(obj, "update")
    if rights.delete != "none":
        one["delete"] = schemas.operation(obj, "delete")
    many: dict[str, Any] = {"get": schemas.operation(obj, "list")}
    paths: dict[str, Any] = {base: many, f"{base}/{{id}}": one}
    if rights.create:
        many["post"] = schemas.operation(obj, "create")
        paths[f"{base}/upsert"] = {"post": schemas.operation(obj, "upsert")}
    if rights.exports:
        paths[f"{base}/export"] = {"post": schemas.operation(obj, "export")}
    for verb in ("query", "count", "group", "bulk"):
        paths[f"{base}/{verb}"] = {"post": schemas.operation(obj, verb)}
    shared = {"get": schemas.operation(obj, "shared")}
    paths[f"{base}/{{id}}/shares"] = shared
    if obj.has_owner and rights.edit != "none":
        shared["post"] = schemas.operation(obj, "share")
        paths[f"{base}/{{id}}/shares/{{share}}"] = {"delete": schemas.operation(obj, "unshare")}
    for verb in ("timeline", "related"):
        tail = "timeline" if verb == "timeline" else "related/{relation}"
        paths[f"{base}/{{id}}/{tail}"] = {"get": schemas.operation(obj, verb)}
    return paths


def _action(name: str, verb: verbs.Action) -> dict[str, Any]:
    params = verb.adapter.json_schema(ref_template="#/components/schemas/{model}")
    params.pop("$defs", None)
    return {
        "tags": ["actions"],
        "operationId": name,
        "summary": verb.summary,
        "requestBody": schemas.body({"type": "object", "properties": {"params": params}}),
        "responses": schemas.responses({"$ref": "#/components/schemas/ActionResult"}),
    }
