"""Records as they are, would be or are being typed, as rows of a statement: conditions and formulas are compiled for
them as for stored ones, so that a form and a write can never come to different answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind, Source, link_table
from guanxi.engine.records import store

ALIAS = "image"
_NAMED = re.compile(rf'\b{ALIAS}\.(?:"([^"]+)"|([a-z_]+))')
_SYSTEM: Mapping[str, str] = {
    "id": "uuid", "rev": "int", "owner": "uuid", "via_owner": "uuid", "created_at": "timestamptz",
    "created_by": "uuid", "updated_at": "timestamptz", "updated_by": "uuid", "deleted_at": "timestamptz",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Image:
    """One record: native values by field, and the to-many references that stand in place of the stored ones."""

    id: UUID
    values: Mapping[str, Any]
    links: Mapping[str, Sequence[UUID]] = field(default_factory=dict)


def evaluate(
    ctx: Context, obj: Object, images: Sequence[Image], expressions: Callable[[Source], Sequence[str]]
) -> list[tuple[Any, ...]]:
    """The expressions' values for each image, in their order: one statement for all of them.

    Related records are seen as they are stored, with the system's reach: what a rule says of a record is the same for
    everybody. Only images of one record with different to-many references need a statement each.
    """
    linked = [place for place, one in enumerate(images) if one.links]
    stored = [place for place, one in enumerate(images) if not one.links]
    found: dict[int, tuple[Any, ...]] = {}
    for places in (linked, stored):
        if places:
            rows = _evaluate(ctx, obj, [images[place] for place in places], expressions)
            found.update(zip(places, rows, strict=True))
    return [found[place] for place in range(len(images))]


def _evaluate(
    ctx: Context, obj: Object, images: Sequence[Image], expressions: Callable[[Source], Sequence[str]]
) -> list[tuple[Any, ...]]:
    bind = Bind()
    source = Source(ctx.snapshot, obj, ctx.as_system().guard(), bind, ctx.env, ALIAS)
    wanted = list(expressions(source))
    if not wanted:
        return [()] * len(images)
    text = " ".join([*wanted, source.from_clause("")])
    rows = _rows(obj, images, named(text), bind)
    found = ctx.run(
        f"{_links(obj, images, text, bind)}SELECT {', '.join([f'{ALIAS}.place', *wanted])}"
        f" FROM {source.from_clause(rows)} ORDER BY {ALIAS}.place",
        bind.values,
    )
    return [row[1:] for row in found]


def named(text: str) -> set[str]:
    """The columns of an image that a statement names."""
    return {quoted or plain for quoted, plain in _NAMED.findall(text)}


def _rows(obj: Object, images: Sequence[Image], names: set[str], bind: Bind) -> str:
    """The images as rows with the columns that are named."""
    used = [one for one in obj.stored if any(name in names for name, _ in one.columns)]
    columns: list[tuple[str, str, list[Any]]] = [("place", "int", list(range(len(images))))]
    for name, sql_type in _SYSTEM.items():
        if name in names:
            cells = [one.id if name == "id" else one.values.get(name) for one in images]
            columns.append((name, sql_type, cells))
    columns.extend(store.cells_of(used, [one.values for one in images]))
    places, selected = store.unnested(columns, bind)
    listed = ", ".join(f'"{name}"' for name, _, _ in columns)
    return f"(SELECT {selected} FROM unnest({places}) AS v({listed})) {ALIAS}"


def _links(obj: Object, images: Sequence[Image], text: str, bind: Bind) -> str:
    """The link tables that the statement reads, with the images' own references in place of the stored ones."""
    parts = []
    for one in obj.fields.values():
        table = link_table(obj, one)
        holders = [image for image in images if one.key in image.links]
        if one.kind.trait != "refs" or not holders or f'"{table}"' not in text:
            continue
        links = [(image.id, target, n) for image in holders for n, target in enumerate(image.links[one.key])]
        sources, targets, positions = (list(column) for column in zip(*links, strict=True)) if links else ([], [], [])
        parts.append(
            f'"{table}" AS (SELECT l.source, l.target, l.position FROM "{table}" l'
            f" WHERE NOT (l.source = ANY({bind([image.id for image in holders], 'uuid[]')})) UNION ALL"
            f" SELECT * FROM unnest({bind(sources, 'uuid[]')}, {bind(targets, 'uuid[]')}, {bind(positions, 'int[]')}))"
        )
    return f"WITH {', '.join(parts)} " if parts else ""
