"""What of an object's columns may be read record by record, where the type of a record or its pool decides on its fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guanxi.engine.access.actor import POOL, Pool
from guanxi.engine.objects.levels import MASKED, FieldLevels, Level, is_read
from guanxi.engine.objects.masks import aside
from guanxi.engine.objects.model import Field, Object

RECORD_TYPE = "record_type"
_SYSTEM_COLUMNS = (
    "id", "rev", "owner", "via_owner", "created_at", "created_by", "updated_at", "updated_by", "deleted_at",
)  # fmt: skip


def table_of(
    obj: Object, levels: FieldLevels, masks_some: Callable[[Object, Field], bool], pools: Sequence[Pool] = ()
) -> str:
    """What stands in FROM for the object: its table, or a part of it.

    A value is left out of the records whose type does not tell it, and of those in a pool that does not. Where it is told
    as a mask there, ``masks_some``, it stands aside, under a name that no filter can have.
    """
    kept: dict[str, str] = {}
    beside: list[str] = []
    by_type = levels.named if levels.by_type else set()
    for key in sorted({*by_type, *(one for pool in pools for one in pool.hides)}):
        field = obj.fields.get(key)
        if field is None or key in (obj.title, RECORD_TYPE):
            continue
        highest, lowest = levels.highest(key), levels.lowest(key)
        names = [name for name, _ in field.columns]
        closed = _lying_in(pools, key, _is_told_less)
        if (is_read(lowest) or (highest in MASKED and lowest in MASKED)) and not closed:
            continue  # every record tells the value, or its mask, which is made of it
        wanted = is_read if is_read(highest) else _is_masked
        told = _types_with(obj, levels, key, wanted)
        if closed:
            told = f"({told}) AND ({_lying_in(pools, key, _is_hidden if wanted is _is_masked else _is_told_less)}) IS NOT TRUE"
        kept.update(dict.fromkeys(names, told))
        if masks_some(obj, field):
            hinted = _types_with(obj, levels, key, _is_masked)
            if closed:
                there = _types_with(obj, levels, key, _is_shown)
                masked = _lying_in(pools, key, _is_masked)
                hinted = f"({there}) AND ({_lying_in(pools, key, _is_hidden)}) IS NOT TRUE AND (({hinted}) OR {masked})"
            beside += [f'CASE WHEN {hinted} THEN "{name}" END AS "{aside(key, name)}"' for name in names]
    if not kept:
        return f'"{obj.table}"'
    every = [*_SYSTEM_COLUMNS, *(name for one in obj.stored for name, _ in one.columns)]
    columns = [f'CASE WHEN {kept[one]} THEN "{one}" END AS "{one}"' if one in kept else f'"{one}"' for one in every]
    return f'(SELECT {", ".join([*columns, *beside])} FROM "{obj.table}")'


def _lying_in(pools: Sequence[Pool], key: str, wanted: Callable[[Level], bool]) -> str:
    """SQL that is true for records in a pool whose level of a field is a wanted one; "" for no such pool at all."""
    ids = [pool.id.hex for pool in pools if key in pool.hides and wanted(pool.hides[key])]
    if not ids:
        return "FALSE" if any(key in pool.hides for pool in pools) else ""
    return f"\"{POOL}\" = ANY('{{{','.join(ids)}}}'::uuid[])"


def _is_told_less(level: Level) -> bool:
    return not is_read(level)


def _is_hidden(level: Level) -> bool:
    return level == "hidden"


def _is_shown(level: Level) -> bool:
    return level != "hidden"


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
