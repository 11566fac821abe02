"""Random lists of changes: what is made is what the catalog and the tables say, what is refused left no trace, and the
log leads back to where it began.
"""

from dataclasses import fields
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, work
from guanxi.engine.design import apply, log, storage
from guanxi.engine.objects import catalog, validation
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.infra.errors import Refusal
from tests.support import world

KEYS = ("alpha", "beta", "gamma")
FIELDS = ("one", "two", "three", "company", "id", "Bad")
REFERENCES = ("lookup", "many_to_many")
KINDS = ("text", "integer", "money", "date", "boolean", "tags", "lookup", "many_to_many", "auto_number", "json")

_labels = st.sampled_from(["项目", "Project", "阶段 ab", "名称 1", "x", "预算", ""])
_rarely = st.sampled_from([False, False, False, False, True])
_flags = st.fixed_dictionaries(
    {}, optional={"required": st.booleans(), "hidden": st.booleans(), "index": _rarely, "unique": _rarely}
)
_object = st.sampled_from(KEYS)
_known = st.sampled_from(["alpha", "alpha", "beta", "gamma"])
_key = st.sampled_from(FIELDS)


def _created(draw: Any) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    target = {"target": draw(st.sampled_from(["company", "alpha", "beta", "nothing"]))}
    values = {"label": draw(_labels), **draw(_flags), "settings": target if kind in REFERENCES else {}}
    return {"op": "field.create", "object": draw(_known), "key": draw(_key), "kind": kind, "values": values}


_one_field = st.builds("{}.{}".format, _known, _key)
_change = st.one_of(
    st.composite(_created)(),
    st.builds(lambda key, label: {"op": "object.create", "key": key, "values": {"label": label}}, _object, _labels),
    st.builds(
        lambda id_, icon, uniques: {"op": "object.update", "id": id_, "values": {"icon": icon, "uniques": uniques}},
        _known, st.sampled_from(["box", "rocket"]), st.sampled_from([[], [["one", "two"]]]),
    ),
    st.builds(lambda id_, label, flags: {"op": "field.update", "id": id_, "values": {"label": label, **flags}},
              _one_field, _labels, _flags),
    st.builds(
        lambda op, id_: {"op": f"field.{op}", "id": id_, "confirm": True},
        st.sampled_from(["archive", "restore"]), _one_field,
    ),
    st.builds(
        lambda op, id_: {"op": f"object.{op}", "id": id_, "confirm": True}, st.sampled_from(["archive", "restore"]), _known
    ),
)  # fmt: skip


BEGIN = [
    {"op": "object.create", "key": key, "values": {"label": key}} for key in KEYS[:2]
] + [
    {"op": "field.create", "object": "alpha", "key": key, "kind": "text", "values": {"label": key}} for key in FIELDS[:2]
]  # fmt: skip


def visible(ctx: Context) -> Any:
    """The custom part of the catalog as people see it."""
    snapshot = catalog.load(ctx.cursor, ctx.workspace.schema, 0)
    return {
        obj.key: (
            obj.label, obj.icon, obj.uniques,
            {f.key: (f.kind.key, f.label, f.required, f.unique, f.index, f.hidden, f.settings) for f in obj.fields.values()},
        )
        for obj in snapshot.objects.values()
        if obj.custom
    }  # fmt: skip


def tables_hold_what_the_catalog_says(ctx: Context) -> None:
    """Every column of everything that is not dropped is there, and no other of ours."""
    physical = catalog.load(ctx.cursor, ctx.workspace.schema, 0, catalog.PHYSICAL)
    for obj in physical.objects.values():
        if not obj.custom:
            continue
        expected = {name for f in obj.stored for name, _ in f.columns}
        system = set("id rev owner via_owner created_at created_by updated_at updated_by deleted_at".split())
        assert storage.columns(ctx, obj.table) - system == expected


def what_was_shared_is_what_is_read_anew(ctx: Context) -> None:
    """Snapshots share what did not change: they must say what the rows alone say."""
    shared = told(catalog.load(ctx.cursor, ctx.workspace.schema, 0))
    catalog.forget(ctx.workspace.schema)
    assert shared == told(catalog.load(ctx.cursor, ctx.workspace.schema, 0))


def told(snapshot: Snapshot) -> Any:
    """All that a snapshot says, kinds by their keys."""
    return [
        (
            {
                **{name: getattr(obj, name) for name in PLAIN},
                "order": list(obj.relations.items()),
            },
            [
                {**{f.name: getattr(one, f.name) for f in fields(one)}, "kind": one.kind.key}
                for one in obj.fields.values()
            ],
        )
        for obj in snapshot.objects.values()
    ]


PLAIN = {one.name for one in fields(Object)} - {"fields"}


@pytest.mark.usefixtures("database")
@settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(batches=st.lists(st.lists(_change, min_size=1, max_size=2), min_size=4, max_size=10))
def test_any_changes_are_made_whole_or_not_at_all_and_can_be_taken_back(batches: list[list[dict[str, Any]]]):
    with transaction.atomic():
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            apply(ctx, BEGIN)
            refused: list[str] = []
            states = [(None, visible(ctx))]
            for batch in batches:
                before = visible(ctx)
                try:
                    shown = apply(ctx, batch, preview=True)
                except Refusal:
                    shown = None
                assert visible(ctx) == before
                try:
                    with transaction.atomic():
                        outcome = apply(ctx, batch)
                except Refusal as refusal:
                    refused.append(refusal.code)
                    assert visible(ctx) == before
                    continue
                assert shown is not None
                assert [one.code for one in shown.plan] == [one.code for one in outcome.plan]
                validation.check(ctx.snapshot)
                tables_hold_what_the_catalog_says(ctx)
                what_was_shared_is_what_is_read_anew(ctx)
                if outcome.change:
                    states.append((outcome.change, visible(ctx)))
            for (change, _), (_, earlier) in zip(states[:0:-1], states[-2::-1], strict=True):
                apply(ctx, log.inverse_of(ctx, change), undoes=change)
                assert visible(ctx) == earlier
                tables_hold_what_the_catalog_says(ctx)
            event(f"{min(len(states) - 1, 3)} made, {min(len(refused), 3)} refused")
        transaction.set_rollback(True)
