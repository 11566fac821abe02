"""Ready forms of objects say what the rows of the catalog say, and are never used once these are others."""

from typing import Any

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.objects import catalog, stored
from guanxi.engine.objects.model import Snapshot
from tests.engine.design.designer import Designer
from tests.support.world import workspace


@pytest.fixture
def shaped(designer: Designer) -> Designer:
    """A workspace with what objects can have beside plain fields: relations, computed values, archived fields."""
    designer.act("create_object", label="甲", key="alpha", fields=[{"kind": "text", "key": "name", "label": "名称"}])
    designer.act("create_field", object="alpha", kind="formula", key="shout", label="大写",
                 values={"settings": {"expression": "UPPER(name)", "result": "text"}})  # fmt: skip
    designer.act("create_field", object="alpha", kind="lookup", key="whole", label="整体",
                 values={"settings": {"target": "company", "reverse": "alphas"}})  # fmt: skip
    designer.act("create_field", object="alpha", kind="integer", key="size", label="大小")
    designer.act("archive_field", field="alpha.size", confirm=True)
    rule = {"label": {"zh-CN": "必填", "en": "Needed"}, "effect": "required", "fields": ["name"], "position": 0}
    designer.act("create_component", object="alpha", kind="rule", values=rule)
    return designer


def anew(states: tuple[str, ...] = catalog.LIVE, before: str = "") -> Snapshot:
    """The catalog as a process reads it that has read nothing yet, after a statement."""
    schema = workspace().schema
    with work(workspace(), SYSTEM, via="system") as ctx:
        if before:
            ctx.run(before)
        catalog.forget(schema)
        return catalog.load(ctx.cursor, schema, ctx.snapshot.version, states)


def told(snapshot: Snapshot) -> dict[str, Any]:
    """Everything of a catalog that its rows decide, kinds by their keys."""

    def plain(one: Any) -> dict[str, Any]:
        return {key: value for key, value in vars(one).items() if key in one.__dataclass_fields__ and key != "kind"}

    return {
        key: (
            {name: value for name, value in plain(obj).items() if name not in ("fields", "kinds", "row")},
            [(one.kind.key, plain(one)) for one in obj.fields.values()],
            obj.components,
            sorted(one.key for one in obj.kinds),
        )
        for key, obj in snapshot.objects.items()
    }


@pytest.fixture
def no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading rows of an object fails."""

    def refuse(_: Any, ids: list[str]) -> Any:
        assert not ids, ids
        return iter(())

    monkeypatch.setattr(stored, "read", refuse)


@pytest.mark.parametrize("states", [catalog.LIVE, catalog.PHYSICAL])
def test_a_ready_form_says_what_the_rows_say(shaped: Designer, states: tuple[str, ...]):
    assert told(anew(states)) == told(anew(states, before="DELETE FROM sys_catalog_part"))


def test_after_a_change_every_object_has_its_ready_form(shaped: Designer, no_rows: None):
    assert "size" in anew(catalog.PHYSICAL).objects["alpha"].fields
    assert "alphas" in anew().objects["company"].relations


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE sys_field SET live = live || '{"position": 77}' WHERE key = 'whole'""",
        "UPDATE sys_field SET state = 'archived' WHERE key = 'whole'",
        "DELETE FROM sys_field WHERE key = 'whole'",
        """UPDATE sys_object SET live = live || '{"icon": "rocket"}' WHERE key = 'alpha'""",
        "DELETE FROM sys_component",
    ],
)
def test_a_ready_form_of_rows_that_are_others_by_now_is_not_used(shaped: Designer, statement: str):
    before = told(anew())

    changed = told(anew(before=statement))

    assert changed != before
    assert changed == told(anew(before="DELETE FROM sys_catalog_part"))


def test_an_object_that_is_dropped_leaves_no_ready_form(shaped: Designer):
    shaped.act("archive_object", object="alpha", confirm=True)
    shaped.act("drop_object", object="alpha", confirm=True)

    with work(workspace(), SYSTEM, via="system") as ctx:
        left = ctx.run("SELECT object_id FROM sys_catalog_part EXCEPT SELECT id FROM sys_object")
        assert left == []
