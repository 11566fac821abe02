"""Shared views as a section of configuration files."""

from guanxi.engine.bundles.records import RecordSection

VIEWS = RecordSection(
    name="view",
    object="view",
    attributes=("name", "object", "type", "config", "position"),
    folder="views/{object}/{id}.toml",
    natural=("object", "name"),
    where={"field": "scope", "op": "eq", "value": "shared"},
    always={"scope": "shared"},
)
