"""JSON Schemas and operations of the OpenAPI document, made of the table of addresses and of an object's fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.access.reach import SCOPES
from guanxi.engine.actions import Action
from guanxi.engine.http.route import Content, Route, Served
from guanxi.engine.http.shapes import catalog, records
from guanxi.engine.http.shapes.history import ActionResult
from guanxi.engine.objects.fields.registry import kinds
from guanxi.engine.objects.model import Field, Object, label_text
from guanxi.infra.http import shapes
from guanxi.infra.http.refusals import Problem
from guanxi.infra.http.shapes import reference
from guanxi.infra.i18n import LANGUAGES, sentence

SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
    "token": {"type": "apiKey", "in": "header", "name": "X-Session-Token"},
    "key": {"type": "http", "scheme": "bearer", "bearerFormat": "gx_..."},
}
"""Ways to sign a request; apps have one of their own, whose scopes name the workspace's objects."""
STREAM = "text/event-stream"
_ID = {"type": "string", "format": "uuid"}
_FILTER = reference("Filter")
_FILTERS = {"type": "array", "minItems": 1, "items": _FILTER}


def _closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


def _word(words: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(words)}


def written_components() -> dict[str, Any]:
    """Components that no shape can say: the filter language and the words that registries know."""
    return {
        "Filter": {
            "description": "and / or / not over conditions; `field` may be a path over relations, `has` asks for related records.",
            "oneOf": [
                _closed(["and"], **{"and": _FILTERS}),
                _closed(["or"], **{"or": _FILTERS}),
                _closed(["not"], **{"not": _FILTER}),
                _closed(["field", "op"], field={"type": "string"}, op={"type": "string"}, value={}),
                _closed(["has"], has={"type": "string"}, where={"anyOf": [_FILTER, {"type": "null"}]}),
            ],
        },
        "Language": _word(LANGUAGES),
        "Scope": _word(SCOPES),
        "FieldKind": _word(kind.key for kind in kinds()),
        "Trait": _word(sorted({kind.trait for kind in kinds()})),
    }  # fmt: skip


def security(objects: Mapping[str, str], language: str) -> dict[str, Any]:
    """Every way to sign a request. ``objects`` are what each object is called, by its key."""
    every = {"*": sentence("openapi.every_object", {}, language), **objects}
    scopes = {
        f"{key}:{verb}": sentence(f"openapi.scope_{verb}", {"objects": name}, language)
        for key, name in every.items()
        for verb in ("read", "write")
    }
    flow = {"authorizationUrl": "/oauth/authorize", "tokenUrl": "/oauth/token", "refreshUrl": "/oauth/token"}
    return {**SECURITY, "app": {"type": "oauth2", "flows": {"authorizationCode": {**flow, "scopes": scopes}}}}


class Shapes:
    """The schemas of all shapes that the document mentions, under the objects that hold them."""

    def __init__(self, wanted: list[Any]) -> None:
        plain = [*_ALWAYS, *(one.shape if isinstance(one, Content) else one for one in wanted if one is not None)]
        plain = [one for one in plain if one is not None]
        found, components = shapes.schemas(plain)
        self._schemas = {id(shape): schema for shape, schema in zip(plain, found, strict=True)}
        self.components = {**written_components(), **components}

    def of(self, shape: Any) -> dict[str, Any]:
        """The schema of a shape."""
        return self._schemas[id(shape)]

    def own(self, schema: Any, names: Mapping[str, str]) -> Any:
        """The schema with other components in place of those that ``names`` lists, however deep they are."""
        if isinstance(schema, list):
            return [self.own(one, names) for one in schema]
        if not isinstance(schema, dict):
            return schema
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if name in names:
            return reference(names[name])
        if name and self._mentions(name, names, set()):
            return self.own(self.components[name], names)
        return {key: self.own(value, names) for key, value in schema.items()}

    def _mentions(self, name: str, names: Mapping[str, str], seen: set[str]) -> bool:
        found = _references(self.components[name]) - seen
        seen |= found
        return bool(found & set(names)) or any(self._mentions(one, names, seen) for one in found)


_ALWAYS = (
    Problem, records.AboutReference, records.AddressValue, records.FileValue, records.MoneyValue,
    records.RecordRow, records.RecordValues, catalog.Hue, ActionResult,
)  # fmt: skip
"""Shapes of values, which stand in records and not at addresses."""


def _references(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {name for one in schema for name in _references(one)}
    if not isinstance(schema, dict):
        return set()
    own = {str(schema["$ref"]).rpartition("/")[2]} if isinstance(schema.get("$ref"), str) else set()
    return own | {name for value in schema.values() for name in _references(value)}


def operation(route: Route, known: Shapes) -> dict[str, Any]:
    """What a route asks for and answers."""
    made: dict[str, Any] = {
        "tags": [route.about],
        "summary": route.summary,
        "parameters": [
            *(_parameter(name, "path", _ID if name == "id" else {"type": "string"}) for name in route.places),
            *_parameters(route, known),
        ],
        "responses": _responses(_content(route.answer, known), route.status),
    }
    if route.body is not None:
        made["requestBody"] = {"required": True, "content": _content(route.body, known)}
    return made


def _responses(content: dict[str, Any], status: int = 200) -> dict[str, Any]:
    refusal = {"application/problem+json": {"schema": reference("Problem")}}
    return {
        str(status): {"description": "OK", "content": content},
        "default": {"description": "Refusal", "content": refusal},
    }


def _content(shape: Any, known: Shapes) -> dict[str, Any]:
    if shape is None:
        raise ValueError("a route says neither what it answers nor that it answers no JSON")
    if not isinstance(shape, Content):
        return {"application/json": {"schema": known.of(shape)}}
    if STREAM in shape.types:
        described = {"type": "string", "contentMediaType": "application/json", "contentSchema": known.of(shape.shape)}
        return {STREAM: {"schema": described}}
    schema = known.of(shape.shape) if shape.shape is not None else {"type": "string", "format": "binary"}
    return {media: {"schema": schema} for media in shape.types}


def _parameters(route: Route, known: Shapes) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    name = known.of(route.query)["$ref"].rpartition("/")[2]
    asked = known.components[name]
    required = asked.get("required", ())
    return [
        _parameter(key, "query", schema, required=key in required)
        for key, schema in asked.get("properties", {}).items()
    ]


def _parameter(name: str, where: str, schema: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {"name": name, "in": where, "required": required, "schema": schema}


def plain_operation(one: Served, known: Shapes) -> dict[str, Any]:
    """The operation of a route that belongs to no object."""
    made = {"operationId": f"{one.route.method.lower()}:{one.route.path}", **operation(one.route, known)}
    return made if one.base is None else {**made, "servers": [one.server]}


def object_operation(route: Route, obj: Object, known: Shapes) -> dict[str, Any]:
    """The operation of a route of records, for the records of one object."""
    made = known.own(operation(route, known), {"RecordRow": obj.key, "RecordValues": f"{obj.key}_values"})
    name = f"{obj.key}.{route.name}"
    made |= {
        "tags": [obj.key],
        "operationId": name if route.method == "GET" or "relation" not in route.places else f"{name}_query",
    }
    made["parameters"] = [one for one in made["parameters"] if one["name"] != "object"]
    for one in made["parameters"]:
        if one["name"] == "relation":
            one["schema"] = _word(sorted(obj.relations))
    return made


def action_operation(verb: Action, known: Shapes) -> dict[str, Any]:
    """The operation of an action."""
    body = {"type": "object", "properties": {"params": known.of(verb.params)}}
    properties = known.components["ActionResult"]["properties"] | {"result": known.of(verb.answer)}
    answer = known.components["ActionResult"] | {"properties": properties}
    return {
        "tags": ["actions"],
        "operationId": verb.name,
        "summary": verb.summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _responses({"application/json": {"schema": answer}}),
    }


def record_schema(obj: Object, language: str) -> dict[str, Any]:
    """A record as it is answered."""
    properties = {
        field.key: _described(_answered(field), field, language)
        for field in obj.fields.values()
        if field.kind.holds_value
    }
    return {"allOf": [reference("RecordRow"), {"type": "object", "properties": properties}]}


def values_schema(obj: Object, language: str) -> dict[str, Any]:
    """The values that may be written; references take an id."""
    properties = {
        field.key: _described(_ID if field.kind.trait == "ref" else field.kind.json_schema(field), field, language)
        for field in obj.fields.values()
        if not (field.read_only or field.kind.generated or field.kind.trait == "none")
    }
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _answered(field: Field) -> dict[str, Any]:
    if field.kind.trait == "ref":
        return reference("Reference")
    if field.kind.trait == "refs":
        return {"type": "array", "items": reference("Reference")}
    return field.kind.json_schema(field)


def _described(schema: dict[str, Any], field: Field, language: str) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}], "description": label_text(field.label, language)}
