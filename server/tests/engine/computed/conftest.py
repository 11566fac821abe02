"""The workspace of the tests of formulas."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.support.computed_world import ComputedWorld
from tests.support.databases import using
from tests.support.formula_world import FIRM, ME, FormulaWorld


@pytest.fixture(scope="module")
def formulas(empty_copy: str) -> Iterator[FormulaWorld]:
    """A workspace with rows to compute with; gone at the end of the module."""
    from django.db import transaction

    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import writes
    from guanxi.infra.database.cursor import cursor
    from tests.support import formula_world

    with using(empty_copy), transaction.atomic():
        world = formula_world.build()
        with work(world.workspace, SYSTEM, via="system", now=formula_world.NOW) as ctx:
            cursor().execute(
                "INSERT INTO rec_member (id, created_at, updated_at, name) VALUES ($1::uuid, now(), now(), '我')", [ME]
            )
            firms: list[UUID] = []
            for values in (
                {"name": "母公司", "size": 5000, "since": "1999-12-31", "level": "won", "active": True},
                {"name": "Child's, Ltd", "size": None, "since": "2024-02-29", "boss": str(ME)},
                {"name": "无", "level": "A-1"},
            ):
                above = {"parent": firms[0]} if firms else {}
                firms += writes.create(ctx, FIRM, [{**values, **above}])
            gone = writes.create(ctx, FIRM, [{"name": "已删除", "size": 1}])
            cursor().execute("UPDATE rec_firm SET deleted_at = now() WHERE id = $1::uuid", gone)
        yield FormulaWorld(world.workspace, tuple(firms + gone))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def computed(empty_copy: str) -> Iterator[ComputedWorld]:
    """A workspace with computed fields of every sort; gone at the end of the module."""
    from django.db import transaction

    from tests.support import computed_world

    with using(empty_copy), transaction.atomic():
        yield computed_world.build()
        transaction.set_rollback(True)
