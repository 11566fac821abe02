"""What the settings of fields name: other objects, and fields of them."""

from __future__ import annotations

from collections.abc import Iterator

from guanxi.engine.objects.fields.settings import Setting
from guanxi.engine.objects.model import Field, Object, Snapshot


def references(snapshot: Snapshot, obj: Object, one: Field) -> Iterator[tuple[str, str | None, Setting]]:
    """What a field's settings name: (object, field or None, setting)."""
    for setting in one.kind.settings_schema():
        value = one.settings.get(setting.name)
        if value is None:
            continue
        if setting.type in ("object", "objects"):
            for key in [value] if isinstance(value, str) else value:
                yield key, None, setting
        elif setting.type in ("field", "fields"):
            owner = _owner_of(snapshot, obj, one, setting)
            for key in [value] if isinstance(value, str) else value:
                if owner is not None:
                    yield owner, key, setting


def _owner_of(snapshot: Snapshot, obj: Object, one: Field, setting: Setting) -> str | None:
    """The object whose fields a setting names; None where the settings do not say."""
    if setting.of is None:
        return obj.key
    named = one.settings.get(setting.of)
    if not isinstance(named, str):
        return None
    declared = next((other for other in one.kind.settings_schema() if other.name == setting.of), None)
    if declared is not None and declared.type == "field":
        through = obj.fields.get(named)
        return through.target if through else None
    return named
