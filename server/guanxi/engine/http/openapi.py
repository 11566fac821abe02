"""OpenAPI 3.1 of one workspace as one caller sees it, with a live console."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from guanxi.engine import actions as verbs
from guanxi.engine.context import Context
from guanxi.engine.http import schemas
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import served
from guanxi.engine.http.schemas import Shapes
from guanxi.engine.objects.model import label_text
from guanxi.infra.http.responses import json_response

_NEEDED = {
    "update": "edit", "delete": "delete", "create": "create", "upsert": "create", "export": "exports",
}  # fmt: skip
"""Operations that are described only to those who may do them, and the right that says so."""
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
    actions = [verb for _, verb in sorted(verbs.actions().items()) if verbs.permitted(ctx, verb)]
    known = Shapes(
        [shape for one in served for shape in (one.route.answer, one.route.body, one.route.query)]
        + [shape for verb in actions for shape in (verb.params, verb.answer)]
    )
    paths: dict[str, Any] = {}
    components = known.components
    of_objects = []
    for one in served:
        if "object" in one.route.places:
            of_objects.append(one.route)
        elif one.route.about != "actions":
            operation = schemas.plain_operation(one, known)
            paths.setdefault(one.route.template, {})[one.route.method.lower()] = operation
    tags = []
    for obj in sorted(ctx.snapshot.objects.values(), key=lambda o: (o.position, o.key)):
        rights = ctx.actor.rights(obj.key)
        if not rights.reads:
            continue
        told = ctx.guard().told(obj)
        tags.append({"name": obj.key, "description": label_text(obj.plural, ctx.language)})
        components[obj.key] = schemas.record_schema(told, ctx.language)
        components[f"{obj.key}_values"] = schemas.values_schema(told, ctx.language)
        for route in of_objects:
            right = _NEEDED.get(route.name)
            if right is None or rights.allows(right):
                where = route.template.replace("{object}", obj.key)
                paths.setdefault(where, {})[route.method.lower()] = schemas.object_operation(route, obj, known)
    for verb in actions:
        paths[f"/actions/{verb.path}"] = {"post": schemas.action_operation(verb, known)}
    called = {tag["name"]: tag["description"] for tag in tags}
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Guanxi: {ctx.workspace.name}", "version": str(ctx.snapshot.version)},
        "servers": [{"url": f"/api/v1/{ctx.workspace.slug}"}],
        "tags": tags,
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": schemas.security(called, ctx.language)},
        "security": [{"session": []}, {"token": []}, {"key": []}, {"app": []}],
    }
