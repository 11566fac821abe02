"""JSON Schemas and operations of the OpenAPI document."""

from __future__ import annotations

from typing import Any

from guanxi.engine.http.route import Route
from guanxi.engine.objects.model import Object, label_text

SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
    "token": {"type": "apiKey", "in": "header", "name": "X-Session-Token"},
}
_ID = {"type": "string", "format": "uuid"}
_FILTER = {"anyOf": [{"$ref": "#/components/schemas/Filter"}, {"type": "null"}]}

COMMON_SCHEMAS: dict[str, Any] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457 problem; `code` and `params` are stable, `detail` is in the caller's language.",
        "required": ["type", "title", "status", "code", "detail", "params", "request_id"],
        "properties": {
            "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
            "code": {"type": "string"}, "detail": {"type": "string"}, "params": {"type": "object"},
            "request_id": {"type": "string"},
            "fields": {"type": "array", "items": {"type": "object"}},
        },
    },
    "Filter": {
        "description": "and / or / not over conditions; `field` may be a path over relations, `has` asks for related records.",
        "oneOf": [
            {"type": "object", "required": ["and"], "additionalProperties": False,
             "properties": {"and": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Filter"}}}},
            {"type": "object", "required": ["or"], "additionalProperties": False,
             "properties": {"or": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Filter"}}}},
            {"type": "object", "required": ["not"], "additionalProperties": False,
             "properties": {"not": {"$ref": "#/components/schemas/Filter"}}},
            {"type": "object", "required": ["field", "op"], "additionalProperties": False,
             "properties": {"field": {"type": "string"}, "op": {"type": "string"}, "value": {}}},
            {"type": "object", "required": ["has"], "additionalProperties": False,
             "properties": {"has": {"type": "string"}, "where": _FILTER}},
        ],
    },
    "Query": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "select": {"type": "array", "items": {"type": "string"}}, "where": _FILTER,
            "sort": {"type": "array", "items": {"type": "object", "required": ["field"], "properties": {
                "field": {"type": "string"}, "dir": {"enum": ["asc", "desc"]}}}},
            "limit": {"type": "integer", "minimum": 1, "maximum": 200}, "cursor": {"type": ["string", "null"]},
            "search": {"type": ["string", "null"]}, "expand": {"type": "object"},
        },
    },
    "Written": {
        "type": "object",
        "properties": {"change_set": _ID, "count": {"type": "integer"}, "ids": {"type": "array", "items": _ID}},
    },
    "ActionResult": {
        "type": "object",
        "required": ["result", "change_set"],
        "properties": {"result": {"type": "object"}, "change_set": {"type": ["string", "null"]}},
    },
}  # fmt: skip


def responses(schema: dict[str, Any], status: str = "200") -> dict[str, Any]:
    """The answer of an operation, every refusal being a problem."""
    return {
        status: {"description": "OK", "content": {"application/json": {"schema": schema}}},
        "default": {
            "description": "Refusal",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        },
    }


def body(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON body."""
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def parameter(name: str, where: str = "query", schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """A parameter of the address."""
    return {"name": name, "in": where, "required": where == "path", "schema": schema or {"type": "string"}}


COMMON_PATHS: dict[str, Any] = {
    "/catalog": {"get": {"tags": ["catalog"], "operationId": "catalog", "summary": "Objects, fields, relations, rights",
                         "responses": responses({"type": "object"})}},
    "/search": {"get": {"tags": ["search"], "operationId": "search", "summary": "Search all objects",
                        "parameters": [parameter("q"), parameter("objects"), parameter("limit")],
                        "responses": responses({"type": "object"})}},
    "/change-sets": {"get": {"tags": ["change sets"], "operationId": "change_sets", "summary": "Own latest change sets",
                             "responses": responses({"type": "object"})}},
    "/change-sets/{id}": {"get": {"tags": ["change sets"], "operationId": "change_set", "summary": "One change set",
                                  "parameters": [parameter("id", "path", _ID)],
                                  "responses": responses({"type": "object"})}},
    "/change-sets/{id}/undo": {"post": {
        "tags": ["change sets"], "operationId": "undo", "summary": "Take a change set back, or preview that",
        "parameters": [parameter("id", "path", _ID)],
        "requestBody": body({"type": "object", "properties": {
            "preview": {"type": "boolean"}, "skip_conflicts": {"type": "boolean"}}}),
        "responses": responses({"type": "object"})}},
}  # fmt: skip


def plain_operation(route: Route) -> dict[str, Any]:
    """The operation of a route that belongs to no object."""
    made: dict[str, Any] = {
        "tags": [route.about],
        "operationId": f"{route.method.lower()}:{route.path}",
        "summary": route.summary,
        "parameters": [parameter(name, "path") for name in route.places],
        "responses": responses({"type": "object"}),
    }
    if route.method in ("POST", "PUT", "PATCH"):
        made["requestBody"] = {"content": {"application/json": {"schema": {"type": "object"}}}}
    return made


def record_schema(obj: Object, language: str) -> dict[str, Any]:
    """A record as it is answered."""
    properties: dict[str, Any] = {"id": _ID, "rev": {"type": "integer"}}
    for field in obj.fields.values():
        schema = field.kind.json_schema(field)
        described = {"description": label_text(field.label, language)}
        properties[field.key] = {"anyOf": [schema, {"type": "null"}], **described}
    return {"type": "object", "required": ["id", "rev"], "properties": properties}


def values_schema(obj: Object, language: str) -> dict[str, Any]:
    """The values that may be written; references take an id."""
    properties = {}
    for field in obj.fields.values():
        if field.read_only or field.kind.generated:
            continue
        schema: dict[str, Any] = field.kind.json_schema(field)
        if field.kind.trait == "ref":
            schema = _ID
        properties[field.key] = {"anyOf": [schema, {"type": "null"}], "description": label_text(field.label, language)}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def operation(obj: Object, verb: str) -> dict[str, Any]:
    """One operation on an object's records."""
    record = {"$ref": f"#/components/schemas/{obj.key}"}
    values = {"$ref": f"#/components/schemas/{obj.key}_values"}
    page = {"type": "object", "required": ["rows", "next_cursor"], "properties": {
        "rows": {"type": "array", "items": {"type": "object"}}, "next_cursor": {"type": ["string", "null"]}}}  # fmt: skip
    made: dict[str, Any] = {"tags": [obj.key], "operationId": f"{obj.key}.{verb}", "summary": _SUMMARIES[verb]}
    if verb in ("get", "update", "delete", "timeline", "related"):
        made["parameters"] = [parameter("id", "path", _ID)]
    if verb in ("shared", "share", "unshare"):
        made["parameters"] = [parameter("id", "path", _ID)]
    if verb == "unshare":
        made["parameters"].append(parameter("share", "path", _ID))
    if verb == "related":
        made["parameters"].append(parameter("relation", "path", {"enum": sorted(obj.relations)}))
    if verb == "list":
        made["parameters"] = [parameter(n) for n in ("select", "where", "sort", "limit", "cursor", "search")]
    bodies = {
        "create": {"type": "object", "required": ["values"], "properties": {"values": values}},
        "update": {"type": "object", "required": ["values"], "properties": {"values": values, "rev": {"type": "integer"}}},
        "query": {"$ref": "#/components/schemas/Query"},
        "count": {"type": "object", "properties": {"where": _FILTER, "search": {"type": "string"}}},
        "group": {"type": "object", "properties": {"by": {"type": "array"}, "aggregates": {"type": "array"}, "where": _FILTER}},
        "bulk": {"type": "object", "required": ["op"], "properties": {
            "op": {"enum": ["create", "update", "delete", "restore"]}, "records": {"type": "array"},
            "ids": {"type": "array", "items": _ID}, "where": _FILTER, "values": values}},
        "export": {"type": "object", "properties": {
            "format": {"enum": ["csv", "xlsx"]}, "select": {"type": "array", "items": {"type": "string"}},
            "where": _FILTER, "search": {"type": "string"}, "sort": {"type": "array"}}},
        "share": {"type": "object", "required": ["level"], "properties": {
            "member": _ID, "department": _ID, "level": {"enum": ["read", "edit"]}}},
        "upsert": {"type": "object", "required": ["match", "records"], "properties": {
            "match": {"type": "array", "items": {"type": "string"}}, "records": {"type": "array", "items": values}}},
    }  # fmt: skip
    if verb in bodies:
        made["requestBody"] = body(bodies[verb])
    answers: dict[str, dict[str, Any]] = {
        "get": record, "create": record, "update": record, "list": page, "query": page, "related": page,
        "delete": {"$ref": "#/components/schemas/Written"}, "bulk": {"$ref": "#/components/schemas/Written"},
    }  # fmt: skip
    made["responses"] = responses(answers.get(verb, {"type": "object"}), "201" if verb == "create" else "200")
    return made


_SUMMARIES = {
    "list": "List records (query in the address)",
    "query": "List records (query in the body)",
    "get": "One record",
    "create": "Create a record",
    "update": "Change a record; a stale rev is answered with 409",
    "delete": "Put a record into the recycle bin",
    "count": "Count records",
    "group": "Count and sum by group",
    "bulk": "One operation on many records, undoable as one change set",
    "export": "All records of a query as a CSV or XLSX file",
    "upsert": "Update what the match fields find, create the rest",
    "timeline": "Activities and changes of a record",
    "related": "Records of a to-many relation",
    "shared": "Members and departments that a record is shared with",
    "share": "Share a record with a member or a department and all below it, or change the level",
    "unshare": "End a share",
}
