"""XML of strangers: read without declarations of entities, without anything from elsewhere, and not without end."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET
from xml.parsers import expat

from guanxi.infra.errors import BadRequest

LONGEST = 4_000_000
ELEMENTS = 20_000
DEEPEST = 60


def parse(text: str) -> ET.Element:
    """The root. BadRequest for what is no XML, is too large, or declares a document type, as entities need."""
    if len(text) > LONGEST:
        raise BadRequest("flows.bpmn_too_large", {"limit": LONGEST // 1_000_000})
    builder, parser = ET.TreeBuilder(), expat.ParserCreate("utf-8", "}")
    count = depth = 0

    def start(tag: str, given: Mapping[str, str]) -> None:
        nonlocal count, depth
        count, depth = count + 1, depth + 1
        if count > ELEMENTS or depth > DEEPEST:
            raise BadRequest("flows.bpmn_too_large", {"limit": LONGEST // 1_000_000})
        builder.start(_full(tag), {_full(key): value for key, value in given.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_full(tag))

    def refuse(*_: object) -> None:
        raise BadRequest("flows.bpmn_doctype")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(text.encode(errors="replace"), True)
    except expat.ExpatError as error:
        raise BadRequest("flows.bpmn_not_xml", {"line": error.lineno}) from None
    return builder.close()


def _full(tag: str) -> str:
    return "{" + tag if "}" in tag else tag
