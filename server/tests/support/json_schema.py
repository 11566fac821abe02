"""The part of JSON Schema that field kinds use, checked without a library."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

_TYPES: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict,
    "null": type(None),
}  # fmt: skip
_FORMATS: dict[str, Any] = {
    "uuid": UUID, "date": date.fromisoformat, "date-time": datetime.fromisoformat, "iri": str, "idn-email": str,
}  # fmt: skip
_KNOWN = {
    "type", "enum", "pattern", "format", "minimum", "maximum", "minLength", "maxLength", "properties", "required",
    "additionalProperties", "items", "uniqueItems", "anyOf",
}  # fmt: skip


def problems(value: Any, schema: Mapping[str, Any], at: str = "$") -> list[str]:
    """What contradicts the schema, each with its place; a keyword that is not known here is a problem too."""
    found = [f"{at}: unknown keyword {word}" for word in schema if word not in _KNOWN]
    if "anyOf" in schema and all(problems(value, one, at) for one in schema["anyOf"]):
        found.append(f"{at}: {value!r} matches none of the alternatives")
    if "type" in schema and not _is_of(value, schema["type"]):
        return [*found, f"{at}: {value!r} is no {schema['type']}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is none of {schema['enum']}")
    if isinstance(value, str):
        found += _text_problems(value, schema, at)
    elif isinstance(value, int | float):
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            found.append(f"{at}: {value!r} is out of range")
    elif isinstance(value, list):
        if schema.get("uniqueItems") and any(value.count(item) > 1 for item in value):
            found.append(f"{at}: items stand twice")
        for place, item in enumerate(value):
            found += problems(item, schema.get("items", {}), f"{at}[{place}]")
    elif isinstance(value, dict):
        found += _object_problems(value, schema, at)
    return found


def _is_of(value: Any, types: str | list[str]) -> bool:
    names = [types] if isinstance(types, str) else types
    return any(isinstance(value, _TYPES[n]) and (n == "boolean" or not isinstance(value, bool)) for n in names)


def _text_problems(value: str, schema: Mapping[str, Any], at: str) -> list[str]:
    found = []
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{at}: {value!r} does not match {schema['pattern']}")
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        found.append(f"{at}: {value!r} has the wrong length")
    if "format" in schema:
        try:
            _FORMATS[schema["format"]](value)
        except ValueError:
            found.append(f"{at}: {value!r} is no {schema['format']}")
    return found


def _object_problems(value: Mapping[str, Any], schema: Mapping[str, Any], at: str) -> list[str]:
    properties = schema.get("properties", {})
    found = [f"{at}: {key} is missing" for key in schema.get("required", ()) if key not in value]
    for key, item in value.items():
        if key in properties:
            found += problems(item, properties[key], f"{at}.{key}")
        elif schema.get("additionalProperties") is False:
            found.append(f"{at}: {key} is not foreseen")
    return found
