"""Roles as a section of configuration files."""

from guanxi.engine.bundles.records import RecordSection

ROLES = RecordSection(
    name="role",
    object="role",
    attributes=("key", "name", "position", "permissions"),
    folder="roles/{key}.toml",
    natural=("key",),
    by_key=True,
    right="roles",
)
