"""What snapshots of a catalog share with those before them, and what they must not."""

import threading
import time
from typing import Any

import pytest
from django.db import connection

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.objects import catalog, stored
from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.model import Field, Snapshot
from guanxi.engine.records import reads, writes
from tests.engine.design.designer import Designer
from tests.support.world import actor, workspace


@pytest.fixture
def two(designer: Designer) -> Designer:
    for key in ("alpha", "beta"):
        designer.act("create_object", label=key, key=key, fields=[{"kind": "text", "key": "name", "label": "名称"}])
    return designer


def current() -> Snapshot:
    with work(workspace(), actor("administrator"), via="api") as ctx:
        return ctx.snapshot


def test_objects_that_were_not_changed_are_shared_and_earlier_snapshots_stay_as_they_were(two: Designer):
    before = current()

    two.act("create_field", object="alpha", kind="integer", key="size", label="大小")

    after = current()
    assert after.version > before.version
    assert after.objects["beta"] is before.objects["beta"]
    assert "size" in after.objects["alpha"].fields
    assert "size" not in before.objects["alpha"].fields


def test_an_object_is_made_anew_when_another_begins_or_ceases_to_refer_to_it(two: Designer):
    before = current()

    two.act(
        "create_field", object="alpha", kind="lookup", key="whole", label="整体",
        values={"settings": {"target": "beta", "reverse": "alphas"}},
    )  # fmt: skip
    related = current()
    two.act("archive_field", field="alpha.whole", confirm=True)

    assert "alphas" not in before.objects["beta"].relations
    assert related.objects["beta"].relations["alphas"].field == "whole"
    assert "alphas" not in current().objects["beta"].relations


def test_a_computed_field_belongs_to_its_snapshot_alone(two: Designer):
    two.act("create_field", object="alpha", kind="formula", key="shout", label="大写",
            values={"settings": {"expression": "UPPER(name)", "result": "text"}})  # fmt: skip
    before = current()

    two.act("update_object", object="beta", values={"icon": "rocket"})

    after = current()
    kinds = [one.objects["alpha"].fields["shout"].kind for one in (before, after)]
    assert [kind.snapshot for kind in kinds] == [before, after]  # type: ignore[attr-defined]


def test_fields_are_made_when_somebody_looks_at_their_object(two: Designer, monkeypatch: pytest.MonkeyPatch):
    made = counted(monkeypatch)
    catalog.forget(workspace().schema)
    with work(workspace(), SYSTEM, via="api") as ctx:
        reads.page(ctx, "alpha", reads.Query(select=["name"]))
        writes.create(ctx, "alpha", [{"name": "甲"}])
        ids = ctx.snapshot.objects["alpha"].fields["name"].id, ctx.snapshot.objects["beta"]

    assert made.count(ids[0]) == 1
    assert list(ids[1].kinds) == [kind("text")]
    assert "fields" not in vars(ids[1])
    assert ids[1].fields["name"].id in made
    assert "components" in vars(ids[1])


def test_all_who_look_first_at_once_see_the_same_whole_object(two: Designer, monkeypatch: pytest.MonkeyPatch):
    def slow(*asked: Any) -> Field:
        time.sleep(0.2)
        return plain(*asked)

    def look() -> None:
        start.wait()
        seen.append((beta.fields, beta.components))

    plain, seen = stored.field_from, []
    catalog.forget(workspace().schema)
    beta = current().objects["beta"]
    monkeypatch.setattr(stored, "field_from", slow)
    start = threading.Barrier(4)
    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 4
    assert all(one[0] is seen[0][0] and one[1] is seen[0][1] for one in seen)
    assert [key for key in seen[0][0] if not seen[0][0][key].system] == ["name"]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the fields that are made of their rows from now on."""
    made: list[str] = []
    plain = stored.field_from

    def noted(id_: str, *rest: Any) -> Field:
        made.append(id_)
        return plain(id_, *rest)

    monkeypatch.setattr(stored, "field_from", noted)
    return made


def test_of_many_who_want_a_new_snapshot_one_makes_it(committing: Designer, monkeypatch: pytest.MonkeyPatch):
    plain, loads, seen = catalog.load, [], []

    def slow(*asked: Any) -> Snapshot:
        loads.append(asked)
        time.sleep(0.5)
        return plain(*asked)

    def look() -> None:
        start.wait()
        seen.append(current())
        connection.close()

    start = threading.Barrier(4)
    threads = [threading.Thread(target=look) for _ in range(4)]
    catalog.forget(workspace().schema)
    monkeypatch.setattr(catalog, "load", slow)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(loads) == 1
    assert len(seen) == 4
    assert all(one is seen[0] for one in seen)
