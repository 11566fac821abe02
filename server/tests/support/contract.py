"""The OpenAPI document as a contract: what an answer has that the document does not say, or says otherwise."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator, FormatChecker

FORMATS = FormatChecker(formats=())
for _name, _read in (("uuid", UUID), ("date", date.fromisoformat), ("date-time", datetime.fromisoformat)):
    FORMATS.checks(_name, raises=ValueError)(lambda value, read=_read: not isinstance(value, str) or bool(read(value)))


class Contract:
    """A document; answers are checked against it strictly: keys that it does not name are a problem."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._components = {"components": _closed({"schemas": document["components"]["schemas"]})}

    def operation(self, method: str, path: str) -> dict[str, Any]:
        """An operation by its address in the document; KeyError when there is none."""
        return self.document["paths"][path][method.lower()]

    def problems(self, schema: Mapping[str, Any], value: Any) -> list[str]:
        """What contradicts the schema, each with its place."""
        validator = Draft202012Validator({**_closed(schema), **self._components}, format_checker=FORMATS)
        return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:300]}" for one in validator.iter_errors(value)]

    def answer_problems(self, method: str, path: str, answer: Any) -> list[str]:
        """What contradicts the operation in a response: status, media type, body."""
        responses = self.operation(method, path)["responses"]
        foreseen = responses.get(str(answer.status_code)) if answer.status_code < 400 else responses["default"]
        if foreseen is None:
            return [f"the status {answer.status_code} is not foreseen"]
        media = answer["Content-Type"].split(";")[0]
        content = foreseen["content"].get(media)
        if content is None:
            return [f"the type {media} is not foreseen"]
        return self.problems(content["schema"], answer.json()) if "json" in media else []


def shape_problems(shape: Any, value: Any) -> list[str]:
    """What contradicts a shape in a value that no address answers, such as an event."""
    from guanxi.infra.http.shapes import schemas

    (schema,), components = schemas([shape])
    return Contract({"components": {"schemas": components}}).problems(schema, value)


def _closed(schema: Any, *, part: bool = False) -> Any:
    """The schema with every object limited to the keys it names; a part of an ``allOf`` stays open."""
    if isinstance(schema, list):
        return [_closed(one, part=part) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    made = {key: _closed(value, part=key == "allOf") for key, value in schema.items()}
    if isinstance(schema.get("properties"), Mapping) and schema.get("type") == "object" and not part:
        made.setdefault("additionalProperties", False)
    return made
