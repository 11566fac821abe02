"""A workspace with one object that has a field of every registered kind, and records for references to point at."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects import definitions, install
from guanxi.engine.objects.fields.base import FieldKind
from guanxi.engine.objects.fields.references import SAMPLE_IDS
from guanxi.engine.objects.fields.registry import kinds
from guanxi.engine.objects.model import Field
from guanxi.engine.records import writes
from guanxi.infra.database.cursor import cursor
from tests.support.field_values import NOW

SCHEMA = "ws_kinds"
SAMPLE = "sample"
TARGETS = ("company", "contact", "member")
TITLES = ("乙", "甲", None)
"""How the titles of the records that references point at begin, in the order of ``SAMPLE_IDS``, not in their own."""
PARENTS = {SAMPLE_IDS[1]: SAMPLE_IDS[0]}
"""In each of the target objects the second record stands below the first."""

_SPACE = UUID("0193b2a0-0000-7000-8000-000000000000")


def field_key(of: FieldKind) -> str:
    """The key of the sample object's field of a kind."""
    return f"f_{of.key}"


@dataclass(frozen=True)
class KindsWorkspace:
    """The workspace. ``scratch`` opens a unit of work whose writes are gone afterwards."""

    workspace: Workspace

    @contextmanager
    def scratch(self, language: str = "zh-CN") -> Iterator[Context]:
        """A unit of work of the system at a fixed moment, undone at its end."""
        with transaction.atomic():
            with work(self.workspace, SYSTEM, via="system", language=language, now=NOW) as ctx:
                yield ctx
            transaction.set_rollback(True)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The sample object's field of each kind."""
        with self.scratch() as ctx:
            made = ctx.snapshot.object(SAMPLE).fields
        return {one.key: made[field_key(one)] for one in kinds() if not one.computed}

    def create(self, ctx: Context, field: Field, values: Sequence[Any]) -> list[UUID]:
        """One record for each value; None leaves the field out."""
        rows = [{"name": "样本"} | ({} if value is None else {field.key: value}) for value in values]
        return writes.create(ctx, SAMPLE, rows)


def build() -> KindsWorkspace:
    """Make the schema, the objects and the records to refer to, in the caller's transaction."""
    cur = cursor()
    install.create_schema(cur, SCHEMA)
    install.install(cur, [*map(_target, TARGETS), _sample()])
    for key in TARGETS:
        for record, title in zip(SAMPLE_IDS, TITLES, strict=True):
            cur.execute(
                f'INSERT INTO "rec_{key}" (id, created_at, updated_at, name, parent)'
                " VALUES ($1::uuid, $2::timestamptz, $2::timestamptz, $3::text, $4::uuid)",
                [record, NOW, title and f"{title} {key}", PARENTS.get(record)],
            )
    files = (file for one in kinds() if one.trait == "file" for value in one.samples(None) for file in value)
    for one in {file["id"]: file for file in files}.values():
        cur.execute(
            "INSERT INTO sys_file (id, name, size, type, sha256) VALUES ($1::uuid, $2, $3, $4, '')",
            [one["id"], one["name"], one["size"], one["type"]],
        )
    return KindsWorkspace(Workspace(id=1, slug="kinds", schema=SCHEMA, name="字段"))


def _sample() -> definitions.ObjectDefinition:
    fields = [_field(SAMPLE, "name", "text", searchable=True)]
    fields += [
        _field(SAMPLE, field_key(one), one.key, settings=dict(one.sample_settings), searchable=one.searchable)
        for one in kinds()
        if not one.computed
    ]
    return _object(SAMPLE, fields)


def _target(key: str) -> definitions.ObjectDefinition:
    parent = _field(key, "parent", "lookup", settings={"target": key})
    return _object(key, [_field(key, "name", "text"), parent])


def _object(key: str, fields: list[dict[str, Any]]) -> definitions.ObjectDefinition:
    data = {"id": _id(key), "key": key, "label": _label(key), "title": "name", "fields": fields}
    return definitions.parse(data, "tests", f"{key}.toml")


def _field(object_key: str, key: str, kind_key: str, **attributes: Any) -> dict[str, Any]:
    return {"id": _id(object_key, key), "key": key, "kind": kind_key, "label": _label(key), **attributes}


def _id(*parts: str) -> str:
    return str(uuid5(_SPACE, ".".join(parts)))


def _label(key: str) -> dict[str, str]:
    return {"zh-CN": f"{key} 字段", "en": key}
