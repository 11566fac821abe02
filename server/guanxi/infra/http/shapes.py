"""Shapes of JSON as Python types, and their schemas.

A shape is a TypedDict. Its class name is the name of the component in the OpenAPI document and of the type in the
browser client, so that an answer has one name everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import ConfigDict, TypeAdapter, WithJsonSchema

Id = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
Instant = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
OPEN = ConfigDict(extra="allow")
"""For shapes with more keys than are known beforehand; all others have exactly the keys they name."""
CLOSED = ConfigDict(extra="ignore")
"""For shapes within open ones, which they would else take after."""
_NAMES = "#/components/schemas/"
_NAMED = "x-component"


def component(name: str) -> WithJsonSchema:
    """Annotation of a value whose schema is a component that is written elsewhere."""
    return WithJsonSchema({_NAMED: name})


def reference(name: str) -> dict[str, Any]:
    """The schema that says: as the component with this name."""
    return {"$ref": _NAMES + name}


def schemas(shapes: Iterable[Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The schema of each shape, in their order, and the components that these refer to."""
    inputs = [(number, "validation", TypeAdapter(shape)) for number, shape in enumerate(shapes)]
    found, definitions = TypeAdapter.json_schemas(
        inputs,  # type: ignore[arg-type]  # the keys may be of any type that can be told apart
        ref_template=_NAMES + "{model}",
    )
    return [_plain(found[number, mode]) for number, mode, _ in inputs], _plain(definitions.get("$defs", {}))  # type: ignore[index]


def _plain(schema: Any) -> Any:
    """A copy with references for marks of components, and without titles, which only repeat names."""
    if isinstance(schema, dict):
        if _NAMED in schema:
            return reference(schema[_NAMED])
        return {k: _plain(v) for k, v in schema.items() if k != "title" or not isinstance(v, str)}
    return [_plain(one) for one in schema] if isinstance(schema, list) else schema
