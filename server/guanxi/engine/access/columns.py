"""What of an object's columns may be read record by record, where the type of a record decides on its fields."""

from __future__ import annotations

from collections.abc import Callable

from guanxi.engine.objects.levels import MASKED, FieldLevels, Level, is_read
from guanxi.engine.objects.masks import aside
from guanxi.engine.objects.model import Field, Object

RECORD_TYPE = "record_type"
_SYSTEM_COLUMNS = (
    "id", "rev", "owner", "via_owner", "created_at", "created_by", "updated_at", "updated_by", "deleted_at",
)  # fmt: skip


def table_of(obj: Object, levels: FieldLevels, masks_some: Callable[[Object, Field], bool]) -> str:
    """What stands in FROM for the object: its table, or a part of it.

    A value is left out of the records whose type does not tell it. Where it is told as a mask there, ``masks_some``, it
    stands aside, under a name that no filter can have.
    """
    kept: dict[str, str] = {}
    beside: list[str] = []
    for key in sorted(levels.named) if levels.by_type else ():
        field = obj.fields.get(key)
        if field is None or key in (obj.title, RECORD_TYPE):
            continue
        highest, lowest = levels.highest(key), levels.lowest(key)
        names = [name for name, _ in field.columns]
        if is_read(lowest) or (highest in MASKED and lowest in MASKED):
            continue  # every record tells the value, or its mask, which is made of it
        wanted = is_read if is_read(highest) else _is_masked
        kept.update(dict.fromkeys(names, _types_with(obj, levels, key, wanted)))
        if masks_some(obj, field):
            hinted = _types_with(obj, levels, key, _is_masked)
            beside += [f'CASE WHEN {hinted} THEN "{name}" END AS "{aside(key, name)}"' for name in names]
    if not kept:
        return f'"{obj.table}"'
    every = [*_SYSTEM_COLUMNS, *(name for one in obj.stored for name, _ in one.columns)]
    columns = [f'CASE WHEN {kept[one]} THEN "{one}" END AS "{one}"' if one in kept else f'"{one}"' for one in every]
    return f'(SELECT {", ".join([*columns, *beside])} FROM "{obj.table}")'


def _is_masked(level: Level) -> bool:
    return level in MASKED


def _types_with(obj: Object, levels: FieldLevels, key: str, wanted: Callable[[Level], bool]) -> str:
    """SQL that is true for the records on whose type the level of a field is a wanted one."""
    plain = wanted(levels.of(key))
    if RECORD_TYPE not in obj.fields:
        return "TRUE" if plain else "FALSE"
    others = [one for one, level in levels.differing(key).items() if wanted(level) != plain]
    names = ", ".join("'" + one.replace("'", "''") + "'" for one in sorted(others))
    if plain:
        return f'"{RECORD_TYPE}" IS NULL OR "{RECORD_TYPE}" NOT IN ({names})' if others else "TRUE"
    return f'"{RECORD_TYPE}" IN ({names})' if others else "FALSE"
